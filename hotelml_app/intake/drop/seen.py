"""Whether a file is still the one that was seen: somebody may write on, or write another of its name, while it is read."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from hotelml_app.core.paths import shown
from hotelml_app.intake.drop.shelves import free_name, move, put_away
from hotelml_app.intake.errors import NoSuchFileError
from hotelml_app.intake.readers.content import unreadable

Seen = tuple[int, int]
"""A file's size and time, which are others once somebody wrote on."""

_BLOCK = 2**20


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal. Raises NoSuchFile, LockedFile or UnreadableFileError."""
    digest = sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except FileNotFoundError as error:
        raise NoSuchFileError(f"There is no file {shown(path)}.") from error
    except OSError as error:
        raise unreadable(path, error) from error
    return digest.hexdigest()


def is_put_away(path: Path, shelf: str, digest: str, seen: Seen) -> bool:
    """Put a file away that was ``seen`` with the content of a ``digest``, and return whether it was that one.

    One that came under its name at the last moment is another and goes back. Raises OSError where a file cannot be moved.
    """
    lies = put_away(path, shelf)
    # A shelf on another disk may keep times less exactly; there the content tells.
    if look(lies) == seen or (lies.stat().st_dev != path.parent.stat().st_dev and digest_of(lies) == digest):
        return True
    move(lies, free_name(path.parent, path.name))
    return False


def look(path: Path) -> Seen:
    """Return a file's size and time. Raises NoSuchFile, LockedFile or UnreadableFileError."""
    try:
        status = path.stat()
    except FileNotFoundError as error:
        raise NoSuchFileError(f"There is no file {shown(path)}.") from error
    except OSError as error:
        raise unreadable(path, error) from error
    return status.st_size, status.st_mtime_ns
