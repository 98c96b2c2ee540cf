"""Windows refuses to move or remove what another program has open; mostly that is over in a moment."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from holding import hold, lock

from hotelml_app.core import held_files


def two_files(folder: Path) -> tuple[Path, Path]:
    new, old = folder / "new", folder / "old"
    new.write_text("new", encoding="utf-8")
    old.write_text("old", encoding="utf-8")
    return new, old


def test_a_file_that_a_scanner_holds_for_a_moment_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = two_files(tmp_path)
    refused = hold(monkeypatch, ["old"], times=3)
    held_files.replace(new, old)
    assert old.read_text(encoding="utf-8") == "new"
    held_files.rename(old, new)
    assert refused == ["replace old"] * 3


def test_one_that_is_held_for_good_is_told_and_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, old = two_files(tmp_path)
    refused = hold(monkeypatch, ["old"])
    with pytest.raises(PermissionError) as caught:
        held_files.replace(new, old)
    assert held_files.is_held(caught.value)
    assert not held_files.removed(old)
    assert (old.read_text(encoding="utf-8"), new.read_text(encoding="utf-8")) == ("old", "new")
    assert len(refused) == 2 * (len(held_files.PAUSES_S) + 1)


def test_one_that_is_shared_with_nobody_is_read_as_soon_as_it_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, old = two_files(tmp_path)
    assert (held_files.read(new), len(lock(monkeypatch, "new", times=3))) == (b"new", 0)
    assert held_files.read(new) == b"new"
    refused = lock(monkeypatch, "old")
    with pytest.raises(PermissionError):
        held_files.read(old)
    assert len(refused) == len(held_files.PAUSES_S) + 1


def test_elsewhere_a_file_that_may_not_be_read_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = lock(monkeypatch, "new")
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(PermissionError):
        held_files.read(two_files(tmp_path)[0])
    assert len(refused) == 1


def test_what_no_waiting_mends_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held_files.time, "sleep", lambda _: pytest.fail("there is nothing to wait for"))
    with pytest.raises(FileNotFoundError):
        held_files.replace(tmp_path / "nothing", tmp_path / "old")
    assert held_files.removed(tmp_path / "nothing")
    if sys.platform == "win32":
        return  # a folder is refused there by the number that a scanner is refused by
    with pytest.raises(OSError, match=re.escape(tmp_path.name)) as caught:
        held_files.removed(tmp_path)
    assert not held_files.is_held(caught.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_device_or_pipe_is_never_replaced_by_a_file(tmp_path: Path) -> None:
    new, _ = two_files(tmp_path)
    pipe = tmp_path / "null"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="a device or a pipe, not a file"):
        held_files.replace(new, pipe)
    assert pipe.is_fifo()
    assert new.exists()
