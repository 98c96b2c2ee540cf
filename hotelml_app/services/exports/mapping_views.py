"""What is shown while somebody says what the columns of an unknown export are. Samples never show a guest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MappedColumnView:
    """A column of the file. ``role`` is "" where it would not be read; ``confidence`` lies in [0, 1]."""

    header: str
    role: str
    meaning: str
    confidence: float
    why: str
    samples: tuple[str, ...]
    masked: bool


@dataclass(frozen=True, slots=True)
class MappingQuestionView:
    """What HotelML must ask; ``role`` is the key of a mapping that answers it."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class DatesQuestionView:
    """A date of the file, as ``example``, that may be either of two days; the days are None where no date shows it."""

    text: str
    example: str = ""
    day_first: date | None = None
    month_first: date | None = None


@dataclass(frozen=True, slots=True)
class StatusWordView:
    """A word of the status column, how often it stands there, and the status it is read as ("": unknown).

    ``likely`` is what an unknown one may mean by the days of its bookings, "" where they do not tell.
    """

    word: str
    rows: int
    status: str
    likely: str = ""


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role that a column may be given; ``added_up`` ones may be several columns."""

    name: str
    meaning: str
    added_up: bool


@dataclass(frozen=True, slots=True)
class MappingProposalView:
    """How a file would be read. ``known_layout`` names the layout that claims it; ``toml`` is a map file to begin with.

    ``dates_question`` is there where nothing in the file tells day from month. ``rows`` is what a row is: bookings, rooms or
    nights.
    """

    file_name: str
    sheet: str
    header_line: int
    known_layout: str
    certain: bool
    columns: tuple[MappedColumnView, ...]
    questions: tuple[MappingQuestionView, ...]
    dates: str
    status_words: tuple[StatusWordView, ...]
    remarks: tuple[str, ...]
    roles: tuple[RoleView, ...]
    toml: str
    known_title: str = ""
    rows: str = "bookings"
    dates_question: DatesQuestionView | None = None


@dataclass(frozen=True, slots=True)
class DryRunReasonView:
    """Why rows would be rejected."""

    text: str
    rows: int
    first_line: int


@dataclass(frozen=True, slots=True)
class DryRunBookingView:
    """One of the first bookings as it would be read."""

    reservation_id: str
    booked_on: date | None
    arrival: date
    departure: date
    status: str
    room_type: str
    adr: float | None
    total: float | None


@dataclass(frozen=True, slots=True)
class DryRunRowView:
    """A row that would be rejected: its line, why, and its cells by what they are, without what could be a guest's."""

    line: int
    reason: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DryRunView:
    """What an import would bring; nothing was stored. ``accepted + rejected + ignored == rows_read``.

    Where ``dates_question`` is there, nothing could be read before it is answered. Words in ``unknown_statuses`` would be taken
    as reserved.
    """

    file_name: str
    profile: str
    sentence: str
    business_date: date | None
    rows_read: int
    accepted: int
    rejected: int
    ignored: int
    reasons: tuple[DryRunReasonView, ...]
    notes: tuple[str, ...]
    bookings: tuple[DryRunBookingView, ...]
    first_rejected: tuple[DryRunRowView, ...] = ()
    unknown_statuses: tuple[StatusWordView, ...] = ()
    dates_question: DatesQuestionView | None = None
