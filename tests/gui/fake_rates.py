"""Rates of an invented hotel: dearer at weekends than they stand, cheaper on Sundays, and what staff decided about them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import fake_views

from hotelml_app.services.rates.rate_days import STEPS
from hotelml_app.services.rates.views import (
    AcceptRates,
    CurvePoint,
    EnterRates,
    LimitsView,
    LockRates,
    RateDay,
    RatesChange,
    RatesView,
    RateToEnter,
    SetLimits,
    SetRate,
    SetRoomCost,
    UndoRates,
    UnlockRates,
    WaterfallStep,
)

FIRST = fake_views.BUSINESS_DATE + timedelta(days=1)
MONTHS = (date(2016, 9, 1), date(2016, 10, 1), date(2016, 11, 1))
REASONS = ("usual rate of the night 106.00 (season +6%)", "9 rooms left, as a rule 12 more asked for at the usual rate: +5%")
LEFT_ALONE = "a change to 112.00 would bring about 3.10, too little to be sure of (below 9.00): stays as it is"
NO_LIMITS = LimitsView(None, None, 1.0, 0.02, 0)


def rates(name: str, month: date | None, room_type: str, decided: Sequence[RatesChange]) -> RatesView:
    shown, kind = month or MONTHS[0], room_type or "A"
    last = shown.replace(day=monthrange(shown.year, shown.month)[1])
    days = [rate_day(max(shown, FIRST) + timedelta(days=step)) for step in range((last - max(shown, FIRST)).days + 1)]
    limits, entered = NO_LIMITS, set[tuple[date, str]]()
    for act in decided:
        if isinstance(act, SetLimits):
            limits = act.limits
        elif isinstance(act, SetRoomCost):
            limits = replace(limits, room_cost=act.cost)
        elif isinstance(act, EnterRates):
            entered = entered | set(act.cells) if act.entered else entered - set(act.cells)
        elif not isinstance(act, UndoRates):
            days = [_decided(one, act) if act.first <= one.night <= act.last else one for one in days]
    to_enter = [
        RateToEnter(one.night, kind, 110.0, one.current_rate, own=False, entered=(one.night, kind) in entered)
        for one in days
        if one.standing == "accepted" and one.current_rate != 110.0
    ]
    open_ones = [one for one in days if one.standing == "open" and one.suggested_rate != one.current_rate]
    return RatesView(
        property_name=name,
        as_of=fake_views.BUSINESS_DATE,
        sentence=f"{kind}: {len(open_ones)} rates to change, worth about {sum(one.gain for one in open_ones):,.0f} EUR.",
        freshness=fake_views.freshness(),
        currency="EUR",
        month=shown,
        months=MONTHS,
        room_type=kind,
        room_types=fake_views.ROOM_TYPES[name],
        days=tuple(days),
        limits=limits,
        basis="how guests answer the rate is read from this hotel's own rates by 62%, else assumed",
        own_share=0.62,
        elasticity=1.4,
        to_enter=tuple(to_enter),
        undo=type(decided[-1]).__name__ if decided else "",
        made_by=fake_views.OWN,
        to_change=tuple(len(open_ones) if one == kind else 0 for one in fake_views.ROOM_TYPES[name]),
    )


def rate_day(night: date) -> RateDay:
    current = 110.0
    rate = {4: 124.0, 5: 131.0, 6: 97.0}.get(night.weekday(), 110.0)
    amounts = (100.0, 6.0, rate - 110.0, 0.0, 5.0, -1.0, -2.0, 2.0)
    levels = [sum(amounts[: at + 1]) for at in range(len(amounts))]
    steps = zip(STEPS.items(), amounts, levels, strict=True)
    curve = tuple(CurvePoint(rate * f, 30 - 12 * f, rate * f * (30 - 12 * f)) for f in (0.6, 0.8, 1.0, 1.2, 1.5))
    return RateDay(
        night=night,
        current_rate=current,
        suggested_rate=rate,
        current_rooms=19.0,
        expected_rooms=18.0,
        current_revenue=19.0 * current,
        expected_revenue=19.5 * rate,
        expected_adr=104.0,
        otb_rate=103.0,
        last_year_rate=99.0,
        floor=70.0,
        ceiling=240.0,
        standing="open",
        event=fake_views.EVENTS.get(night, ""),
        reasons=REASONS if rate != current else (*REASONS, LEFT_ALONE),
        waterfall=tuple(WaterfallStep(name, words, amount, level) for (name, words), amount, level in steps),
        curve=curve,
        basis="",
    )


def _decided(one: RateDay, act: AcceptRates | SetRate | LockRates | UnlockRates) -> RateDay:
    match act:
        case AcceptRates() if not one.moves:
            return one
        case AcceptRates():
            return replace(one, current_rate=one.suggested_rate, standing="accepted")
        case SetRate():
            return replace(one, current_rate=act.rate, suggested_rate=act.rate, standing="locked")
        case LockRates():
            return replace(one, suggested_rate=one.current_rate, standing="locked")
    return rate_day(one.night)
