"""What stood around the records of a property's XML and JSON exports, so that one without any record is known again.

Such an export has no names of columns. It is taken for a layout only where nothing is left of the records' own element and
everything in it was in an export of that layout before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hotelml_app.intake.owners import find_or_former
from hotelml_app.intake.profile import Kind
from hotelml_app.intake.readers.opening import Document
from hotelml_app.store.decided import data_settings
from hotelml_app.store.hotels import properties

FRAMES = "frames of exports"
KEPT = 40


@dataclass(frozen=True)
class KnownFrame:
    """A layout, and what its exports have around the records, which stand in ``sheet``."""

    layout: str
    kind: Kind
    root: str
    inside: frozenset[str]
    sheet: str

    def is_around(self, document: Document) -> bool:
        """Return whether a document is an export of this layout without a record."""
        frame = document.frame
        # Records under another name would be many; totals and parameters of a report stand alone.
        return (
            frame is not None
            and frame.root == self.root
            and frame.inside <= self.inside
            and not any(_is_within(sheet.name, self.sheet) or len(sheet.head) > 2 for sheet in document.sheets)
        )


def layout_of_empty(document: Document, known: Iterable[KnownFrame]) -> KnownFrame | None:
    """Return the layout that a document without records is in, or None where none or several fit."""
    fitting = {one.layout: one for one in known if one.is_around(document)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def remember_frames(connection: sqlite3.Connection, frames: Sequence[KnownFrame], property_ids: Iterable[int]) -> None:
    """Keep what stood around the records of an export of these properties."""
    for property_id in property_ids if frames else ():
        kept = _kept(connection, property_id)
        for one in frames:
            before = next((other for other in kept if _same_report(other, one)), None)
            if before is not None and one.inside <= before.inside:
                continue
            merged = KnownFrame(
                one.layout, one.kind, one.root, one.inside | (before.inside if before else frozenset()), one.sheet
            )
            kept = [merged, *(other for other in kept if not _same_report(other, one))][:KEPT]
            data_settings.put(connection, FRAMES, [_as_dict(other) for other in kept], property_id)


def known_frames(connection: sqlite3.Connection, property_name: str | None) -> list[KnownFrame]:
    """Return what is known of a property's exports; of those of all properties where none is named."""
    named = find_or_former(connection, property_name) if property_name is not None else None
    ids = [named.id] if named is not None else [row.id for row in properties.all(connection)]
    return [one for property_id in ids for one in _kept(connection, property_id)]


def join_frames(connection: sqlite3.Connection, gone: int, stays: int) -> None:
    """Keep for one property what is known of the exports of another as well."""
    remember_frames(connection, _kept(connection, gone), [stays])


def _same_report(one: KnownFrame, other: KnownFrame) -> bool:
    return (one.layout, one.root, one.sheet) == (other.layout, other.root, other.sheet)


def _is_within(name: str, sheet: str) -> bool:
    return name == sheet or name.startswith(f"{sheet}/")


def _kept(connection: sqlite3.Connection, property_id: int) -> list[KnownFrame]:
    kept = data_settings.get(connection, FRAMES, [], property_id)
    return [_from_dict(one) for one in kept if isinstance(one, dict)] if isinstance(kept, list) else []


def _as_dict(one: KnownFrame) -> dict[str, object]:
    return {"layout": one.layout, "kind": one.kind.value, "root": one.root, "inside": sorted(one.inside), "sheet": one.sheet}


def _from_dict(kept: dict[str, object]) -> KnownFrame:
    inside = kept["inside"]
    names = frozenset(map(str, inside)) if isinstance(inside, list) else frozenset[str]()
    return KnownFrame(str(kept["layout"]), Kind(str(kept["kind"])), str(kept["root"]), names, str(kept["sheet"]))
