"""Which column is the status, and what words nobody knows may mean, by the days that go with them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import LOST, BookingStatus
from hotelml_app.intake.proposing.proposal import TAKE
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.counts import stay_lengths
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.proposing.signs.fitting import MOSTLY, STATUSES_KNOWN
from hotelml_app.intake.proposing.signs.stays import Calendar
from hotelml_app.intake.values.date_order import NO_DAY
from hotelml_app.intake.values.statuses import Odd, plain_status, read_status

_MOST_WORDS = 15
_NEARLY_ALL = 0.95
_USUAL, _SLIP = 0.02, 0.02
_RARELY, _SOMETIMES = 0.02, 0.6
_ENOUGH_BOOKINGS, _MOST_UNKNOWN, _MOST_OF_ALL = 100, 2, 0.3
_MOST_AHEAD = 30
"""Days; a booking made longer after nearly all others is misread."""

_LIVE = frozenset({BookingStatus.RESERVED, BookingStatus.TENTATIVE, BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT})

Mask = NDArray[np.bool_]


def find_status(assignment: Assignment, calendar: Calendar) -> None:
    """Find the status by its vocabulary where no name tells it; let it confirm a name that says so nearly."""
    place = assignment.place("status")
    if place is not None:
        _confirm(assignment, place)
        return
    for position in assignment.free():
        seen = assignment.heading.columns[position]
        if _few(seen) and seen.status_share >= _NEARLY_ALL:
            assignment.give(position, "status", 0.9, "its words are those of a status")
            return
    for position in assignment.free():
        if _few(assignment.heading.columns[position]) and _goes_with_cancelling(assignment, position, calendar):
            assignment.give(position, "status", 0.5, "one of its words goes with the day of cancellation")
            return
    for position in assignment.free():
        if _few(assignment.heading.columns[position]) and _goes_with_time(assignment, position, calendar):
            assignment.give(position, "status", 0.5, "some of its words are for stays that are over, others for those to come")
            return
    if not _find_marks(assignment):
        _find_cancelling(assignment, calendar)


def _find_marks(assignment: Assignment) -> bool:
    """Find a column that marks lost bookings alone, with words nobody uses for anything else, and is blank for all others."""
    for position in assignment.free():
        seen = assignment.heading.columns[position]
        if _RARELY <= seen.filled <= _SOMETIMES and all(read_status(text) in LOST for text in seen.words if text):
            assignment.give(position, "status", 0.9, "its words are those of lost bookings, and it is blank for others")
            return True
    return False


def _find_cancelling(assignment: Assignment, calendar: Calendar) -> None:
    """Propose days that stand in some rows alone, between booking and departure, as those of cancelling: only asking can tell."""
    booked, departure = assignment.place("booked_on"), assignment.place("departure")
    if assignment.place("cancelled_on") is not None or booked is None or departure is None:
        return
    for position in assignment.free():
        seen = assignment.heading.columns[position]
        if position not in calendar.days or seen.date_share < MOSTLY or not _RARELY <= seen.filled <= _SOMETIMES:
            continue
        if calendar.share(booked, position) >= _NEARLY_ALL and calendar.share(position, departure) >= _NEARLY_ALL:
            assignment.give(position, "cancelled_on", 0.5, "days between booking and departure, of some bookings alone")
            return


def _few(seen: Evidence) -> bool:
    return seen.few_words and seen.filled >= MOSTLY and 2 <= seen.different <= _MOST_WORDS


def _confirm(assignment: Assignment, place: int) -> None:
    seen, confidence = assignment.heading.columns[place], assignment.roles[place].confidence
    if TAKE <= confidence < 0.9 and seen.status_share == 1.0:
        assignment.give(place, "status", 0.9, "its name, nearly, and its words")
    elif confidence < 0.9 and _known_but_for_slips(assignment, place):
        assignment.give(place, "status", 0.9, "its name, and its words; what else stands in it belongs beside it")


def _known_but_for_slips(assignment: Assignment, place: int) -> bool:
    """Return whether all that is unknown in the status column are rare texts that other columns usually hold, or no words."""
    columns = assignment.heading.columns
    seen = columns[place]
    usual: set[str] = set()
    for position, other in columns.items():
        if position != place:
            usual |= {text for text, rows in zip(other.words, other.times.tolist(), strict=True) if rows >= _USUAL * other.said}
    known = slipped = 0
    for text, rows in zip(seen.words, seen.times.tolist(), strict=True):
        if not text:
            continue
        if read_status(text) is not Odd.UNKNOWN:
            known += rows
        elif rows <= max(2, _SLIP * seen.said) and (text in usual or not text.replace(" ", "").isalpha()):
            slipped += rows
    return known >= MOSTLY * seen.said and known >= STATUSES_KNOWN * (seen.said - slipped)


def _goes_with_cancelling(assignment: Assignment, position: int, calendar: Calendar) -> bool:
    """Return whether the rows that have a day of cancellation are those with certain words of a column."""
    place = assignment.place("cancelled_on")
    if place not in calendar.days or place is None:
        return False
    cancelled = calendar.days[place] != NO_DAY
    codes = assignment.heading.columns[position].column.codes
    shares = np.bincount(codes, weights=cancelled) / np.maximum(1, np.bincount(codes))
    clear = (shares <= 1 - _NEARLY_ALL) | (shares >= _NEARLY_ALL)
    return bool(clear.all() and (shares >= _NEARLY_ALL).any() and (shares <= 1 - _NEARLY_ALL).any())


def _goes_with_time(assignment: Assignment, position: int, calendar: Calendar) -> bool:
    """Return whether a column has a word for stays that are over and another one for stays to come, as only states have."""
    arrival, booked, nights = assignment.place("arrival"), assignment.place("booked_on"), stay_lengths(assignment, calendar)
    if arrival is None or booked is None or nights is None or not {arrival, booked} <= calendar.days.keys():
        return False
    days, made = calendar.days[arrival], calendar.days[booked][calendar.days[booked] != NO_DAY]
    column = assignment.heading.columns[position].column
    if len(days) < _ENOUGH_BOOKINGS or not len(made):
        return False
    today, rows = last_day(made), np.bincount(column.codes)
    over = np.bincount(column.codes, weights=days + np.nan_to_num(nights) <= today + 1) / np.maximum(1, rows)
    ahead = np.bincount(column.codes, weights=days >= today - 1) / np.maximum(1, rows)
    many = rows >= _USUAL * len(days)
    return bool((many & (over >= _NEARLY_ALL)).any() and (many & (ahead >= _NEARLY_ALL)).any())


def doubtful_letters(seen: Evidence, own: Mapping[str, BookingStatus]) -> set[str]:
    """Return single letters and digits that stand for a state somewhere, where others beside them are not known at all."""
    single = [text for text in seen.words if len(text) == 1]
    unknown = any(read_status(text, own) is Odd.UNKNOWN for text in single)
    return {text for text in single if plain_status(text) not in own} if unknown else set()


def likely_statuses(assignment: Assignment, calendar: Calendar, own: Mapping[str, BookingStatus]) -> dict[str, BookingStatus]:
    """Return what the words of the status column that nobody knows may mean, by the days of their bookings.

    Reserved are bookings that are all to come, in house those around the last day on which one was made, checked out the
    most that are over; cancelled those with a day of cancellation, and those both over and to come.
    """
    place, days = assignment.place("status"), calendar.days
    arrival, booked, nights = assignment.place("arrival"), assignment.place("booked_on"), stay_lengths(assignment, calendar)
    if place is None or arrival is None or booked is None or nights is None or not {arrival, booked} <= days.keys():
        return {}
    departure = (days[arrival] + np.nan_to_num(nights)).astype(np.int32)
    seen, made = assignment.heading.columns[place], days[booked][days[booked] != NO_DAY]
    if not len(made) or not seen.few_words:
        return {}
    today = last_day(made)
    cancelled_on = assignment.place("cancelled_on")
    cancelled = days[cancelled_on] != NO_DAY if cancelled_on is not None and cancelled_on in days else None
    doubtful = doubtful_letters(seen, own)
    told = {read_status(text, own) for text in seen.words if text not in doubtful}
    found: dict[str, BookingStatus] = {}
    over: list[tuple[int, str]] = []
    for code, text in enumerate(seen.words):
        rows = seen.column.codes == code
        if not text or not rows.any() or (text not in doubtful and read_status(text, own) is not Odd.UNKNOWN):
            continue
        status = _status_of(days[arrival][rows], departure[rows], today, None if cancelled is None else cancelled[rows])
        if status is BookingStatus.CANCELLED and cancelled is None and BookingStatus.CANCELLED in told:
            status = BookingStatus.RESERVED
        found[plain_status(text)] = status
        if status is BookingStatus.CHECKED_OUT:
            over.append((int(rows.sum()), plain_status(text)))
    for _, text in sorted(over, reverse=True)[0 if BookingStatus.CHECKED_OUT in told else 1 :]:
        found[text] = BookingStatus.NO_SHOW
    return found


def last_day(made: NDArray[np.int32]) -> float:
    """Return the last day on which a booking was made, of a file's days of booking, unless it stands alone."""
    usual = float(np.quantile(made, 0.99))
    return min(float(made.max()), usual + _MOST_AHEAD)


def _status_of(arrival: NDArray[np.int32], departure: NDArray[np.int32], today: float, cancelled: Mask | None) -> BookingStatus:
    if cancelled is not None and cancelled.mean() >= MOSTLY:
        return BookingStatus.CANCELLED
    if ((arrival <= today) & (departure >= today)).mean() >= MOSTLY:
        return BookingStatus.IN_HOUSE
    if (departure <= today + 1).mean() >= _NEARLY_ALL and (arrival <= today).all():
        return BookingStatus.CHECKED_OUT
    if (arrival >= today - 1).mean() >= _NEARLY_ALL:
        return BookingStatus.RESERVED
    return BookingStatus.CANCELLED if cancelled is None else BookingStatus.RESERVED
