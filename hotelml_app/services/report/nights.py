"""The sheets of the nights: the whole house, and each room type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from hotelml_app.services.arrivals.arrivals_page import DAYS_SHOWN, arrivals_on
from hotelml_app.services.arrivals.lost_rooms import expected_lost
from hotelml_app.services.asking.words import count
from hotelml_app.services.exports.freshness import ahead_words
from hotelml_app.services.nights import forecast_page
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.rooms_seen import count_rooms
from hotelml_app.services.nights.views import ForecastPoint
from hotelml_app.services.report.views import Column, Kind, Sheet, Table, Value

NIGHTS, ROOM_TYPES = "Nights", "Room types"
NO_FORECAST = "There is no forecast of these nights yet."
LIMITS = "Eight of ten such nights end between the lower and the upper limit."
PICKUP = "Pickup is what was booked since, less what was cancelled."
EXPECTED = "Forecast, average rate and revenue are what is expected in the end; arrivals are those booked now."
MONEY = "Average rate and revenue count free rooms, at nothing, and spread the price of a stay evenly over its nights."
MAY_NOT_COME = "May not come: rooms booked now that are expected to be cancelled yet, or not to come."
LAST_YEAR = "Last year is the same weekday, 364 days before."
SINCE_YESTERDAY, SINCE_LAST_WEEK = Column("Pickup 1 day", Kind.CHANGE), Column("Pickup 7 days", Kind.CHANGE)
LOWER, UPPER = Column("Lower", Kind.WHOLE), Column("Upper", Kind.WHOLE)
FEWEST_TYPES = 2

Points = dict[date, ForecastPoint]


def nights_sheet(ground: Ground, days: int) -> Sheet:
    """Return the nights of the whole house."""
    view = forecast_page.build(ground, "rooms_sold", horizon=days)
    if not view.nights:
        return Sheet(NIGHTS, NO_FORECAST)
    rates, money, arriving = (_points(ground, metric, days) for metric in ("adr", "revenue", "arrivals"))
    rows = []
    for at, one in enumerate(view.nights):
        rate, revenue, arrivals = (found.get(one.night) for found in (rates, money, arriving))
        rows.append(
            (
                *_begin(one),
                arrivals.on_books if arrivals else None,
                *_rooms(one),
                rate.p50 if rate else None,
                revenue.p50 if revenue else None,
                revenue.last_year if revenue else None,
                expected_lost(arrivals_on(ground, one.night)) if at < DAYS_SHOWN else None,
            )
        )
    columns = _house_columns(ground.currency)
    total = _total(columns, rows)
    notes = (*_notes(ground, days), *_out_of_order(view.nights))
    return Sheet(NIGHTS, view.sentence, (Table("", columns, tuple(rows), total),), notes)


def room_types_sheet(ground: Ground, days: int) -> Sheet:
    """Return the nights of each room type, night by night."""
    kinds = ground.room_types
    if len(kinds) < FEWEST_TYPES:
        return Sheet(ROOM_TYPES, "The bookings speak of one room type only; its nights are those of the house.")
    views = [forecast_page.build(ground, "rooms_sold", kind, days) for kind in kinds]
    found = [(one.night, at, view.room_type, one) for at, view in enumerate(views) for one in view.nights]
    if not found:
        return Sheet(ROOM_TYPES, "There is no forecast by room type yet.")
    rows = tuple((*_begin(one), kind, *_rooms(one)) for _, _, kind, one in sorted(found, key=lambda cell: cell[:2]))
    nights = [Column("Night", Kind.DAY), Column("Event"), Column("Room type")]
    sentence = f"The {ahead_words(ground.freshness, days)} by room type as booked: {count(len(kinds), 'type')}."
    notes = (LIMITS, PICKUP, LAST_YEAR, *_out_of_order([one for _, _, _, one in found]))
    return Sheet(ROOM_TYPES, sentence, (Table("", (*nights, *_rooms_columns()), rows),), notes)


def _points(ground: Ground, metric: str, days: int) -> Points:
    return {one.night: one for one in forecast_page.build(ground, metric, horizon=days).nights}


def _begin(one: ForecastPoint) -> tuple[Value, ...]:
    return one.night, one.event


def _rooms(one: ForecastPoint) -> tuple[Value, ...]:
    changes = one.pickup_since_yesterday, one.pickup_since_last_week
    share = one.p50 / one.rooms if one.rooms else None
    return one.on_books, *changes, one.p50, one.p10, one.p90, one.last_year, one.rooms, share


def _rooms_columns() -> tuple[Column, ...]:
    return (
        Column("On the books", Kind.WHOLE),
        SINCE_YESTERDAY,
        SINCE_LAST_WEEK,
        Column("Forecast", Kind.WHOLE),
        LOWER,
        UPPER,
        Column("Last year", Kind.WHOLE),
        Column("Rooms", Kind.WHOLE),
        Column("Occupancy", Kind.FILLED),
    )


def _house_columns(currency: str) -> tuple[Column, ...]:
    unit = f" {currency}".rstrip()
    return (
        Column("Night", Kind.DAY),
        Column("Event"),
        Column("Arrivals", Kind.WHOLE),
        *_rooms_columns(),
        Column(f"Average rate{unit}", Kind.RATE),
        Column(f"Revenue{unit}", Kind.AMOUNT),
        Column(f"Revenue last year{unit}", Kind.AMOUNT),
        Column("May not come", Kind.TENTH),
    )


def _total(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> tuple[Value, ...]:
    """Return the sums; shares and rates are those of the sums, and nothing is summed that is not known for every night."""
    place = {column.head.split(" ")[0] if column.kind is Kind.RATE else column.head: at for at, column in enumerate(columns)}
    sums: dict[int, float | None] = dict(_sums(columns, rows))
    total: list[Value] = [sums.get(at) for at in range(len(columns))]
    total[0] = "In all"
    sold, rooms = sums[place["Forecast"]], sums[place["Rooms"]]
    total[place["Occupancy"]] = sold / rooms if sold is not None and rooms else None
    earned = next(sums[at] for at, column in enumerate(columns) if column.kind is Kind.AMOUNT)
    total[place["Average"]] = earned / sold if earned is not None and sold else None
    return tuple(total)


def _sums(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Iterator[tuple[int, float | None]]:
    for at, column in enumerate(columns):
        if column.kind in (Kind.WHOLE, Kind.CHANGE, Kind.AMOUNT, Kind.TENTH) and column not in (LOWER, UPPER):
            known = [row[at] for row in rows if isinstance(row[at], (int, float))]
            yield at, sum(float(str(value)) for value in known) if len(known) == len(rows) else None


def _out_of_order(nights: Sequence[ForecastPoint]) -> tuple[str, ...]:
    most = max(one.out_of_order for one in nights)
    return (f"Rooms are those that can be sold: up to {most:,} more are out of order.",) if most else ()


def _notes(ground: Ground, days: int) -> tuple[str, ...]:
    rooms = count_rooms(ground.parts, ground.row)
    notes = [EXPECTED, MONEY, LIMITS, PICKUP, LAST_YEAR, MAY_NOT_COME]
    if not rooms.told and rooms.count is not None:
        notes.append(f"The number of rooms is not set; {rooms.count:,} is the most sold on one night so far.")
    if days > DAYS_SHOWN:
        notes.append(f"Who may not come is given as far as {DAYS_SHOWN} days ahead.")
    return tuple(notes)
