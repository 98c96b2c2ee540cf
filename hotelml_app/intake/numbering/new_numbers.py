"""Bookings that go on under new numbers: a new PMS takes over what is to come and numbers all of it anew.

Where an export holds nearly all bookings to come, and each by its nights and its price or day of booking, but none of them
under the number by which it is known, the bookings are the same ones. They keep what is known of them and get the new numbers.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import LOST, OCCUPYING
from hotelml_app.core.clock import day_of
from hotelml_app.intake.errors import NewNumbersError
from hotelml_app.intake.numbering.given_again import number_of_its_own, stay_of
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.records import DayTexts
from hotelml_app.store.corrected import missing, renumbering
from hotelml_app.store.corrected.missing import Span
from hotelml_app.store.exported import bookings, known_stays
from hotelml_app.store.exported.known_stays import Content, Known
from hotelml_app.store.hotels import properties

FEWEST, FEWEST_STAYS = 20, 10
"""Bookings to come, and different stays among them, below which nothing is told by being alike: a group is alike in itself."""
SHARE = 0.7
"""So much of what is to come must be alike, of the export's bookings and of those known: some change on the very day."""
SHARE_BY_NIGHTS, FEWEST_BY_NIGHTS = 0.85, 50
"""The same, where nights are all that is alike: of two houses of one size half of all stays are."""
SAME_PRICE, SAME_AMOUNT = 0.005, 0.02
"""A price for the whole stay, divided by its nights, is rounded otherwise than one per night."""

Pairs = list[tuple[int, int]]
"""Places of bookings that are the same one, in the one and in the other list."""

Same = Callable[[Content, Content], bool]


@dataclass(frozen=True, slots=True)
class NewNumbers:
    """Bookings of a property that go on under the numbers of an export: how many, one of them for example, and how many
    of those to come were in it under no number and count as cancelled. ``displaced`` leads from numbers that now mean
    another booking to those of their own that the former ones got.
    """

    property_id: int
    bookings: int
    known_as: str
    number: str
    cancelled: int = 0
    displaced: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """The bookings of one property in an export as of a day: the ``new`` rows are not known by their numbers, ``named`` are the
    numbers of all others. ``said`` is True where somebody said that it has new numbers.
    """

    rows: BookingRows
    new: NDArray[np.intp]
    named: Collection[str]
    as_of: date
    said: bool = False


def take_over(connection: sqlite3.Connection, property_id: int, export: Export) -> NewNumbers | None:
    """Give known bookings the numbers that an export has for them, where it holds what is to come under other numbers.

    Returns None where they are others. Raises NewNumbersError where it looks so, but too little is told to know which is which.
    """
    rows, new, as_of = export.rows, export.new, export.as_of
    held = properties.get(connection, property_id).business_date
    if held is None or as_of < held or len(new) < FEWEST or rows.ids.text(int(new[0])).startswith("~"):
        return None
    mine = list(contents_of(rows, new))
    span = day_of(int(rows.arrival[new].min())), day_of(int(rows.arrival[new].max()))
    theirs = [one for one in known_stays.contents(connection, property_id, *span) if one.number not in export.named]
    same = what_tells(mine, theirs, held, as_of, said=export.said)
    if same is None:
        return None
    pairs = paired(mine, [one.content for one in theirs], same)
    # A number that stands twice in the file can be that of one booking alone.
    numbers = {rows.ids.text(int(new[one])): theirs[other] for one, other in pairs}
    renamed = {known.id: number for number, known in numbers.items()}
    moving = {known.number for known in numbers.values()}
    displaced, ids = displaced_by(connection, property_id, numbers, moving), bookings.ids(connection, property_id)
    renumbering.renumber(connection, property_id, renamed | {ids[number]: own for number, own in displaced.items()})
    number, example = next(iter(numbers.items()))
    return NewNumbers(property_id, len(numbers), example.number, number, displaced=displaced)


def end_left_over(connection: sqlite3.Connection, property_id: int, import_id: int, as_of: date, arrivals: Span) -> int:
    """Cancel what was to come, in a span of arrivals, and is in the export under no number; return how many bookings that are."""
    if not missing.may_be_cancelled(connection, property_id):
        return 0
    left = list(missing.cancelled_records(connection, property_id, None, date.min, as_of, arrivals))
    return bookings.apply(connection, property_id, import_id, as_of, left).changed


