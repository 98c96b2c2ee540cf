"""What the system says of disks, in one place for all who write."""

from __future__ import annotations

import errno

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
"""The disk is full, or what this user may take of it."""


def is_out_of_room(error: BaseException) -> bool:
    """Return whether an error says that there was no room left to write."""
    return isinstance(error, OSError) and error.errno in _NO_ROOM
