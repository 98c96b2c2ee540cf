"""Taking imports back: what each changed is kept as it was before, for the latest ones of every property.

The changes of an import are noted while it is written, and put back newest import first. What came new is known by its id.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from hotelml_app.store.corrected.renumbering import renumber
from hotelml_app.store.decided import staff_decisions
from hotelml_app.store.errors import StoreError
from hotelml_app.store.exported import bookings, imports
from hotelml_app.store.exported.imports import ImportRow
from hotelml_app.store.sqlite.before_images import Change, Recording, Watched, put_back
from hotelml_app.store.values import json_text

KEPT = 30
"""So many imports of each property can be taken back: a month of daily exports."""

_WATCHED = (
    Watched("bookings", ("id",), new_from="id", inserts=False),
    Watched("booking_states", ("booking_id", "as_of"), new_from="booking_id"),
    Watched("reviews", ("id",), new_from="id", inserts=False),
    Watched("review_sightings", ("review_id",), new_from="review_id"),
    Watched("nightly_statistics", ("property_id", "stay_date", "room_type", "as_of")),
    Watched("room_types", ("property_id", "code"), shared=True),
    Watched("properties", ("id",), new_from="id", shared=True, columns=("business_date", "currency"), inserts=False),
    # What belongs to the whole home tells of files, not of a property.
    Watched("data_settings", ("property_id", "name"), shared=True, only="{row}.property_id > 0"),
)
_NEW = {"bookings": "bookings", "booking_states": "bookings", "reviews": "reviews", "review_sightings": "reviews"}
"""By the ids of which table the rows of another are new."""


_DECIDED = "decided of rooms"
"""In the place of a table: what staff had decided."""


class NotTakenBackError(StoreError):
    """An import cannot be taken back."""

    title = "This import cannot be taken back"


class ImportRecording:
    """Notes what an import changes, from before its first row is written. Inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._first = {table: _next_id(connection, table) for table in ("bookings", "reviews", "properties")}
        first_new = {**{table: self._first[of] for table, of in _NEW.items()}, "properties": self._first["properties"]}
        self._rooms = staff_decisions.rooms_told(connection)
        self._recording = Recording(connection, _WATCHED, first_new)

    def keep(self, import_id: int) -> None:
        """Keep what was noted with the import, and forget that of the oldest ones."""
        packed = zlib.compressobj()
        found = chain(self._recording.finish(), self._decided(import_id))
        changes = b"".join(packed.compress(_line(change)) for change in found) + packed.flush()
        self._connection.execute(
            "INSERT INTO import_undo (import_id, first_booking, first_review, first_property, changes) VALUES (?, ?, ?, ?, ?)",
            (import_id, *self._first.values(), changes),
        )
        self._connection.execute(
            "DELETE FROM import_undo WHERE import_id NOT IN (SELECT import_id FROM (SELECT import_id,"
            " row_number() OVER (PARTITION BY property_id ORDER BY import_id DESC) place"
            " FROM import_properties JOIN import_undo USING (import_id)) WHERE place <= ?)",
            (KEPT,),
        )

    def _decided(self, import_id: int) -> Iterator[Change]:
        """Yield what staff had decided of the rooms: pages take from it what an export says is over."""
        for owner in _owners(self._connection, {import_id}) & self._rooms.keys():
            yield Change(_DECIDED, {"property_id": owner}, {"rooms": json.dumps(self._rooms[owner])}, None)


def kept(connection: sqlite3.Connection) -> set[int]:
    """Return the imports of which is known what they changed."""
    return {number for (number,) in connection.execute("SELECT import_id FROM import_undo")}


def forget(connection: sqlite3.Connection, property_ids: Iterable[int]) -> None:
    """Forget what imports changed of some properties: their rows were changed since by something else."""
    connection.execute(
        "DELETE FROM import_undo WHERE import_id IN (SELECT import_id FROM import_properties"
        " WHERE property_id IN (SELECT value FROM json_each(?)))",
        (json_text(list(property_ids)),),
    )


def with_later(connection: sqlite3.Connection, import_id: int) -> tuple[list[ImportRow], set[int]]:
    """Return the import and those after it that have to be taken back before it, newest first, and their properties.

    Raises NotTakenBackError.
    """
    wanted = imports.get(connection, import_id)
    if wanted is None or wanted.status != imports.DONE:
        raise NotTakenBackError("Nothing was taken in with it.", remedy="Choose an import that brought something.")
    found, owners = {import_id}, _owners(connection, {import_id})
    while True:
        later = set(imports.changing(connection, owners, import_id))
        if later <= found:
            break
        found |= later
        owners |= _owners(connection, later)
    rows = [row for number in sorted(found, reverse=True) if (row := imports.get(connection, number)) is not None]
    known = kept(connection)
    lost = next((row for row in reversed(rows) if row.id not in known), None)
    if lost is not None:
        raise NotTakenBackError(_why_not(lost, wanted), remedy="Put back a backup from before it: Settings, or hotelml restore.")
    return rows, owners


