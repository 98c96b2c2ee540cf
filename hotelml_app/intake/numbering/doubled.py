"""Bookings that are known already under other numbers: taken in, each of them would count twice."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_of
from hotelml_app.intake.errors import OtherNumbersError
from hotelml_app.intake.readers.table import Column
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.records import DayTexts
from hotelml_app.store.known_stays import Content, contents

FEWEST = 20
"""In smaller files two bookings may well be alike."""
SHARE, SHARE_WITHOUT_BOOKING_DAY = 0.5, 0.8
"""Shares of a file's new bookings that must be alike; without the day of booking many are in a large house."""

Key = tuple[object, ...]


def refuse_doubled(
    connection: sqlite3.Connection, property_id: int, rows: BookingRows, wanted: NDArray[np.intp], known: Collection[str]
) -> None:
    """Raise OtherNumbersError where most new bookings of a file are, but for their numbers, known ones that it does not name."""
    is_known = np.array([label in known for label in rows.ids.labels], dtype=bool)
    new = wanted[~is_known[rows.ids.codes[wanted]]] if len(wanted) else wanted
    if len(new) < FEWEST or len(known) < FEWEST:
        return
    said = bool(rows.booked_said[new].mean() > SHARE)
    named = {rows.ids.labels[code] for code in np.unique(rows.ids.codes[wanted]).tolist()}
    span = day_of(int(rows.arrival[new].min())), day_of(int(rows.arrival[new].max()))
    others = [(number, content) for number, content in contents(connection, property_id, *span) if number not in named]
    mine = list(_contents(rows, new))
    priced = _tell_prices(mine) and _tell_prices([content for _, content in others])
    there: dict[Key, list[str]] = {}
    for number, content in others:
        there.setdefault(_key(content, with_booking_day=said, with_price=priced), []).append(number)
    keys = [_key(content, with_booking_day=said, with_price=priced) for content in mine]
    alike = sum(min(count, len(there.get(key, ()))) for key, count in Counter(keys).items())
    if alike >= FEWEST and alike >= (SHARE if said else SHARE_WITHOUT_BOOKING_DAY) * len(new):
        row, key = next((row, key) for row, key in zip(new.tolist(), keys, strict=True) if key in there)
        raise OtherNumbersError(alike, len(wanted), rows.ids.text(row), there[key][0])


def _tell_prices(found: Sequence[Content]) -> bool:
    """Return whether most bookings come with a price: those that are the same then cost the same."""
    return sum(content.price is not None for content in found) > SHARE * len(found)


def _key(content: Content, *, with_booking_day: bool, with_price: bool) -> Key:
    stay = content.arrival, content.departure, content.room_type, content.price if with_price else None
    return (content.booked_on, *stay) if with_booking_day else (*stay, content.rate_code)


def _contents(rows: BookingRows, chosen: NDArray[np.intp]) -> Iterator[Content]:
    texts = DayTexts()
    price = np.where(np.isnan(rows.numbers["total"]), rows.numbers["adr"], rows.numbers["total"])[chosen]
    yield from map(
        Content._make,
        zip(
            *(texts.of(days[chosen]) for days in (rows.booked_on, rows.arrival, rows.departure)),
            *([column.labels[code] for code in column.codes[chosen].tolist()] for column in _words(rows)),
            [None if np.isnan(value) else value for value in price.tolist()],
            strict=True,
        ),
    )


def _words(rows: BookingRows) -> tuple[Column, Column]:
    return rows.words["room_type"], rows.words["rate_code"]
