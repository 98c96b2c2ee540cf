"""The Forecast page: up to 90 nights of rooms, arrivals, rate or revenue; the books, the forecast, and last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.core.errors import UsageError
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.booking_curves import on_books_at
from hotelml_app.ml.property.history import History
from hotelml_app.modules.forecast.predicting import BY_RULE, RATES_RULE
from hotelml_app.services.asking.arguments import nearest
from hotelml_app.services.asking.words import count, day
from hotelml_app.services.exports.freshness import ahead_words
from hotelml_app.services.learning.views import MadeByView
from hotelml_app.services.nights import on_books as nights
from hotelml_app.services.nights.given import Given, made_now
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.rooms_seen import Rooms
from hotelml_app.services.nights.rooms_to_sell import RoomsToSell, rooms_to_sell
from hotelml_app.services.nights.stated_nights import with_stated
from hotelml_app.services.nights.views import ForecastPoint, ForecastView
from hotelml_app.services.parts import stand_of

ROOM_TYPE, SEGMENT = "room_type", "segment"

METRICS = {"rooms_sold": "rooms", "arrivals": "rooms", "adr": "", "revenue": ""}
"""What can be forecast, and the unit; "" is the property's currency."""

MONEY = {"adr": nights.rate_per_night, "revenue": nights.earned_per_night}

NO_RATES = "No rate can be told for these nights: nobody is expected on them, or the exports hold no prices."

MAX_NIGHTS = 365
UNKNOWN = RoomsToSell(Rooms(None, told=False), (0,) * MAX_NIGHTS)
"""Of figures and parts of the house that have no rooms of their own."""
USUAL_HORIZON = 90

Series = NDArray[np.float64]
Told = Mapping[str, object]


def build(ground: Ground, metric: str = "rooms_sold", room_type: str = "", horizon: int = 90, segment: str = "") -> ForecastView:
    """Return the page. Raises UsageError for a metric, room type, segment or horizon that does not exist."""
    if metric not in METRICS:
        raise UsageError(
            f"There is no metric called {metric!r}.", remedy=f"{nearest(metric, METRICS)}There are: {', '.join(METRICS)}."
        )
    if not 1 <= horizon <= MAX_NIGHTS:
        raise UsageError(f"A horizon of {horizon} nights is not possible.", remedy=f"Choose from 1 to {MAX_NIGHTS}.")
    kinds, segments, room_type = ground.room_types, ground.segments, ground.present_type(room_type)
    for what, asked, there in (("room type", room_type, kinds), ("segment", segment, segments)):
        if asked and asked not in there:
            raise UsageError(f"There is no {what} {asked!r}.", remedy=f"{nearest(asked, there)}There are: {', '.join(there)}.")
    if room_type and segment:
        raise UsageError("A forecast is for a room type or for a segment.", remedy="Choose one of the two.")
    there_are = UNKNOWN if segment or metric != "rooms_sold" else rooms_to_sell(ground, horizon, room_type)
    by, part = SEGMENT if segment else ROOM_TYPE, segment or room_type
    given = ground.given("forecast", horizon) if by == ROOM_TYPE else _by_segment(ground, horizon)
    points = _points(ground, given, metric, (by, part), there_are, horizon)
    sold = {row.target_date: row.payload for row in given.cells("rooms_sold", part, by)}
    return ForecastView(
        property_name=ground.row.name,
        sentence=_sentence(ground, metric, points, there_are.rooms, horizon, sold),
        freshness=ground.freshness,
        metric=metric,
        unit=METRICS[metric] or ground.currency or "money",
        room_type=room_type,
        room_types=kinds,
        capacity=float(there_are.rooms.count) if there_are.rooms.count is not None else None,
        nights=points,
        made_by=_made_by(ground, metric),
        segment=segment,
        segments=segments,
    )


def _points(
    ground: Ground, given: Given, metric: str, of: tuple[str, str], there_are: RoomsToSell, horizon: int
) -> tuple[ForecastPoint, ...]:
    (by, part), first = of, ground.as_of + timedelta(days=1)
    history = nights.of_part(ground.data.history, by, part)
    books = _books(history, metric, first, horizon, history.today)
    last_year = _last_year(history, metric, first, horizon, ground.data.history)
    if by == ROOM_TYPE:
        last_year = with_stated(ground, last_year, metric, first, part)
    yesterday, week_ago = (books - _books(history, metric, first, horizon, history.today - days) for days in (1, 7))
    found = {row.target_date: row.payload for row in given.cells(metric, part, by)}
    events = ground.events(first, horizon)
    points = []
    for i in range(horizon):
        night = first + timedelta(days=i)
        told = found.get(night)
        # Of some nights no rate is known: none was ever paid for such a night, or the exports tell no prices.
        if told is not None and known(number(told, "p50")) is not None:
            point = _point(night, told, books[i], (yesterday[i], week_ago[i]), last_year[i], events.get(night, ""))
            points.append(replace(point, rooms=there_are.on(i), out_of_order=there_are.out_of_order[i]))
    return tuple(points)


