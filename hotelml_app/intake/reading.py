"""A whole file read and judged, before anything is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.clock import day_number
from hotelml_app.intake import business_date, profiles
from hotelml_app.intake.content_notes import add_notes
from hotelml_app.intake.errors import AmbiguousLayoutError, EmptyFileError, UnknownLayoutError
from hotelml_app.intake.identify import Claim
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.mapping.errors import NeedsMappingError
from hotelml_app.intake.mapping.frames import KnownFrame, layout_of_empty
from hotelml_app.intake.profile import ExportProfile, Kind
from hotelml_app.intake.proposing.proposal import Question
from hotelml_app.intake.readers.frame import Frame
from hotelml_app.intake.readers.opening import Document, documents_in
from hotelml_app.intake.readers.stopping import ask, asking
from hotelml_app.intake.recognising import Recognised, recognise
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.bookings import read_bookings
from hotelml_app.intake.rows.damage import settle_properties
from hotelml_app.intake.rows.identity import number_by_content
from hotelml_app.intake.rows.note_columns import note_columns
from hotelml_app.intake.rows.review_rows import check_reviews
from hotelml_app.intake.rows.showing import kept_cells
from hotelml_app.intake.rows.statistics_rows import check_statistics, known_until
from hotelml_app.intake.rows.typed import Typed, read_typed
from hotelml_app.intake.unknown_layout import NOTHING_TO_TELL_BY, WITH_A_ROW
from hotelml_app.intake.values.date_order import NO_DAY, Days

DOUBTFUL_SHARE = 0.2
"""More rejected rows than this share, and a proposal was not beyond doubt after all."""

Rejected = tuple[int, str, dict[str, str]]


@dataclass
class Part:
    """One table of the file: bookings, or reviews or nightly figures where ``bookings`` is None."""

    document: str
    claim: Claim
    typed: Typed
    bookings: BookingRows | None
    bad_rows: int
    header_date: date | None
    frame: Frame | None = None

    def rows_of(self, owner: str) -> NDArray[np.intp]:
        """Return the good rows of one property as the file names it ("": the file does not)."""
        taken = self.typed.verdicts.taken
        column = self.typed.words.get("property")
        if column is None:
            return np.flatnonzero(taken)
        return np.flatnonzero(taken & np.array([label == owner for label in column.labels], dtype=bool)[column.codes])

    @property
    def owners(self) -> list[str]:
        """The properties that good rows name, in order of first sight; [""] where the file names none."""
        column = self.typed.words.get("property")
        if column is None:
            return [""]
        return [column.labels[code] for code in dict.fromkeys(column.codes[self.typed.verdicts.taken].tolist())]


@dataclass
class FileContent:
    """Everything in a file, read and judged."""

    name: str
    profile: str
    kind: Kind
    parts: list[Part]
    notes: list[str] = field(default_factory=list)
    layout: ColumnMap | None = None
    named_by_hand: bool = False
    """True where somebody named the layout of this very file."""

    @property
    def frames(self) -> list[KnownFrame]:
        """What stands around the records of the file's tables."""
        told = [(part, part.frame) for part in self.parts if part.frame is not None]
        return [KnownFrame(self.profile, self.kind, at.root, frozenset(at.inside), part.claim.sheet.name) for part, at in told]

    @property
    def rejected(self) -> RejectedRows:
        """Rows that cannot be used."""
        return RejectedRows(self)

    @property
    def rows_read(self) -> int:
        """All rows below the headers."""
        return sum(len(part.typed) + part.bad_rows + part.typed.table.footers for part in self.parts)

    @property
    def ignored(self) -> int:
        """Rows that are nothing to store."""
        return sum(part.typed.verdicts.ignored_count + part.typed.table.footers for part in self.parts)

    @property
    def taken(self) -> int:
        """Rows that are good."""
        return sum(int(part.typed.verdicts.taken.sum()) for part in self.parts)


