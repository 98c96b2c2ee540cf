"""Whom this HotelML trusts: the public keys it came with."""

from __future__ import annotations

import logging
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import hotelml_app

log = logging.getLogger(__name__)

FILE = "update-keys.txt"
KEY_BYTES = 32


def trusted_keys() -> frozenset[bytes]:
    """Return the Ed25519 public keys whose updates are taken; none where this copy of HotelML came without."""
    found = next((place for place in _places() if place.is_file()), None)
    return keys_in(found.read_text(encoding="utf-8")) if found is not None else frozenset()


def keys_in(text: str) -> frozenset[bytes]:
    """Return the keys of a list: one a line in hexadecimal, what stands behind # is for people."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    found = []
    for line in filter(None, lines):
        try:
            key = bytes.fromhex(line)
        except ValueError:
            key = b""
        if len(key) == KEY_BYTES:
            found.append(key)
        else:
            log.warning("a line of %s is no key and trusts nobody", FILE)
    return frozenset(found)


def _places() -> Iterator[Path]:
    """Yield where the list may lie: in a frozen program, in a source folder, below an installation's prefix."""
    unpacked = getattr(sys, "_MEIPASS", None)
    if unpacked:
        yield Path(unpacked) / FILE
        return
    beside = Path(hotelml_app.__file__).resolve().parent.parent
    yield beside / "resources" / FILE
    yield Path(sysconfig.get_path("data")) / "share" / "hotelml" / FILE
    yield beside / "share" / "hotelml" / FILE
