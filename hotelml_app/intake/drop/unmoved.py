"""Files that were imported and could not be put away yet: another program holds them open, say."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from hotelml_app.core.paths import is_folder, reachable
from hotelml_app.store.decided import data_settings

UNMOVED = "not put away: "
"""What the settings of the data begin with that say where such a file lies; its SHA-256 follows."""


def lies_on(connection: sqlite3.Connection, sha256: str) -> str:
    """Return where a file lies that was imported and could not be put away yet, "" where it was or somebody moved it."""
    path = str(data_settings.get(connection, UNMOVED + sha256, ""))
    # In a folder that is away it may lie as before.
    gone = path and is_folder(Path(path).parent) and not os.path.lexists(reachable(Path(path)))
    return "" if gone else path
