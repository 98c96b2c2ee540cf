"""Moving, removing and reading files that another program holds.

Windows refuses the first two while a virus scanner, an indexer or a backup has a file open, and all three where that one shares
it with nobody; mostly for a moment. So who does it to what HotelML itself wrote tries again for a little more than a second
before the refusal counts.
"""

from __future__ import annotations

import errno
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from hotelml_app.core.paths import never_ends

Done = TypeVar("Done")

log = logging.getLogger(__name__)

PAUSES_S = (0.05, 0.1, 0.2, 0.4, 0.5)

_HELD = (5, 32, 33)
"""ERROR_ACCESS_DENIED, SHARING_VIOLATION and LOCK_VIOLATION."""

_SHORT_OF_SOMETHING = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EBUSY)
"""Too many files are open, there is no memory, or the disk is busy."""


def is_held(error: OSError) -> bool:
    """Tell whether Windows refused because another program has the file open; no other system does."""
    return getattr(error, "winerror", None) in _HELD


def may_pass(error: OSError) -> bool:
    """Tell whether a file that could not be read is none the worse: another program holds it, or the PC is short of something."""
    return is_held(error) or _was_not_opened(error) or error.errno in _SHORT_OF_SOMETHING


def replace(source: Path, target: Path) -> None:
    """Let ``source`` take the place of ``target``, which must not be a device or a pipe. Raises OSError."""
    if never_ends(target):
        # Whoever runs as root could take /dev/null away from the whole system.
        raise OSError(errno.EINVAL, "that is a device or a pipe, not a file", str(target))
    _patiently(lambda: source.replace(target))


def rename(source: Path, target: Path) -> None:
    """Give ``source`` the name ``target``, which must be free. Raises OSError."""
    _patiently(lambda: source.rename(target))


def remove(path: Path) -> None:
    """Remove a file that may be gone already. Raises OSError."""
    _patiently(lambda: path.unlink(missing_ok=True))


def removed(path: Path) -> bool:
    """Remove a file, and return False where another program holds it: then it is left to the next time. Raises OSError."""
    try:
        remove(path)
    except OSError as error:
        if not is_held(error):
            raise
        log.warning("%s is held by another program and stays for now: %s", path, error)
        return False
    return True


def read(path: Path) -> bytes:
    """Return the bytes of a file. Raises OSError."""
    return _patiently(path.read_bytes, _was_not_opened)


def _was_not_opened(error: OSError) -> bool:
    """Tell whether Windows may have refused to open a file because another program has it; there Python does not tell which."""
    return sys.platform == "win32" and isinstance(error, PermissionError)


def _patiently(act: Callable[[], Done], passes: Callable[[OSError], bool] = is_held) -> Done:
    for pause in PAUSES_S:
        try:
            return act()
        except OSError as error:
            if not passes(error):
                raise
            time.sleep(pause)
    return act()
