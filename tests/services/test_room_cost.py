"""What an occupied room costs, said once on the Rates page, counts wherever rates and rooms are weighed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_hotel import NAME

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.errors import RatesChangedError
from hotelml_app.services.rates.kept import Kept
from hotelml_app.services.rates.ledger_verdicts import judged
from hotelml_app.services.rates.ledger_views import LedgerEntry, Outcome
from hotelml_app.services.rates.rate_changes import RateChanges
from hotelml_app.services.rates.views import RatesView, SetLimits, SetRate, SetRoomCost, UndoRates, worth_of
from hotelml_app.store.decided import rate_decisions

COST = 30.0
ACCEPTED = LedgerEntry(
    date(2026, 3, 7), "DBL", "accepted", date(2026, 3, 1), rate=120.0, current_rate=100.0, suggested_on=date(2026, 3, 1),
    suggested_rate=120.0, rooms=14.0, revenue=1200.0, suggested_rooms=10.0, suggested_revenue=1200.0, rate_rooms=10.0,
    rate_revenue=1200.0, made_by="statistical", capacity=20, capacity_told=True,
)  # fmt: skip


def mean_rate(view: RatesView) -> float:
    return sum(one.suggested_rate for one in view.days) / len(view.days)


def say(appliance: Appliance, view: RatesView, cost: float | None) -> RatesView:
    limits = replace(view.limits, room_cost=cost)
    return appliance.change_rates(NAME, SetLimits(view.room_type, limits), view.month, view.room_type)


def test_rates_rise_and_a_gain_is_what_is_left(appliance: Appliance) -> None:
    view = appliance.rates(NAME, appliance.rates(NAME).months[1])
    assert view.limits.room_cost is None
    after = say(appliance, view, COST)
    assert after.limits.room_cost == COST
    assert mean_rate(after) > mean_rate(view)
    revenue = sum(one.expected_revenue - one.current_revenue for one in after.days)
    rooms = sum(one.expected_rooms - one.current_rooms for one in after.days)
    assert worth_of(after.days) == pytest.approx(revenue - COST * rooms)
    for one in after.days:
        assert one.room_cost == COST
        for point in one.curve:
            assert point.in_all is not None or point.worth == pytest.approx(point.revenue - COST * point.rooms)
    other = next(kind for kind in view.room_types if kind != view.room_type)
    assert appliance.rates(NAME, view.month, other).limits.room_cost == COST, "it holds for every room type"
    back = appliance.change_rates(NAME, UndoRates(), view.month, view.room_type)
    assert back.limits == view.limits
    assert mean_rate(back) == mean_rate(view)


def test_an_empty_room_misses_that_much_less_and_a_walk_costs_as_before(appliance: Appliance) -> None:
    def costs() -> dict[str, float]:
        (found,) = operation("overbooking").run(appliance.parts, {})["properties"]
        return found["nights"][0]["costs"]  # type: ignore[no-any-return]

    before = costs()
    say(appliance, appliance.rates(NAME), COST)
    assert costs() == {**before, "room_value": pytest.approx(before["room_value"] - COST, abs=0.01)}


def test_more_rooms_for_the_same_money_brought_less() -> None:
    assert judged(ACCEPTED)[0] is Outcome.UNTOLD
    costly = replace(ACCEPTED, room_cost=COST + 1)
    assert costly.apart == pytest.approx(-4 * (COST + 1))
    assert judged(costly)[0] is Outcome.LESS


def test_a_decision_keeps_what_was_said_when_it_was_taken(appliance: Appliance) -> None:
    view = say(appliance, appliance.rates(NAME), COST)
    night = view.days[0].night
    appliance.change_rates(NAME, SetRate(night, night, view.room_type, 99.0), view.month)
    say(appliance, appliance.rates(NAME), None)
    with appliance.parts.store.read() as connection:
        (kept,) = rate_decisions.of_night(connection, 1, night, view.room_type)
    assert kept.room_cost == COST


def test_it_is_told_that_a_room_counts_as_free_until_staff_say_what_it_costs(appliance: Appliance) -> None:
    def told() -> dict[str, bool]:
        predicted = operation("predict").run(appliance.parts, {"module": "pricing"})
        (changes,) = (one["changes"] for one in predicted["properties"])
        sheet, days = appliance.report(NAME).sheet("Rates"), appliance.rates(NAME).days
        details = " ".join(one.detail for one in appliance.today(NAME).decisions if one.page == "rates")
        return {
            "page": appliance.rates(NAME).limits.room_cost is None,
            "night": not days[0].cost_told,
            "command": any("counted as free of cost" in one for one in changes),
            "report": any("counted as free of cost" in one for one in sheet.notes),
            "today": "counts as free of cost" in details,
        }

    assert set(told().values()) == {True}
    view = appliance.change_rates(NAME, SetRoomCost(0.0))
    assert view.limits.room_cost == 0.0
    assert set(told().values()) == {False}, "0 is an answer"
    assert view.undo == "said what an occupied room costs"
    assert appliance.change_rates(NAME, UndoRates()).limits.room_cost is None
    assert set(told().values()) == {True}


@pytest.mark.parametrize("cost", [-1.0, float("nan"), float("inf")])
def test_what_is_no_cost_is_refused(cost: float) -> None:
    with pytest.raises(RatesChangedError, match="cannot cost"):
        RateChanges([], Kept({})).applied(SetRoomCost(cost))


def test_a_decision_while_the_cost_is_not_told_is_noted(appliance: Appliance) -> None:
    view = appliance.rates(NAME)
    night = view.days[0].night
    appliance.change_rates(NAME, SetRate(night, night, view.room_type, 99.0), view.month)
    with appliance.parts.store.read() as connection:
        (kept,) = rate_decisions.of_night(connection, 1, night, view.room_type)
    assert kept.room_cost == 0.0
