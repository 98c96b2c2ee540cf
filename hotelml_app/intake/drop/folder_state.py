"""What the window and ``hotelml status`` show of a watched folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Watching(StrEnum):
    """How a folder is watched."""

    STOPPED = "not watched"
    EVENTS = "watched"
    POLLING = "looked at every few seconds"
    AWAY = "not reachable"


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that is not imported yet, and why; ``question`` is what a person is asked about it, if anything."""

    name: str
    size_bytes: int
    since: datetime
    why: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class FolderStatus:
    """How a folder is doing, in a sentence."""

    folder: str
    watching: Watching
    sentence: str
    last_scan: datetime | None
