"""Rates that staff decided on wait for the PMS until they are entered there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from decided_rates import next_month
from small_hotel import NAME

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.errors import RatesChangedError
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.services.rates.views import (
    AcceptRates,
    EnterRates,
    RateToEnter,
    SetRate,
    UndoRates,
    UnlockRates,
)


@pytest.fixture(scope="session")
def filled_home(weighed_home: Path) -> Path:
    """Here all begins with rates that were weighed; test_rates_learned_once begins without."""
    return weighed_home


def test_what_is_entered_is_ticked_off_and_a_slip_put_right(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    before = appliance.change_rates(NAME, AcceptRates(view.days[0].night, view.days[-1].night, view.room_type), view.month)
    assert [one.night for one in before.to_enter] == [one.night for one in view.days if one.moves]
    cell = (before.to_enter[0].night, view.room_type)
    ticked = appliance.change_rates(NAME, EnterRates((cell,)), view.month)
    assert [one.entered for one in ticked.to_enter] == [True] + [False] * (len(before.to_enter) - 1)
    assert ticked.days == before.days
    back = appliance.change_rates(NAME, UndoRates(), view.month)
    assert back.to_enter == before.to_enter
    none = appliance.change_rates(NAME, UndoRates(), view.month)
    assert none.to_enter == ()
    with pytest.raises(RatesChangedError):
        appliance.change_rates(NAME, EnterRates((cell,)))


def test_today_reminds_of_rates_that_are_not_entered_yet(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    view = appliance.change_rates(NAME, SetRate(view.days[0].night, view.days[1].night, view.room_type, 188.0))
    told = [one.title for one in appliance.today(NAME).decisions if one.page == "rates"]
    assert "2 rates wait to be entered in the PMS" in told
    appliance.change_rates(NAME, EnterRates(tuple((one.night, one.room_type) for one in view.to_enter)))
    assert not any("to be entered" in one.title for one in appliance.today(NAME).decisions)


def test_ticked_rates_leave_the_list_with_the_next_export_and_the_others_stay(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    view = appliance.change_rates(NAME, AcceptRates(view.days[0].night, view.days[-1].night, view.room_type), view.month)
    appliance.change_rates(NAME, EnterRates(((view.to_enter[0].night, view.room_type),)))
    row = the_one(appliance.parts.store, NAME)
    kept = rates_kept.read(appliance.parts, replace(row, business_date=row.business_date + timedelta(days=1)))
    assert len(kept.to_enter) == len(view.to_enter) - 1
    assert not any(one.entered for one in kept.to_enter.values())


def test_an_own_rate_waits_for_the_pms_until_it_is_unlocked(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    day = view.days[4]
    own = appliance.change_rates(NAME, SetRate(day.night, day.night, view.room_type, 143.5), view.month)
    assert own.to_enter == (RateToEnter(day.night, view.room_type, day.current_rate, 143.5, own=True, entered=False),)
    again = appliance.change_rates(NAME, SetRate(day.night, day.night, view.room_type, 150.0), view.month)
    assert [(one.before, one.rate) for one in again.to_enter] == [(day.current_rate, 150.0)]
    freed = appliance.change_rates(NAME, UnlockRates(day.night, day.night), view.month)
    assert freed.to_enter == ()
