"""Rates of a home that has none yet: when they are weighed, and that what they stand on is learned once for many clicks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_hotel import NAME

from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.modules.pricing import predicting
from hotelml_app.modules.pricing.learned import borrow
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rates import rate_days
from hotelml_app.services.rates.views import LockRates, UnlockRates


def test_a_click_does_not_learn_anew_what_was_booked(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    learned: list[object] = []
    monkeypatch.setattr(predicting, "borrow", lambda *given: learned.append(given) or borrow(*given))
    view = appliance.rates(NAME, appliance.rates(NAME).months[1])
    night = next(one.night for one in view.days if one.suggested_rate != one.current_rate)
    locked = appliance.change_rates(NAME, LockRates(night, night), view.month)
    freed = appliance.change_rates(NAME, UnlockRates(night, night), view.month)
    assert len(learned) == 1
    appliance.parts.memory.forget()
    assert appliance.change_rates(NAME, LockRates(night, night), view.month).days == locked.days
    assert len(learned) == 2, "data that is loaded anew is learned from anew, and says the same"
    assert freed.days == view.days


def test_today_tells_of_the_rates_to_change_in_the_coming_nights(appliance: Appliance) -> None:
    ground = Ground(appliance.parts, the_one(appliance.parts.store, NAME))
    assert rate_days.due(ground, 14) == (), "nothing is weighed for the Today page"
    appliance.rates(NAME)
    moving = [one for one in rate_days.due(ground, 14) if one.moves]
    assert moving
    assert max(one.night for one in moving) <= ground.as_of + timedelta(days=14)
    told = [one.title for one in appliance.today(NAME).decisions if one.page == "rates"]
    assert told == [f"{len(moving)} rates to change in the coming 14 nights"]


def test_another_model_finds_out_for_itself() -> None:
    data = PropertyData(PropertyFacts(1, NAME), date(2026, 1, 1), lambda: pytest.fail("nobody asked for the history"))
    first, second = object(), object()
    assert data.once("demand", first, lambda: 1) == 1
    assert data.once("demand", first, lambda: 2) == 1
    assert data.once("other", first, lambda: 3) == 3
    assert data.once("demand", second, lambda: 4) == 4
    assert data.at(date(2025, 12, 1)).once("demand", second, lambda: 5) == 5, "an earlier day is other data"
