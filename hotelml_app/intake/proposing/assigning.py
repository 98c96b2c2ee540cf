"""One role per column and one column per role, by header words first and by the values where words say nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.proposing import prices
from hotelml_app.intake.proposing.evidence import Evidence
from hotelml_app.intake.proposing.fitting import MOSTLY, fit
from hotelml_app.intake.proposing.header_match import EXACT, HeaderMatch, matches
from hotelml_app.intake.proposing.header_words import GUEST, OTHER
from hotelml_app.intake.proposing.heading import Heading
from hotelml_app.intake.proposing.stays import AGREES, Calendar, calendar_of
from hotelml_app.intake.values.dates import DateOrder

BY_VALUES = 0.75
"""How sure the values alone can make: enough to propose, not enough to go ahead."""

_MANY = (GUEST, OTHER)
_NON_ENGLISH = ("anreise", "ankunft", "llegada", "entrada", "arrivee", "arrivo", "chegada", "abreise", "datum", "fecha", "data ")


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


def assign(heading: Heading) -> tuple[Assignment, Calendar]:
    """Return the roles of a table's columns and its date columns as days."""
    assignment = Assignment(heading)
    for score, match, position in _candidates(heading):
        taken = match.role not in _MANY and assignment.place(match.role) is not None
        if position not in assignment.roles and not taken:
            assignment.give(position, match.role, score, "its name" if match.score >= EXACT else "its name, nearly")
    calendar = _calendar(assignment)
    _find_stay(assignment, calendar)
    _confirm_stay(assignment, calendar)
    _find_booked_on(assignment, calendar)
    _find_status(assignment)
    _find_numbers_and_types(assignment)
    _settle_prices(assignment, calendar)
    return assignment, calendar


def _candidates(heading: Heading) -> list[tuple[float, HeaderMatch, int]]:
    found = []
    for position, seen in heading.columns.items():
        for match in matches(heading.header.cells[position]):
            score = match.score * fit(match.role, seen)
            if score > 0.25:
                found.append((score * (0.99 if match.role in _MANY else 1.0), match, position))
    return sorted(found, key=lambda one: (-one[0], one[1].rank, one[2]))


def _calendar(assignment: Assignment) -> Calendar:
    heading = assignment.heading
    dated = {
        position: seen
        for position, seen in heading.columns.items()
        if seen.date_share >= 0.5 and (not seen.bare or _is_day(assignment, position))
    }
    places = [assignment.place(role) for role in ("booked_on", "arrival", "departure")]
    known = [place for place in places if place in dated and place is not None]
    return calendar_of(dated, list(pairwise(known)), _usual_order(heading, dated))


def _is_day(assignment: Assignment, position: int) -> bool:
    found = assignment.roles.get(position)
    return found is not None and found.role in ("arrival", "departure", "booked_on", "status_on", "business_date", "stay_date")


def _usual_order(heading: Heading, dated: dict[int, Evidence]) -> DateOrder | None:
    """Return day first for languages and marks that never write the month first."""
    headers = " ".join(cell.casefold() for cell in heading.header.cells)
    dotted = any("." in text[:6] for seen in dated.values() for text in seen.words[:5])
    return DateOrder.DAY_FIRST if dotted or any(word in headers for word in _NON_ENGLISH) else None


def _find_stay(assignment: Assignment, calendar: Calendar) -> None:
    """Find arrival and departure by their values where no name tells them."""
    arrival, departure = assignment.place("arrival"), assignment.place("departure")
    if (arrival is not None or assignment.place("arrival_day") is not None) and (
        departure is not None or assignment.place("nights") is not None
    ):
        return
    free = [place for place in assignment.free() if place in calendar.days and _is_full_date(assignment, place)]
    nights = assignment.numbers("nights")
    best: tuple[float, float, int, int] | None = None
    for first in [arrival] if arrival is not None else free:
        for last in [departure] if departure is not None else free:
            if first == last or not calendar.looks_like_stays(first, last):
                continue
            agrees = calendar.length_agrees(first, last, nights) if nights is not None else 0.0
            found = (agrees, -calendar.usual_gap(first, last), first, last)
            best = max(best, found) if best else found
    if best is None:
        return
    agrees, _, first, last = best
    confidence, why = (0.95, "its days fit the nights") if agrees >= AGREES else (BY_VALUES, "its days look like stays")
    for position, role in ((first, "arrival"), (last, "departure")):
        if position not in assignment.roles:
            assignment.give(position, role, confidence, why)


