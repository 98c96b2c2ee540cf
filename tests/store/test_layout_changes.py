from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hotel_rows import new_property
from sqlite_utils import Database

from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store
from hotelml_app.store.errors import MigrationError, NewerDatabaseError
from hotelml_app.store.hotels import properties
from hotelml_app.store.sqlite import backups, schema
from hotelml_app.store.sqlite.schema import Migration

Ship = Callable[..., tuple[Migration, ...]]


@pytest.fixture
def ship(monkeypatch: pytest.MonkeyPatch) -> Ship:
    """Publish a later HotelML whose layout has further changes."""

    def publish(*scripts: str) -> tuple[Migration, ...]:
        first = schema.migrations()
        later = (*first, *(Migration(len(first) + i, f"m{i}", sql) for i, sql in enumerate(scripts, start=1)))
        monkeypatch.setattr(schema, "migrations", lambda: later)
        return later

    return publish


def version(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return schema.version_of(connection)
    finally:
        connection.close()


def test_the_changes_are_found_where_the_program_is_installed() -> None:
    assert [migration.number for migration in schema.migrations()] == list(range(1, schema.newest_version() + 1))


def test_every_statement_of_a_change_is_its_own(store: Store) -> None:
    script = "-- a comment; with a semicolon\nCREATE TABLE a (x); -- and one more;\n\n"
    script += "CREATE TABLE b (\n  y TEXT -- why; not\n);\n-- end\n"
    assert len(list(schema.statements(script))) == 2
    with pytest.raises(ValueError, match="no end"):
        list(schema.statements("CREATE TABLE a (x)"))
    with store.read() as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"properties", "bookings", "booking_states", "predictions", "training_data_points"} <= tables


def test_a_later_hotelml_keeps_the_data_and_makes_a_backup_first(store: Store, clock: FixedClock, ship: Ship) -> None:
    with store.write() as connection:
        new_property(connection)
    store.close()
    later = ship("ALTER TABLE properties ADD COLUMN stars INTEGER;", "CREATE TABLE minibars (id INTEGER PRIMARY KEY) STRICT;")
    with Store.open(store.path, clock) as opened, opened.read() as connection:
        assert [row.name for row in properties.all(connection)] == ["Grand Hotel"]
        assert connection.execute("SELECT stars FROM properties").fetchone() == (None,)
    assert version(store.path) == later[-1].number
    (copy,) = backups.all_backups(store.backup_folder)
    assert version(copy) == later[-1].number - 2
    assert backups.is_good(copy)


def test_a_new_home_needs_no_backup(store: Store) -> None:
    assert backups.all_backups(store.backup_folder) == []


def test_opening_again_changes_nothing_and_copies_nothing(store: Store, clock: FixedClock) -> None:
    store.close()
    before = store.path.read_bytes()
    Store.open(store.path, clock).close()
    assert store.path.read_bytes() == before
    assert backups.all_backups(store.backup_folder) == []


def test_a_change_that_fails_in_the_middle_leaves_the_layout_as_it_was(store: Store, clock: FixedClock, ship: Ship) -> None:
    store.close()
    before = version(store.path)
    ship("CREATE TABLE fine (x) ;", "CREATE TABLE half (x);\nINSERT INTO half VALUES (1);\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(MigrationError, match="nowhere"):
        Store.open(store.path, clock)
    connection = sqlite3.connect(store.path)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert version(store.path) == before + 1
    assert "fine" in tables
    assert "half" not in tables


def test_a_change_that_would_orphan_rows_is_refused(store: Store, clock: FixedClock, ship: Ship) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        properties.ensure_room_types(connection, hotel, ["A"])
    store.close()
    ship("DELETE FROM properties;")
    with pytest.raises(MigrationError, match="room_types"):
        Store.open(store.path, clock)


def test_a_change_may_rebuild_a_table_that_others_refer_to(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        properties.ensure_room_types(connection, hotel, ["A"])

    class Rebuild(Migration):
        def apply(self, database: Database) -> None:
            database.table("properties").transform(rename={"country": "land"})

    change = Rebuild(schema.newest_version() + 1, "rebuild")
    assert schema.migrate(store.database, [change]) == 1
    with store.write() as connection:
        assert connection.execute("SELECT land, name FROM properties").fetchone() == ("", "Grand Hotel")
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_going_back_to_the_earlier_hotelml_is_refused(
    store: Store, clock: FixedClock, ship: Ship, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    first = schema.migrations()
    ship("CREATE TABLE later (x);")
    Store.open(store.path, clock).close()
    monkeypatch.setattr(schema, "migrations", lambda: first)
    with pytest.raises(NewerDatabaseError):
        Store.open(store.path, clock)


def package(folder: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> None:
    """Put a package of layout changes in the place of the program's own."""
    place = folder / "changes_of_a_test"
    place.mkdir()
    for name, text in {"__init__.py": "", **{name.replace("__", "."): text for name, text in files.items()}}.items():
        (place / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.delitem(sys.modules, "changes_of_a_test", raising=False)
    monkeypatch.setattr(schema, "_PACKAGE", "changes_of_a_test")


def test_scripts_and_python_changes_are_found_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move = "def migrate(database):\n    database.table('a').insert({'x': 7})\n"
    package(tmp_path, monkeypatch, m0001_first__sql="CREATE TABLE a (x);", m0002_fill__py=move, notes__txt="not a change")
    changes = schema.migrations.__wrapped__()
    assert [change.name for change in changes] == ["m0001_first", "m0002_fill"]
    database = Database(sqlite3.connect(tmp_path / "hotelml.db", isolation_level=None))
    try:
        assert schema.migrate(database, changes) == 2
        assert schema.migrate(database, changes) == 0
        assert schema.version_of(database.conn) == 2
        assert list(database.table("a").rows) == [{"x": 7}]
    finally:
        database.close()


def test_a_gap_in_the_numbers_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(tmp_path, monkeypatch, m0001_first__sql="CREATE TABLE a (x);", m0003_third__sql="CREATE TABLE b (x);")
    with pytest.raises(MigrationError, match="incomplete"):
        schema.migrations.__wrapped__()
