"""What the Data page and ``hotelml import`` show, and how old the data behind any page is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the data behind a page is. ``days_old`` counts from the business date to the PC's date."""

    business_date: date | None
    export_name: str
    imported_at: datetime | None
    days_old: int | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something odd about an export beside the last ones; ``details`` are the columns or codes it is about.

    ``severity`` is urgent (a person must look), look or note; ``was`` and ``now`` say it in a few words, ``remedy`` what to do.
    """

    kind: str
    severity: str
    sentence: str
    was: str
    now: str
    remedy: str
    wants_person: bool
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportCheckView:
    """What the export doctor found in the last export of one layout of one property; no finding, and it is in order."""

    property_name: str
    layout: str
    title: str
    business_date: date
    received_at: datetime
    rows: int
    rejected: int
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """The bookings known that arrive in one month, those that were cancelled or never came left out."""

    first_day: date
    arrivals: int


@dataclass(frozen=True, slots=True)
class ImportView:
    """One import, as listed on the Data page. ``status`` is done | failed | duplicate | taken back.

    ``question`` is there where a file failed only because a person has to answer it first, ``elsewhere`` where the export names
    another property than the one it was meant for. ``objection`` is there where somebody may know better than HotelML.
    ``undoable`` is True where what was known before it is kept.
    """

    id: int
    file_name: str
    profile: str
    status: str
    business_date: date | None
    rows_read: int
    accepted: int
    created: int
    changed: int
    unchanged: int
    older: int
    rejected: int
    ignored: int
    message: str
    finished_at: datetime | None
    notes: tuple[str, ...] = ()
    findings: tuple[FindingView, ...] = ()
    question: str = ""
    elsewhere: str = ""
    objection: str = ""
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class RejectedRowView:
    """A row that could not be used: its line in the file, why, and its columns (without guests' details)."""

    import_id: int
    file_name: str
    line: int
    reason: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WaitingFileView:
    """A file in the drop folder that is not imported yet, and why; ``question`` is what a person is asked about it, if so."""

    name: str
    size_bytes: int
    since: datetime
    why: str
    question: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class DataView:
    """The Data page. ``months`` are all from the first arrival to the last, those without any included.

    ``imports`` are the newest of ``imports_total``; ``rejected_total`` counts the rows that these could not use.
    ``reachable`` is False while the drop folder is away: ``watching`` says why, and nobody knows what waits in it.
    """

    property_name: str
    sentence: str
    drop_folder: str
    watching: str
    waiting: tuple[WaitingFileView, ...]
    imports: tuple[ImportView, ...]
    rejected: tuple[RejectedRowView, ...]
    rejected_total: int
    bookings: int
    reviews: int
    checks: tuple[ExportCheckView, ...] = ()
    months: tuple[MonthView, ...] = ()
    reachable: bool = True
    imports_total: int = 0


@dataclass(frozen=True, slots=True)
class ShelfView:
    """The exports that lie in one folder as they came; ``oldest`` is the day the oldest of them was written."""

    folder: str
    files: int
    size_bytes: int
    oldest: date | None
