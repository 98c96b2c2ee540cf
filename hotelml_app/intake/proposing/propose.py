"""From a document nobody knows to a proposal of how to read it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.identify import Claim, locate
from hotelml_app.intake.proposing.by_values import assign
from hotelml_app.intake.proposing.names.header_match import BY_PARTS, matches
from hotelml_app.intake.proposing.names.header_words import CANCELLED_FLAG, OTHER
from hotelml_app.intake.proposing.proposal import TAKE, Proposal, ProposedColumn, Question
from hotelml_app.intake.proposing.questions import questions_of
from hotelml_app.intake.proposing.samples import samples_of
from hotelml_app.intake.proposing.settling import settled_by_days
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.counts import stay_lengths
from hotelml_app.intake.proposing.signs.evidence import FLAGS
from hotelml_app.intake.proposing.signs.heading import Heading, headings
from hotelml_app.intake.proposing.signs.prices import PER_STAY, kind_of_price
from hotelml_app.intake.proposing.signs.repeats import repeats_of
from hotelml_app.intake.proposing.signs.stays import Calendar
from hotelml_app.intake.proposing.states import doubtful_letters, likely_statuses
from hotelml_app.intake.readers.opening import Document
from hotelml_app.intake.values.statuses import Odd, plain_status, read_status
from hotelml_app.intake.values.words import header_word

_NO_NAME = 3
"""Letters; what is so short names no guest."""
_YES = {"1", "yes", "y", "true", "ja", "si", "sí", "oui", "sim", "x"}


@dataclass(frozen=True)
class Found:
    """A proposal and the tables it is about."""

    proposal: Proposal
    claims: tuple[Claim, ...]


def propose(document: Document) -> Found | None:
    """Return how a document would be read as bookings, or None where it holds no table with dates.

    Sheets that have the same columns as the best one are read with it.
    """
    best: tuple[int, Proposal, Heading] | None = None
    for heading in headings(document):
        if any(seen.date_share > 0.5 for seen in heading.columns.values()) or heading.known_words >= 4:
            proposal = _proposal(document.name, heading)
            if best is None or len(proposal.questions) < best[0]:
                best = (len(proposal.questions), proposal, heading)
    if best is None:
        return None
    _, proposal, chosen = best
    profile = proposal.profile()
    words = [header_word(cell) for cell in chosen.header.cells]
    alike = [one for one in headings(document) if [header_word(cell) for cell in one.header.cells] == words]
    return Found(proposal, tuple(Claim(profile, one.sheet, one.header, locate(profile.columns, words)) for one in alike))


def _proposal(file_name: str, heading: Heading) -> Proposal:
    assignment, calendar = assign(heading)
    repeats = repeats_of(assignment, calendar)
    statuses = _use_flag(assignment)
    settled = settled_by_days(assignment, calendar, statuses)
    statuses |= settled
    questions = questions_of(assignment, calendar, repeats)
    return Proposal(
        file_name=file_name,
        sheet=heading.sheet.name,
        header_line=heading.header.line,
        columns=tuple(_column(assignment, position) for position in heading.columns),
        questions=tuple(questions),
        date_order=calendar.order,
        open_date=calendar.example,
        statuses=statuses,
        grain=repeats.grain,
        whole_stay=_tells_whole_stay(assignment, calendar),
        remarks=(*_remarks(assignment, questions), *_told_by_days(assignment, settled)),
        status_words=tuple(_status_words(assignment, statuses)),
        likely=likely_statuses(assignment, calendar, statuses),
    )


def _tells_whole_stay(assignment: Assignment, calendar: Calendar) -> bool:
    total, nights = assignment.numbers("total"), stay_lengths(assignment, calendar)
    return total is not None and nights is not None and kind_of_price(total, nights) == PER_STAY


def _column(assignment: Assignment, position: int) -> ProposedColumn:
    heading, found = assignment.heading, assignment.roles.get(position)
    role, confidence, why = (
        (found.role, found.confidence, found.why) if found else ("", 0.0, "neither its name nor its values tell")
    )
    samples, masked = samples_of(heading.columns[position], role, confidence)
    return ProposedColumn(position, heading.header.cells[position].strip(), role, confidence, why, samples, masked)


def _use_flag(assignment: Assignment) -> dict[str, BookingStatus]:
    """Take a yes or no about cancelling as the status where there is no other; return what its words mean."""
    flag, status = assignment.place(CANCELLED_FLAG), assignment.place("status")
    if flag is None:
        return {}
    if status is not None and assignment.roles[status].confidence >= TAKE:
        assignment.give(flag, OTHER, 0.9, "the status tells the same")
        return {}
    if status is not None:
        del assignment.roles[status]
    seen = assignment.heading.columns[flag]
    assignment.give(flag, "status", assignment.roles[flag].confidence, "its name, and it holds yes and no")
    # Those that are not there as well: no booking may be cancelled yet.
    return flag_statuses({*FLAGS, *(text for text in seen.words if text)})


def flag_statuses(words: Collection[str]) -> dict[str, BookingStatus]:
    """Return what words in a column mean that says of bookings whether they were cancelled."""
    cancelled = {plain_status(word) for word in words if word.casefold() in _YES}
    return {
        word: BookingStatus.CANCELLED if word in cancelled else BookingStatus.RESERVED
        for word in map(plain_status, words)
        if word
    }


def _remarks(assignment: Assignment, questions: list[Question]) -> list[str]:
    remarks = []
    if assignment.place("status") is None and not any(one.role == "status" for one in questions):
        remarks.append("No column tells the status of a booking: all of them are taken as reserved.")
    for role, what in (("room_type", "room type"), ("booked_on", "booking date")):
        place = assignment.place(role)
        told_otherwise = role == "booked_on" and assignment.place("lead_days") is not None
        if not told_otherwise and (place is None or assignment.roles[place].confidence < TAKE):
            remarks.append(f"No column was recognised as the {what}.")
    remarks += _undated(assignment)
    if all(assignment.place(role) is None for role in ("adr", "total")):
        remarks.append("No column was recognised as a price.")
    return remarks


def _told_by_days(assignment: Assignment, settled: dict[str, BookingStatus]) -> Iterator[str]:
    """Tell what status words nobody knows were taken for."""
    place = assignment.place("status")
    if place is None or not settled:
        return
    spelled = {plain_status(text): text for text in assignment.heading.columns[place].words if text}
    told = [f"{spelled[word]!r} = {status.name.lower().replace('_', ' ')}" for word, status in settled.items()]
    yield f"The days of the stays told what these status words mean: {', '.join(told)}."


def _undated(assignment: Assignment) -> Iterator[str]:
    """Tell of columns that are called a booking day but hold no dates HotelML can read."""
    for position in assignment.free():
        header, seen = assignment.heading.header.cells[position], assignment.heading.columns[position]
        named = any(match.role == "booked_on" and match.score >= BY_PARTS for match in matches(header))
        if named and seen.said and seen.date_share < 0.5:
            yield f"The column {header.strip()!r} is called a booking date, but its cells are no dates; it was not read."


def _status_words(assignment: Assignment, own: dict[str, BookingStatus]) -> Iterator[tuple[str, int, str]]:
    """Yield the words of the status column, unless they are so many that they may be something else."""
    place = assignment.place("status")
    if place is None or not assignment.heading.columns[place].few_words:
        return
    seen = assignment.heading.columns[place]
    doubtful = doubtful_letters(seen, own)
    for word, rows in sorted(zip(seen.words, seen.times.tolist(), strict=True), key=lambda one: -one[1]):
        if word and (rows > 1 or len(word) <= _NO_NAME or read_status(word, own) is not Odd.UNKNOWN):
            status = Odd.UNKNOWN if word in doubtful else read_status(word, own)
            yield word, rows, status.name.lower() if isinstance(status, BookingStatus) else ""