def _is_full_date(assignment: Assignment, position: int) -> bool:
    seen = assignment.heading.columns[position]
    return seen.date_share >= MOSTLY and seen.filled >= MOSTLY and not seen.bare


def _confirm_stay(assignment: Assignment, calendar: Calendar) -> None:
    """Let the days themselves confirm, or deny, what the names say."""
    arrival, departure = assignment.place("arrival"), assignment.place("departure")
    if arrival not in calendar.days or departure not in calendar.days or arrival is None or departure is None:
        return
    fits = calendar.share(arrival, departure) >= 0.9
    for position in (arrival, departure):
        found = assignment.roles[position]
        if not fits:
            assignment.give(position, found.role, min(found.confidence, 0.5), "its name, but stays would end before they begin")
        elif 0.6 <= found.confidence < 0.9 and found.why.startswith("its name"):
            assignment.give(position, found.role, 0.9, f"{found.why}, and its days fit")


def _find_booked_on(assignment: Assignment, calendar: Calendar) -> None:
    """Check that bookings are made before arrival; find the only column that could be the booking day."""
    arrival, booked = assignment.place("arrival"), assignment.place("booked_on")
    if arrival not in calendar.days or arrival is None:
        return
    if booked is not None and booked in calendar.days:
        if calendar.share(booked, arrival) < 0.9:
            assignment.give(booked, "booked_on", 0.4, "its name, but it often lies after the arrival")
        return
    fitting = [
        place
        for place in assignment.free()
        if place in calendar.days and _is_full_date(assignment, place) and calendar.share(place, arrival) >= 0.995
    ]
    if len(fitting) == 1 and assignment.heading.columns[fitting[0]].different > 2:
        assignment.give(fitting[0], "booked_on", 0.7, "its days lie before the arrival in all rows")


def _find_status(assignment: Assignment) -> None:
    """Find the status by its vocabulary where no name tells it."""
    if assignment.place("status") is not None:
        return
    for position in assignment.free():
        seen = assignment.heading.columns[position]
        if seen.few_words and seen.filled >= MOSTLY and seen.status_share >= 0.95 and 2 <= seen.different <= 15:
            assignment.give(position, "status", 0.9, "its words are those of a status")
            return


def _find_numbers_and_types(assignment: Assignment) -> None:
    """Propose what may be the booking number and the room type; neither is taken without a person's word."""
    if assignment.place("reservation_id") is None:
        for position in assignment.free():
            seen = assignment.heading.columns[position]
            if (
                seen.said >= 10
                and seen.unique > 0.999
                and seen.filled > 0.99
                and fit("reservation_id", seen) == 1.0
                and not _counts(seen)
            ):
                assignment.give(position, "reservation_id", 0.5, "no two rows have the same")
                break
    if assignment.place("room_type") is None:
        for position in assignment.free():
            seen = assignment.heading.columns[position]
            if seen.few_words and 2 <= seen.different <= 40 and seen.has_letters and seen.longest <= 8 and seen.filled >= 0.95:
                assignment.give(position, "room_type", 0.4, "a few short codes")
                break


def _counts(seen: Evidence) -> bool:
    """Return whether a column only numbers the rows or holds amounts."""
    values = seen.values[~np.isnan(seen.values)]
    if len(values) < seen.different:
        return False
    return bool((values % 1).any()) or bool(len(values) and values.max() - values.min() + 1 == len(values) and values.min() <= 1)


def _settle_prices(assignment: Assignment, calendar: Calendar) -> None:
    """Let the nights tell whether a price is for a night or for the stay."""
    arrival, departure = assignment.place("arrival"), assignment.place("departure")
    nights = assignment.numbers("nights")
    if arrival in calendar.days and departure in calendar.days and arrival is not None and departure is not None:
        nights = (calendar.days[departure].astype(np.float64) - calendar.days[arrival]).clip(-1, 400)
    adr, total = assignment.place("adr"), assignment.place("total")
    if nights is None:
        return
    columns = assignment.heading.columns
    if adr is not None and total is not None:
        if prices.are_swapped(columns[adr].per_row(), columns[total].per_row(), nights):
            for position, role in ((adr, "total"), (total, "adr")):
                assignment.give(position, role, 0.9, "its amounts against the nights")
        return
    only = adr if adr is not None else total
    if only is not None:
        kind = prices.kind_of_price(columns[only].per_row(), nights)
        if kind is not None and kind != assignment.roles[only].role:
            assignment.give(only, kind, 0.85, "its amounts against the nights")
