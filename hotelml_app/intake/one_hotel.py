"""Two properties that turned out to be one hotel: which of their bookings are the same, and what the intake knows of both.

A hotel whose exports begin to call it otherwise starts a second property where too few of its bookings are known to tell.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from hotelml_app.intake.doctor.examine import join_records
from hotelml_app.intake.mapping.frames import join_frames
from hotelml_app.intake.mapping.remembered import join_layouts
from hotelml_app.intake.numbering.given_again import Stay, are_two, number_of_its_own, stay_of
from hotelml_app.intake.numbering.renumbering import GIVEN_AGAIN, numbers_given
from hotelml_app.intake.numbering.spelled_otherwise import as_known
from hotelml_app.intake.owners import join_names
from hotelml_app.intake.readers.table import column_of
from hotelml_app.intake.renamed import FEWEST_ALIKE, SHARE_ALIKE
from hotelml_app.store import bookings, data_settings, joining, known_stays, missing, properties


@dataclass
class Compared:
    """Bookings of the one property beside those of the other.

    ``pairs`` leads from the ids of bookings of the one to those of the same in the other, of which ``alike`` have the same
    stay; ``own`` has numbers of their own for those whose number means another stay in the other, and ``given`` all such.
    """

    pairs: dict[int, int] = field(default_factory=dict)
    alike: int = 0
    own: dict[int, str] = field(default_factory=dict)
    given: dict[str, list[str]] = field(default_factory=dict)

    @property
    def look_like_two(self) -> bool:
        """Whether most numbers known in both mean stays on other days: two houses that both count from 1 have such."""
        return len(self.pairs) >= FEWEST_ALIKE and self.alike < SHARE_ALIKE * len(self.pairs)


def compare(connection: sqlite3.Connection, gone: int, stays: int) -> Compared:
    """Return which bookings of the property ``gone`` are known in ``stays``, be their numbers spelled otherwise."""
    theirs, ours = bookings.ids(connection, gone), bookings.ids(connection, stays)
    found = Compared(given=_all_given(connection, gone, stays))
    labels = list(theirs)
    column, _ = as_known(column_of(labels), np.arange(len(labels)), ours)
    read = {number: column.text(row) for row, number in enumerate(labels)}
    others = {number: [one for one in (read[number], *found.given.get(read[number], ())) if one in ours] for number in labels}
    their_stays = _stays(connection, gone, [number for number in labels if others[number]])
    our_stays = _stays(connection, stays, list(dict.fromkeys(one for each in others.values() for one in each)))
    taken, paired = {*theirs, *ours}, set[str]()
    for number in (one for one in labels if others[one]):
        stay = their_stays[number]
        same = [one for one in others[number] if one not in paired and not _are_two(our_stays[one], stay)]
        if same:
            known = min(same, key=lambda one: abs(our_stays[one][1] - stay[1]))
            paired.add(known)
            found.pairs[theirs[number]] = ours[known]
            found.alike += our_stays[known][1:3] == stay[1:3]
        elif number in ours:
            own = number_of_its_own(number, stay, taken)
            taken.add(own)
            found.own[theirs[number]] = own
            found.given.setdefault(number, []).append(own)
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
    bookings.renumber(connection, compared.own)
    number = joining.join(connection, gone, stays, compared.pairs, now)
    if not missing.may_be_cancelled(connection, stays):
        missing.let(connection, stays, be_cancelled=False)
    return number


def _all_given(connection: sqlite3.Connection, gone: int, stays: int) -> dict[str, list[str]]:
    theirs, ours = numbers_given(connection, gone), numbers_given(connection, stays)
    return {base: list(dict.fromkeys([*ours.get(base, ()), *theirs.get(base, ())])) for base in {**ours, **theirs}}


def _stays(connection: sqlite3.Connection, property_id: int, numbers: Sequence[str]) -> Mapping[str, Stay]:
    return {number: stay_of(stay) for number, stay in known_stays.stays(connection, property_id, numbers).items()}


def _are_two(one: Stay, other: Stay) -> bool:
    """Return whether two stays of one number are two bookings: the later one is told by its days."""
    earlier, later = sorted((one, other), key=lambda stay: stay[1])
    return are_two(earlier, later)