@dataclass(frozen=True)
class RejectedRows:
    """The rows of a file that cannot be used: line, reason, and the cells that may be kept.

    Each is made when it is asked for: of a large file they may be a million.
    """

    content: FileContent

    def __len__(self) -> int:
        return sum(part.bad_rows + len(part.typed.verdicts.reasons) for part in self.content.parts)

    def __iter__(self) -> Iterator[Rejected]:
        for part in self.content.parts:
            where = f"in {part.document}: " if part.document != self.content.name else ""
            yield from ((row.line, where + row.reason, {}) for row in part.typed.table.bad_rows)
            for row, reason in sorted(part.typed.verdicts.reasons.items()):
                yield int(part.typed.table.lines[row]), where + reason, kept_cells(part.typed, row)


def read_file(
    path: Path,
    data: bytes,
    wanted: str | ColumnMap | None,
    today: date,
    key: bytes,
    step: Callable[[], None],
    own: Sequence[ColumnMap] = (),
    frames: Sequence[KnownFrame] = (),
) -> FileContent:
    """Read and judge a file; ``step`` is called now and then and may raise to stop.

    ``wanted`` forces a profile, by name, or a column map; ``own`` are the layouts kept from before, ``frames`` what
    stood around their records. Raises children of IntakeError where the file as a whole cannot be used.
    """
    with asking(step):
        return _read(path, data, wanted, today, key, own, frames)


def _read(
    path: Path,
    data: bytes,
    wanted: str | ColumnMap | None,
    today: date,
    key: bytes,
    own: Sequence[ColumnMap],
    frames: Sequence[KnownFrame],
) -> FileContent:
    known = profiles.discover()
    forced = profiles.profile(wanted) if isinstance(wanted, str) and wanted else wanted or None
    told = [(document, _recognised(document, forced, known, own, frames)) for document in documents_in(path.name, data)]
    claims = [(document, claim) for document, one in told if isinstance(one, Recognised) for claim in one.claims]
    recognised = [one for _, one in told if isinstance(one, Recognised)]
    without = [(document.name, one) for document, one in told if isinstance(one, KnownFrame)]
    if not claims:
        return FileContent(path.name, without[0][1].layout, without[0][1].kind, [])
    name = _only_layout(path.name, [claim for _, claim in claims])
    documents = list(dict.fromkeys(document.name for document, _ in claims))
    apart = business_date.are_dated_apart(documents)
    used: dict[str, Counter[tuple[str, bytes]]] = defaultdict(Counter)
    content = FileContent(path.name, name, claims[0][1].profile.kind, [], named_by_hand=isinstance(wanted, str) and bool(wanted))
    content.layout = next((one.layout for one in recognised if one.layout), None)
    content.notes += [note for one in recognised for note in one.notes]
    content.notes += [f"{name} holds no record." for name, _ in without]
    for document, claim in claims:
        # Exports of different days tell of the same bookings; parts of one export tell of different ones.
        _read_claim(content, document, claim, today, key, used[document.name if apart else ""])
        ask()
    _refuse_doubtful(content, recognised)
    _learn_order(content, known.keys(), own)
    if not content.rows_read and any(one.proposal for one in recognised):
        raise EmptyFileError(f"{path.name} {NOTHING_TO_TELL_BY}", remedy=WITH_A_ROW)
    add_notes(content)
    return content


def _only_layout(file_name: str, claims: Sequence[Claim]) -> str:
    """Return the name of the layout of all tables. Raises AmbiguousLayoutError where they have several."""
    names = sorted({claim.profile.name for claim in claims})
    if len(names) > 1:
        raise AmbiguousLayoutError(
            f"{file_name} holds exports of different layouts: {', '.join(names)}.",
            remedy="Drop them one by one, without the zip.",
        )
    return names[0]


def _recognised(
    document: Document,
    forced: ExportProfile | ColumnMap | None,
    known: Mapping[str, ExportProfile],
    own: Sequence[ColumnMap],
    frames: Sequence[KnownFrame],
) -> Recognised | KnownFrame:
    """Return how a document is to be read, or what it is an empty export of. Raises like ``recognise``."""
    ask()
    try:
        return recognise(document, forced, known, own)
    except (UnknownLayoutError, EmptyFileError):
        empty = layout_of_empty(document, frames)
        if empty is None:
            raise
        return empty


