"""Exports that staff have open in Excel, as Windows lets it: read at once, moved when they are closed, imported once."""

from __future__ import annotations

import errno
from datetime import timedelta
from pathlib import Path

import pytest
from dropped import lying_in, settle, stored
from holding import hold

from hotelml_app.core.clock import FixedClock
from hotelml_app.intake.drop.watcher import FolderWatcher
from hotelml_app.store import Store
from hotelml_app.store.exported import imports


def statuses(store: Store) -> list[str]:
    with store.read() as connection:
        return [row.status for row in imports.recent(connection, limit=10)]


def pass_over(watcher: FolderWatcher, clock: FixedClock) -> None:
    settle(watcher, clock)
    for _ in range(3):
        clock.advance(timedelta(minutes=5))
        watcher.step()


def test_an_export_that_is_open_in_excel_is_read_once_and_moved_when_it_is_closed(
    folder: Path, watcher: FolderWatcher, store: Store, clock: FixedClock, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_export(folder / "open.csv", [{"reservation_id": "1"}])
    with monkeypatch.context() as excel:
        hold(excel, ["open.csv"])
        pass_over(watcher, clock)
        assert lying_in(folder) == ["open.csv"]
        assert "Close programs that use the file" in watcher.waiting()[0].why
    pass_over(watcher, clock)
    assert lying_in(folder) == ["processed/open.csv"]
    assert (stored(store), statuses(store)) == (1, ["done"])


def test_on_a_shelf_that_lies_on_another_disk_it_leaves_no_copies_while_it_waits(
    folder: Path, watcher: FolderWatcher, clock: FixedClock, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_export(folder / "open.csv", [{"reservation_id": "1"}])
    former = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.parent != target.parent:
            raise OSError(errno.EXDEV, "The system cannot move the file to a different disk drive")
        return former(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    unlink = Path.unlink
    with monkeypatch.context() as excel:

        def refuse(self: Path, missing_ok: bool = False) -> None:
            if self.name == "open.csv" and self.parent.name == folder.name:
                raise PermissionError(13, "The process cannot access the file")
            unlink(self, missing_ok)

        excel.setattr(Path, "unlink", refuse)
        pass_over(watcher, clock)
        assert lying_in(folder) == ["open.csv"]
    pass_over(watcher, clock)
    assert lying_in(folder) == ["processed/open.csv"]


def test_a_failed_file_is_tried_again_while_somebody_has_its_note_open(
    folder: Path, watcher: FolderWatcher, store: Store, clock: FixedClock, write_export, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.csv").write_bytes(b"\x00\x01 no export at all")
    settle(watcher, clock)
    assert lying_in(folder) == ["failed/a.csv", "failed/a.csv.reason.txt"]
    write_export(folder / "failed/a.csv", [{"reservation_id": "1"}])
    with monkeypatch.context() as word:
        hold(word, ["a.csv.reason.txt"])
        watcher.retry_failed("a.csv")
    settle(watcher, clock)
    assert lying_in(folder) == ["failed/a.csv.reason.txt", "processed/a.csv"]
    assert stored(store) == 1
