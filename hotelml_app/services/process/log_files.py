"""Where the program tells its own story: files in the home that never grow beyond a bound and never name a guest."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

from hotelml_app.services.asking.discretion import DiscreetFormatter

log = logging.getLogger(__name__)

OWNER_LOG = "hotelml.log"
"""Written by the one process that owns the home."""

COMMANDS_LOG = "commands.log"
"""Written by those that only look."""

MAX_BYTES = 2_000_000
KEEP_FILES = 5

HELD_MAX_BYTES = 2 * MAX_BYTES
"""How far a file grows while another program keeps it from making way; then lines are left out."""

_ROOT = "hotelml_app"


def keep_quiet() -> None:
    """Let nothing that is logged reach the terminal: what people should read is said, not logged."""
    logger = logging.getLogger(_ROOT)
    logger.propagate = False
    for quiet in (logger, logging.getLogger()):
        # What nobody hears, Python prints; so do parts of others, such as the loopback server.
        if not quiet.handlers:
            quiet.addHandler(logging.NullHandler())


class LogFile:
    """A log file in use; close it to let go of the file. ``problem`` says why nothing can be written, or is "".

    Looking at a home that cannot be written must still work, so that is no error.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.problem = ""
        self.path = folder / name
        self._handler: logging.Handler | None = None
        logger = logging.getLogger(_ROOT)
        self._former_level = logger.level
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._handler = _bounded_file(self.path)
        except OSError as error:
            self.problem = f"{self.path} cannot be written ({error.strerror or error})"
            return
        self._handler.setFormatter(DiscreetFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logger.addHandler(self._handler)
        if not logger.propagate:
            logging.getLogger().addHandler(self._handler)
        logger.setLevel(logging.INFO)
        self._former_hook, threading.excepthook = threading.excepthook, self._hear_thread

    def close(self) -> None:
        """Write what is left and let go of the file."""
        if self._handler is not None:
            logger = logging.getLogger(_ROOT)
            logger.removeHandler(self._handler)
            logging.getLogger().removeHandler(self._handler)
            if threading.excepthook == self._hear_thread:
                threading.excepthook = self._former_hook
            logger.setLevel(self._former_level)
            try:
                self._handler.close()
            except OSError as error:
                # The disk is full, and the work that this log tells of may still have been done.
                self.problem = f"{self.path} cannot be written ({error.strerror or error})"
            self._handler = None

    def _hear_thread(self, ended: threading.ExceptHookArgs) -> None:
        """Keep what ended a thread; the terminal, where it would go otherwise, is kept by some systems with all its words."""
        log.error("a thread ended in an error", exc_info=(ended.exc_type, ended.exc_value, ended.exc_traceback))  # type: ignore[arg-type]
        if self._former_hook is not threading.__excepthook__:
            self._former_hook(ended)


def _older(path: Path) -> list[Path]:
    """Return the files that hold what stood in ``path`` before, as far as they are there."""
    named = (path.with_name(f"{path.name}.{number}") for number in range(1, KEEP_FILES + 1))
    return [one for one in named if one.exists()]


def _bounded_file(path: Path) -> logging.Handler:
    """Return what writes to ``path``; lines for which the disk has no room are left out, and nothing is said on the terminal."""
    # It brings sockets with it, which nobody needs before there is a home to write in.
    from logging.handlers import RotatingFileHandler

    class BoundedFile(RotatingFileHandler):
        def doRollover(self) -> None:
            if self.stream is not None:
                self.stream.close()
                self.stream = None
            try:
                # To their own names: what Windows refuses while another program has one of them open it refuses here already,
                # before some have moved on by one and the oldest is lost; with every line anew.
                for one in (path, *_older(path)):
                    one.rename(one)
            except OSError:
                if path.stat().st_size >= HELD_MAX_BYTES:
                    raise
                self.stream = self._open()
                return
            super().doRollover()

        def handleError(self, record: logging.LogRecord) -> None:
            if not isinstance(sys.exception(), OSError):
                super().handleError(record)

    return BoundedFile(path, maxBytes=MAX_BYTES, backupCount=KEEP_FILES, encoding="utf-8")
