"""Folders for work that is under way: gone when it ends, or at the next start where the program was killed meanwhile."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_in(place: Path, what: str) -> Iterator[Path]:
    """Give a new folder ``what-...`` in ``place``; what is still there of it afterwards is removed."""
    place.mkdir(parents=True, exist_ok=True)
    folder = place / f"{what}-{os.getpid()}-{secrets.token_hex(6)}"
    # No tempfile.mkdtemp: on Windows its folders are for their maker alone, and so is what moves out of them into the home, where
    # it must be for whoever works there.
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sweep(place: Path, what: str) -> None:
    """Remove the folders ``what-...`` of programs that do not work any more."""
    for left in place.glob(f"{what}-*-*"):
        # Whoever only looks at a home may work there, too.
        if not works_elsewhere(int(left.name.split("-")[1])):
            shutil.rmtree(left, ignore_errors=True)


def works_elsewhere(pid: int) -> bool:
    """Return whether another process has this id and still works; a killed one keeps it until it is waited for."""
    import psutil

    try:
        return pid != os.getpid() and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
