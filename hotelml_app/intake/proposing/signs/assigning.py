"""One role per column and one column per role, by header words; ``by_values`` goes on where words say nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.profile import DAY_ROLES
from hotelml_app.intake.proposing.names.header_match import EXACT, HeaderMatch, matches
from hotelml_app.intake.proposing.names.header_words import GUEST, OTHER
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.proposing.signs.fitting import fit
from hotelml_app.intake.proposing.signs.heading import Heading
from hotelml_app.intake.proposing.signs.stays import Calendar, calendar_of
from hotelml_app.intake.values.dates import DateOrder

_MANY = (GUEST, OTHER)
_NON_ENGLISH = (
    *("anreise", "ankunft", "llegada", "entrada", "arrivee", "arrivo", "chegada", "abreise", "datum", "fecha", "data "),
    *("date de ", "date du ", "bewertung", "commentaire", "recension", "punteggio", "puntuaci", "avalia", "beoordeling"),
)


@dataclass
class Assigned:
    """A role given to a column, how surely, and why."""

    role: str
    confidence: float
    why: str


@dataclass
class Assignment:
    """The roles of one table's columns, by position."""

    heading: Heading
    roles: dict[int, Assigned] = field(default_factory=dict)

    def place(self, role: str) -> int | None:
        """Return the column of a role, or None."""
        return next((position for position, found in self.roles.items() if found.role == role), None)

    def free(self) -> list[int]:
        """Return the columns without a role."""
        return [position for position in self.heading.columns if position not in self.roles]

    def give(self, position: int, role: str, confidence: float, why: str) -> None:
        """Give a column a role."""
        self.roles[position] = Assigned(role, confidence, why)

    def numbers(self, role: str) -> NDArray[np.float64] | None:
        """Return the numbers of a role per row, or None where no column has it."""
        position = self.place(role)
        return self.heading.columns[position].per_row() if position is not None else None


def by_names(heading: Heading) -> Assignment:
    """Return the roles that the columns' names give them and their values do not deny."""
    assignment = Assignment(heading)
    for score, match, position in _candidates(heading):
        taken = match.role not in _MANY and assignment.place(match.role) is not None
        if position not in assignment.roles and not taken:
            assignment.give(position, match.role, score, "its name" if match.score >= EXACT else "its name, nearly")
    return assignment


def _candidates(heading: Heading) -> list[tuple[float, HeaderMatch, int]]:
    found = []
    for position, seen in heading.columns.items():
        for match in matches(heading.header.cells[position]):
            score = match.score * fit(match.role, seen)
            if score > 0.25:
                found.append((score * (0.99 if match.role in _MANY else 1.0), match, position))
    return sorted(found, key=lambda one: (-one[0], one[1].rank, one[2]))


def dates_of(assignment: Assignment) -> Calendar:
    """Return the columns of dates as days."""
    heading = assignment.heading
    dated = {
        position: seen
        for position, seen in heading.columns.items()
        if seen.date_share >= 0.5 and (not seen.bare or seen.day_numbers or _is_day(assignment, position))
    }
    places = [assignment.place(role) for role in ("booked_on", "arrival", "departure")]
    known = [place for place in places if place in dated and place is not None]
    return calendar_of(dated, list(pairwise(known)), usual_order(heading, dated.values()))


def _is_day(assignment: Assignment, position: int) -> bool:
    found = assignment.roles.get(position)
    return found is not None and found.role in DAY_ROLES


def usual_order(heading: Heading, dated: Iterable[Evidence]) -> DateOrder | None:
    """Return day first for languages and marks that never write the month first."""
    headers = " ".join(cell.casefold() for cell in heading.header.cells)
    dotted = any("." in text[:6] for seen in dated for text in seen.words[:5])
    return DateOrder.DAY_FIRST if dotted or any(word in headers for word in _NON_ENGLISH) else None
