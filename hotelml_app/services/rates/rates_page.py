"""The Rates page: a month of one room type, what stands and what is suggested, what each rate would bring and why."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.modules import manifest
from hotelml_app.modules.pricing.fences import (
    DEFAULT_FREEZE_DAYS,
    DEFAULT_LEAST_GAIN,
    DEFAULT_ROUNDING,
    DEFAULT_SMALLEST_CHANGE,
)
from hotelml_app.services.asking.arguments import nearest
from hotelml_app.services.asking.words import count, day
from hotelml_app.services.asking.words import month as month_name
from hotelml_app.services.learning.predict import run
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.services.rates import noted as rates_noted
from hotelml_app.services.rates.acts import RatesDesk
from hotelml_app.services.rates.kept import CURRENT, LOCKED, MODULE, Dated, Kept
from hotelml_app.services.rates.rate_words import month_sentence
from hotelml_app.services.rates.views import (
    CurvePoint,
    EnterRates,
    LimitsView,
    RateDay,
    RatesChange,
    RatesView,
    RateToEnter,
    SetLimits,
    UndoRates,
    WaterfallStep,
    worth_of,
)
from hotelml_app.store import predictions
from hotelml_app.store.predictions import PredictionRow

FEWEST_NIGHTS, FULL_NIGHTS = 14, 28
OPEN, ACCEPTED, LOCKED_BY_STAFF = "open", "accepted", "locked"
SETTLED = "accepted since the last export: weighed again with the next one"

STEPS: Mapping[str, str] = {
    "base": "the room type on a mean night",
    "season": "the time of year",
    "weekday": "the day of the week",
    "events": "special days and events",
    "demand": "how many still ask, how many rooms are left, and what an occupied room costs if you said so",
    "pace": "booked faster or slower than usual",
    "fences": "limits, rounding, what is not worth a change and what staff decided",
    "order": "no room type below one that is usually cheaper",
}


def build(ground: Ground, month: date | None = None, room_type: str = "") -> RatesView:
    """Return the page; without a month the one of the next night, without a room type the one that earns most.

    Raises UsageError for a month or room type that cannot be shown.
    """
    first, shown = _month(ground, month)
    last = _last_shown(first, shown)
    horizon = min(max((last - ground.as_of).days, manifest(MODULE).horizon_days), manifest(MODULE).max_horizon_days)
    rows = list(ground.given(MODULE, horizon).rows)
    kept = rates_kept.read(ground.parts, ground.row)
    types = tuple(dict.fromkeys(str(row.payload["room_type"]) for row in rows))
    chosen = room_type or _earns_most(rows, types)
    if chosen not in types:
        raise UsageError(f"There is no room type {chosen!r}.", remedy=f"{nearest(chosen, types)}There are: {', '.join(types)}.")
    span = [row for row in rows if first <= row.target_date <= last]
    days = _days(ground, kept, types, [row for row in span if row.payload["room_type"] == chosen])
    latest = next(row for row in rows if row.payload["room_type"] == chosen)
    return RatesView(
        property_name=ground.row.name,
        as_of=ground.as_of,
        sentence=f"{month_sentence(days, chosen, ground.row.currency or '', _span(last, shown))}{_waiting(kept)}",
        freshness=ground.freshness,
        currency=ground.row.currency or "",
        month=shown,
        months=_months(ground),
        room_type=chosen,
        room_types=types,
        days=days,
        limits=limits(kept, chosen),
        basis=str(latest.payload["basis"]),
        own_share=_number(latest.payload, "own_share"),
        elasticity=_number(latest.payload, "elasticity"),
        to_enter=to_enter(kept),
        undo=kept.past[-1][0] if kept.past else "",
        made_by=ground.made_by(MODULE),
        to_change=_to_change(kept, types, span),
    )


def due(ground: Ground, nights: int) -> tuple[RateDay, ...]:
    """Return the rates of the coming ``nights``, of all room types, by what was weighed last."""
    with ground.parts.store.read() as connection:
        weighed = predictions.of_run(connection, ground.row.id, MODULE, ground.as_of)
    last, weighs = ground.as_of + timedelta(days=nights), manifest(MODULE)
    rows = [row for row in weighed if row.target_date <= last and weighs.is_whole(row.payload)]
    if not rows:
        return ()
    kept = rates_kept.read(ground.parts, ground.row)
    return _weighed(kept, tuple(dict.fromkeys(str(row.payload["room_type"]) for row in rows)), rows)


def coming(ground: Ground, nights: int) -> dict[str, tuple[RateDay, ...]]:
    """Return the rates of the coming ``nights`` by room type."""
    last = ground.as_of + timedelta(days=nights)
    horizon = max(nights, manifest(MODULE).horizon_days)
    rows = [row for row in ground.given(MODULE, horizon).rows if row.target_date <= last]
    kept, types = rates_kept.read(ground.parts, ground.row), tuple(dict.fromkeys(str(row.payload["room_type"]) for row in rows))
    return {kind: _days(ground, kept, types, [row for row in rows if row.payload["room_type"] == kind]) for kind in types}


def change(ground: Ground, asked: RatesChange, progress: ProgressCallback, cancel: CancelToken) -> None:
    """Do what staff decided, and renew the suggestions where it is about these. Raises RatesChangedError for what cannot be."""
    progress(0.0, "Keeping what was decided")
    reach = max((_furthest(asked) - ground.as_of).days, manifest(MODULE).horizon_days)
    rows = list(ground.given(MODULE, min(reach, manifest(MODULE).max_horizon_days)).rows)
    cancel.check()
    with ground.parts.store.write():
        # One after the other: whoever decides at the same moment, in the window or by command, goes on from this.
        kept = rates_kept.read(ground.parts, ground.row)
        after = RatesDesk(rows, kept).changed(asked)
        # Together or not at all: a decision that was not noted would have the next one undone in its place.
        rates_kept.write(ground.parts, ground.row, after)
        if after.options != kept.options:
            rates_noted.note(ground, kept, after, asked, rows)
    if after.options == kept.options:
        return
    progress(0.3, "Weighing the rates again")
    horizon = max((row.target_date - ground.as_of).days for row in rows)
    run(ground.parts, ground.row, manifest(MODULE), ground.as_of, horizon)
    progress(1.0, "Done")


def limits(kept: Kept, room_type: str) -> LimitsView:
    """Return what staff set for a room type."""
    told = {name: kept.options.get(name) for name in ("floor", "ceiling")}
    own = {name: value.get(room_type) if isinstance(value, Mapping) else value for name, value in told.items()}
    return LimitsView(
        floor=None if own["floor"] is None else float(str(own["floor"])),
        ceiling=None if own["ceiling"] is None else float(str(own["ceiling"])),
        rounding=float(str(kept.options.get("rounding", DEFAULT_ROUNDING))),
        smallest_change=float(str(kept.options.get("smallest_change", DEFAULT_SMALLEST_CHANGE))),
        freeze_days=int(float(str(kept.options.get("freeze_days", DEFAULT_FREEZE_DAYS)))),
        least_gain=float(str(kept.options.get("least_gain", DEFAULT_LEAST_GAIN))),
        room_cost=_known(kept.options, "room_cost"),
    )


def _month(ground: Ground, month: date | None) -> tuple[date, date]:
    """Return the first night shown and the month it lies in."""
    tomorrow = ground.as_of + timedelta(days=1)
    shown = (month or tomorrow).replace(day=1)
    if shown not in _months(ground):
        named = f"{month_name(shown)} {shown.year}"
        raise UsageError(f"There are no rates for {named}.", remedy="Choose a month of the year to come.")
    return max(shown, tomorrow), shown


def _months(ground: Ground) -> tuple[date, ...]:
    """Return the months that can be shown in full, from that of the next night on."""
    month, found = (ground.as_of + timedelta(days=1)).replace(day=1), []
    while (_last_of(month) - ground.as_of).days <= manifest(MODULE).max_horizon_days:
        found.append(month)
        month = _last_of(month) + timedelta(days=1)
    return tuple(found)


def _last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _last_shown(first: date, month: date) -> date:
    """Return the last of the month; where little is left of it, four weeks are shown."""
    last = _last_of(month)
    return last if (last - first).days + 1 >= FEWEST_NIGHTS else first + timedelta(days=FULL_NIGHTS - 1)


def _span(last: date, month: date) -> str:
    return month_name(month) if last == _last_of(month) else f"until {day(last)}"


def _furthest(asked: RatesChange) -> date:
    return date.min if isinstance(asked, SetLimits | EnterRates | UndoRates) else asked.last


def _earns_most(rows: Sequence[PredictionRow], types: Sequence[str]) -> str:
    earned = dict.fromkeys(types, 0.0)
    for row in rows:
        earned[str(row.payload["room_type"])] += _number(row.payload, "expected_revenue")
    return max(earned, key=lambda kind: earned[kind])


def _days(ground: Ground, kept: Kept, types: tuple[str, ...], rows: Sequence[PredictionRow]) -> tuple[RateDay, ...]:
    locked, current = kept.dated(LOCKED, types), kept.dated(CURRENT, types)
    events = ground.events(rows[0].target_date, len(rows)) if rows else {}
    settled = kept.accepted_on(ground.as_of)
    return tuple(_day(row, _standing(row, locked, current), settled, events.get(row.target_date, "")) for row in rows)


def _to_change(kept: Kept, types: tuple[str, ...], rows: Sequence[PredictionRow]) -> tuple[int, ...]:
    """Return how many rates of each room type would change, 0 where that is not expected to earn more."""
    found = (_weighed(kept, types, [row for row in rows if row.payload["room_type"] == kind]) for kind in types)
    return tuple(sum(one.moves for one in days) if round(worth_of(days)) > 0 else 0 for days in found)


def _weighed(kept: Kept, types: tuple[str, ...], rows: Sequence[PredictionRow]) -> tuple[RateDay, ...]:
    locked, current = kept.dated(LOCKED, types), kept.dated(CURRENT, types)
    settled = kept.accepted_on(rows[0].as_of) if rows else frozenset()
    return tuple(_day(row, _standing(row, locked, current), settled) for row in rows)


def _standing(row: PredictionRow, locked: Dated, current: Dated) -> str:
    night, kind = row.target_date.isoformat(), str(row.payload["room_type"])
    if kind in locked.get(night, {}):
        return LOCKED_BY_STAFF
    accepted = current.get(night, {}).get(kind)
    return ACCEPTED if accepted is not None and accepted == _number(row.payload, "suggested_rate") else OPEN


def _day(row: PredictionRow, standing: str, settled: Collection[tuple[str, str]], event: str = "") -> RateDay:
    told = row.payload
    if standing == OPEN and (row.target_date.isoformat(), str(told["room_type"])) in settled:
        standing, told = ACCEPTED, _as_accepted(told)
    names = ("current_rate", "suggested_rate", "current_rooms", "expected_rooms", "current_revenue", "expected_revenue")
    return RateDay(
        night=row.target_date,
        **{name: _number(told, name) for name in (*names, "expected_adr")},
        otb_rate=_known(told, "otb_rate"),
        last_year_rate=_known(told, "last_year_rate"),
        floor=_known(told, "floor"),
        ceiling=_known(told, "ceiling"),
        standing=standing,
        event=event,
        reasons=tuple(str(one) for one in told.get("reasons") or ()),  # type: ignore[attr-defined]
        waterfall=_waterfall(told.get("waterfall")),
        curve=tuple(_point(point, _number(told, "room_cost")) for point in told.get("curve") or ()),  # type: ignore[attr-defined]
        basis=str(told["basis"]),
        room_cost=_number(told, "room_cost"),
    )


def _point(told: Sequence[object], room_cost: float) -> CurvePoint:
    rate, rooms, revenue, *rest = (float(str(value)) for value in told)
    return CurvePoint(rate, rooms, revenue, rest[0] if rest else None, room_cost)


def _as_accepted(told: Mapping[str, object]) -> Mapping[str, object]:
    """Return a night as it was accepted since the last export: weighed again at once, its rate would move step by step."""
    rate = _number(told, "current_rate")
    steps = told.get("waterfall")
    amounts = dict(steps) if isinstance(steps, Mapping) else {}
    amounts["fences"] = _number(amounts, "fences") + rate - _number(told, "suggested_rate")
    as_now = {f"expected_{name}": told[f"current_{name}"] for name in ("rooms", "revenue")}
    reasons = told.get("reasons")
    said = [*reasons, SETTLED] if isinstance(reasons, (list, tuple)) else [SETTLED]
    return {**told, **as_now, "suggested_rate": rate, "waterfall": amounts, "reasons": said}


def _waterfall(told: object) -> tuple[WaterfallStep, ...]:
    amounts = told if isinstance(told, Mapping) else {}
    level, found = 0.0, []
    for name, words in STEPS.items():
        amount = float(str(amounts.get(name, 0.0)))
        level = round(level + amount, 2)
        found.append(WaterfallStep(name, words, amount, level))
    return tuple(found)


def to_enter(kept: Kept) -> tuple[RateToEnter, ...]:
    """Return what the PMS has not got yet and what was ticked off since the last export, by night."""
    return tuple(
        RateToEnter(date.fromisoformat(night), kind, one.before, one.rate, own=one.own, entered=one.entered)
        for (night, kind), one in sorted(kept.to_enter.items(), key=lambda entry: entry[0])
    )


def _waiting(kept: Kept) -> str:
    open_ones = sum(not one.entered for one in kept.to_enter.values())
    return f" {count(open_ones, 'rate waits', 'rates wait')} to be entered in the PMS." if open_ones else ""


def _number(told: Mapping[str, object], name: str) -> float:
    value = told.get(name)
    return float(value) if isinstance(value, (int, float)) else 0.0


def _known(told: Mapping[str, object], name: str) -> float | None:
    return _number(told, name) if told.get(name) is not None else None