def _made_by(ground: Ground, metric: str) -> MadeByView:
    """Say what made the numbers; the model knows rooms, no rates, and how good it was lately says nothing of those."""
    if metric in BY_RULE:
        return MadeByView(str(MadeBy.STATISTICAL), "", f"A plain rule: {RATES_RULE[0].lower()}{RATES_RULE[1:]}", "")
    return ground.made_by("forecast")


def _by_segment(ground: Ground, horizon: int) -> Given:
    """Return the forecast split by segment; it is not kept in the store, but until the data change or what staff told of them."""
    parts, row = ground.parts, ground.row
    made = ground.given("forecast", horizon).makers
    stand = (stand_of(parts.store, row), tuple(sorted(made)), horizon, ground.own_events, ground.data.facts.closed_rooms)
    return parts.memory.derived(
        ("forecast by segment", row.id), stand, lambda: made_now(parts, row, "forecast", horizon, SEGMENT)
    )


def _point(night: date, told: Told, on_books: float, pickup: tuple[float, float], last_year: float, event: str) -> ForecastPoint:
    since_yesterday, since_last_week = pickup
    return ForecastPoint(
        night=night,
        on_books=known(on_books),
        p10=number(told, "p10"),
        p25=known(number(told, "p25")),
        p50=number(told, "p50"),
        p75=known(number(told, "p75")),
        p90=number(told, "p90"),
        last_year=known(last_year),
        pickup_since_yesterday=known(since_yesterday),
        event=event,
        pickup_since_last_week=known(since_last_week),
    )


def _books(history: History, metric: str, first: date, horizon: int, day: int) -> Series:
    """Return what stood on the books at the end of a day, in the metric's unit."""
    if metric == "rooms_sold":
        return on_books_at(history, day, day_number(first), horizon)
    if metric == "arrivals":
        return nights.arrivals_at(history, day, first, horizon)
    return MONEY[metric](history, first, horizon, day)


def _last_year(history: History, metric: str, first: date, horizon: int, house: History) -> Series:
    """Return what it came to 364 days before, in the metric's unit."""
    if metric == "rooms_sold":
        return nights.sold_last_year(history, first, horizon, house)
    if metric == "arrivals":
        return nights.arrivals_last_year(history, first, horizon)
    return nights.a_year_before(history, MONEY[metric], first, horizon, house)


def _sentence(
    ground: Ground, metric: str, points: tuple[ForecastPoint, ...], rooms: Rooms, horizon: int, sold: Mapping[date, Told]
) -> str:
    if not points:
        return NO_RATES if metric in MONEY and sold else "There is no forecast yet."
    expected = [point.p50 for point in points]
    ahead = ahead_words(ground.freshness, horizon)
    span = ahead[0].upper() + ahead[1:] if len(points) == horizon else f"{len(points)} of the {ahead}"
    currency = ground.currency
    if metric == "rooms_sold":
        total = count(sum(expected), "room night")
        if rooms.count:
            to_sell, closed = sum(point.rooms or 0 for point in points), max(point.out_of_order for point in points)
            missing = f", less up to {closed:,} out of order," if closed else ""
            total = f"{sum(expected) / max(to_sell, 1):.0%} of {rooms.in_words}{missing}"
        said = f"{span}: {total} expected{_peaks(points, 'fullest', 'emptiest')}."
    elif metric == "arrivals":
        said = f"{span}: {count(sum(expected), 'arrival')} expected{_peaks(points, 'most on', 'fewest on')}."
    elif metric == "revenue":
        said = f"{span}: {sum(expected):,.0f} {currency} room revenue expected{_peaks(points, 'highest', 'lowest')}."
    else:
        average = _average_rate(points, [number(sold.get(point.night, {}), "p50") for point in points])
        said = f"{span}: {average:,.0f} {currency} per room on average{_peaks(points, 'highest', 'lowest')}."
    return said.replace("  ", " ")


def _average_rate(points: Sequence[ForecastPoint], rooms: Sequence[float]) -> float:
    """Return the rate of all nights together: a full night counts as much more than an empty one as it sells more rooms."""
    weights = np.nan_to_num(rooms)
    return float(np.average([point.p50 for point in points], weights=weights if weights.sum() > 0 else None))


def _peaks(points: Sequence[ForecastPoint], high: str, low: str) -> str:
    """Say which nights stand out; while a hotel is closed for the winter, none does."""
    expected = [point.p50 for point in points]
    best, worst = points[int(np.argmax(expected))], points[int(np.argmin(expected))]
    if f"{best.p50:,.0f}" == f"{worst.p50:,.0f}":
        return ", about the same on each" if len(points) > 1 else ""
    return f"; {high} {_peak(best)}, {low} {_peak(worst)}"


def _peak(point: ForecastPoint) -> str:
    return f"{day(point.night)} ({point.p50:,.0f})"


def known(value: float) -> float | None:
    """Return None for NaN."""
    return None if np.isnan(value) else float(value)


def number(told: Told, column: str) -> float:
    """Return a predicted figure; NaN where the prediction does not have it."""
    value = told.get(column)
    return float(value) if isinstance(value, (int, float)) else float("nan")
