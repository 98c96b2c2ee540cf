"""What unknown words of the status column surely mean, by the days of their bookings: then nothing has to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.proposing.names.header_grammar import hints_of
from hotelml_app.intake.proposing.names.header_match import folded
from hotelml_app.intake.proposing.names.header_parts import Part
from hotelml_app.intake.proposing.proposal import SURE, TAKE
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.counts import stay_lengths
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.proposing.signs.stays import Calendar
from hotelml_app.intake.proposing.states import doubtful_letters, last_day
from hotelml_app.intake.values.date_order import NO_DAY
from hotelml_app.intake.values.statuses import Odd, plain_status, read_status

_ENOUGH_BOOKINGS, _MOST_WORDS = 100, 12
_ENOUGH_OF_EACH = 10
"""Stays that are over, and stays to come, without which days tell nothing."""
_NEARLY_ALL, _HARDLY_ANY = 0.95, 0.05
_CONTRADICTED = 0.8
_AS_USUAL = 0.4
"""Cancelled bookings arrive on past and coming days about as all of them do: at least this much of their share."""
_FEWEST_CANCELLED, _MOST_CANCELLED = 0.02, 0.5
_FEWEST_EACH = 2
_MOST_MISSED = 0.12
"""Of the stays that are over, those whose guests did not come are at most this share."""
_MOST_OF_ALL = 0.3
_MOSTLY = 0.5
_MOST_QUIET_DAYS = 7
"""From the last booking, or cancelling, to the day on which the file was written."""

_LIVE = frozenset({BookingStatus.RESERVED, BookingStatus.TENTATIVE, BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT})

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class _Word:
    """The bookings of one word: how many, and their shares by what the days say of them today."""

    text: str
    known: BookingStatus | Odd
    rows: int
    over: float
    coming: float
    lasting: float
    staying: float
    cancelled: float

    @property
    def doubtful(self) -> bool:
        return self.known is Odd.UNKNOWN


@dataclass
class _Case:
    """All words of a status column, and what has been found out about them."""

    words: list[_Word]
    over: float
    coming: float
    dated: bool
    found: dict[str, BookingStatus] = field(default_factory=dict)

    def open(self) -> list[_Word]:
        return [word for word in self.words if word.doubtful and word.text not in self.found]

    def told(self) -> set[BookingStatus | Odd]:
        return {word.known for word in self.words if not word.doubtful} | set(self.found.values())

    def is_mixed(self, word: _Word) -> bool:
        """Return whether the stays of a word are over and to come about as those of all the words are."""
        pairs = ((word.over, self.over), (word.coming, self.coming))
        return all(share >= _AS_USUAL * usual and share * word.rows >= _FEWEST_EACH for share, usual in pairs)


def settled_by_days(assignment: Assignment, calendar: Calendar, own: Mapping[str, BookingStatus]) -> dict[str, BookingStatus]:
    """Return what the unknown words surely mean, and make the status sure; nothing where one of them stays in doubt.

    A word surely means cancelled where its bookings are those with a day of cancellation, or where it is the only one whose
    stays are over and to come while others are for the one or the other alone. Stays that go on are in house; of words for
    stays that are over the one of most is checked out, and a single rare one no-show; the only word for what is to come,
    or the only one beside those for lost bookings, says that a booking stands.
    """
    place = assignment.place("status")
    if place is None or assignment.roles[place].confidence >= SURE:
        return {}
    for quiet in range(_MOST_QUIET_DAYS + 1):
        case = _case_of(assignment, calendar, own, place, quiet)
        if case is None:
            return {}
        if _settle(case) and _is_beyond_doubt(assignment, place, case) and (not quiet or _fits_later_day(case)):
            assignment.give(place, "status", 0.88, "its words, which the days of their stays explain")
            return case.found
    return {}


def _settle(case: _Case) -> bool:
    """Find out what the unknown words mean; return whether none is left."""
    if not case.open() or any(_is_contradicted(word) for word in case.words):
        return False
    steps = (_find_cancelled, _find_standing, _find_staying, _find_over, _find_coming)
    return all(step(case) for step in steps) and not case.open()


def _fits_later_day(case: _Case) -> bool:
    """Return whether the file may have been written after its last booking: its guests are in house then, and none came since."""
    meaning = {word.text: case.found.get(word.text, word.known) for word in case.words}
    staying = [word for word in case.words if meaning[word.text] is BookingStatus.IN_HOUSE]
    reserved = [word for word in case.words if meaning[word.text] is BookingStatus.RESERVED]
    sure = sum(word.rows for word in staying) > 1 and all(word.staying == 1 for word in staying)
    return sure and bool(reserved) and all(word.coming == 1 for word in reserved)


def _case_of(
    assignment: Assignment, calendar: Calendar, own: Mapping[str, BookingStatus], place: int, quiet: int
) -> _Case | None:
    days, seen = calendar.days, assignment.heading.columns[place]
    arrival, booked, nights = assignment.place("arrival"), assignment.place("booked_on"), stay_lengths(assignment, calendar)
    if arrival is None or booked is None or nights is None or not {arrival, booked} <= days.keys():
        return None
    made = days[booked][days[booked] != NO_DAY]
    if not len(made) or seen.said < _ENOUGH_BOOKINGS or not seen.few_words or seen.different > _MOST_WORDS:
        return None
    cancelled_on = assignment.place("cancelled_on")
    cancelled = np.zeros(len(days[arrival]), dtype=np.bool_)
    today = last_day(made)
    if cancelled_on is not None and cancelled_on in days:
        cancelled = days[cancelled_on] != NO_DAY
        if cancelled.any():
            today = max(today, last_day(days[cancelled_on][cancelled]))
    today += quiet
    departure = days[arrival] + np.nan_to_num(nights)
    over = departure <= today + 1
    coming, lasting = days[arrival] > today, departure >= today
    staying = (days[arrival] <= today) & lasting
    if min(over.sum(), coming.sum()) < _ENOUGH_OF_EACH:
        return None
    words = list(_words_of(seen, own, (over, coming, lasting, staying, cancelled)))
    return _Case(words, float(over.mean()), float(coming.mean()), bool(cancelled.any()))


def _words_of(seen: Evidence, own: Mapping[str, BookingStatus], masks: tuple[Mask, ...]) -> Iterator[_Word]:
    """Yield the words of a status column, with the share of the bookings of each that each mask holds."""
    doubtful = doubtful_letters(seen, own)
    by_text: dict[str, Mask] = {}
    known: dict[str, BookingStatus | Odd] = {}
    for code, text in enumerate(seen.words):
        if text and seen.times[code]:
            plain = plain_status(text)
            by_text[plain] = by_text.get(plain, np.zeros(len(seen.column), dtype=np.bool_)) | (seen.column.codes == code)
            known[plain] = Odd.UNKNOWN if text in doubtful else read_status(text, own)
    for text, rows in by_text.items():
        yield _Word(text, known[text], int(rows.sum()), *(float(mask[rows].mean()) for mask in masks))


def _is_contradicted(word: _Word) -> bool:
    """Return whether the days deny what a known word says: then the words are not what they seem."""
    return word.known is BookingStatus.CHECKED_OUT and word.over < _CONTRADICTED


def _find_cancelled(case: _Case) -> bool:
    """Find the words for cancelled; without one there is nothing that the others could be told from."""
    if case.dated:
        for word in case.open():
            if _HARDLY_ANY < word.cancelled < _NEARLY_ALL:
                return False
            if word.cancelled >= _NEARLY_ALL:
                case.found[word.text] = BookingStatus.CANCELLED
    if BookingStatus.CANCELLED in case.told():
        return True
    rows = sum(word.rows for word in case.words)
    mixed = [word for word in case.words if case.is_mixed(word) and not _is_staying(word)]
    if case.dated or len(mixed) != 1 or not mixed[0].doubtful:
        return False
    others = [word for word in case.words if word is not mixed[0]]
    apart = any(_is_over(word) for word in others) and any(_is_ahead(word) and not _is_staying(word) for word in others)
    if not apart or not _FEWEST_CANCELLED <= mixed[0].rows / rows <= _MOST_CANCELLED:
        return False
    case.found[mixed[0].text] = BookingStatus.CANCELLED
    return True


def _find_standing(case: _Case) -> bool:
    """Take the only word beside those for lost bookings as that of bookings that stand."""
    left = case.open()
    if len(left) == 1 and not _LIVE & case.told() and not _is_over(left[0]):
        case.found[left[0].text] = BookingStatus.RESERVED
    return True


def _find_staying(case: _Case) -> bool:
    """Take words for stays that go on as in house; of several not one of a single booking, which may go on by chance."""
    staying = [word for word in case.open() if _is_staying(word)]
    for word in staying:
        if len(staying) == 1 or word.rows > 1:
            case.found[word.text] = BookingStatus.IN_HOUSE
    return True


def _find_over(case: _Case) -> bool:
    """Take the word of most stays that are over as checked out, and a single rare one beside it as no-show."""
    over = sorted((word for word in case.open() if _is_over(word)), key=lambda word: -word.rows)
    stays = case.over * sum(word.rows for word in case.words)
    if over and BookingStatus.CHECKED_OUT not in case.told():
        if over[0].rows < _MOST_OF_ALL * stays:
            return False
        case.found[over[0].text] = BookingStatus.CHECKED_OUT
    begun = [word for word in case.open() if _is_over(word) or (word.coming == 0 and word.over >= _MOSTLY)]
    if not begun:
        return True
    if len(begun) > 1 or BookingStatus.NO_SHOW in case.told() or begun[0].rows > _MOST_MISSED * stays:
        return False
    case.found[begun[0].text] = BookingStatus.NO_SHOW
    return True


def _find_coming(case: _Case) -> bool:
    """Take the only word for stays to come as reserved; beside another one it may as well be an option."""
    ahead = [word for word in case.open() if _is_ahead(word)]
    if not ahead:
        return True
    if len(ahead) > 1 or BookingStatus.RESERVED in case.told():
        return False
    case.found[ahead[0].text] = BookingStatus.RESERVED
    return True


def _is_beyond_doubt(assignment: Assignment, place: int, case: _Case) -> bool:
    """Return whether a column that is not called a status must be one: states of payment are not told by who is in house."""
    if assignment.roles[place].confidence >= TAKE or not assignment.roles[place].why.startswith(("one of", "some of")):
        return True
    if Part.PAYMENT in hints_of(folded(assignment.heading.header.cells[place])):
        return False
    by_date = case.dated and BookingStatus.CANCELLED in case.found.values()
    named = any(word.known is BookingStatus.CANCELLED for word in case.words)
    return BookingStatus.CHECKED_OUT in case.told() and (by_date or named or BookingStatus.IN_HOUSE in case.told())


def _is_over(word: _Word) -> bool:
    return word.over >= _NEARLY_ALL and not _is_staying(word)


def _is_ahead(word: _Word) -> bool:
    return word.lasting >= _NEARLY_ALL and not _is_staying(word)


def _is_staying(word: _Word) -> bool:
    return word.staying >= 0.9
