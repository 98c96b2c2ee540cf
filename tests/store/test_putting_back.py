from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hotel_rows import NOW, new_property

from hotelml_app.core.clock import FixedClock
from hotelml_app.store import Store
from hotelml_app.store.errors import (
    DamagedDatabaseError,
    NewerDatabaseError,
    NoDatabaseError,
    OutdatedDatabaseError,
    ReadOnlyHomeError,
)
from hotelml_app.store.hotels import properties
from hotelml_app.store.sqlite import putting_back


def names(path: Path, clock: FixedClock) -> list[str]:
    with Store.open(path, clock, writer=False) as store, store.read() as connection:
        return [row.name for row in properties.all(connection)]


def test_a_chosen_backup_takes_its_place_when_the_database_is_opened_for_writing(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "hotel.db"
    with Store.open(path, clock) as store:
        with store.write() as connection:
            new_property(connection)
        before = store.backup(tmp_path / "before.db")
        with store.write() as connection:
            new_property(connection, "Seaside")
        putting_back.choose(before, path)
        waiting = putting_back.chosen(path)
        assert waiting is not None
        assert waiting.stat().st_mtime == before.stat().st_mtime
        assert names(path, clock) == ["Grand Hotel", "Seaside"], "nothing changes before the next start, for readers neither"
    with Store.open(path, clock):
        pass
    assert names(path, clock) == ["Grand Hotel"]
    assert putting_back.chosen(path) is None
    (aside,) = putting_back.set_aside(path)
    assert names(aside, clock) == ["Grand Hotel", "Seaside"], "what was there is set aside whole"


def test_a_choice_can_be_given_up_and_ends_with_a_restore(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "hotel.db"
    with Store.open(path, clock) as store:
        older, newer = store.backup(tmp_path / "older.db"), store.backup(tmp_path / "newer.db")
    putting_back.choose(older, path)
    putting_back.give_up_choice(path)
    assert putting_back.chosen(path) is None
    putting_back.choose(older, path)
    putting_back.restore(newer, path, clock.now())
    assert putting_back.chosen(path) is None, "what somebody put back is not replaced at the next start"


def test_a_restore_by_command_that_was_cut_off_comes_before_what_was_chosen(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "hotel.db"
    with Store.open(path, clock) as store:
        older = store.backup(tmp_path / "older.db")
        with store.write() as connection:
            new_property(connection)
        newer = store.backup(tmp_path / "newer.db")
    putting_back.choose(older, path)
    path.with_name("hotel.db.incoming").write_bytes(newer.read_bytes())
    Store.open(path, clock).close()
    assert names(path, clock) == ["Grand Hotel"]
    assert putting_back.chosen(path) is None


def test_a_choice_that_was_spoiled_changes_nothing_and_does_not_keep_hotelml_from_starting(
    tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "hotel.db"
    with Store.open(path, clock) as store:
        with store.write() as connection:
            new_property(connection)
        putting_back.choose(store.backup(tmp_path / "copy.db"), path)
    path.with_name("hotel.db.chosen").write_bytes(b"half of it")
    path.with_name("hotel.db.chosen.partial-journal").write_bytes(b"cut off")
    with pytest.raises(DamagedDatabaseError, match="everything is as it was"):
        Store.open(path, clock)
    with Store.open(path, clock) as again:
        assert not again.was_put_back
    assert names(path, clock) == ["Grand Hotel"]
    assert not list(tmp_path.glob("hotel.db.chosen*"))


def test_a_damaged_backup_is_not_chosen(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "hotel.db"
    Store.open(path, clock).close()
    (tmp_path / "bad.db").write_bytes(b"no database")
    with pytest.raises(DamagedDatabaseError):
        putting_back.choose(tmp_path / "bad.db", path)
    assert putting_back.chosen(path) is None


def test_a_restored_backup_takes_the_place_of_a_damaged_database_which_is_kept(store: Store, clock: FixedClock) -> None:
    with store.write() as connection:
        new_property(connection)
    backup = store.backup()
    store.close()
    store.path.write_bytes(b"rubbish")
    aside = putting_back.restore(backup, store.path, clock.now())
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
    putting_back.restore(backup, store.path, clock.now())
    assert names(store.path, clock) == []
    assert len(list(store.path.parent.glob("hotelml-replaced-*.db-wal"))) == 1


def test_a_backup_can_be_put_where_there_is_no_database(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    with store.write() as connection:
        properties.ensure(connection, "Moved Hotel", NOW)
    backup = store.backup()
    assert putting_back.restore(backup, tmp_path / "hotelml2.db", clock.now()) is None
    assert names(tmp_path / "hotelml2.db", clock) == ["Moved Hotel"]


class Dies(BaseException):
    """The process ends here; nothing after it runs."""


@pytest.mark.parametrize("steps", range(4))
def test_a_restore_cut_off_at_any_step_is_finished_by_the_next_start(
    store: Store, clock: FixedClock, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.write() as connection:
        new_property(connection)
    backup = store.backup()
    store.close()
    for suffix in ("", "-wal", "-shm"):
        store.path.with_name(store.path.name + suffix).write_bytes(b"what was there")
    replace, left = Path.replace, [1 + steps]

    def replace_or_die(self: Path, target: Path) -> Path:
        if not left[0]:
            raise Dies
        left[0] -= 1
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", replace_or_die)
    with pytest.raises(Dies):
        putting_back.restore(backup, store.path, clock.now())
    monkeypatch.undo()
    with pytest.raises(OutdatedDatabaseError, match="cut off"):
        Store.open(store.path, clock, writer=False)
    with Store.open(store.path, clock):
        pass
    assert names(store.path, clock) == ["Grand Hotel"]
    aside = list(store.path.parent.glob("hotelml-replaced-*"))
    assert [path.read_bytes() for path in aside] == [b"what was there"] * 3
    assert len({path.stem for path in aside}) == 1, "a journal under another name is lost to its database"


def test_a_restore_that_is_not_allowed_leaves_everything_as_it_was(
    store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = store.backup()
    with store.write() as connection:
        new_property(connection)
    store.close()
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if self == store.path:
            raise PermissionError(13, "The process cannot access the file")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(ReadOnlyHomeError, match="as it was"):
        putting_back.restore(backup, store.path, clock.now())
    monkeypatch.undo()
    assert names(store.path, clock) == ["Grand Hotel"]
    assert not list(store.path.parent.glob("*.incoming"))


def test_a_backup_of_a_later_version_is_not_put_in_the_place_of_what_can_be_read(store: Store, clock: FixedClock) -> None:
    backup = store.backup()
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    store.close()
    with pytest.raises(NewerDatabaseError):
        putting_back.restore(backup, store.path, clock.now())
    assert names(store.path, clock) == []


def test_neither_a_missing_nor_a_damaged_backup_replaces_the_data(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_bytes(b"SQLite format 3\x00 and nothing more")
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(NoDatabaseError):
        putting_back.restore(tmp_path / "missing.db", store.path, clock.now())
    with pytest.raises(DamagedDatabaseError):
        putting_back.restore(tmp_path / "broken.db", store.path, clock.now())
    assert store.path.read_bytes() == before
