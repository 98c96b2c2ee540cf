"""Reading a whole file and judging its rows, before anything is stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from hotelml_app.intake import profiles
from hotelml_app.intake.content_notes import add_notes
from hotelml_app.intake.dating import business_date
from hotelml_app.intake.errors import AmbiguousLayoutError, EmptyFileError, UnknownLayoutError
from hotelml_app.intake.file_content import FileContent, Part
from hotelml_app.intake.identify import Claim
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.mapping.errors import NeedsMappingError
from hotelml_app.intake.mapping.frames import KnownFrame, layout_of_empty
from hotelml_app.intake.profile import ExportProfile, Kind
from hotelml_app.intake.proposing.proposal import Question
from hotelml_app.intake.readers.opening import Document, documents_in
from hotelml_app.intake.readers.tables.stopping import ask, asking
from hotelml_app.intake.recognising import Recognised, recognise
from hotelml_app.intake.rows.bookings import read_bookings
from hotelml_app.intake.rows.damage import settle_properties
from hotelml_app.intake.rows.identity import number_by_content
from hotelml_app.intake.rows.note_columns import note_columns
from hotelml_app.intake.rows.report_rows import flags
from hotelml_app.intake.rows.review_rows import check_reviews
from hotelml_app.intake.rows.statistics_rows import check_statistics
from hotelml_app.intake.rows.typed import read_typed
from hotelml_app.intake.unknown_layout import NOTHING_TO_TELL_BY, WITH_A_ROW

DOUBTFUL_SHARE = 0.2
"""More rejected rows than this share, and a proposal was not beyond doubt after all."""


@dataclass(frozen=True)
class Layouts:
    """What is said and known of how a file is laid out: a profile, by name, or a column map that is ``forced`` on it, the
    layouts of a property's ``own`` kept from before, and the ``frames`` that stood around their records. ``new_numbers`` is True
    where somebody said that the known bookings have other numbers in the file, ``owner`` where somebody named its hotel.
    """

    forced: str | ColumnMap | None = None
    own: Sequence[ColumnMap] = ()
    frames: Sequence[KnownFrame] = ()
    new_numbers: bool = False
    owner: bool = False

    @property
    def is_named(self) -> bool:
        """True where somebody named the profile."""
        return isinstance(self.forced, str) and bool(self.forced)

    def only(self) -> ExportProfile | ColumnMap | None:
        """Return the one layout that is forced, None where the file may be in any. Raises UnknownProfileError."""
        if isinstance(self.forced, str):
            return profiles.profile(self.forced) if self.forced else None
        return self.forced


def read_file(path: Path, data: bytes, layouts: Layouts, today: date, key: bytes, step: Callable[[], None]) -> FileContent:
    """Read and judge a file; ``step`` is called now and then and may raise to stop.

    Raises children of IntakeError where the file as a whole cannot be used.
    """
    with asking(step):
        return _read(path, data, layouts, today, key)


def _read(path: Path, data: bytes, layouts: Layouts, today: date, key: bytes) -> FileContent:
    known, only = profiles.discover(), layouts.only()
    told = [(document, _recognised(document, only, known, layouts)) for document in documents_in(path.name, data)]
    claims = [(document, claim) for document, one in told if isinstance(one, Recognised) for claim in one.claims]
    recognised = [one for _, one in told if isinstance(one, Recognised)]
    without = [(document.name, one) for document, one in told if isinstance(one, KnownFrame)]
    if not claims:
        return FileContent(path.name, without[0][1].layout, without[0][1].kind, [])
    name = _only_layout(path.name, [claim for _, claim in claims])
    documents = list(dict.fromkeys(document.name for document, _ in claims))
    apart = business_date.are_dated_apart(documents)
    used: dict[str, Counter[tuple[str, bytes]]] = defaultdict(Counter)
    content = FileContent(path.name, name, claims[0][1].profile.kind, [], named_by_hand=layouts.is_named)
    content.new_numbers_said, content.owner_said = layouts.new_numbers, layouts.owner
    content.layout = next((one.layout for one in recognised if one.layout), None)
    content.notes += [note for one in recognised for note in one.notes]
    content.notes += [f"{name} holds no record." for name, _ in without]
    for document, claim in claims:
        # Exports of different days tell of the same bookings; parts of one export tell of different ones.
        _read_claim(content, document, claim, today, key, used[document.name if apart else ""])
        ask()
    _refuse_doubtful(content, recognised)
    _learn_order(content, known.keys(), layouts.own)
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
    document: Document, only: ExportProfile | ColumnMap | None, known: Mapping[str, ExportProfile], layouts: Layouts
) -> Recognised | KnownFrame:
    """Return how a document is to be read, or what it is an empty export of. Raises like ``recognise``."""
    ask()
    try:
        return recognise(document, only, known, layouts.own)
    except (UnknownLayoutError, EmptyFileError):
        empty = layout_of_empty(document, layouts.frames)
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
    if "property" in typed.words and not any(typed.words["property"].labels):
        # A column in which none is named says nothing.
        del typed.words["property"]
    if "property" in typed.words:
        if claim.profile.kind is Kind.BOOKINGS:
            settle_properties(typed)
        typed.verdicts.reject(flags(typed.words["property"], lambda label: not label), "the row names no property")
    header_date = business_date.in_preamble(claim.sheet.head, claim.header, typed.order)
    content.parts.append(Part(document.name, claim, typed, bookings, len(table.bad_rows), header_date, document.frame))
    if document.encoding not in ("", "utf-8"):
        content.notes.append(f"The text was read as {document.encoding}.")
