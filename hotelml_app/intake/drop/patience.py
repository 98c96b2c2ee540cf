"""Files that cannot be taken in just now: when to try again, and when to tell somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import Warned
from hotelml_app.intake.drop.names import file_key
from hotelml_app.intake.mapping.errors import ANSWERABLE
from hotelml_app.store.errors import StoreError

RETRY_AFTER_S = (5.0, 15.0, 60.0, 300.0)
TELL_AFTER_S = 3600.0
ASK_AGAIN_AFTER_S = 3600.0
"""A file that waits for an answer is read again when somebody gave one; looking by itself helps little."""


@dataclass(slots=True)
class _Wait:
    error: HotelMLError
    first_s: float
    since: datetime
    next_s: float
    tries: int = 1
    told: bool = False


class Patience:
    """Waits longer after every try, for each file by itself."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waits: dict[str, _Wait] = {}

    def put_off(self, name: str, error: HotelMLError) -> None:
        """Note that a file must wait, and why."""
        now = self._clock.monotonic()
        wait = self._waits.get(name)
        if wait is None:
            self._waits[name] = _Wait(error, now, self._clock.now(), now + _pause(error, 0))
            return
        wait.error = error
        wait.next_s = now + _pause(error, wait.tries)
        wait.tries += 1

    def must_wait(self, name: str) -> bool:
        """Return whether it is too early to try a file again."""
        wait = self._waits.get(name)
        return wait is not None and self._clock.monotonic() < wait.next_s

    def why(self, name: str) -> str | None:
        """Return why a file waits, or None."""
        wait = self._waits.get(name)
        return str(wait.error) if wait is not None else None

    def question(self, name: str) -> str:
        """Return what a person is asked about a file, or ""."""
        wait = self._waits.get(name)
        return wait.error.question if wait is not None and isinstance(wait.error, ANSWERABLE) else ""

    def to_tell(self, name: str) -> HotelMLError | None:
        """Return the error to tell staff about, once: a question and a full disk at once, the rest after an hour."""
        wait = self._waits.get(name)
        if wait is None or wait.told:
            return None
        at_once = isinstance(wait.error, (*ANSWERABLE, StoreError))
        if not at_once and self._clock.monotonic() - wait.first_s < TELL_AFTER_S:
            return None
        wait.told = True
        return wait.error

    def forget(self, name: str) -> None:
        """Stop waiting for a file."""
        self._waits.pop(name, None)

    def hurry(self, only: str | None = None) -> None:
        """Let every file be tried at once, or one by its name."""
        now = self._clock.monotonic()
        # A copy: it may be asked for while the watching thread notes another file.
        for name, wait in list(self._waits.items()):
            if only in (None, name):
                wait.next_s = now


def _pause(error: HotelMLError, tries: int) -> float:
    """Return in how many seconds a file is tried again after so many tries."""
    if isinstance(error, ANSWERABLE):
        return ASK_AGAIN_AFTER_S
    return RETRY_AFTER_S[min(tries, len(RETRY_AFTER_S) - 1)]


def told_of_file(path: Path, owner: str | None, error: HotelMLError) -> Warned:
    """Return what to tell staff of a file that waits in the folder of the hotel ``owner``.

    It is named: messages and the status tell of all hotels, and a PMS calls the export of each alike.
    """
    message, named = (f"{owner}: {error.message}", f"{path.name} of {owner}") if owner else (error.message, path.name)
    return Warned(file_key(path), error.title, message, error.remedy, outside=f"{named}: the Data page says what for.")
