"""Whether this user may write in a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hotelml_app.core import held_files

_PROBE = ".hotelml-can-write"
"""The drop folder's watcher passes such names by."""


def may_write(folder: Path) -> bool:
    """Tell whether this user may make and remove files in a folder.

    On Windows it is tried, and an empty file stays only where it may not be removed: what Python asks there knows no rights.
    """
    if sys.platform != "win32":
        return os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)
    probe = folder / _PROBE
    try:
        probe.touch()
        return held_files.removed(probe)
    except OSError:
        return False
