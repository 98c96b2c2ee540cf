"""What an earlier HotelML predicted and kept, as a newer one finds it on the morning after the update."""

from __future__ import annotations

import json

from small_hotel import NAME

from hotelml_app.modules import discover
from hotelml_app.services.appliance import Appliance
from hotelml_app.store.learned import predictions

KEPT = ("forecast", "noshow", "pricing", "allocation", "guests")


def keep_as_by_an_earlier_version(appliance: Appliance) -> None:
    """Take away from what is kept all columns but the first, as if the others had come with later versions."""
    with appliance.parts.store.write() as connection:
        for module in KEPT:
            kept = connection.execute("SELECT id, payload FROM predictions WHERE module = ?", (module,)).fetchall()
            assert kept
            for number, payload in kept:
                left = {k: v for k, v in json.loads(payload).items() if k not in discover()[module].columns[1:]}
                connection.execute("UPDATE predictions SET payload = ? WHERE id = ?", (json.dumps(left), number))


def test_every_page_opens_at_once_and_all_is_predicted_anew_at_the_start(appliance: Appliance) -> None:
    upkeep = appliance.parts.upkeep
    assert upkeep is not None
    upkeep.after_import_now(1)
    before = [card.expected for card in appliance.today(NAME).nights]
    keep_as_by_an_earlier_version(appliance)
    assert [card.expected for card in appliance.today(NAME).nights] == before
    assert appliance.forecast(NAME).nights
    assert appliance.arrivals(NAME).arrivals
    assert appliance.rates(NAME).days
    assert appliance.rooms(NAME).stays
    assert appliance.models(NAME).modules
    upkeep.start()
    assert upkeep.wait_idle(60)
    upkeep.stop()
    with appliance.parts.store.read() as connection:
        rows = {module: predictions.any_of_newest(connection, 1, module) for module in KEPT}
    assert all(row is not None and discover()[module].is_whole(row.payload) for module, row in rows.items())
