"""How SQLite is told of a file that it shall only read."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote_from_bytes

from hotelml_app.core.paths import shown


def read_only(path: PurePath, more: str = "") -> str:
    """Return the address for opening a file, by its whole path, to read it; ``more`` are further parameters: ``&immutable=1``.

    Not ``Path.as_uri``: for a file on a Windows share that names the server where SQLite takes no server, and a backup on a
    share would be called damaged.
    """
    plain = type(path)(shown(str(path))).as_posix()
    root = "" if plain.startswith("/") else "/"
    return f"file://{root}{quote_from_bytes(os.fsencode(plain), safe='/:')}?mode=ro{more}"
