"""Failures as the system itself makes them: a full disk, a share that goes, a file that may not be read.

Where this user may not mount, another real cause takes the place of the disk or the share.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """A disk that can be filled up and freed again."""

    folder: Path
    fill: Callable[[], None]
    free: Callable[[], None]


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """A disk in memory of that size; without the right to mount, a bound on how large files may grow."""
    folder.mkdir(exist_ok=True)
    if not _mount(folder, f"size={megabytes}m"):
        resource = pytest.importorskip("resource", reason="Windows bounds no files")
        former = resource.getrlimit(resource.RLIMIT_FSIZE)
        yield SmallDisk(
            folder,
            lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (_largest(folder), former[1])),
            lambda: resource.setrlimit(resource.RLIMIT_FSIZE, former),
        )
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
        return
    ballast = folder / "ballast"

    def fill() -> None:
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(b"x" * 4096)

    try:
        yield SmallDisk(folder, fill, lambda: ballast.unlink(missing_ok=True))
    finally:
        _unmount(folder)


def _largest(folder: Path) -> int:
    return max((path.stat().st_size for path in folder.rglob("*") if path.is_file()), default=0)


@dataclass(frozen=True)
class Share:
    """A folder that can be there and not there."""

    folder: Path
    disconnect: Callable[[], None]
    connect: Callable[[], None]


@contextmanager
def share(folder: Path) -> Iterator[Share]:
    """A mounted share, whose content is there again when it is; without the right to mount, a folder that is moved away."""
    folder.mkdir(exist_ok=True)
    away = folder.with_name(f"{folder.name} away")
    if not _mount(away, "size=8m", make=True):
        away.rmdir()
        yield Share(folder, lambda: folder.rename(away) and None, lambda: away.rename(folder) and None)
        return

    def connect() -> None:
        subprocess.run(["mount", "--bind", str(away), str(folder)], check=True)

    connect()
    try:
        yield Share(folder, lambda: _unmount(folder), connect)
    finally:
        _unmount(folder)
        _unmount(away)


def _mount(folder: Path, options: str, *, make: bool = False) -> bool:
    if make:
        folder.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        return False
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=False, capture_output=True)
    return done.returncode == 0


def _unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)


_READS_EVERYTHING = (1 << 1) | (1 << 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: what lets root read files that nobody may read."""


@contextmanager
def rights_count() -> Iterator[None]:
    """Let file rights hold for this thread even where the tests run as root."""
    if os.name != "posix":
        pytest.skip("Windows knows no modes of files")
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, sets) == 0
    effective = sets[0]
    try:
        sets[0] = effective & ~_READS_EVERYTHING
        assert libc.capset(header, sets) == 0
        yield
    finally:
        sets[0] = effective
        assert libc.capset(header, sets) == 0


FEW_WATCHES = [
    "unshare",
    "--user",
    "--map-root-user",
    "sh",
    "-c",
    'echo 0 > /proc/sys/user/max_inotify_watches && exec "$@"',
    "sh",
]
"""In front of a command: a world of its own in which the system has no room for watched folders."""


def may_limit_watches() -> bool:
    """Whether this user may make such a world."""
    return subprocess.run([*FEW_WATCHES, "true"], check=False, capture_output=True).returncode == 0
