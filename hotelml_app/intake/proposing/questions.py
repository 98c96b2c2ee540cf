"""What must be asked before a file can be read: everything a booking depends on and that is not beyond doubt."""

from __future__ import annotations

from collections.abc import Sequence

from hotelml_app.intake.profile import Grain
from hotelml_app.intake.proposing.names.header_words import CANCELLED_FLAG, WEEK_NIGHTS
from hotelml_app.intake.proposing.proposal import SURE, TAKE, Question
from hotelml_app.intake.proposing.samples import may_be_name
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.fitting import may_be_lead_days, may_be_price, may_be_room_type
from hotelml_app.intake.proposing.signs.repeats import Repeats
from hotelml_app.intake.proposing.signs.stays import Calendar
from hotelml_app.intake.values.statuses import Odd, read_status

BEFORE_ARRIVAL = 0.99
_MOST_NAMED = 5
_MOST_STATUS_NUMBERS = 6


def questions_of(assignment: Assignment, calendar: Calendar, repeats: Repeats) -> list[Question]:
    """Return what a person must say, the most important first."""
    asked = [*_about_stay(assignment, repeats), *_about_status(assignment), *_about_number(assignment, repeats)]
    asked += [*_about_room_type(assignment), *_about_booked_on(assignment, calendar), *_about_price(assignment)]
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


def _about_stay(assignment: Assignment, repeats: Repeats) -> list[Question]:
    if repeats.grain is Grain.NIGHT and _sure(assignment, "stay_date"):
        return []
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
        words = _unknown_statuses(assignment, place)
        told = f" Not known: {words}." if words else " Not all of them are known."
        return [Question("status", f"What do the words in the column {header!r} mean?{told}")]
    if _sure(assignment, "cancelled_on"):
        return []
    columns = assignment.heading.columns
    unknown = [
        assignment.heading.header.cells[position].strip()
        for position in sorted(columns, key=lambda place: not columns[place].has_letters)
        if _may_be_status(assignment, position)
    ]
    cancelled = assignment.place("cancelled_on")
    if cancelled is not None:
        unknown.insert(0, assignment.heading.header.cells[cancelled].strip())
    if not unknown:
        return []
    return [Question("status", f"Which column tells whether a booking was cancelled: {_listed(unknown)}, or none?")]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names[:_MOST_NAMED])


def _unknown_statuses(assignment: Assignment, place: int) -> str:
    """Return the words of the status column that nobody knows, the commonest first, without any that may be a guest's name."""
    seen = assignment.heading.columns[place]
    counted = sorted(zip(seen.words, seen.times.tolist(), strict=True), key=lambda one: -one[1])
    several = [text for text, times in counted if text and times > 1 and not may_be_name(text)]
    unknown = [text for text in several if read_status(text) is Odd.UNKNOWN]
    return _listed(unknown) if seen.few_words else ""


def _may_be_status(assignment: Assignment, position: int) -> bool:
    """Return whether a column without a sure role says one of a few words in every row."""
    seen, found = assignment.heading.columns[position], assignment.roles.get(position)
    if found is not None and found.confidence >= TAKE:
        return False
    if "incl" in assignment.heading.header.cells[position].casefold():
        return False
    few = 2 <= seen.different <= (12 if seen.has_letters else _MOST_STATUS_NUMBERS)
    amounts = not seen.has_letters and (seen.whole_share < 1 or not seen.bare)
    return few and not amounts and seen.filled > 0.95 and seen.unique <= 0.5 and seen.date_share < 0.5


def _about_number(assignment: Assignment, repeats: Repeats) -> list[Question]:
    place = assignment.place("reservation_id")
    if place is None:
        return []
    header = assignment.heading.header.cells[place].strip()
    if assignment.roles[place].confidence < TAKE:
        return [Question("reservation_id", f"Is the column {header!r} the booking number?")]
    if repeats.asked and assignment.heading.columns[place].said >= 10:
        text = f"Several rows have the same {header!r}: are they rooms of a booking, its nights, or later versions of it?"
        return [Question("rows", text)]
    return []


def _about_room_type(assignment: Assignment) -> list[Question]:
    """Ask for the room type where a column that nobody knows may be it."""
    if _taken(assignment, "room_type"):
        return []
    names = [
        name
        for position, name in _unknown_columns(assignment, "room_type")
        if may_be_room_type(assignment.heading.columns[position])
    ]
    return [Question("room_type", f"Which column is the room type: {_listed(names)}, or none?")] if names else []


def _about_booked_on(assignment: Assignment, calendar: Calendar) -> list[Question]:
    """Ask for the booking day where columns of days before the arrival, or of the days between the two, may be it."""
    arrival = assignment.place("arrival")
    if _taken(assignment, "booked_on") or _taken(assignment, "lead_days"):
        return []
    names = [
        name
        for position, name in _unknown_columns(assignment, "booked_on")
        if arrival in calendar.days and position in calendar.days and calendar.share(position, arrival or 0) >= BEFORE_ARRIVAL
    ]
    numbers = [
        name
        for position, name in _unknown_columns(assignment, "lead_days")
        if name not in names and may_be_lead_days(assignment.heading.columns[position])
    ]
    if numbers:
        what = f"the day of booking, or the number of days from booking to arrival: {_listed([*names, *numbers])}"
        return [Question("booked_on", f"Which column is {what}, or none? In a map such a number is called lead_days.")]
    return [Question("booked_on", f"Which column is the day of booking: {_listed(names)}, or none?")] if names else []


def _about_price(assignment: Assignment) -> list[Question]:
    """Ask for the price where columns of amounts that nobody knows may be it."""
    if any(_taken(assignment, role) for role in ("adr", "total")):
        return []
    names = [
        name
        for position, name in _unknown_columns(assignment, "total", "adr")
        if may_be_price(assignment.heading.columns[position])
    ]
    text = f"Which column is the price: {_listed(names)}, or none? Say total for the stay's, adr for a night's."
    return [Question("total", text)] if names else []


def _taken(assignment: Assignment, role: str) -> bool:
    place = assignment.place(role)
    return place is not None and assignment.roles[place].confidence >= TAKE


def _unknown_columns(assignment: Assignment, *wanted: str) -> list[tuple[int, str]]:
    """Return the columns that have no role, or one of these without much confidence, with their names."""
    cells, roles = assignment.heading.header.cells, assignment.roles
    return [
        (position, cells[position].strip())
        for position in assignment.heading.columns
        if position not in roles or (roles[position].role in wanted and roles[position].confidence < TAKE)
    ]
