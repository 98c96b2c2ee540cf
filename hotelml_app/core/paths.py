"""Paths as the system takes them, and as people read them.

Windows stops at 260 letters and drops blanks and dots at the end of a name, unless a path begins with a mark.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hotelml_app.core.errors import UsageError

_MARK, _SHARE_MARK = "\\\\?\\", "\\\\?\\UNC\\"


def reachable(path: Path) -> Path:
    """Return a path under which the system reaches long and blank-padded names; where it needs no mark, the path itself."""
    if sys.platform != "win32":
        return path
    # The name itself stays out of abspath, which would drop the blanks at its end.
    return Path(marked(os.path.abspath(path.parent)), path.name)  # noqa: PTH100 - Path.absolute() keeps ".." parts


def marked(windows_path: str) -> str:
    """Return an absolute Windows path with the mark that lifts the limits."""
    if windows_path.startswith(_MARK):
        return windows_path
    if windows_path.startswith("\\\\"):
        return _SHARE_MARK + windows_path.removeprefix("\\\\")
    return _MARK + windows_path


def unquoted(text: str) -> str:
    """Return a path as people type or paste it, without what is not part of it.

    Explorer copies a path in quotes, ``set NAME="..."`` keeps them, and a command prompt leaves the last one where a folder
    in quotes ends in a backslash.
    """
    return text.strip('" \t\r\n')


def whole(path: Path | str) -> Path:
    """Return a path as people type it as an absolute one. Raises UsageError where ``~`` names a user who is not known."""
    text = unquoted(str(path))
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:
        # Python's own word for it says nothing of the path.
        raise UsageError(f"{text} begins with a user whose folder is not known here.", remedy="Write the whole path.") from error


def never_ends(path: Path) -> bool:
    """Tell whether a path is a pipe or a device: it may never end, and cannot be read twice."""
    return path.exists() and not path.is_file() and not path.is_dir()


def is_folder(path: Path) -> bool:
    """Tell whether a folder is there; not where the system will not say, such as on a share that wants a password."""
    try:
        return path.is_dir()
    except OSError:
        return False


def shown(path: Path | str) -> str:
    """Return a path as people write it."""
    text = str(path)
    if text.startswith(_SHARE_MARK):
        return "\\\\" + text.removeprefix(_SHARE_MARK)
    return text.removeprefix(_MARK)
