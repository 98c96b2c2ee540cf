"""The rates of nights as they stand, are suggested and were decided, read from the predictions of the pricing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules import manifest
from hotelml_app.modules.pricing.history.rates import BOOKED, GUESSED, SAID
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.services.rates.kept import CURRENT, LOCKED, MODULE, Dated, Kept
from hotelml_app.services.rates.views import CurvePoint, RateDay, WaterfallStep
from hotelml_app.store.learned import predictions
from hotelml_app.store.learned.predictions import PredictionRow

OPEN, ACCEPTED, LOCKED_BY_STAFF = "open", "accepted", "locked"
SETTLED = "accepted since the last export: weighed again with the next one"

STEPS: dict[str, str] = {
    "base": "the room type on an average night",
    "season": "the time of year",
    "weekday": "the day of the week",
    "events": "special days and events",
    "demand": "demand still to come, rooms left, and what an occupied room costs if you said so",
    "pace": "more or fewer guests to come than as a rule, going by the bookings so far",
    "fences": "limits, rounding, what is not worth a change and what staff decided",
    "order": "no room type below one that is usually cheaper",
}

BY_PLAIN_RULE = {
    "base": "what guests pay for this night so far, and paid last year and in recent weeks",
    "demand": "how full the night is expected to be",
    "pace": "booked faster or slower than usual",
}
"""What these steps are where a plain rule suggests: it begins at the night itself."""


CURRENT_WORDS = {
    SAID: "the rate that you said",
    BOOKED: "the rate at which the night was booked lately",
    GUESSED: "a guess, from your usual rates and the nights around: no booking shows it",
}
BY_RULE_WORDS = {**CURRENT_WORDS, GUESSED: f"a guess, from {BY_PLAIN_RULE['base']}"}


def due(ground: Ground, nights: int) -> tuple[RateDay, ...]:
    """Return the rates of the coming ``nights``, of all room types, by what was weighed last."""
    with ground.parts.store.read() as connection:
        found = predictions.of_run(connection, ground.row.id, MODULE, ground.as_of)
    last, weighs = ground.as_of + timedelta(days=nights), manifest(MODULE)
    rows = [row for row in found if row.target_date <= last and weighs.is_whole(row.payload)]
    if not rows:
        return ()
    kept = rates_kept.read(ground.parts, ground.row)
    return weighed(kept, tuple(dict.fromkeys(str(row.payload["room_type"]) for row in rows)), rows)


def coming(ground: Ground, nights: int) -> dict[str, tuple[RateDay, ...]]:
    """Return the rates of the coming ``nights`` by room type."""
    last = ground.as_of + timedelta(days=nights)
    horizon = max(nights, manifest(MODULE).horizon_days)
    rows = [row for row in ground.given(MODULE, horizon).rows if row.target_date <= last]
    kept, types = rates_kept.read(ground.parts, ground.row), tuple(sorted({str(row.payload["room_type"]) for row in rows}))
    return {kind: days_of(ground, kept, types, [row for row in rows if row.payload["room_type"] == kind]) for kind in types}


def days_of(ground: Ground, kept: Kept, types: tuple[str, ...], rows: Sequence[PredictionRow]) -> tuple[RateDay, ...]:
    """Return the nights of one room type, with their events; ``types`` are all there are."""
    locked, current = kept.dated(LOCKED, types), kept.dated(CURRENT, types)
    events = ground.events(rows[0].target_date, len(rows)) if rows else {}
    settled = kept.accepted_on(ground.as_of)
    return tuple(rate_day(row, _standing(row, locked, current), settled, events.get(row.target_date, "")) for row in rows)


def weighed(kept: Kept, types: tuple[str, ...], rows: Sequence[PredictionRow]) -> tuple[RateDay, ...]:
    """Return the nights of any room types without their events."""
    locked, current = kept.dated(LOCKED, types), kept.dated(CURRENT, types)
    settled = kept.accepted_on(rows[0].as_of) if rows else frozenset()
    return tuple(rate_day(row, _standing(row, locked, current), settled) for row in rows)


def _standing(row: PredictionRow, locked: Dated, current: Dated) -> str:
    night, kind = row.target_date.isoformat(), str(row.payload["room_type"])
    if kind in locked.get(night, {}):
        return LOCKED_BY_STAFF
    accepted = current.get(night, {}).get(kind)
    return ACCEPTED if accepted is not None and accepted == amount(row.payload, "suggested_rate") else OPEN


def rate_day(row: PredictionRow, standing: str, settled: Collection[tuple[str, str]], event: str = "") -> RateDay:
    """Return one night of a room type; in ``settled`` are the nights and types accepted since the last export."""
    told = row.payload
    if standing == OPEN and (row.target_date.isoformat(), str(told["room_type"])) in settled:
        standing, told = ACCEPTED, _as_accepted(told)
    names = ("current_rate", "suggested_rate", "current_rooms", "expected_rooms", "current_revenue", "expected_revenue")
    by_rule, known_from = row.made_by == MadeBy.STATISTICAL, str(told.get("current_from", ""))
    return RateDay(
        night=row.target_date,
        **{name: amount(told, name) for name in (*names, "expected_adr")},
        otb_rate=known(told, "otb_rate"),
        last_year_rate=known(told, "last_year_rate"),
        floor=known(told, "floor"),
        ceiling=known(told, "ceiling"),
        standing=standing,
        event=event,
        reasons=tuple(str(one) for one in told.get("reasons") or ()),  # type: ignore[attr-defined]
        waterfall=_waterfall(told.get("waterfall"), STEPS | BY_PLAIN_RULE if by_rule else STEPS),
        curve=tuple(_point(point, amount(told, "room_cost")) for point in told.get("curve") or ()),  # type: ignore[attr-defined]
        basis=str(told["basis"]),
        room_cost=amount(told, "room_cost"),
        cost_told=told.get("room_cost") is not None,
        seems_closed=bool(told.get("seems_closed")),
        guessed=known_from == GUESSED,
        current_words=(BY_RULE_WORDS if by_rule else CURRENT_WORDS).get(known_from, ""),
    )


def _point(told: Sequence[object], room_cost: float) -> CurvePoint:
    rate, rooms, revenue, *rest = (float(str(value)) for value in told)
    return CurvePoint(rate, rooms, revenue, rest[0] if rest else None, room_cost)


def _as_accepted(told: Mapping[str, object]) -> Mapping[str, object]:
    """Return a night as it was accepted since the last export: weighed again at once, its rate would move step by step."""
    rate = amount(told, "current_rate")
    steps = told.get("waterfall")
    amounts = dict(steps) if isinstance(steps, Mapping) else {}
    amounts["fences"] = amount(amounts, "fences") + rate - amount(told, "suggested_rate")
    as_now = {f"expected_{name}": told[f"current_{name}"] for name in ("rooms", "revenue")}
    reasons = told.get("reasons")
    said = [*reasons, SETTLED] if isinstance(reasons, (list, tuple)) else [SETTLED]
    return {**told, **as_now, "suggested_rate": rate, "waterfall": amounts, "reasons": said}


def _waterfall(told: object, steps: Mapping[str, str]) -> tuple[WaterfallStep, ...]:
    amounts = told if isinstance(told, Mapping) else {}
    level, found = 0.0, []
    for name, words in steps.items():
        amount = float(str(amounts.get(name, 0.0)))
        level = round(level + amount, 2)
        found.append(WaterfallStep(name, words, amount, level))
    return tuple(found)


def amount(told: Mapping[str, object], name: str) -> float:
    """Return a number of a prediction, 0 where it has none of that name."""
    value = told.get(name)
    return float(value) if isinstance(value, (int, float)) else 0.0


def known(told: Mapping[str, object], name: str) -> float | None:
    """Return a number of a prediction, None where it has none of that name."""
    return amount(told, name) if told.get(name) is not None else None
