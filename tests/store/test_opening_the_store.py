from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hotel_rows import NOW, new_property

from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store
from hotelml_app.store.errors import (
    DamagedDatabaseError,
    DatabaseBusyError,
    DatabaseUnavailableError,
    DiskFullError,
    NewerDatabaseError,
    NoDatabaseError,
    NotOurDatabaseError,
    OutdatedDatabaseError,
    ReadOnlyHomeError,
    StoreClosedError,
    StoreError,
)
from hotelml_app.store.hotels import properties

RIGHTS_OF_FOLDERS = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes of folders")


@contextmanager
def without_rights() -> Iterator[None]:
    """Act as a user who is not the administrator, for whom a read-only folder is one."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_new_home_gets_a_database_that_survives_a_power_cut(store: Store) -> None:
    with store.write() as connection:
        pragma = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_what_was_written_is_there_after_closing_and_opening(tmp_path: Path, clock: FixedClock) -> None:
    with Store.open(tmp_path / "deep" / "home" / "hotelml.db", clock) as store, store.write() as connection:
        new_property(connection)
    with Store.open(tmp_path / "deep" / "home" / "hotelml.db", clock) as store, store.read() as connection:
        assert [row.name for row in properties.all(connection)] == ["Grand Hotel"]


def test_a_reader_on_an_empty_home_is_told_to_import_first(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(NoDatabaseError, match="hotelml import"):
        Store.open(tmp_path / "hotelml.db", clock, writer=False)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_works_beside_a_running_writer_and_cannot_write(store: Store, clock: FixedClock) -> None:
    with store.write() as connection:
        new_property(connection)
    with Store.open(store.path, clock, writer=False) as reader:
        with reader.read() as connection:
            assert len(properties.all(connection)) == 1
        assert not reader.writable
        with pytest.raises(StoreError, match="only read"), reader.write():
            pass
        with pytest.raises(ReadOnlyHomeError), reader.read() as connection:
            properties.ensure(connection, "Another", NOW)


def test_a_database_from_a_later_hotelml_is_refused_and_left_alone(store: Store, clock: FixedClock) -> None:
    with store.write() as connection:
        connection.execute("PRAGMA user_version = 999")
    store.close()
    before = store.path.read_bytes()
    for writer in (True, False):
        with pytest.raises(NewerDatabaseError, match="later HotelML"):
            Store.open(store.path, clock, writer=writer)
    assert store.path.read_bytes() == before


def test_a_reader_does_not_bring_an_old_database_up_to_date(store: Store, clock: FixedClock) -> None:
    with store.write() as connection:
        connection.execute("PRAGMA user_version = 0")
    store.close()
    with pytest.raises(OutdatedDatabaseError, match="Quit the earlier one where it still runs, then start HotelML once"):
        Store.open(store.path, clock, writer=False)


def test_a_reader_of_a_change_that_was_cut_off_is_told_to_start_hotelml(store: Store, clock: FixedClock) -> None:
    """As it is after a power cut during the very first seconds of a home: a journal that only a writer can roll back."""
    path = store.path
    store.close()
    killed = (
        "import os, sqlite3, sys; connection = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "connection.execute('PRAGMA journal_mode = DELETE'); connection.execute('PRAGMA cache_size = 1');"
        "connection.execute('BEGIN'); connection.execute('CREATE TABLE half (x)');"
        "connection.executemany('INSERT INTO half VALUES (?)', [('x' * 5000,) for _ in range(99)]); os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", killed, str(path)], check=False).returncode != 0
    with pytest.raises(OutdatedDatabaseError, match="middle of a change"):
        Store.open(path, clock, writer=False)
    Store.open(path, clock).close()
    with Store.open(path, clock, writer=False) as reader:
        assert reader.check() == []


def test_the_database_of_another_program_is_never_touched(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "hotelml.db"
    foreign = sqlite3.connect(path)
    foreign.execute("CREATE TABLE recipes (name TEXT)")
    foreign.close()
    before = path.read_bytes()
    with pytest.raises(NotOurDatabaseError):
        Store.open(path, clock)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["not a database", "first page", "a page in the middle", "cut off"])
def test_a_damaged_database_is_refused_with_the_newest_good_backup_named(store: Store, clock: FixedClock, damage: str) -> None:
    with store.write() as connection:
        for number in range(2000):
            connection.execute("INSERT INTO data_settings (property_id, name, value) VALUES (1, ?, ?)", (f"n{number}", "v" * 100))
    backup = store.backup()
    store.close()
    content = bytearray(store.path.read_bytes())
    if damage == "not a database":
        content[:] = b"dear diary, " * 1000
    elif damage == "first page":
        content[20:4096] = os.urandom(4076)
    elif damage == "a page in the middle":
        content[len(content) // 2 : len(content) // 2 + 40_000] = b"\x5a" * 40_000
    else:
        del content[len(content) // 2 :]
    store.path.write_bytes(content)
    with pytest.raises(DamagedDatabaseError) as caught:
        Store.open(store.path, clock)
    assert str(backup) in caught.value.remedy
    assert store.path.read_bytes() == bytes(content)


def test_without_a_backup_the_remedy_says_how_to_begin_again(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "hotelml.db").write_bytes(b"no database at all")
    with pytest.raises(DamagedDatabaseError, match="drop the latest full PMS export"):
        Store.open(tmp_path / "hotelml.db", clock)


def test_a_full_disk_undoes_the_change_and_says_so(store: Store) -> None:
    with store.write() as connection:
        new_property(connection)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with store.write() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    def write_much() -> None:
        with store.write() as connection:
            new_property(connection, "Second Hotel")
            connection.execute("INSERT INTO data_settings VALUES (0, 'big', ?)", ("x" * 100_000,))

    with pytest.raises(DiskFullError, match="Free some space"):
        write_much()
    with store.read() as connection:
        assert [row.name for row in properties.all(connection)] == ["Grand Hotel"]
    with store.write() as connection:
        connection.execute("PRAGMA max_page_count = 1073741823")
    with store.write() as connection:
        new_property(connection, "Second Hotel")


@RIGHTS_OF_FOLDERS
def test_a_folder_that_may_not_be_written_is_named(clock: FixedClock) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Store.open(folder / "hotelml.db", clock) as store, store.write() as connection:
            new_property(connection)
        (folder / "hotelml.db").chmod(0o444)
        folder.chmod(0o555)
        try:
            with without_rights(), pytest.raises(StoreError) as caught:
                Store.open(folder / "hotelml.db", clock)
            with without_rights(), pytest.raises(ReadOnlyHomeError):
                Store.open(folder / "new" / "hotelml.db", clock)
        finally:
            folder.chmod(0o755)
            (folder / "hotelml.db").chmod(0o644)
    assert isinstance(caught.value, ReadOnlyHomeError | DatabaseUnavailableError)
    assert "write" in caught.value.remedy


@RIGHTS_OF_FOLDERS
@pytest.mark.parametrize("system", [sys.platform, "win32"])
def test_a_folder_that_may_not_be_written_can_be_read_and_copied(
    system: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    if system != sys.platform:
        # There every folder is said to be one that may be written.
        monkeypatch.setattr(os, "access", lambda *_, **__: True)
        monkeypatch.setattr(sys, "platform", system)
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as elsewhere:
        folder = Path(name)
        with Store.open(folder / "hotelml.db", clock) as store, store.write() as connection:
            new_property(connection)
        folder.chmod(0o555)
        Path(elsewhere).chmod(0o777)
        try:
            with without_rights(), Store.open(folder / "hotelml.db", clock, writer=False) as store:
                with store.read() as connection:
                    assert len(properties.all(connection)) == 1
                assert store.backup(Path(elsewhere) / "copy.db").stat().st_size > 0
                with pytest.raises(ReadOnlyHomeError, match="cannot be written"):
                    store.backup(folder / "copy.db")
        finally:
            folder.chmod(0o755)


def test_a_file_that_may_not_be_written_is_told_when_it_is_opened(clock: FixedClock) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Store.open(folder / "hotelml.db", clock).close()
        folder.chmod(0o777)
        (folder / "hotelml.db").chmod(0o444)
        with without_rights(), pytest.raises(ReadOnlyHomeError):
            Store.open(folder / "hotelml.db", clock)
        (folder / "hotelml.db").chmod(0o644)


def test_a_home_that_is_a_file_is_named(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "home").write_text("I am a file", encoding="utf-8")
    with pytest.raises(DatabaseUnavailableError, match="file of that name"):
        Store.open(tmp_path / "home" / "hotelml.db", clock)
    (tmp_path / "hotelml.db").mkdir()
    with pytest.raises(DatabaseUnavailableError, match="is a folder"):
        Store.open(tmp_path / "hotelml.db", clock)


def test_a_database_that_another_program_keeps_locked_is_told_apart(store: Store) -> None:
    with store.write() as connection:
        connection.execute("PRAGMA user_version")
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.database.conn.execute("PRAGMA busy_timeout = 50")
    try:
        with pytest.raises(DatabaseBusyError, match="locked"), store.write():
            pass
    finally:
        other.close()
    with store.write() as connection:
        new_property(connection)


def test_after_closing_nothing_is_answered_and_closing_again_does_no_harm(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreClosedError), store.read():
        pass
    with pytest.raises(StoreClosedError), store.write():
        pass


def test_a_mistake_in_a_statement_stays_what_it_is(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), store.read() as connection:
        connection.execute("SELECT * FROM nowhere")
