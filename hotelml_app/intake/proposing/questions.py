"""What must be asked before a file can be read: everything a booking depends on and that is not beyond doubt."""

from __future__ import annotations

from hotelml_app.intake.profile import Grain
from hotelml_app.intake.proposing.assigning import Assignment
from hotelml_app.intake.proposing.header_words import CANCELLED_FLAG, WEEK_NIGHTS
from hotelml_app.intake.proposing.proposal import SURE, TAKE, Question
from hotelml_app.intake.proposing.stays import Calendar

MANY_ROWS_A_BOOKING = 0.8
"""Below this share of different numbers several rows speak of one booking."""


def questions_of(assignment: Assignment, calendar: Calendar, grain: Grain) -> list[Question]:
    """Return what a person must say, the most important first."""
    asked = [*_about_stay(assignment), *_about_status(assignment), *_about_number(assignment, grain)]
    if calendar.open and not asked:
        question = calendar.example.question if calendar.example else "Do the dates begin with the day or with the month?"
        asked.append(Question("dates", f"{question} Nothing in the file tells."))
    return asked


def _sure(assignment: Assignment, *roles: str) -> bool:
    places = [assignment.place(role) for role in roles]
    return all(place is not None and assignment.roles[place].confidence >= SURE for place in places)


def _perhaps(assignment: Assignment, role: str) -> str:
    place = assignment.place(role)
    return f" Perhaps {assignment.heading.header.cells[place].strip()!r}?" if place is not None else ""


def _about_stay(assignment: Assignment) -> list[Question]:
    asked = []
    parts = ("arrival_year", "arrival_month", "arrival_day")
    if not _sure(assignment, "arrival") and not _sure(assignment, *parts):
        asked.append(Question("arrival", f"Which column is the arrival?{_perhaps(assignment, 'arrival')}"))
    if not any(_sure(assignment, role) for role in ("departure", "nights", WEEK_NIGHTS)):
        text = f"Which column is the departure, or the number of nights?{_perhaps(assignment, 'departure')}"
        asked.append(Question("departure", text))
    return asked


def _about_status(assignment: Assignment) -> list[Question]:
    if _sure(assignment, "status") or _sure(assignment, CANCELLED_FLAG):
        return []
    place = assignment.place("status")
    if place is not None:
        header = assignment.heading.header.cells[place].strip()
        return [Question("status", f"What do the words in the column {header!r} mean? Not all of them are known.")]
    unknown = [
        assignment.heading.header.cells[position].strip()
        for position in assignment.heading.columns
        if _may_be_status(assignment, position)
    ]
    if not unknown:
        return []
    named = ", ".join(repr(name) for name in unknown[:4])
    return [Question("status", f"Which column tells whether a booking was cancelled: {named}, or none?")]


def _may_be_status(assignment: Assignment, position: int) -> bool:
    """Return whether a column without a sure role says one of a few words in every row."""
    seen, found = assignment.heading.columns[position], assignment.roles.get(position)
    if found is not None and found.confidence >= TAKE:
        return False
    return 2 <= seen.different <= 12 and seen.filled > 0.95 and seen.unique <= 0.5 and seen.date_share < 0.5


def _about_number(assignment: Assignment, grain: Grain) -> list[Question]:
    place = assignment.place("reservation_id")
    if place is None:
        return []
    found, seen = assignment.roles[place], assignment.heading.columns[place]
    header = assignment.heading.header.cells[place].strip()
    if found.confidence < 0.6:
        return [Question("reservation_id", f"Is the column {header!r} the booking number?")]
    if seen.unique < MANY_ROWS_A_BOOKING and seen.said >= 10 and grain is Grain.BOOKING:
        text = f"Several rows have the same {header!r}. Which column is the number of the booking, or the night of the row?"
        return [Question("reservation_id", text)]
    return []
