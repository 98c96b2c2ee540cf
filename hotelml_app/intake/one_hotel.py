"""Two properties that turned out to be one hotel: which of their bookings are the same, and what the intake knows of both.

A hotel whose exports begin to call it otherwise starts a second property where too few of its bookings are known to tell.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

import numpy as np

from hotelml_app.intake.doctor.examine import join_records
from hotelml_app.intake.errors import NewNumbersError, OtherNumbersError
from hotelml_app.intake.mapping.frames import join_frames
from hotelml_app.intake.mapping.remembered import join_layouts
from hotelml_app.intake.numbering.given_again import Stay, are_two, number_of_its_own, stay_of
from hotelml_app.intake.numbering.in_both import Again, known_again
from hotelml_app.intake.numbering.new_numbers import displaced_by, end_left_over
from hotelml_app.intake.numbering.renumbering import GIVEN_AGAIN, numbers_given
from hotelml_app.intake.numbering.spelled_otherwise import as_known
from hotelml_app.intake.numbering.strangers import are_most, may_be_one
from hotelml_app.intake.owners import join_names
from hotelml_app.intake.readers.tables.table import column_of
from hotelml_app.intake.renamed import FEWEST_ALIKE, SHARE_ALIKE
from hotelml_app.store.corrected import joining, missing, renumbering
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import bookings, known_stays
from hotelml_app.store.hotels import properties


@dataclass
class Compared:
    """Bookings of the one property beside those of the other.

    ``pairs`` leads from the ids of bookings of the one to those of the same in the other. ``by_number`` of them have one number
    in both, of which ``alike`` have the same stay; the others are known ``again`` under new numbers, or ``unsure`` says why
    nobody knows. ``own`` has numbers of their own for those whose number means another stay in the other, ``renumbered`` the
    numbers that bookings of the other have from now on, and ``given`` all numbers that mean several stays.
    """

    pairs: dict[int, int] = field(default_factory=dict)
    by_number: int = 0
    alike: int = 0
    again: Again = field(default_factory=Again)
    unsure: NewNumbersError | OtherNumbersError | None = None
    own: dict[int, str] = field(default_factory=dict)
    renumbered: dict[int, str] = field(default_factory=dict)
    given: dict[str, list[str]] = field(default_factory=dict)

    @property
    def taking_theirs(self) -> int:
        """How many bookings that stay get the number of the one that goes."""
        return self.again.count if self.renumbered else 0

    @property
    def look_like_two(self) -> bool:
        """Whether most numbers known in both mean stays on other days: two houses that both count from 1 have such."""
        return self.by_number >= FEWEST_ALIKE and self.alike < SHARE_ALIKE * self.by_number


def compare(connection: sqlite3.Connection, gone: int, stays: int, *, new_numbers: bool = False) -> Compared:
    """Return which bookings of the property ``gone`` are known in ``stays``, be their numbers spelled otherwise or new.

    ``new_numbers`` says that they are the same where only their nights tell it.
    """
    found = Compared(given=_all_given(connection, gone, stays))
    named = _by_number(connection, gone, stays, found.given)
    odd = {one.gone for one in named if not may_be_one(*one.stays)}
    if not are_most(len(odd), len(named)):
        odd = set()
    apart = {number for one in named if one.gone not in odd for number in (one.gone, one.stayed)}
    try:
        found.again = known_again(connection, gone, stays, apart, said=new_numbers)
    except (NewNumbersError, OtherNumbersError) as error:
        found.unsure = error
    if not data_settings.get(connection, missing.SETTING, missing.may_be_cancelled(connection, gone), stays):
        found.again = replace(found.again, left=0)
    counted = [one for one in named if one.gone not in odd or not found.again.count]
    found.by_number, found.alike = len(counted), sum(one.is_alike for one in counted)
    again = found.again.pairs.items()
    found.pairs = {one.gone: one.stayed for one in counted} | dict(
        again if found.again.later == gone else ((other, one) for one, other in again)
    )
    _number(connection, gone, stays, found)
    return found


def join(connection: sqlite3.Connection, gone: int, stays: int, compared: Compared, now: datetime) -> int:
    """Make all that is known of the property ``gone`` part of ``stays``, and return the id under which that is noted.

    Happens inside the caller's transaction. Exports that name ``gone`` are of ``stays`` from now on.
    """
    join_names(connection, properties.get(connection, gone), stays)
    join_layouts(connection, gone, stays)
    join_frames(connection, gone, stays)
    join_records(connection, gone, stays)
    if compared.given:
        data_settings.put(connection, GIVEN_AGAIN, compared.given, stays)
    renumbering.renumber(connection, stays, compared.renumbered)
    renumbering.renumber(connection, gone, compared.own)
    numbers, others = ({one: name for name, one in bookings.ids(connection, number).items()} for number in (gone, stays))
    renumbering.follow(connection, gone, {numbers[one]: others[other] for one, other in compared.pairs.items()})
    number = joining.join(connection, gone, stays, compared.pairs, now)
    if compared.again.count:
        end_left_over(connection, stays, number, compared.again.as_of, compared.again.arrivals)
    if not missing.may_be_cancelled(connection, stays):
        missing.let(connection, stays, be_cancelled=False)
    return number


class _Named(NamedTuple):
    """A booking of one number in both properties, by its ids, with its stays in ``stays`` and in ``gone``."""

    gone: int
    stayed: int
    stays: tuple[Stay, Stay]

    @property
    def is_alike(self) -> bool:
        ours, theirs = self.stays
        return ours[1:3] == theirs[1:3]


def _by_number(connection: sqlite3.Connection, gone: int, stays: int, given: Mapping[str, Sequence[str]]) -> list[_Named]:
    """Return the bookings whose number is that of the same booking in both, be it spelled otherwise."""
    theirs, ours = bookings.ids(connection, gone), bookings.ids(connection, stays)
    labels = list(theirs)
    column, _ = as_known(column_of(labels), np.arange(len(labels)), ours)
    read = {number: column.text(row) for row, number in enumerate(labels)}
    others = {number: [one for one in (read[number], *given.get(read[number], ())) if one in ours] for number in labels}
    their_stays = _stays(connection, gone, [number for number in labels if others[number]])
    our_stays = _stays(connection, stays, list(dict.fromkeys(one for each in others.values() for one in each)))
    found, paired = [], set[str]()
    for number in (one for one in labels if others[one]):
        stay = their_stays[number]
        same = [one for one in others[number] if one not in paired and not _are_two(our_stays[one], stay)]
        if same:
            known = min(same, key=lambda one: abs(our_stays[one][1] - stay[1]))
            paired.add(known)
            found.append(_Named(theirs[number], ours[known], (our_stays[known], stay)))
    return found


def _number(connection: sqlite3.Connection, gone: int, stays: int, found: Compared) -> None:
    """Find the numbers that bookings have from now on: those known again that of the newer exports, and none that of another."""
    theirs, ours = bookings.ids(connection, gone), bookings.ids(connection, stays)
    if found.again.count and _is_newer(connection, gone, stays, found.again.later):
        numbers, before = ({one: name for name, one in ids.items()} for ids in (theirs, ours))
        known = {gone_id: stays_id for gone_id, stays_id in found.pairs.items() if _is_again(found.again, gone_id, stays_id)}
        found.renumbered = {other: numbers[one] for one, other in known.items()}
        moving = {before[other] for other in found.renumbered}
        for number, own in displaced_by(connection, stays, list(found.renumbered.values()), moving).items():
            found.renumbered[ours[number]] = own
            found.given.setdefault(number, []).append(own)
    left = {name: one for name, one in ours.items() if one not in found.renumbered}
    taken = {*left, *found.renumbered.values()}
    meaning_others = [number for number, one in theirs.items() if one not in found.pairs and number in taken]
    told, taken = _stays(connection, gone, meaning_others), {*theirs, *ours, *taken}
    for number in meaning_others:
        own = number_of_its_own(number, told[number], taken)
        taken.add(own)
        found.own[theirs[number]] = own
        found.given.setdefault(number, []).append(own)


def _is_again(again: Again, gone: int, stays: int) -> bool:
    return again.pairs.get(gone) == stays or again.pairs.get(stays) == gone


def _is_newer(connection: sqlite3.Connection, gone: int, stays: int, later: int) -> bool:
    """Return whether exports call bookings by the numbers of ``gone`` now; of two of one day it is the one that began later."""
    theirs, ours = (properties.get(connection, number).business_date or date.min for number in (gone, stays))
    return theirs > ours or (theirs == ours and later == gone)


def _all_given(connection: sqlite3.Connection, gone: int, stays: int) -> dict[str, list[str]]:
    theirs, ours = numbers_given(connection, gone), numbers_given(connection, stays)
    return {base: list(dict.fromkeys([*ours.get(base, ()), *theirs.get(base, ())])) for base in {**ours, **theirs}}


def _stays(connection: sqlite3.Connection, property_id: int, numbers: Sequence[str]) -> Mapping[str, Stay]:
    return {number: stay_of(stay) for number, stay in known_stays.stays(connection, property_id, numbers).items()}


def _are_two(one: Stay, other: Stay) -> bool:
    """Return whether two stays of one number are two bookings: the later one is told by its days."""
    earlier, later = sorted((one, other), key=lambda stay: stay[1])
    return are_two(earlier, later)
