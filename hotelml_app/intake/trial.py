"""What an import would do, without storing anything: for the mapping dialog and ``hotelml import --dry-run``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import Clock, day_of
from hotelml_app.intake import profiles
from hotelml_app.intake.dating.file_dates import business_dates
from hotelml_app.intake.errors import UnknownLayoutError
from hotelml_app.intake.file_content import FileContent, Rejected
from hotelml_app.intake.identify import Claim, identify
from hotelml_app.intake.importing import KEY, layouts_for
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.profile import ExportProfile
from hotelml_app.intake.proposing.proposal import Proposal
from hotelml_app.intake.proposing.propose import propose
from hotelml_app.intake.proposing.signs.review_columns import reviews_in
from hotelml_app.intake.readers.content import load
from hotelml_app.intake.readers.opening import documents_in
from hotelml_app.intake.reading import read_file
from hotelml_app.intake.values.date_order import NO_DAY
from hotelml_app.intake.values.statuses import Odd, plain_status, read_status
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings

SHOWN_BOOKINGS = 5
SHOWN_ROWS = 20

_PARTICULARS = re.compile(r'"[^"]*"|\d[\d.,:/-]*')


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows would be rejected: how many, and the first of them."""

    text: str
    rows: int
    first_line: int


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A row that would be rejected: its line, why, and those of its cells that cannot be a guest's."""

    line: int
    reason: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadBooking:
    """One booking as it would be read; no guest is in it."""

    reservation_id: str
    booked_on: date | None
    arrival: date
    departure: date
    status: str
    room_type: str
    adr: float | None
    total: float | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What a file would bring: ``accepted + rejected + ignored == rows_read``.

    ``unknown_statuses`` are words nobody knows, with their rows, which would be taken as reserved; ``statuses`` what each other
    word of the status column is read as, written as ``plain_status`` has it.
    """

    file_name: str
    profile: str
    kind: str
    business_date: date | None
    business_date_from: str
    rows_read: int
    accepted: int
    rejected: int
    ignored: int
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]
    bookings: tuple[ReadBooking, ...]
    first_rejected: tuple[TriedRow, ...]
    unknown_statuses: tuple[tuple[str, int], ...]
    statuses: Mapping[str, BookingStatus]


@dataclass(frozen=True, slots=True)
class Proposed:
    """How a file would be read: by its own words and values, by the layout that claims it (``known``), or by either."""

    proposal: Proposal | None
    known: ExportProfile | None
    claims: Sequence[Claim] = field(repr=False)


def try_file(
    path: Path,
    *,
    store: Store,
    clock: Clock,
    property_name: str | None = None,
    wanted: str | ColumnMap | None = None,
    step: Callable[[], None] = lambda: None,
) -> Trial:
    """Read and judge a file and store nothing; ``step`` is called between the stages and may raise to stop.

    Raises children of IntakeError as an import would.
    """
    today = clock.now().astimezone().date()
    layouts = layouts_for(store, property_name, wanted)
    content = read_file(path, load(path), layouts, today, _key(store), step)
    dates, found = business_dates(content, today) if content.taken else ({}, "")
    return Trial(
        file_name=content.name,
        profile=content.profile,
        kind=content.kind.value,
        business_date=max(dates.values(), default=None),
        business_date_from=found if dates else "",
        rows_read=content.rows_read,
        accepted=content.taken,
        rejected=len(content.rejected),
        ignored=content.ignored,
        reasons=tuple(_reasons(content)),
        notes=tuple(dict.fromkeys(content.notes)),
        bookings=tuple(_first_bookings(content)),
        first_rejected=tuple(
            TriedRow(line, reason, tuple(sorted(cells.items())))
            for line, reason, cells in sorted(content.rejected, key=_line)[:SHOWN_ROWS]
        ),
        unknown_statuses=tuple(_unknown_statuses(content)),
        statuses=dict(_statuses(content)),
    )


def propose_file(path: Path) -> Proposed:
    """Return how a file would be read. Raises UnknownLayoutError where it holds no table of bookings or reviews."""
    documents = documents_in(path.name, load(path))
    found = next((one for document in documents if (one := propose(document))), None)
    try:
        claims = identify(documents[0], profiles.discover().values())
    except UnknownLayoutError:
        told = reviews_in(documents[0])
        if told is not None:
            return Proposed(None, told.claims[0].profile, told.claims)
        if found is None:
            raise
        return Proposed(found.proposal, None, found.claims)
    return Proposed(found.proposal if found else None, claims[0].profile, claims)


def _key(store: Store) -> bytes:
    """Return the home's secret, or any other where there is none yet: a dry run must not write."""
    with store.read() as connection:
        known = data_settings.get(connection, KEY)
    return bytes.fromhex(str(known)) if known else b"dry run"


def _line(row: Rejected) -> int:
    return row[0]


def _unknown_statuses(content: FileContent) -> Iterator[tuple[str, int]]:
    """Yield the words; one that stands only once may be a guest's name in the wrong column."""
    for part in content.parts:
        column = part.typed.words.get("status")
        if column is None:
            continue
        times = np.bincount(column.codes[part.typed.verdicts.taken], minlength=len(column.labels)).tolist()
        for label, rows in zip(column.labels, times, strict=True):
            if rows > 1 and read_status(label, part.claim.profile.statuses) is Odd.UNKNOWN:
                yield label, rows


def _statuses(content: FileContent) -> Iterator[tuple[str, BookingStatus]]:
    for part in content.parts:
        column = part.typed.words.get("status")
        for label in column.labels if column is not None else ():
            status = read_status(label, part.claim.profile.statuses)
            if isinstance(status, BookingStatus):
                yield plain_status(label), status


def _reasons(content: FileContent) -> Sequence[Reason]:
    grouped: dict[str, Reason] = {}
    for line, text, _ in content.rejected:
        plain = _PARTICULARS.sub("…", text)
        known = grouped.get(plain)
        grouped[plain] = Reason(plain, known.rows + 1, min(line, known.first_line)) if known else Reason(plain, 1, line)
    return sorted(grouped.values(), key=lambda reason: -reason.rows)


def _first_bookings(content: FileContent) -> list[ReadBooking]:
    part = next((part for part in content.parts if part.bookings is not None), None)
    if part is None or part.bookings is None:
        return []
    rows, shown = part.bookings, []
    for row in np.flatnonzero(rows.taken)[:SHOWN_BOOKINGS].tolist():
        adr, total = (float(rows.numbers[name][row]) for name in ("adr", "total"))
        shown.append(
            ReadBooking(
                reservation_id=rows.ids.text(row),
                booked_on=day_of(rows.booked_on[row]) if rows.booked_on[row] != NO_DAY else None,
                arrival=day_of(rows.arrival[row]),
                departure=day_of(rows.departure[row]),
                status=BookingStatus(int(rows.status[row])).name.lower(),
                room_type=rows.words["room_type"].text(row),
                adr=adr if adr == adr else None,
                total=total if total == total else None,
            )
        )
    return shown
