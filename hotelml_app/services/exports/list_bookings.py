"""All bookings as they were known at the end of a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_of
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.ml.property.history import History
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.as_of import look_from
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.errors import DayOutsideDataError
from hotelml_app.services.files.own_files import output_path
from hotelml_app.services.files.written_files import csv_text, write_csv
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels.properties import PropertyRow

COLUMNS = (
    "property",
    "reservation_id",
    "booked_on",
    "arrival",
    "departure",
    "status",
    "room_type",
    "assigned_room_type",
    "room",
    "channel",
    "segment",
    "rate_code",
    "adr",
    "total",
    "currency",
    "adults",
    "children",
)
FULL = (*COLUMNS, "rooms")
_WORDS = ("room_type", "assigned_room_type", "room", "channel", "segment", "rate_code", "currency")
_NUMBERS = ("adr", "total", "adults", "children")


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Write the bookings as CSV, or return them as a text where no file is named; ``full`` adds the number of rooms."""
    columns = FULL if arguments.text("full") else COLUMNS
    wanted, out = arguments.day("as_of"), output_path(parts.layout, arguments)
    rows = chosen(parts.store, arguments.text("property"))
    days = {row.name: look_from(row, row.business_date, wanted) for row in rows}

    def lines() -> Iterator[list[object]]:
        found = 0
        for number, row in enumerate(rows):
            progress(number / len(rows), f"Reading the bookings of {row.name}")
            cancel.check()
            for line in _lines(parts, row, days[row.name], columns):
                found += 1
                yield line
        if not found:
            raise DayOutsideDataError(f"No booking was known at the end of {min(days.values())}.", remedy="Choose a later day.")

    told: dict[str, object] = {"as_of": max(days.values()).isoformat(), "out": str(out) if out else None}
    if out is not None:
        return {**told, "rows": write_csv(out, columns, lines())}
    text, count = csv_text(columns, lines())
    return {**told, "rows": count, "csv": text}


def _lines(parts: Parts, row: PropertyRow, day: date, columns: Sequence[str]) -> Iterator[list[object]]:
    history = parts.property_data(row).at(day).history
    known: History = history.take(history.alive_at(day))
    order = np.argsort(known.booking, kind="stable")
    words = {name: known.categories[name] for name in _WORDS}
    for i in order.tolist():
        booking = known.booking[i]
        texts = {name: column.labels[column.codes[i]] for name, column in words.items()}
        figures = {name: _figure(known, name, i) for name in _NUMBERS}
        values: dict[str, object] = {
            "property": row.name,
            "reservation_id": str(known.reservation_ids[booking]),
            "booked_on": day_of(known.booked_on[booking]),
            "arrival": day_of(known.arrival[i]),
            "departure": day_of(known.departure[i]),
            "status": BookingStatus(int(known.status[i])).name.lower(),
            **texts,
            **figures,
            "rooms": float(known.rooms[i]),
        }
        yield [values[column] for column in columns]


def _figure(history: History, name: str, i: int) -> float | None:
    value = float(history.numbers[name][i])
    return None if np.isnan(value) else value