def what_tells(
    mine: Sequence[Content], theirs: Sequence[Known], held: date, as_of: date, *, said: bool = False
) -> Sequence[Same] | None:
    """Return by what the bookings of an export as of a day are known ones, where nearly all to come after ``held`` are.

    Returns None where they are others. Raises NewNumbersError where only their nights tell, unless somebody said so.
    """
    here = _to_come(mine, held)
    # A second file of one night may hold other bookings; only their prices would tell that they are not.
    there = _to_come([one.content for one in theirs], held)
    before = _to_come([one.content for one in theirs if one.latest_as_of < as_of.isoformat()], held)
    if _is_most(paired(here, there, _BY_PRICE), here, there, FEWEST, SHARE):
        return _BY_PRICE
    if _is_most(paired(here, before, _BY_DAY), here, before, FEWEST, SHARE):
        return _BY_DAY
    alike = paired(here, before, _BY_NIGHTS)
    if said and alike:
        return _BY_NIGHTS
    if _is_most(alike, here, before, FEWEST_BY_NIGHTS, SHARE_BY_NIGHTS):
        raise NewNumbersError(len(alike), len(before))
    return None


def paired(mine: Sequence[Content], theirs: Sequence[Content], same: Sequence[Same]) -> Pairs:
    """Return which bookings of the same nights are the same one, each of either list once: by what is surest first."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(theirs):
        groups[one.arrival, one.departure].append(place)
    left, found = list(range(len(mine))), Pairs()
    for is_same in same:
        rest = []
        for place in left:
            group = groups.get((mine[place].arrival, mine[place].departure), [])
            other = next((one for one in group if is_same(mine[place], theirs[one])), None)
            if other is None:
                rest.append(place)
            else:
                group.remove(other)
                found.append((place, other))
        left = rest
    return found


def contents_of(rows: BookingRows, chosen: NDArray[np.intp]) -> Iterator[Content]:
    """Yield what the chosen bookings are apart from their numbers, with the price of a room for a night."""
    texts, nights = DayTexts(), np.maximum(rows.departure - rows.arrival, 1)[chosen]
    adr, total, rooms = (rows.numbers[name][chosen] for name in ("adr", "total", "rooms"))
    price = np.where(np.isnan(adr), total / nights / np.where(np.isnan(rooms), 1.0, np.maximum(rooms, 1.0)), adr)
    words = (rows.words["room_type"], rows.words["rate_code"])
    yield from map(
        Content._make,
        zip(
            *(texts.of(days[chosen]) for days in (rows.booked_on, rows.arrival, rows.departure)),
            *([column.labels[code] for code in column.codes[chosen].tolist()] for column in words),
            [None if np.isnan(value) else value for value in price.tolist()],
            rows.status[chosen].tolist(),
            strict=True,
        ),
    )


def _is_most(pairs: Pairs, here: Sequence[Content], there: Sequence[Content], fewest: int, share: float) -> bool:
    stays = {(here[one].arrival, here[one].departure) for one, _ in pairs}
    return len(pairs) >= max(fewest, share * len(here), share * len(there)) and len(stays) >= FEWEST_STAYS


def _to_come(contents: Sequence[Content], held: date) -> list[Content]:
    day = held.isoformat()
    return [one for one in contents if one.arrival > day and one.status in OCCUPYING]


def displaced_by(
    connection: sqlite3.Connection, property_id: int, numbers: Collection[str], moving: Collection[str]
) -> dict[str, str]:
    """Return which of the ``numbers`` that others get now are those of known bookings, with numbers of their own for these.

    Those ``moving`` get another number themselves.
    """
    holders = known_stays.stays(connection, property_id, [number for number in numbers if number not in moving])
    taken = {*numbers, *known_stays.numbers(connection, property_id)} if holders else set()
    found = {}
    for number, stay in holders.items():
        found[number] = number_of_its_own(number, stay_of(stay), taken)
        taken.add(found[number])
    return found


def _same_price(one: Content, other: Content) -> bool:
    if one.price is None or other.price is None:
        return False
    return abs(one.price - other.price) <= max(SAME_AMOUNT, SAME_PRICE * other.price)


def _same_day(one: Content, other: Content) -> bool:
    return one.booked_on == other.booked_on


def _both_stand(one: Content, other: Content) -> bool:
    return (one.status in LOST) == (other.status in LOST)


def _all(*same: Same) -> Same:
    return lambda one, other: all(is_same(one, other) for is_same in same)


# A cancelled booking may be just like one that stands: who stands is sought among those first.
_BY_PRICE: Sequence[Same] = (
    _all(_both_stand, _same_day, _same_price),
    _all(_both_stand, _same_price),
    _all(_same_day, _same_price),
    _same_price,
)
_BY_DAY: Sequence[Same] = (*_BY_PRICE, _all(_both_stand, _same_day), _same_day)
_BY_NIGHTS: Sequence[Same] = (*_BY_DAY, _both_stand)
