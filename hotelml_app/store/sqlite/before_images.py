"""Rows as they were before a transaction changed them: noted by triggers while it writes, and put back on request.

Of each row the first thing noted counts, so the order of the changes does not matter. What a trigger notes lies in temporary
tables, which go when the recording ends, or with the transaction that is rolled back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

Row = dict[str, Any]


class Watched(NamedTuple):
    """A table of which changes are noted: that of its ``columns``, all where none are named, by its primary ``key``.

    ``new_from`` is the column by which a row is new where it holds the first new id or a later one: such rows are not noted,
    they go as a whole. Of a table that staff write in as well, ``shared``, a value is put back only where it still is what the
    transaction wrote.
    """

    name: str
    key: tuple[str, ...]
    new_from: str = ""
    shared: bool = False
    columns: tuple[str, ...] = ()
    only: str = ""
    """A condition on {row}, which stands for the row, where not all of them are noted."""
    inserts: bool = True
    """Whether rows that come are noted; not needed where all of them have new ids."""


class Change(NamedTuple):
    """What happened to one row: its key, the values before and after of what differs; None where it did not exist."""

    table: str
    key: Row
    before: Row | None
    after: Row | None


class Recording:
    """Notes what happens to watched tables from now until ``finish``, inside the caller's transaction.

    ``first_new`` are the ids from which rows are new, by table.
    """

    def __init__(self, connection: sqlite3.Connection, tables: Iterable[Watched], first_new: Mapping[str, int]) -> None:
        self._connection, self._tables = connection, tuple(tables)
        self._columns = {one.name: one.columns or tuple(_columns(connection, one.name)) for one in self._tables}
        self._triggers: list[str] = []
        for table in self._tables:
            columns = dict.fromkeys((*table.key, *self._columns[table.name]))
            types = _columns(connection, table.name)
            # With the types of the table itself: without them no row is found by its key, but by looking at all of them.
            told = ", ".join(f'"{name}" {types[name]}' for name in columns)
            connection.execute(f"CREATE TEMP TABLE {_noted(table)} ({told}, existed, PRIMARY KEY ({', '.join(table.key)}))")
            for trigger in _triggers(table, tuple(columns), first_new.get(table.name, 0)):
                connection.execute(trigger)

    def finish(self) -> Iterator[Change]:
        """Yield what differs now from what was, row by row; nothing is noted any more once all of it was asked for."""
        for table in self._tables:
            for trigger in ("insert", "update", "delete", "key"):
                self._connection.execute(f"DROP TRIGGER IF EXISTS temp.{_noted(table)}_{trigger}")
        for table in self._tables:
            yield from self._differences(table)
            self._connection.execute(f"DROP TABLE temp.{_noted(table)}")

    def _differences(self, table: Watched) -> Iterator[Change]:
        columns = tuple(dict.fromkeys((*table.key, *self._columns[table.name])))
        was, now = (", ".join(f"{side}.{name}" for name in columns) for side in ("was", "now"))
        rows = self._connection.execute(
            f"SELECT was.existed, now.{table.key[0]} IS NOT NULL, {was}, {now}"
            f" FROM temp.{_noted(table)} was LEFT JOIN main.{table.name} now ON {_same('was', 'now', table)}"
        )
        for existed, exists, *values in rows:
            before, after = (dict(zip(columns, half, strict=True)) for half in (values[: len(columns)], values[len(columns) :]))
            key = {name: before[name] for name in table.key}
            if existed and exists:
                differing = [name for name in columns if before[name] != after[name]]
                if differing:
                    changed = {name: after[name] for name in differing} if table.shared else {}
                    yield Change(table.name, key, {name: before[name] for name in differing}, changed)
            elif existed:
                yield Change(table.name, key, before, None)
            elif exists:
                yield Change(table.name, key, None, after if table.shared else {})


def put_back(connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
    """Make rows what they were; those that took the place of others must be gone. Inside the caller's transaction."""
    gained: list[Change] = []
    rest: list[Change] = []
    for change in changes:
        (gained if change.before is None else rest).append(change)
    for one in gained:
        # Of a row that staff changed since, what they said stays.
        where, values = _matching({**one.key, **(one.after or {})})
        connection.execute(f"DELETE FROM {one.table} WHERE {where}", values)
    for one in rest:
        _restore(connection, one)


def _restore(connection: sqlite3.Connection, change: Change) -> None:
    before = change.before or {}
    if change.after is None:
        names = ", ".join(before)
        marks = ", ".join("?" * len(before))
        connection.execute(f"INSERT OR IGNORE INTO {change.table} ({names}) VALUES ({marks})", list(before.values()))
        return
    where, key = _matching(change.key)
    if not change.after:
        assignments = ", ".join(f"{name} = ?" for name in before)
        connection.execute(f"UPDATE {change.table} SET {assignments} WHERE {where}", [*before.values(), *key])
        return
    for name, value in before.items():
        connection.execute(
            f"UPDATE {change.table} SET {name} = ? WHERE {where} AND {name} IS ?", [value, *key, change.after[name]]
        )


def _matching(values: Row) -> tuple[str, list[Any]]:
    return " AND ".join(f"{name} IS ?" for name in values), list(values.values())


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """Return the types of the columns of a table, by name."""
    return dict(connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall())


def _same(one: str, other: str, table: Watched) -> str:
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in table.key)


def _noted(table: Watched) -> str:
    return f"before_{table.name}"


def _triggers(table: Watched, columns: tuple[str, ...], first_new: int) -> Iterator[str]:
    """Yield the statements that make the triggers of a table."""
    name, noted = table.name, _noted(table)
    told = ", ".join(columns)

    def trigger(which: str, moment: str, row: str, *notes: str) -> str:
        conditions = [f"{row}.{table.new_from} < {first_new:d}"] if table.new_from else []
        conditions += [table.only.format(row=row)] if table.only else []
        when = f" WHEN {' AND '.join(conditions)}" if conditions else ""
        return f"CREATE TEMP TRIGGER {noted}_{which} {moment} ON main.{name}{when} BEGIN {'; '.join(notes)}; END"

    def note(row: str, values: Iterable[str], source: str = "") -> str:
        # Not OR IGNORE: whatever the statement that changes the row says of conflicts would count for this one, too.
        unknown = f"NOT EXISTS (SELECT 1 FROM {noted} known WHERE {_same('known', row, table)})"
        return f"INSERT INTO {noted} ({told}, existed) SELECT {', '.join(values)} {source} WHERE {unknown}"

    old = note("old", (*(f"old.{one}" for one in columns), "1"))
    new = note("new", (*(f"new.{one}" if one in table.key else "NULL" for one in columns), "0"))
    # Before the row comes: of one that it replaces no other trigger hears.
    here = note("new", (*(f"here.{one}" for one in columns), "1"), f"FROM {name} here")
    if table.inserts:
        yield trigger("insert", "BEFORE INSERT", "new", f"{here} AND {_same('here', 'new', table)}", new)
    of = f" OF {', '.join(table.columns)}" if table.columns else ""
    yield trigger("update", f"BEFORE UPDATE{of}", "old", old)
    yield trigger("key", f"AFTER UPDATE OF {', '.join(table.key)}", "new", new)
    yield trigger("delete", "BEFORE DELETE", "old", old)