def _refuse_doubtful(content: FileContent, recognised: Sequence[Recognised]) -> None:
    """Ask a person where HotelML's own way to read a file leaves too many rows unread."""
    proposal = next((one.proposal for one in recognised if one.proposal), None)
    if proposal is not None and len(content.rejected) > DOUBTFUL_SHARE * content.rows_read:
        line, reason, _ = next(iter(content.rejected))
        count = f"{len(content.rejected)} of {content.rows_read} rows"
        asked = Question("arrival", f"Read that way, {count} cannot be used, the first in line {line}: {reason}.")
        raise NeedsMappingError(replace(proposal, questions=(asked,)))


def _learn_order(content: FileContent, known: Collection[str], own: Sequence[ColumnMap]) -> None:
    """Keep the order of day and month that a file in a known layout tells: the next one may be too short to tell."""
    told = {order for part in content.parts for order in part.typed.told_orders}
    if content.kind is Kind.REVIEWS and content.layout is not None and content.layout.date_order is None and len(told) == 1:
        content.layout = replace(content.layout, date_order=told.pop())
        return
    if content.layout is not None or content.profile not in known or len(told) != 1:
        return
    learned = ColumnMap({}, date_order=told.pop(), layout=content.profile, answered=False)
    if not any(one.layout == learned.layout and one.date_order is learned.date_order for one in own):
        content.layout = learned


def _read_claim(
    content: FileContent, document: Document, claim: Claim, today: date, key: bytes, used: Counter[tuple[str, bytes]]
) -> None:
    positions = sorted({position for places in claim.places.values() for position in places})
    table = claim.sheet.read(claim.header, positions, note_columns(claim))
    typed = read_typed(claim, table, key)
    bookings = None
    if claim.profile.kind is Kind.BOOKINGS:
        bookings = read_bookings(typed, today)
        if "reservation_id" not in claim.places:
            bookings.ids = number_by_content(bookings, used)
    elif claim.profile.kind is Kind.REVIEWS:
        check_reviews(typed, today)
    else:
        check_statistics(typed, today)
    if "property" in typed.words:
        if claim.profile.kind is Kind.BOOKINGS:
            settle_properties(typed)
        named = np.array([bool(label) for label in typed.words["property"].labels], dtype=bool)
        typed.verdicts.reject(
            ~named[typed.words["property"].codes] if len(table) else np.zeros(0, bool), "the row names no property"
        )
    header_date = business_date.in_preamble(claim.sheet.head, claim.header)
    content.parts.append(Part(document.name, claim, typed, bookings, len(table.bad_rows), header_date, document.frame))
    if document.encoding not in ("", "utf-8"):
        content.notes.append(f"The text was read as {document.encoding}.")


def latest_event(parts: Sequence[Part], today: date) -> tuple[date | None, int]:
    """Return the latest day on which anything in the file happened, and how many days after today are slips of the pen."""
    happened = [days for part in parts if (days := _events(part, today)) is not None]
    if not happened:
        return None, 0
    return business_date.believed(np.concatenate(happened), today)


def _events(part: Part, today: date) -> Days | None:
    taken, rows = part.typed.verdicts.taken, part.bookings
    if rows is not None:
        booked = rows.booked_on if rows.booked_said.any() else np.full(len(rows), NO_DAY, dtype=np.int32)
        stays = (column[taken] for column in (booked, rows.status_on, rows.arrival, rows.departure))
        return business_date.events(rows.status[taken], *stays)
    if part.claim.profile.kind is Kind.STATISTICS:
        day = known_until(part.typed, today)
        return np.array([day_number(day)] if day else [], dtype=np.int32)
    if "reviewed_on" in part.typed.days:
        days = part.typed.days["reviewed_on"][taken]
        return days[days != NO_DAY]
    return None
