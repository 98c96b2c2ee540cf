"""The Rates page: a month of one room type, what stands and what is suggested, what each rate would bring and why."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.modules import manifest
from hotelml_app.modules.pricing.choosing.fences import (
    DEFAULT_FREEZE_DAYS,
    DEFAULT_LEAST_GAIN,
    DEFAULT_SMALLEST_CHANGE,
)
from hotelml_app.services.asking.arguments import nearest
from hotelml_app.services.asking.words import count, day
from hotelml_app.services.asking.words import month as month_name
from hotelml_app.services.errors import NoRatesError
from hotelml_app.services.learning.predict import run
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.services.rates import noted as rates_noted
from hotelml_app.services.rates.kept import MODULE, Kept
from hotelml_app.services.rates.rate_changes import RateChanges, usual_step
from hotelml_app.services.rates.rate_days import amount, days_of, known, weighed
from hotelml_app.services.rates.rate_words import month_sentence
from hotelml_app.services.rates.views import (
    EnterRates,
    LimitsView,
    RatesChange,
    RatesView,
    RateToEnter,
    SetLimits,
    SetRoomCost,
    UndoRates,
    worth_of,
)
from hotelml_app.store.learned.predictions import PredictionRow

FEWEST_NIGHTS, FULL_NIGHTS = 14, 28


def build(ground: Ground, month: date | None = None, room_type: str = "") -> RatesView:
    """Return the page; without a month the one of the next night, without a room type the one that earns most.

    Raises UsageError for a month or room type that cannot be shown, NoRatesError.
    """
    first, shown = _month(ground, month)
    last = _last_shown(first, shown)
    horizon = min(max((last - ground.as_of).days, manifest(MODULE).horizon_days), manifest(MODULE).max_horizon_days)
    rows = _rows(ground, horizon)
    kept = rates_kept.read(ground.parts, ground.row)
    types = tuple(sorted({str(row.payload["room_type"]) for row in rows}))
    chosen = ground.present_type(room_type) or _earns_most(rows, types)
    if chosen not in types:
        raise UsageError(f"There is no room type {chosen!r}.", remedy=f"{nearest(chosen, types)}There are: {', '.join(types)}.")
    span = [row for row in rows if first <= row.target_date <= last]
    days = days_of(ground, kept, types, [row for row in span if row.payload["room_type"] == chosen])
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
        limits=limits(kept, chosen, usual_step(rows, chosen)),
        basis=str(latest.payload["basis"]),
        own_share=amount(latest.payload, "own_share"),
        elasticity=amount(latest.payload, "elasticity"),
        to_enter=to_enter(kept),
        undo=kept.past[-1][0] if kept.past else "",
        made_by=ground.made_by(MODULE),
        to_change=_to_change(kept, types, span),
    )


def change(ground: Ground, asked: RatesChange, progress: ProgressCallback, cancel: CancelToken) -> None:
    """Do what staff decided, and renew the suggestions where it is about these.

    Raises RatesChangedError for what cannot be, NoRatesError.
    """
    progress(0.0, "Keeping what was decided")
    reach = max((_furthest(asked) - ground.as_of).days, manifest(MODULE).horizon_days)
    rows = _rows(ground, min(reach, manifest(MODULE).max_horizon_days))
    cancel.check()
    with ground.parts.store.write():
        # One after the other: whoever decides at the same moment, in the window or by command, goes on from this.
        kept = rates_kept.read(ground.parts, ground.row)
        after = RateChanges(rows, kept).applied(asked)
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


def _rows(ground: Ground, horizon: int) -> list[PredictionRow]:
    """Return the suggestions. Raises NoRatesError."""
    rows = list(ground.given(MODULE, horizon).rows)
    if not rows:
        raise NoRatesError(
            f"The exports of {ground.row.name} so far hold no rates.",
            remedy="Export what guests pay with their bookings, then import the file.",
        )
    return rows


def limits(kept: Kept, room_type: str, step: float = 1.0) -> LimitsView:
    """Return what staff set for a room type; rates are in steps of ``step`` where they set none."""
    told = {name: kept.options.get(name) for name in ("floor", "ceiling")}
    own = {name: value.get(room_type) if isinstance(value, Mapping) else value for name, value in told.items()}
    return LimitsView(
        floor=None if own["floor"] is None else float(str(own["floor"])),
        ceiling=None if own["ceiling"] is None else float(str(own["ceiling"])),
        rounding=float(str(kept.options.get("rounding", step))),
        smallest_change=float(str(kept.options.get("smallest_change", DEFAULT_SMALLEST_CHANGE))),
        freeze_days=int(float(str(kept.options.get("freeze_days", DEFAULT_FREEZE_DAYS)))),
        least_gain=float(str(kept.options.get("least_gain", DEFAULT_LEAST_GAIN))),
        room_cost=known(kept.options, "room_cost"),
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
    return date.min if isinstance(asked, SetLimits | SetRoomCost | EnterRates | UndoRates) else asked.last


def _earns_most(rows: Sequence[PredictionRow], types: Sequence[str]) -> str:
    earned = dict.fromkeys(types, 0.0)
    for row in rows:
        earned[str(row.payload["room_type"])] += amount(row.payload, "expected_revenue")
    return max(earned, key=lambda kind: earned[kind])


def _to_change(kept: Kept, types: tuple[str, ...], rows: Sequence[PredictionRow]) -> tuple[int, ...]:
    """Return how many rates of each room type would change, 0 where that is not expected to earn more."""
    found = (weighed(kept, types, [row for row in rows if row.payload["room_type"] == kind]) for kind in types)
    return tuple(sum(one.moves for one in days) if round(worth_of(days)) > 0 else 0 for days in found)


def to_enter(kept: Kept) -> tuple[RateToEnter, ...]:
    """Return what the PMS has not got yet and what was ticked off since the last export, by night."""
    return tuple(
        RateToEnter(date.fromisoformat(night), kind, one.before, one.rate, own=one.own, entered=one.entered, guessed=one.guessed)
        for (night, kind), one in sorted(kept.to_enter.items(), key=lambda entry: entry[0])
    )


def _waiting(kept: Kept) -> str:
    open_ones = sum(not one.entered for one in kept.to_enter.values())
    return f" {count(open_ones, 'rate waits', 'rates wait')} to be entered in the PMS." if open_ones else ""
