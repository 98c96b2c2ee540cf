"""Compare an export with the last ones of its layout and property, and keep what the next one is compared with."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from hotelml_app.core.bookings import FEWEST_LOST_SHARE
from hotelml_app.core.events import Warned
from hotelml_app.intake.doctor.compare import compare, gone_bookings, without_bookings, without_cancelled
from hotelml_app.intake.doctor.cut_off import cut_off
from hotelml_app.intake.doctor.findings import Finding, FindingKind, with_way_back
from hotelml_app.intake.doctor.lasting import LOST, RECORD, clear_settled, settle_lost, still_lost, warning_key
from hotelml_app.intake.doctor.many_rooms import too_many_rooms
from hotelml_app.intake.doctor.new_numbers import new_numbers
from hotelml_app.intake.doctor.no_nights import without_night
from hotelml_app.intake.doctor.pseudo_rooms import pseudo_rooms
from hotelml_app.intake.doctor.rebooked import rebooked_at_check_in
from hotelml_app.intake.doctor.renamed_types import renamed_types
from hotelml_app.intake.doctor.repriced import repriced
from hotelml_app.intake.doctor.short_reach import short_reach
from hotelml_app.intake.doctor.summary import MOST_CODES, ExportSummary, from_dict, summarise
from hotelml_app.intake.file_content import FileContent
from hotelml_app.intake.missing_bookings import look_for_missing
from hotelml_app.intake.profile import Kind
from hotelml_app.intake.report import PropertyShare
from hotelml_app.intake.values.words import header_word
from hotelml_app.store.corrected import missing
from hotelml_app.store.decided import data_settings
from hotelml_app.store.exported import bookings, imports
from hotelml_app.store.hotels import properties

OUTSIDE = "{name}: the Data page says what is odd about it."
KEPT = 7
"""How many exports are remembered for each layout."""
SAME_IN_CHANGES = 0.1
"""Share of an export of changes that may be as it was before, bookings touched in the PMS without a change that is told."""
SAME_COLUMNS = 0.6
"""Two layouts that share at least this much of their columns are the same report, changed."""


def examine(
    connection: sqlite3.Connection,
    content: FileContent,
    import_id: int,
    shares: Mapping[str, PropertyShare],
    business_date_from: str,
    now: datetime,
) -> tuple[Finding, ...]:
    """Return what is odd about a file just stored; ``shares`` are its properties by the names the file has for them.

    Bookings that are missing are taken as cancelled where that is sure.
    """
    found: list[Finding] = []
    for owner, share in shares.items():
        new = summarise(content, owner, share.business_date, business_date_from, now)
        earlier, known = _record(connection, content.profile, share.property_id, new.header)
        if currency := properties.get(connection, share.property_id).currency:
            known["currency"] = tuple(dict.fromkeys([*known.get("currency", ()), currency]))
        new = replace(new, of_changes=bool(earlier) and _is_of_changes(connection, import_id))
        own = [replace(one, property_name=share.name) for one in compare(new, earlier, known)]
        lost = look_for_missing(connection, content, owner, share.property_id, share.business_date, import_id, earlier)
        new = replace(new, share_seen=lost.share_seen)
        told = gone_bookings(lost)
        if content.kind is Kind.BOOKINGS:
            fewer = any(one.kind is FindingKind.FEWER_ROWS for one in own)
            told += [] if fewer else cut_off(connection, share.property_id, new, earlier)
            told += _of_bookings(connection, content, owner, share, import_id)
            told += short_reach(connection, content, owner, share.property_id, new, earlier)
        own = [with_way_back(one) for one in (*own, *(replace(one, property_name=share.name) for one in told))]
        if content.kind is Kind.REVIEWS:
            # Reviews say nothing about the hotel's day.
            own = [one for one in own if one.kind not in (FindingKind.DATE_STANDS_STILL, FindingKind.DATE_WENT_BACK)]
        lost_columns = still_lost(_of_layout(connection, content.profile, share.property_id), own, new.header)
        _keep(connection, content.profile, share.property_id, [new, *earlier], known, own, lost_columns)
        clear_settled(connection, content.profile, share.property_id, own, lost_columns, now)
        if content.kind is Kind.BOOKINGS:
            settle_lost(connection, share.property_id, new.header, now)
        found += own
    return tuple(found)


def _is_of_changes(connection: sqlite3.Connection, import_id: int) -> bool:
    """Return whether nearly every row of a file told something new: of a report that was cut off most would be as before."""
    row = imports.get(connection, import_id)
    return row is not None and row.unchanged + row.older <= SAME_IN_CHANGES * row.accepted


def _of_bookings(
    connection: sqlite3.Connection, content: FileContent, owner: str, share: PropertyShare, import_id: int
) -> list[Finding]:
    """Return what is odd about the bookings themselves and what became of those known."""
    return [
        *_without_cancelled(connection, share.property_id),
        *too_many_rooms(connection, share.property_id),
        *pseudo_rooms(content, owner),
        *repriced(connection, share.property_id, import_id),
        *renamed_types(connection, share.property_id, import_id, share.business_date),
        *without_night(content, owner),
        *(new_numbers(content, share.property_id) or rebooked_at_check_in(content, owner)),
    ]


def _without_cancelled(connection: sqlite3.Connection, property_id: int) -> list[Finding]:
    known = bookings.count(connection, property_id)
    return without_cancelled(known, missing.lost(connection, property_id, at_most=math.ceil(FEWEST_LOST_SHARE * known)))


def examine_empty(connection: sqlite3.Connection, content: FileContent, property_id: int) -> tuple[Finding, ...]:
    """Return what is odd about an export without a booking; the next one is compared with the last that had any."""
    header = [cell.strip() for part in content.parts for cell in part.claim.header.cells if cell.strip()]
    earlier, known = _record(connection, content.profile, property_id, header)
    if content.kind is not Kind.BOOKINGS or not earlier:
        return ()
    row = properties.get(connection, property_id)
    seen = missing.seen_once_more(connection, property_id, earlier[0].business_date)
    found = [replace(one, property_name=row.name) for one in without_bookings(*seen, row.business_date)]
    if found:
        lost = still_lost(_of_layout(connection, content.profile, property_id), (), ())
        _keep(connection, content.profile, property_id, earlier, known, found, lost)
    return tuple(found)


def warnings_of(findings: Sequence[Finding], profile: str, shares: Sequence[PropertyShare]) -> list[Warned]:
    """Return the warnings for what wants a person's eye."""
    ids = {share.name: share.property_id for share in shares}
    return [
        Warned(
            warning_key(profile, ids[one.property_name], one.kind),
            f"An export has {one.kind.value}",
            # Messages and the status of the home tell of all its hotels.
            f"{one.property_name}: {one.sentence}",
            one.remedy,
            outside=OUTSIDE.format(name=one.property_name),
        )
        for one in findings
        if one.wants_person and one.property_name in ids
    ]


