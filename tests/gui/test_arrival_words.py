"""What is said of an arrival's risk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import fake_views

from hotelml_app.gui.place import Place
from hotelml_app.gui.widgets.dialogs.walk_plan import advice_words
from hotelml_app.gui.widgets.tables.arrival_cells import RISK_TIP, risk_words
from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.report.arrivals import AGAINST


def test_what_is_usual_is_told_of_the_days_before_arrival_and_not_of_how_early_guests_booked() -> None:
    night = date(2026, 9, 10)
    one = ArrivalView("R1", night, 2, 1, "DBL", "Direct", "", 90.0, 2, 0.12, 0.02, "raised", (), 0.05)
    assert risk_words(Place(), one).endswith(f"; {Place().share(0.05)} is usual so many days before")
    assert not any("lead time" in said for said in (risk_words(Place(), one), RISK_TIP, AGAINST))


def test_beside_the_advice_stand_the_rooms_out_of_order() -> None:
    advice = fake_views.arrivals(fake_views.CITY, None).advice
    assert advice is not None
    assert "out of order" not in advice_words(Place(), advice)[1]
    closed = replace(advice, night=replace(advice.night, rooms=218, out_of_order=8))
    assert advice_words(Place(), closed)[1].startswith("220 of 218 on the books, without the 8 out of order. ")
