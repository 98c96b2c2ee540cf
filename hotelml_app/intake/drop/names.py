"""Which names in a drop folder are files for us, and which are other programs' litter."""

from __future__ import annotations

import os
import re
from pathlib import Path

from hotelml_app.settings.home import SHELVES

PROCESSED, DUPLICATES, FAILED = SHELVES
FILE_KEY = "file:"
FOLDER_KEY = "folder:"
WATCHES_KEY = "watches:"
"""How the keys of warnings begin: about a file that waits, a folder that is away, and too many watches; the path follows."""

REASON_SUFFIX = ".reason.txt"

_LITTER = re.compile(
    r"(~\$.*|\.~lock\..*#|\..*|~.*\.tmp|@.*|.*~"
    r"|.*\.(part|partial|filepart|crdownload|download|opdownload|tmp|temp|swp|!ut|lnk|icloud)"
    r"|thumbs\.db|ehthumbs\.db|desktop\.ini)",
    re.IGNORECASE,
)
_ONLY_IN_CLOUD = 0x1000 | 0x40000 | 0x400000
"""Windows: FILE_ATTRIBUTE_OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS."""


def is_litter(name: str) -> bool:
    """Return whether a name is a lock, a half download, a thumbnail or another thing nobody meant to import."""
    return _LITTER.fullmatch(name.strip()) is not None or name.endswith(REASON_SUFFIX)


def readable(name: str) -> str:
    """Return a file name as text. On Linux a name may be bytes of a Windows code page, which nothing else takes as text."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(name).decode("cp1252", errors="replace")
    return name


def file_key(path: Path) -> str:
    """Return the key of warnings about a file that waits."""
    return f"{FILE_KEY}{readable(str(path))}"


def is_only_in_cloud(status: os.stat_result) -> bool:
    """Return whether a file is a placeholder whose content is still in the cloud."""
    return bool(getattr(status, "st_file_attributes", 0) & _ONLY_IN_CLOUD)
