"""What is shown of backups, and of what is put back at the next start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BackupView:
    """One copy of the database; ``set_aside`` is what a backup took the place of."""

    path: str
    made_at: datetime
    size_bytes: int
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class BackupsView:
    """All copies there are, newest first; ``waiting`` is when the one was made that is put back at the next start.

    ``waiting_handover``: it is a hand-over file that waits.
    """

    folder: str
    backups: tuple[BackupView, ...]
    waiting: datetime | None = None
    waiting_handover: bool = False


@dataclass(frozen=True, slots=True)
class NextStartView:
    """What takes the place of what is here at the next start; ``made_at`` is when that was written."""

    made_at: datetime
    handover: bool
    sentence: str
