"""Bookings that two properties of one hotel hold under different numbers: it changed its PMS, and its exports their name with it.

They are known again by the rules of an export with new numbers: what the later property held first is beside what the former one
knew that day.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.errors import OtherNumbersError
from hotelml_app.intake.numbering.doubled import doubled
from hotelml_app.intake.numbering.new_numbers import FEWEST, Same, paired, what_tells
from hotelml_app.store.corrected.missing import Span
from hotelml_app.store.exported import known_stays
from hotelml_app.store.exported.known_stays import Known
from hotelml_app.store.hotels import properties

_STANDING = (BookingStatus.RESERVED, BookingStatus.TENTATIVE)
NO_SPAN = Span(date.max, date.max)


@dataclass(frozen=True, slots=True)
class Again:
    """Bookings of the property that began later, by id, with those of the former one that they are.

    ``as_of`` is the day whose exports told of them first; ``left`` is how many others the former one had to come among their
    ``arrivals``.
    """

    later: int = 0
    pairs: Mapping[int, int] = field(default_factory=dict)
    as_of: date = date.min
    arrivals: Span = NO_SPAN
    left: int = 0

    @property
    def count(self) -> int:
        """How many bookings are known again."""
        return len(self.pairs)


def known_again(connection: sqlite3.Connection, one: int, other: int, apart: Collection[int], *, said: bool = False) -> Again:
    """Return which bookings of two properties are the same ones, but for those ``apart``, by id, of which that is known.

    There are none where most of what is to come are others. Unless somebody said that the numbers are new, raises NewNumbersError
    where only nights are alike, and OtherNumbersError where most of what the later one has is known, but not of the former one.
    """
    first_seen = {number: known_stays.first_seen(connection, number) for number in (one, other)}
    if not all(first_seen.values()):
        return Again()
    former, later = sorted(first_seen, key=lambda number: min(first_seen[number].values()))
    # Later exports bring what was booked meanwhile; most of what was taken over came on one day.
    day = Counter(first_seen[later].values()).most_common(1)[0][0]
    until = properties.get(connection, former).business_date or day
    mine = list(_contents(connection, later, apart, (date.min, date.max), day))
    if len(mine) < FEWEST or mine[0].number.startswith("~"):
        return Again()
    arrivals = [date.fromisoformat(one.content.arrival) for one in mine]
    theirs = list(_contents(connection, former, apart, (min(arrivals), max(arrivals)), day))
    held = min(until, day)
    same = what_tells([one.content for one in mine], theirs, held, day, said=said)
    if same is None:
        _refuse_doubled(mine, theirs)
        return Again()
    found = _paired(mine, theirs, same)
    known = {*found, *found.values()}
    span = Span(held, max(arrivals))
    left = sum(one.id not in known and _is_left(one, day, span) for one in theirs)
    if until > day:
        # Exports of both systems have told of what was booked since.
        since, apart = (day, date.max), {*apart, *known}
        here, there = (list(_contents(connection, number, apart, since)) for number in (later, former))
        found |= _paired(here, there, same)
    return Again(later, found, day, span, left)


def _refuse_doubled(mine: Sequence[Known], theirs: Sequence[Known]) -> None:
    for with_booking_day in (True, False):
        others = ((one.number, one.content) for one in theirs)
        found = doubled([one.content for one in mine], others, with_booking_day=with_booking_day)
        if found is not None:
            raise OtherNumbersError(found.alike, len(mine), mine[found.place].number, found.known_as)


def _contents(
    connection: sqlite3.Connection, property_id: int, apart: Collection[int], arrivals: tuple[date, date], until: date = date.max
) -> Iterator[Known]:
    known = known_stays.contents(connection, property_id, *arrivals, until=until)
    return (one for one in known if one.id not in apart)


def _paired(mine: list[Known], theirs: list[Known], same: Sequence[Same]) -> dict[int, int]:
    found = paired([one.content for one in mine], [one.content for one in theirs], same)
    return {mine[here].id: theirs[there].id for here, there in found}


def _is_left(one: Known, day: date, span: Span) -> bool:
    after, last = span.texts
    to_come = after < one.content.arrival <= last and one.content.status in _STANDING
    return to_come and one.latest_as_of < day.isoformat()