def _why_not(lost: ImportRow, wanted: ImportRow) -> str:
    if lost.status == imports.JOINED:
        return f"{lost.message.rstrip('.')} since then: bookings of both are one by now."
    if lost.id == wanted.id:
        return f"What was known before {wanted.file_name} is not kept any more."
    return f"{lost.file_name} came later, and what was known before it is not kept any more."


def take_back(connection: sqlite3.Connection, rows: Sequence[ImportRow], owners: set[int]) -> None:
    """Make what imports changed what it was before; ``rows`` and ``owners`` are from `with_later`, in the same transaction."""
    # Rows that others refer to go and come back.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for row in rows:
        _take_back(connection, row.id, owners)


def _take_back(connection: sqlite3.Connection, import_id: int, owners: set[int]) -> None:
    first_booking, first_review, first_property, packed = connection.execute(
        "SELECT first_booking, first_review, first_property, changes FROM import_undo WHERE import_id = ?", (import_id,)
    ).fetchone()
    ids, of_theirs = json_text(sorted(owners)), "IN (SELECT value FROM json_each(?))"
    new = f"id >= ? AND property_id {of_theirs}"
    connection.execute(f"UPDATE properties SET business_date = NULL WHERE id >= ? AND id {of_theirs}", (first_property, ids))
    connection.execute(
        f"DELETE FROM booking_states WHERE booking_id IN (SELECT id FROM bookings WHERE {new})", (first_booking, ids)
    )
    connection.execute(f"DELETE FROM bookings WHERE {new}", (first_booking, ids))
    connection.execute(f"DELETE FROM reviews WHERE {new}", (first_review, ids))
    told = list(_lines(packed))
    changes = [one for one in told if one.table != _DECIDED]
    for owner in owners:
        known = set(bookings.ids(connection, owner).values())
        # What staff decided since goes by the numbers of now, and follows.
        renumber(connection, owner, {number: former for number, former in _renumbered(changes) if number in known})
    put_back(connection, changes)
    for one in (one for one in told if one.table == _DECIDED):
        staff_decisions.give_back(connection, int(str(one.key["property_id"])), json.loads(str((one.before or {})["rooms"])))
    connection.execute("DELETE FROM rejected_rows WHERE import_id = ?", (import_id,))
    connection.execute("DELETE FROM import_undo WHERE import_id = ?", (import_id,))


def _renumbered(changes: Iterable[Change]) -> Iterator[tuple[int, str]]:
    """Yield the bookings that got other numbers, by id, with their former ones."""
    for one in changes:
        if one.table == "bookings" and one.before and one.after is not None and "reservation_id" in one.before:
            yield int(str(one.key["id"])), str(one.before["reservation_id"])


def new_properties(connection: sqlite3.Connection, rows: Sequence[ImportRow]) -> set[int]:
    """Return the properties that nobody knew before these imports."""
    found = set[int]()
    for row in rows:
        first = connection.execute("SELECT first_property FROM import_undo WHERE import_id = ?", (row.id,)).fetchone()
        found |= {number for number in _owners(connection, {row.id}) if first is not None and number >= first[0]}
    return found


def changed_bookings(connection: sqlite3.Connection, rows: Sequence[ImportRow], property_id: int) -> int:
    """Return how many bookings of a property that were known before imports tell something else since."""
    changed, first = set[int](), None
    for row in rows:
        query = "SELECT first_booking, changes FROM import_undo WHERE import_id = ?"
        # The rows come newest first: what is new since the oldest was not known before.
        first, packed = connection.execute(query, (row.id,)).fetchone()
        # That a booking was seen once more changes nothing of it.
        changed |= {int(str(one.key["booking_id"])) for one in _lines(packed, of="booking_states")}
    query = (
        "SELECT count(*) FROM json_each(?) changed CROSS JOIN bookings b ON b.id = changed.value"
        " WHERE b.property_id = ? AND b.id < ?"
    )
    return int(connection.execute(query, (json_text(sorted(changed)), property_id, first)).fetchone()[0])


def _owners(connection: sqlite3.Connection, import_ids: set[int]) -> set[int]:
    rows = connection.execute(
        "SELECT property_id FROM import_properties WHERE import_id IN (SELECT value FROM json_each(?))",
        (json_text(sorted(import_ids)),),
    )
    return {number for (number,) in rows}


def _next_id(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])


def _line(change: Change) -> bytes:
    parts = ({n: _plain(v) for n, v in part.items()} if part is not None else None for part in change[1:])
    told = [change.table, *parts]
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def _lines(packed: bytes, of: str = "") -> Iterator[Change]:
    """Yield the changes, those of one table where one is named: of a full export nearly all tell that a booking was seen."""
    begin = f'["{of}'.encode()
    for line in filter(lambda line: line.startswith(begin), zlib.decompress(packed).splitlines()):
        table, key, before, after = json.loads(line)
        yield Change(table, _values(key) or {}, _values(before), _values(after))


def _plain(value: object) -> object:
    return {"hex": value.hex()} if isinstance(value, bytes) else value


def _values(part: dict[str, object] | None) -> dict[str, object] | None:
    if part is None:
        return None
    return {name: bytes.fromhex(str(value["hex"])) if isinstance(value, dict) else value for name, value in part.items()}
