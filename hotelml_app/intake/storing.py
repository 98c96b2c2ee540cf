"""One file into the database: bookings, reviews, rejected rows and the import itself, in one transaction or not at all."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import numpy as np

from hotelml_app.core.clock import day_of
from hotelml_app.intake.completing import Untold, complete_booked_on, keep_known, kept_notes
from hotelml_app.intake.dating.file_dates import business_dates
from hotelml_app.intake.dating.several_exports import days_of
from hotelml_app.intake.doctor.findings import Finding
from hotelml_app.intake.file_content import FileContent, Part
from hotelml_app.intake.numbering.new_numbers import end_left_over
from hotelml_app.intake.numbering.renumbering import renumbered
from hotelml_app.intake.owners import ALIASES, REVIEWED_AS, owners
from hotelml_app.intake.profile import Kind
from hotelml_app.intake.renamed import known_under_another
from hotelml_app.intake.report import PropertyShare
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.records import Rows, records
from hotelml_app.intake.rows.review_rows import reviews
from hotelml_app.intake.rows.statistics_rows import statistics
from hotelml_app.store.corrected.missing import Span
from hotelml_app.store.exported import bookings as booking_table
from hotelml_app.store.exported import imports
from hotelml_app.store.exported import reviews as review_table
from hotelml_app.store.exported import statistics as statistics_table
from hotelml_app.store.exported.bookings import UpsertCounts
from hotelml_app.store.hotels import properties

CODE_LETTERS = 3
"""ISO 4217 codes have so many."""


@dataclass
class Stored:
    """What was written for a file."""

    import_id: int
    row: imports.ImportRow
    shares: list[PropertyShare] = field(default_factory=list)
    by_name: dict[str, PropertyShare] = field(default_factory=dict)
    """The shares by the names the file has for the properties."""
    findings: tuple[Finding, ...] = ()


@dataclass
class _Writing:
    """The writing of a file: where to, how far it is, how many bookings were completed with which columns.

    ``untold`` are the days of booking that a property's first export lacks.
    """

    connection: sqlite3.Connection
    content: FileContent
    import_id: int
    total: int
    progress: Callable[[float], None]
    done: int = 0
    kept: Counter[tuple[str, ...]] = field(default_factory=Counter)
    untold: Untold = field(default_factory=Untold)

    def show(self, rows: int) -> None:
        self.progress(rows / max(1, self.total))


def store_content(
    connection: sqlite3.Connection,
    content: FileContent,
    draft: imports.ImportRow,
    default_property: str | None,
    progress: Callable[[float], None],
) -> Stored:
    """Write everything a file holds and return what was written. ``draft`` is the import as known before."""
    dates, found = business_dates(content, draft.received_at.astimezone().date())
    known = partial(known_under_another, connection, content)
    kept_as = REVIEWED_AS if content.kind is Kind.REVIEWS else ALIASES
    ids = owners(connection, list(dates), default_property, draft.received_at, known, kept_as)
    import_id = imports.record(connection, draft)
    stored = Stored(import_id, draft)
    counts, writing = UpsertCounts(), _Writing(connection, content, import_id, content.taken, progress)
    parts = _oldest_first(content, draft.received_at.astimezone().date())
    for name, property_id in ids.items():
        share, had_bookings = UpsertCounts(), booking_table.count(connection, property_id) > 0
        for as_of, part in parts:
            share += _store_part(writing, part, part.rows_of(name), property_id, as_of or dates[name])
            if not had_bookings and part.bookings is not None:
                writing.untold.add(part.bookings, part.rows_of(name), as_of or dates[name])
        day = _move_day(connection, content.kind, property_id, dates[name], had_bookings=had_bookings)
        imports.add_property(connection, import_id, property_id, day, share.accepted)
        stored.shares.append(PropertyShare(properties.get(connection, property_id).name, property_id, day, share.accepted))
        stored.by_name[name] = stored.shares[-1]
        counts += share
    content.notes += kept_notes(writing.kept) + writing.untold.notes()
    imports.add_rejected(connection, import_id, content.rejected)
    stored.row = _final(content, draft, counts, max(dates.values(), default=None), found if dates else "")
    imports.rewrite(connection, import_id, stored.row)
    return stored


def _oldest_first(content: FileContent, today: date) -> list[tuple[date | None, Part]]:
    """Return the parts with the days they count for, the oldest first; None is the day of the whole file."""
    own = days_of(content.parts, today)
    if own is None:
        return [(None, part) for part in content.parts]
    return [(own[place], content.parts[place]) for place in sorted(range(len(own)), key=lambda place: own[place])]


def _store_part(writing: _Writing, part: Part, wanted: Rows, property_id: int, as_of: date) -> UpsertCounts:
    connection, import_id, before = writing.connection, writing.import_id, writing.done
    writing.done += len(wanted)
    if part.claim.profile.kind is Kind.STATISTICS:
        return _store_statistics(connection, part, wanted, property_id, import_id, as_of)
    if part.bookings is None:
        counts = review_table.apply(connection, property_id, import_id, as_of, reviews(part.typed, wanted))
        return UpsertCounts(counts.created, counts.changed, counts.unchanged, counts.older)
    held, taken = properties.get(connection, property_id).business_date, len(writing.content.new_numbers)
    rows = renumbered(connection, writing.content, part.bookings, wanted, property_id, as_of)
    kept = keep_known(connection, property_id, rows, wanted, as_of)
    writing.kept[kept.columns] += kept.bookings
    rows, booked_on = kept.rows, complete_booked_on(connection, property_id, kept.rows, wanted, as_of)
    room_types = {rows.words["room_type"].labels[code] for code in np.unique(rows.words["room_type"].codes[wanted]).tolist()}
    properties.ensure_room_types(connection, property_id, sorted(room_types))
    _learn_currency(connection, property_id, rows, wanted)
    told = records(rows, wanted, booked_on, lambda row: writing.show(before + row))
    done = booking_table.apply(connection, property_id, import_id, as_of, told)
    if held is not None and len(writing.content.new_numbers) > taken:
        span, known = Span(held, day_of(int(rows.arrival[wanted].max()))), writing.content.new_numbers.pop()
        ended = end_left_over(connection, property_id, import_id, as_of, span)
        writing.content.new_numbers.append(replace(known, cancelled=ended))
    return done


def _store_statistics(
    connection: sqlite3.Connection, part: Part, wanted: Rows, property_id: int, import_id: int, as_of: date
) -> UpsertCounts:
    known = {(row.stay_date, row.room_type): row for row in statistics_table.all(connection, property_id, as_of)}
    counts, rows = UpsertCounts(), list(statistics(part.typed, wanted, as_of))
    for row in rows:
        before = known.get((row.stay_date, row.room_type))
        same, new = before == row, before is None
        counts += UpsertCounts(created=int(new), changed=int(not new and not same), unchanged=int(same))
    statistics_table.apply(connection, property_id, import_id, rows)
    return counts


def _learn_currency(connection: sqlite3.Connection, property_id: int, rows: BookingRows, wanted: Rows) -> None:
    """Take the currency from the bookings where nobody told it and all of them name one and the same."""
    if properties.get(connection, property_id).currency or "currency" not in rows.words:
        return
    column = rows.words["currency"]
    named = {column.labels[code] for code in np.unique(column.codes[wanted]).tolist()} - {""}
    if len(named) == 1 and (code := named.pop()).isalpha() and len(code) == CODE_LETTERS:
        properties.update(connection, property_id, currency=code.upper())


def _move_day(connection: sqlite3.Connection, kind: Kind, property_id: int, day: date, *, had_bookings: bool) -> date:
    """Move the property's business date as far as the export may, and return the day that the export counts from."""
    if kind is Kind.BOOKINGS:
        if had_bookings:
            properties.set_business_date(connection, property_id, day)
        else:
            # Until now reviews or nightly figures may have told the day; of the books they knew nothing.
            properties.begin_at(connection, property_id, day)
    elif not had_bookings:
        properties.set_business_date(connection, property_id, day)
    elif kind is Kind.REVIEWS and (held := properties.get(connection, property_id).business_date) is not None:
        # Reviews and nightly figures must not make old bookings look fresh.
        return min(day, held)
    return day


def _final(
    content: FileContent, draft: imports.ImportRow, counts: UpsertCounts, day: date | None, found: str
) -> imports.ImportRow:
    return replace(
        draft,
        profile=content.profile,
        business_date=day,
        business_date_from=found,
        rows_read=content.rows_read,
        accepted=counts.accepted,
        created=counts.created,
        changed=counts.changed,
        unchanged=counts.unchanged,
        older=counts.older,
        rejected=len(content.rejected),
        ignored=content.ignored,
        message=_message(content, counts),
        notes=tuple(dict.fromkeys(content.notes)),
    )


def _message(content: FileContent, counts: UpsertCounts) -> str:
    what = {Kind.BOOKINGS: "booking", Kind.REVIEWS: "review", Kind.STATISTICS: "night"}[content.kind]
    parts = [f"{counts.created:,} new", f"{counts.changed:,} changed", f"{counts.unchanged:,} unchanged"]
    parts += [f"{counts.older:,} older than what is known"] if counts.older else []
    parts += [f"{len(content.rejected):,} rejected"] if content.rejected else []
    return f"{counts.accepted:,} {what}{'' if counts.accepted == 1 else 's'}: {', '.join(parts)}."