@dataclass(frozen=True, slots=True)
class Examined:
    """The last export of a layout and what was odd about it."""

    layout: str
    last: ExportSummary
    findings: tuple[Finding, ...]


def examined(connection: sqlite3.Connection, property_id: int) -> list[Examined]:
    """Return the last export of each layout of a property, the newest first."""
    found = []
    for name, record in data_settings.all(connection, property_id).items():
        if name.startswith(RECORD) and isinstance(record, dict) and record["exports"]:
            kept = [{**one, "kind": FindingKind(one["kind"]), "details": tuple(one["details"])} for one in record["findings"]]
            findings = tuple(Finding(**one) for one in kept)
            found.append(Examined(name.removeprefix(RECORD), from_dict(record["exports"][0]), findings))
    return sorted(found, key=lambda one: one.last.received_at, reverse=True)


def _of_layout(connection: sqlite3.Connection, profile: str, property_id: int) -> object:
    return data_settings.get(connection, RECORD + profile, None, property_id)


def _record(
    connection: sqlite3.Connection, profile: str, property_id: int, header: Sequence[str]
) -> tuple[list[ExportSummary], dict[str, Sequence[str]]]:
    """Return the last exports of a layout, or of one with much the same columns, and all codes they had."""
    record = _of_layout(connection, profile, property_id) or _nearest(connection, property_id, header)
    if not isinstance(record, dict):
        return [], {}
    return [from_dict(one) for one in record["exports"]], {role: tuple(words) for role, words in record["codes"].items()}


def _nearest(connection: sqlite3.Connection, property_id: int, header: Sequence[str]) -> object:
    """Return the record of the layout most like these columns: an export that lost one may have become another layout."""
    words = {header_word(name) for name in header}
    best: tuple[float, object] = (SAME_COLUMNS, None)
    for name, record in data_settings.all(connection, property_id).items():
        if name.startswith(RECORD) and isinstance(record, dict) and record["exports"]:
            others = {header_word(str(one)) for one in record["exports"][0]["header"]}
            best = max(best, (len(words & others) / max(1, len(words | others)), record), key=lambda one: one[0])
    return best[1]


def _keep(
    connection: sqlite3.Connection,
    profile: str,
    property_id: int,
    exports: Sequence[ExportSummary],
    known: Mapping[str, Sequence[str]],
    findings: Sequence[Finding],
    lost: Sequence[str] = (),
) -> None:
    codes = {role: list(dict.fromkeys([*known.get(role, ()), *words]))[:MOST_CODES] for role, words in exports[0].codes.items()}
    record = {
        "exports": [one.as_dict() for one in exports[:KEPT]],
        "codes": {**{role: list(words) for role, words in known.items()}, **codes},
        "findings": [asdict(one) for one in findings],
        LOST: list(lost),
    }
    data_settings.put(connection, RECORD + profile, record, property_id)


def join_records(connection: sqlite3.Connection, gone: int, stays: int) -> None:
    """Compare the next exports of one property with the last of another as well; what was odd is told of the newest alone."""
    for name, theirs in data_settings.all(connection, gone).items():
        ours = data_settings.get(connection, name, None, stays)
        if not (name.startswith(RECORD) and isinstance(theirs, dict) and isinstance(ours, dict)):
            continue
        exports = [from_dict(one) for record in (ours, theirs) for one in record["exports"]]
        newest = max((ours, theirs), key=lambda record: max((one["received_at"] for one in record["exports"]), default=""))
        codes = {
            role: list(dict.fromkeys([*ours["codes"].get(role, ()), *theirs["codes"].get(role, ())]))[:MOST_CODES]
            for role in {**ours["codes"], **theirs["codes"]}
        }
        exports.sort(key=lambda one: one.received_at, reverse=True)
        record = {"exports": [one.as_dict() for one in exports[:KEPT]], "codes": codes, "findings": newest["findings"]}
        data_settings.put(connection, name, record, stays)
