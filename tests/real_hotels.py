"""The two real hotels as an importer would have stored them, from the bookings beside the project."""

from __future__ import annotations

import csv
import gzip
import importlib
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from types import ModuleType

from shared_data import BOOKINGS, TOOLS

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.spells import history_from_states
from hotelml_app.ml.property.state_columns import states_from_rows

RESORT, CITY = "Resort Hotel", "City Hotel"
LAST_DAY = date(2017, 2, 28)

_STATUS = {
    "Confirmed": BookingStatus.RESERVED,
    "In-House": BookingStatus.IN_HOUSE,
    "Check-Out": BookingStatus.CHECKED_OUT,
    "Canceled": BookingStatus.CANCELLED,
    "No-Show": BookingStatus.NO_SHOW,
}

Row = dict[str, str]


def tool(name: str) -> ModuleType:
    """Import ``replay`` or ``score`` from beside the data."""
    if str(TOOLS) not in sys.path:
        sys.path.insert(0, str(TOOLS))
    return importlib.import_module(name)


@cache
def rows_of(hotel: str) -> tuple[Row, ...]:
    """Return the rows of one hotel as the file has them."""
    with gzip.open(BOOKINGS, "rt", newline="", encoding="utf-8-sig") as file:
        return tuple(row for row in csv.DictReader(file) if row["hotel"] == hotel)


def state_row(row: Row, as_of: date) -> tuple[object, ...]:
    """Return a row as ``ml.state_columns`` takes it."""
    arrival = tool("replay").arrival_of(row)
    nights = int(row["stays_in_weekend_nights"]) + int(row["stays_in_week_nights"])
    return (
        row["booking_id"],
        row["booking_id"],
        row["booking_date"],
        as_of.isoformat(),
        int(_STATUS[row["reservation_status"]]),
        row["reservation_status_date"] or None,
        arrival.isoformat(),
        (arrival + timedelta(nights)).isoformat(),
        *(_word(row[name]) for name in ("reserved_room_type", "assigned_room_type")),
        "",
        *(_word(row[name]) for name in ("distribution_channel", "market_segment")),
        "",
        *(_word(row[name]) for name in ("customer_type", "deposit_type", "agent", "company", "country", "meal")),
        "",
        1.0,
        _number(row["adr"]),
        None,
        _number(row["adults"]),
        (_number(row["children"]) or 0.0) + (_number(row["babies"]) or 0.0),
        *(
            _number(row[name])
            for name in (
                "total_of_special_requests",
                "previous_cancellations",
                "previous_bookings_not_canceled",
                "is_repeated_guest",
                "days_in_waiting_list",
                "required_car_parking_spaces",
                "booking_changes",
            )
        ),
        "",
    )


def history_from_exports(hotel: str, exports: Iterable[tuple[date, Iterable[Row]]]) -> History:
    """Return the history that the store would hold after these exports; unchanged states are kept once."""
    states = sorted((state_row(row, day) for day, rows in exports for row in rows), key=lambda state: (state[0], state[3]))
    kept = [
        one
        for before, one in zip([None, *states], states, strict=False)
        if before is None or before[0] != one[0] or before[4:] != one[4:]
    ]
    last = max(str(one[3]) for one in states)
    return history_from_states(hotel, date.fromisoformat(last), states_from_rows(kept))


@cache
def history(hotel: str) -> History:
    """Return the history from the one export of ``LAST_DAY``."""
    return history_from_exports(hotel, [(LAST_DAY, rows_of(hotel))])


@cache
def replayed_history(hotel: str, first: date, weeks: int) -> History:
    """Return the history from a full export of ``first`` and the weekly deltas after it."""
    replay = tool("replay")
    days = [first + timedelta(7 * week) for week in range(weeks + 1)]
    seen = [{row["booking_id"]: known for row in rows_of(hotel) if (known := replay.as_known_on(row, day))} for day in days]
    exports = [(days[0], seen[0].values())]
    for day, before, now in zip(days[1:], seen[:-1], seen[1:], strict=True):
        exports.append((day, [row for number, row in now.items() if before.get(number) != row]))
    return history_from_exports(hotel, exports)


def _word(text: str) -> str:
    return "" if text in ("NULL", "NA", "Undefined") else text


def _number(text: str) -> float | None:
    return None if text in ("NULL", "NA", "") else float(text)
