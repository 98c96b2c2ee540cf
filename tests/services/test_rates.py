"""Rates as staff see and decide them: a month at a time, accepted, set, locked, limited, and gone back from."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from decided_rates import next_month, on
from small_hotel import NAME

from hotelml_app.core.errors import UsageError
from hotelml_app.core.json_values import json_ready
from hotelml_app.modules.pricing.choosing.fences import DEFAULT_LEAST_GAIN
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.errors import NothingToUndoError, RatesChangedError
from hotelml_app.services.rates import rate_days, rates_page
from hotelml_app.services.rates.kept import Kept
from hotelml_app.services.rates.rate_changes import RateChanges
from hotelml_app.services.rates.rate_words import month_sentence
from hotelml_app.services.rates.views import (
    AcceptRates,
    EnterRates,
    LimitsView,
    LockRates,
    RateDay,
    RatesView,
    RateToEnter,
    SetLimits,
    SetRate,
    UndoRates,
    UnlockRates,
)
from hotelml_app.store.learned.predictions import PredictionRow


@pytest.fixture(scope="session")
def filled_home(weighed_home: Path) -> Path:
    """Here all begins with rates that were weighed; test_rates_learned_once begins without."""
    return weighed_home


def moving(view: RatesView) -> RateDay:
    """A night whose rate would change."""
    return next(one for one in view.days if one.suggested_rate != one.current_rate)


def moved_for_order(one: RateDay) -> bool:
    return next(step.amount for step in one.waterfall if step.name == "order") != 0


def row_at(current: float, suggested: float, night: date = date(2026, 2, 9)) -> PredictionRow:
    """A prediction of one night, at the rates that stand and are suggested."""
    money = dict.fromkeys(("current_rooms", "expected_rooms", "current_revenue", "expected_revenue"), 100.0)
    rates = {"room_type": "STD", "current_rate": current, "suggested_rate": suggested, "basis": "", "reasons": ["few rooms left"]}
    fall = {"base": 200.0, "fences": suggested - 200.0}
    return PredictionRow(date(2026, 2, 1), night, "STD", "own:1", {**money, **rates, "waterfall": fall})


def test_a_month_of_rates_is_told_with_what_each_would_bring_and_why(appliance: Appliance) -> None:
    first = appliance.rates(NAME)
    view = appliance.rates(NAME, next_month(first))
    assert [one.night.day for one in view.days] == list(range(1, len(view.days) + 1))
    assert view.days[-1].night.month != (view.days[-1].night + timedelta(days=1)).month
    assert view.room_type in view.room_types
    for one in view.days:
        assert one.waterfall[-1].level == pytest.approx(one.suggested_rate, abs=0.05)
        assert [point.rooms for point in one.curve] == sorted((point.rooms for point in one.curve), reverse=True)
        assert one.reasons
        assert one.standing == "open"
    assert view.sentence
    assert "how guests answer the rate" in view.basis
    assert view.made_by.kind == "bundled"
    json.dumps(json_ready(view), allow_nan=False)


def test_months_of_a_whole_year_can_be_looked_at(appliance: Appliance) -> None:
    view = appliance.rates(NAME)
    last = appliance.rates(NAME, view.months[-1])
    assert len(view.months) >= 11
    assert len(last.days) >= 28


def test_what_cannot_be_shown_is_refused_in_words(appliance: Appliance) -> None:
    with pytest.raises(UsageError):
        appliance.rates(NAME, date(1999, 1, 1))
    with pytest.raises(UsageError) as told:
        appliance.rates(NAME, room_type="STX")
    assert "STD" in told.value.remedy


def test_an_accepted_rate_is_the_current_one_and_waits_for_the_pms(appliance: Appliance) -> None:
    month = next_month(appliance.rates(NAME))
    night = moving(appliance.rates(NAME, month))
    kind = appliance.rates(NAME, month).room_type
    after = appliance.change_rates(NAME, AcceptRates(night.night, night.night, kind), month)
    assert on(after, night.night).current_rate == night.suggested_rate
    assert on(after, night.night).standing == "accepted"
    waits = RateToEnter(
        night.night, kind, night.current_rate, night.suggested_rate, own=False, entered=False, guessed=night.guessed
    )
    assert after.to_enter == (waits,)
    assert "1 rate waits to be entered in the PMS" in after.sentence
    assert any(one.detail.startswith("It was accepted or set here") for one in appliance.today(NAME).decisions)
    assert after.undo.startswith("accepted")


def test_what_stays_is_not_accepted_with_the_rest() -> None:
    moves, stays = row_at(100.0, 150.0), row_at(100.0, 100.2, date(2026, 2, 10))
    both = AcceptRates(moves.target_date, stays.target_date, "STD")
    assert RateChanges([moves, stays], Kept({})).applied(both).options == {"current": {"2026-02-09": {"STD": 150.0}}}
    with pytest.raises(RatesChangedError, match="No rate is to be changed"):
        RateChanges([stays], Kept({})).applied(both)


def test_a_guess_stays_one_on_the_list_for_the_pms_until_a_rate_was_entered() -> None:
    row = row_at(100.0, 150.0)
    guess = replace(row, payload={**row.payload, "current_from": "guessed"})
    cell = (row.target_date.isoformat(), "STD")
    span = (row.target_date, row.target_date)
    kept = RateChanges([guess], Kept({})).applied(AcceptRates(*span, "STD"))
    assert kept.to_enter[cell].guessed
    said = replace(row, payload={**row.payload, "current_from": "said"})
    other = RateChanges([said], kept).applied(SetRate(*span, "STD", 140.0))
    assert (other.to_enter[cell].before, other.to_enter[cell].guessed) == (100.0, True)
    entered = RateChanges([said], kept).applied(EnterRates(((row.target_date, "STD"),)))
    again = RateChanges([said], entered).applied(SetRate(*span, "STD", 140.0))
    assert (again.to_enter[cell].before, again.to_enter[cell].guessed) == (150.0, False)
    assert not RateChanges([row], Kept({})).applied(AcceptRates(*span, "STD")).to_enter[cell].guessed


def test_each_rate_says_what_it_is_known_from() -> None:
    row = row_at(100.0, 150.0)
    for made_by, known_from, guessed, words in (
        ("own:1", "guessed", True, "a guess, from your usual rates"),
        ("statistical", "guessed", True, "a guess, from what guests pay for this night so far"),
        ("own:1", "booked", False, "booked lately"),
        ("own:1", "", False, ""),
    ):
        told = replace(row, made_by=made_by, payload={**row.payload, "current_from": known_from})
        day = rate_days.rate_day(told, "open", frozenset())
        assert (day.guessed, words in day.current_words) == (guessed, True)


def test_an_accepted_rate_is_not_moved_on_before_the_next_export() -> None:
    step, further = row_at(100.0, 150.0), row_at(150.0, 190.0)
    accept = AcceptRates(step.target_date, step.target_date, "STD")
    kept = RateChanges([step], Kept({})).applied(accept)
    settled = kept.accepted_on(step.as_of)
    day = rate_days.rate_day(further, "open", settled)
    assert (day.standing, day.current_rate, day.suggested_rate, day.moves) == ("accepted", 150.0, 150.0, False)
    assert day.waterfall[-1].level == 150.0
    assert "weighed again with the next" in day.reasons[-1]
    with pytest.raises(RatesChangedError, match="No rate is to be changed"):
        RateChanges([further], kept).applied(accept)
    assert not kept.accepted_on(step.as_of + timedelta(days=1))
    assert rate_days.rate_day(further, "open", frozenset()).moves, "with the next export it is weighed again"


def test_the_steps_of_a_plain_rule_are_not_told_as_those_of_what_was_learned() -> None:
    learned, plain = row_at(100.0, 150.0), replace(row_at(100.0, 150.0), made_by="statistical")
    words = [
        {step.name: step.words for step in rate_days.rate_day(one, "open", frozenset()).waterfall} for one in (learned, plain)
    ]
    assert words[0]["base"] == "the room type on an average night"
    assert words[1]["base"].startswith("what guests pay for this night so far")
    assert words[1]["demand"] == "how full the night is expected to be"


def test_rates_that_would_earn_less_are_not_called_a_gain(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    days = [replace(one, expected_revenue=one.current_revenue - 1.0) for one in view.days]
    told = month_sentence(days, view.room_type, "EUR", "December")
    assert f"no rate has to change; changing the {sum(one.moves for one in days)} of {len(days)} that differ" in told
    assert "worth" not in told


def test_what_changed_rates_take_from_the_nights_beside_them_is_counted(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    day = moving(view)
    dearer = replace(day, expected_revenue=day.current_revenue + 100.0)
    beside = replace(day, suggested_rate=day.current_rate, expected_revenue=day.current_revenue - 30.0)
    told = month_sentence([dearer, beside], view.room_type, "EUR", "December")
    assert told.endswith("change 1 of 2 rates, worth about 70 EUR; leave the other.")


def test_a_difference_of_cents_is_no_change(appliance: Appliance) -> None:
    day = moving(appliance.rates(NAME, next_month(appliance.rates(NAME))))
    cents = replace(day, suggested_rate=day.current_rate * 1.002)
    assert not cents.moves
    assert "no rate to change; all 1 are fine" in month_sentence([cents], "STD", "EUR", "December")


def test_the_first_line_says_how_many_rates_to_change_and_that_the_others_are_to_stay(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    many = sum(one.moves for one in view.days)
    assert 0 < many < len(view.days)
    assert f"change {many} of {len(view.days)} rates" in view.sentence
    assert view.to_change[view.room_types.index(view.room_type)] == many
    for kind, told in zip(view.room_types, view.to_change, strict=True):
        assert sum(one.moves for one in appliance.rates(NAME, view.month, kind).days) == told


def test_an_own_rate_is_kept_until_it_is_unlocked(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    first, last = view.days[4].night, view.days[6].night
    kept = appliance.change_rates(NAME, SetRate(first, last, view.room_type, 143.5), view.month)
    assert [on(kept, first + timedelta(days=step)).suggested_rate for step in range(3)] == [143.5] * 3
    assert on(kept, first).standing == "locked"
    assert any("locked by staff" in reason for reason in on(kept, first).reasons)
    freed = appliance.change_rates(NAME, UnlockRates(first, last), view.month)
    assert [one.suggested_rate for one in freed.days] == [one.suggested_rate for one in view.days]


def test_a_locked_night_keeps_the_rate_it_has(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    night = moving(view)
    locked = appliance.change_rates(NAME, LockRates(night.night, night.night), view.month)
    assert on(locked, night.night).suggested_rate == night.current_rate


def test_limits_of_a_room_type_hold_for_it_alone(appliance: Appliance) -> None:
    view = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    other = next(kind for kind in view.room_types if kind != view.room_type)
    before = appliance.rates(NAME, view.month, other)
    limits = LimitsView(floor=300.0, ceiling=310.0, rounding=1.0, smallest_change=0.02, freeze_days=0)
    after = appliance.change_rates(NAME, SetLimits(view.room_type, limits), view.month, view.room_type)
    assert after.limits == limits
    assert all(300 <= one.suggested_rate <= 310 for one in after.days)
    others = appliance.rates(NAME, view.month, other)
    assert others.limits.floor is None
    both = [pair for pair in zip(before.days, others.days, strict=True) if not any(moved_for_order(one) for one in pair)]
    assert len(both) >= 20
    assert all(was.suggested_rate == now.suggested_rate for was, now in both)


def test_the_least_gain_is_kept_with_the_other_limits() -> None:
    limits = LimitsView(None, None, rounding=1.0, smallest_change=0.02, freeze_days=0, least_gain=0.05)
    kept = RateChanges([], Kept({})).applied(SetLimits("", limits))
    assert kept.options["least_gain"] == 0.05
    assert rates_page.limits(kept, "DBL") == limits
    assert rates_page.limits(Kept({}), "DBL").least_gain == DEFAULT_LEAST_GAIN


def test_limits_in_dong_or_rupiah_are_told_in_full() -> None:
    limits = LimitsView(1_500_000.0, 1_250_000.0, rounding=1.0, smallest_change=0.02, freeze_days=0)
    with pytest.raises(RatesChangedError, match="The floor 1,500,000 lies above the ceiling 1,250,000"):
        RateChanges([], Kept({})).applied(SetLimits("", limits))


def test_every_act_can_be_gone_back_from_one_by_one(appliance: Appliance) -> None:
    start = appliance.rates(NAME, next_month(appliance.rates(NAME)))
    first, last = start.days[0].night, start.days[-1].night
    for act in (AcceptRates(first, last), SetRate(first, first, start.room_type, 99.0), LockRates(first, last)):
        view = appliance.change_rates(NAME, act, start.month)
    for words in ("set 99 for", "accepted", ""):
        view = appliance.change_rates(NAME, UndoRates(), start.month)
        assert view.undo.startswith(words)
    assert view.days == start.days
    with pytest.raises(NothingToUndoError):
        appliance.change_rates(NAME, UndoRates())


@pytest.mark.parametrize("rate", [0.0, -5.0, float("nan")])
def test_an_amount_that_is_no_rate_is_refused(appliance: Appliance, rate: float) -> None:
    view = appliance.rates(NAME)
    with pytest.raises(RatesChangedError):
        appliance.change_rates(NAME, SetRate(view.days[0].night, view.days[0].night, view.room_type, rate))


def test_nights_that_have_passed_cannot_be_decided_on(appliance: Appliance) -> None:
    with pytest.raises(RatesChangedError):
        appliance.change_rates(NAME, AcceptRates(date(2000, 1, 1), date(2000, 1, 5)))


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (date(2026, 11, 25), date(2026, 12, 22), "until Tue 22 Dec"),
        (date(2026, 11, 17), date(2026, 11, 30), "November"),
        (date(2026, 12, 1), date(2026, 12, 31), "December"),
    ],
)
def test_where_little_is_left_of_a_month_four_weeks_are_shown(first: date, last: date, span: str) -> None:
    month = first.replace(day=1)
    assert rates_page._last_shown(first, month) == last
    assert rates_page._span(last, month) == span
