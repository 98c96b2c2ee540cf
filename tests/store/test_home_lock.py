from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hotelml_app.store import HomeLock
from hotelml_app.store.errors import DiskFullError, HomeBusyError, ReadOnlyHomeError

HOLD = """
import sys
from pathlib import Path
from hotelml_app.store import HomeLock
with HomeLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(run: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(run)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_hotelml_learns_who_holds_the_home(tmp_path: Path) -> None:
    with holder(tmp_path / "run") as process:
        lock = HomeLock(tmp_path / "run")
        assert lock.owner() == process.pid
        with pytest.raises(HomeBusyError, match=f"process {process.pid}") as caught:
            lock.acquire()
        assert "close it first" in caught.value.remedy
        assert caught.value.as_dict()["pid"] == process.pid
        assert not lock.held
    with lock:
        assert lock.owner() == os.getpid()
    assert lock.owner() is None


def test_a_killed_hotelml_does_not_keep_the_home_locked(tmp_path: Path) -> None:
    with holder(tmp_path / "run") as process:
        process.kill()
        process.wait()
    with HomeLock(tmp_path / "run") as lock:
        assert lock.held
        assert lock.owner() == os.getpid()


def test_within_one_process_the_home_is_held_once(tmp_path: Path) -> None:
    with HomeLock(tmp_path / "run"), pytest.raises(HomeBusyError):
        HomeLock(tmp_path / "run").acquire()
    HomeLock(tmp_path / "run").release()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file", encoding="utf-8")
    with pytest.raises(ReadOnlyHomeError):
        HomeLock(tmp_path / "run").acquire()


@pytest.mark.skipif(sys.platform == "win32" or not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_full_disk_is_told_and_the_home_is_not_kept_locked(tmp_path: Path) -> None:
    (tmp_path / "owner.json").symlink_to("/dev/full")
    lock = HomeLock(tmp_path)
    with pytest.raises(DiskFullError, match="no room left"):
        lock.acquire()
    assert not lock.held
