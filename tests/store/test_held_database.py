"""Files of the database that another program holds, as Windows lets it: nothing is lost, and HotelML starts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from holding import hold
from hotel_rows import new_property

from hotelml_app.core.clock import FixedClock
from hotelml_app.store import HomeLock, Store
from hotelml_app.store.errors import ReadOnlyHomeError
from hotelml_app.store.hotels import properties
from hotelml_app.store.sqlite import backups, putting_back


def names(path: Path, clock: FixedClock) -> list[str]:
    with Store.open(path, clock, writer=False) as store, store.read() as connection:
        return [row.name for row in properties.all(connection)]


@pytest.fixture
def chosen(tmp_path: Path, clock: FixedClock) -> Path:
    """Return a database with two hotels for which a backup with one is chosen."""
    path = tmp_path / "hotelml.db"
    with Store.open(path, clock) as store:
        with store.write() as connection:
            new_property(connection)
        before = store.backup(tmp_path / "before.db")
        with store.write() as connection:
            new_property(connection, "Seaside")
    putting_back.choose(before, path)
    return path


def test_a_scanner_that_looks_at_the_database_only_delays_putting_a_backup_back(
    chosen: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = hold(monkeypatch, ["hotelml.db"], times=4)
    Store.open(chosen, clock).close()
    assert len(refused) == 4
    assert names(chosen, clock) == ["Grand Hotel"]


def test_a_database_that_stays_open_elsewhere_stays_what_it_is(
    chosen: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as held:
        hold(held, ["hotelml.db"])
        with pytest.raises(ReadOnlyHomeError, match="everything is as it was"):
            Store.open(chosen, clock)
    assert names(chosen, clock) == ["Grand Hotel", "Seaside"]


def test_an_old_copy_that_is_held_does_not_spoil_the_new_one(
    store: Store, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = store.backup()
    for _ in range(backups.KEEP_AUTOMATIC - 1):
        clock.advance(timedelta(days=1))
        store.backup()
    with monkeypatch.context() as held:
        hold(held, [first.name])
        clock.advance(timedelta(days=1))
        assert store.backup().exists()
    assert first.exists()
    clock.advance(timedelta(days=1))
    store.backup()
    assert not first.exists()
    assert len(backups.all_backups(store.backup_folder)) == backups.KEEP_AUTOMATIC


def test_somebody_who_reads_who_owns_the_home_does_not_keep_it_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as held:
        hold(held, ["owner.json"])
        with HomeLock(tmp_path / "run"):
            pass
    with HomeLock(tmp_path / "run") as lock:
        assert lock.held
