from __future__ import annotations

import os
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from hotel_rows import NOW, booking_row, day, new_import, new_property

from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store, backups, bookings, properties
from hotelml_app.store.errors import DamagedDatabaseError, NoDatabaseError, ReadOnlyHomeError


def names(path: Path, clock: FixedClock) -> list[str]:
    with Store.open(path, clock, writer=False) as store, store.read() as connection:
        return [row.name for row in properties.all(connection)]


def test_a_backup_is_one_file_that_opens_as_a_database(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    with store.write() as connection:
        new_property(connection)
    target = store.backup(tmp_path / "usb" / "copy.db")
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    assert names(target, clock) == ["Grand Hotel"]


def test_a_backup_holds_whole_imports_while_another_is_running(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        bookings.apply(connection, hotel, new_import(connection), day(1), [booking_row(str(i)) for i in range(500)])
    with store.write() as connection:
        bookings.apply(connection, hotel, new_import(connection), day(2), [booking_row(str(i)) for i in range(500, 900)])
        worker = threading.Thread(target=store.backup, args=(tmp_path / "copy.db",))
        worker.start()
        worker.join()
    with Store.open(tmp_path / "copy.db", clock) as copy, copy.read() as connection:
        assert bookings.count(connection, hotel) == 500


def test_old_automatic_copies_go_and_those_of_people_stay(store: Store, clock: FixedClock) -> None:
    store.backup(store.backup_folder / "before-the-holidays.db")
    for _ in range(backups.KEEP_AUTOMATIC + 3):
        clock.advance(timedelta(days=1))
        store.backup()
    kept = backups.all_backups(store.backup_folder)
    automatic = [path for path in kept if "auto" in path.name]
    assert len(automatic) == backups.KEEP_AUTOMATIC
    assert len(kept) == backups.KEEP_AUTOMATIC + 1
    assert automatic[0].name.startswith(f"hotelml-{clock.now():%Y%m%d}")


def test_the_newest_good_copy_is_found_past_a_damaged_one(store: Store, clock: FixedClock) -> None:
    good = store.backup()
    clock.advance(timedelta(days=1))
    bad = store.backup()
    bad.write_bytes(bad.read_bytes()[:5000])
    os.utime(good, ns=(1, 1))
    assert backups.all_backups(store.backup_folder)[0] == bad
    assert backups.newest_good(store.backup_folder) == good


def test_a_restored_backup_takes_the_place_of_a_damaged_database_which_is_kept(store: Store, clock: FixedClock) -> None:
    with store.write() as connection:
        new_property(connection)
    backup = store.backup()
    store.close()
    store.path.write_bytes(b"rubbish")
    aside = backups.restore(backup, store.path, clock.now())
    assert aside is not None
    assert aside.read_bytes() == b"rubbish"
    assert names(store.path, clock) == ["Grand Hotel"]
    assert backup.exists()


def test_restoring_leaves_no_journal_of_the_former_database_behind(store: Store, clock: FixedClock) -> None:
    backup = store.backup()
    with store.write() as connection:
        new_property(connection, "Written after the backup")
    store.close()
    store.path.with_name("hotelml.db-wal").write_bytes(b"an old journal")
    backups.restore(backup, store.path, clock.now())
    assert names(store.path, clock) == []
    assert len(list(store.path.parent.glob("hotelml-replaced-*.db-wal"))) == 1


def test_a_backup_can_be_put_where_there_is_no_database(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    with store.write() as connection:
        properties.ensure(connection, "Moved Hotel", NOW)
    backup = store.backup()
    assert backups.restore(backup, tmp_path / "hotelml2.db", clock.now()) is None
    assert names(tmp_path / "hotelml2.db", clock) == ["Moved Hotel"]


def test_neither_a_missing_nor_a_damaged_backup_replaces_the_data(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"SQLite format 3\x00 and nothing more")
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(NoDatabaseError):
        backups.restore(tmp_path / "missing.db", store.path, clock.now())
    with pytest.raises(DamagedDatabaseError):
        backups.restore(tmp_path / "broken.db", store.path, clock.now())
    assert store.path.read_bytes() == before


def test_a_failed_backup_leaves_no_half_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "occupied").write_text("a file", encoding="utf-8")
    with pytest.raises(ReadOnlyHomeError, match="cannot be written"):
        store.backup(tmp_path / "occupied" / "copy.db")
    assert not list(tmp_path.glob("**/*.partial"))


def test_a_sound_database_has_no_findings(store: Store) -> None:
    with store.write() as connection:
        new_property(connection)
    assert store.check() == []
    assert store.size_bytes() > 0
