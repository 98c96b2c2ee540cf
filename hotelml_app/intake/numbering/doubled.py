"""Bookings that are known already under other numbers: taken in, each of them would count twice."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_of
from hotelml_app.intake.errors import OtherNumbersError
from hotelml_app.intake.numbering.new_numbers import contents_of
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.store.exported.known_stays import Content, contents

FEWEST = 20
"""In smaller files two bookings may well be alike."""
SHARE, SHARE_WITHOUT_BOOKING_DAY = 0.5, 0.8
"""Shares of a file's new bookings that must be alike; without the day of booking many are in a large house."""

Key = tuple[object, ...]


def refuse_doubled(
    connection: sqlite3.Connection, property_id: int, rows: BookingRows, wanted: NDArray[np.intp], known: Collection[str]
) -> None:
    """Raise OtherNumbersError where most new bookings of a file are, but for their numbers, known ones that it does not name."""
    new = unknown(rows, wanted, known)
    if len(new) < FEWEST or len(known) < FEWEST:
        return
    said = bool(rows.booked_said[new].mean() > SHARE)
    named = {rows.ids.labels[code] for code in np.unique(rows.ids.codes[wanted]).tolist()}
    span = day_of(int(rows.arrival[new].min())), day_of(int(rows.arrival[new].max()))
    others = ((one.number, one.content) for one in contents(connection, property_id, *span) if one.number not in named)
    found = doubled(list(contents_of(rows, new)), others, with_booking_day=said)
    if found is not None:
        raise OtherNumbersError(found.alike, len(wanted), rows.ids.text(int(new[found.place])), found.known_as)


class Doubled(NamedTuple):
    """How many bookings would count twice; one of them for example, by its place and by the number it is known by."""

    alike: int
    place: int
    known_as: str


def doubled(mine: Sequence[Content], others: Iterable[tuple[str, Content]], *, with_booking_day: bool) -> Doubled | None:
    """Return what would count twice where that is most of the bookings, None where it is not."""
    keys, there = _found_again(mine, others, with_booking_day=with_booking_day)
    alike = sum(min(count, len(there.get(key, ()))) for key, count in Counter(keys).items())
    if alike < max(FEWEST, (SHARE if with_booking_day else SHARE_WITHOUT_BOOKING_DAY) * len(mine)):
        return None
    place, key = next((place, key) for place, key in enumerate(keys) if key in there)
    return Doubled(alike, place, there[key][0])


def unknown(rows: BookingRows, wanted: NDArray[np.intp], known: Collection[str]) -> NDArray[np.intp]:
    """Return the rows whose number is not known."""
    is_known = np.array([label in known for label in rows.ids.labels], dtype=bool)
    return wanted[~is_known[rows.ids.codes[wanted]]] if len(wanted) else wanted


def _found_again(
    mine: Sequence[Content], others: Iterable[tuple[str, Content]], *, with_booking_day: bool
) -> tuple[list[Key], dict[Key, list[str]]]:
    """Return the keys of the new bookings, and the known numbers of those keys.

    Where most on both sides come with a price, what is the same costs the same. Only what is asked for is kept of the known ones.
    """
    priced, plain = ([_key(one, with_booking_day, with_price) for one in mine] for with_price in (True, False))
    there: dict[Key, list[str]] = {key: [] for key in (*priced, *plain)}
    known = known_priced = 0
    for number, content in others:
        known += 1
        known_priced += content.price is not None
        for with_price in (True, False):
            numbers = there.get(_key(content, with_booking_day, with_price))
            if numbers is not None:
                numbers.append(number)
    told = sum(one.price is not None for one in mine) > SHARE * len(mine) and known_priced > SHARE * known
    return (priced if told else plain), {key: numbers for key, numbers in there.items() if numbers}


def _key(content: Content, with_booking_day: bool, with_price: bool) -> Key:
    # A price for the whole stay is rounded otherwise than one per night.
    price = round(content.price, 1) if with_price and content.price is not None else None
    stay = content.arrival, content.departure, content.room_type, with_price, price
    return (content.booked_on, *stay) if with_booking_day else (*stay, content.rate_code)
