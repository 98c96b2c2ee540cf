"""Room types come in one order, whether their rates were weighed just now or kept since the import."""

from __future__ import annotations

from pathlib import Path

from small_hotel import NAME, open_at_morning

from hotelml_app.services.appliance import Appliance


def test_room_types_of_rates_keep_their_order(appliance: Appliance, weighed_home: Path) -> None:
    just_weighed = appliance.rates(NAME).room_types
    with open_at_morning(weighed_home) as kept:
        assert kept.rates(NAME).room_types == just_weighed == tuple(sorted(just_weighed))
        listed = [row[2] for row in kept.report(NAME, days=1).sheet("Rates").tables[0].rows]
    assert listed == list(just_weighed)
