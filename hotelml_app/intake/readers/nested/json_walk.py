"""Finding one's way through JSON text without reading it: where values begin and end, and whether they are small."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

SMALL = 2**20
"""Bytes that a value may have to be read at once."""

MAX_DEPTH = 60

_BLANKS = re.compile(rb"[ \t\n\r]*+")
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]}{\[\"]++")
# Everything up to the next bracket that stands in no string; without steps back, so that no text takes long.
_TO_BRACKET = re.compile(rb'[^"{}\[\]]*+(?:"[^"\\]*+(?:\\.[^"\\]*+)*+"[^"{}\[\]]*+)*+', re.DOTALL)
_OPENING, _CLOSING = b"{[", b"}]"


class Walk:
    """A position in a text. ``items`` and ``members`` go on from where ``next`` was set by whoever read the value."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.next = 0

    def blanks(self, at: int) -> int:
        """Return the place behind the blanks at ``at``."""
        match = _BLANKS.match(self.data, at)
        return match.end() if match else at

    def end_of_small(self, at: int) -> int | None:
        """Return the place behind the value at ``at``, or None where that is a list or an object larger than SMALL."""
        first = self.data[at : at + 1]
        if first not in (b"{", b"["):
            match = (_STRING if first == b'"' else _SCALAR).match(self.data, at)
            if match is None:
                raise self.wrong("no value where one should be", at)
            return match.end()
        depth, place, limit = 0, at, at + SMALL
        while place < limit:
            match = _TO_BRACKET.match(self.data, place, limit)
            place = match.end() if match else place
            mark = self.data[place : place + 1]
            if place >= limit or not mark or mark not in _OPENING + _CLOSING:
                break
            depth += 1 if mark in _OPENING else -1
            place += 1
            if depth == 0:
                return place
        if limit >= len(self.data):
            raise self.wrong("the end of the file inside a value", place)
        return None

    def items(self, at: int) -> Iterator[int]:
        """Yield the place of each item of the list at ``at``; leave ``next`` behind its end."""
        place = self.blanks(at + 1)
        if self.data[place : place + 1] == b"]":
            self.next = place + 1
            return
        while True:
            yield place
            place = self._separated(b"]")
            if place < 0:
                return

    def members(self, at: int) -> Iterator[tuple[str, int]]:
        """Yield the key and the place of the value of each member of the object at ``at``; leave ``next`` behind its end."""
        place = self.blanks(at + 1)
        if self.data[place : place + 1] == b"}":
            self.next = place + 1
            return
        while True:
            match = _STRING.match(self.data, place)
            colon = self.blanks(match.end()) if match else place
            if match is None or self.data[colon : colon + 1] != b":":
                raise self.wrong("no name where one should be", place)
            yield str(json.loads(match[0].decode("utf-8", errors="replace"))), self.blanks(colon + 1)
            place = self._separated(b"}")
            if place < 0:
                return

    def _separated(self, closing: bytes) -> int:
        """Step over the comma behind a value and return the next place; at the end set ``next`` and return -1."""
        place = self.blanks(self.next)
        mark = self.data[place : place + 1]
        if mark == closing:
            self.next = place + 1
            return -1
        if mark != b",":
            raise self.wrong("no comma between two values", place)
        return self.blanks(place + 1)

    def refuse_deep(self, depth: int, at: int) -> None:
        """Raise ValueError where values lie deeper in one another than any report's."""
        if depth > MAX_DEPTH:
            raise self.wrong(f"values lie over {MAX_DEPTH} deep in one another", at)

    def wrong(self, what: str, at: int) -> ValueError:
        """Return the error for a place, in lines from 1."""
        line = self.data.count(b"\n", 0, at) + 1
        return ValueError(f"{what} in line {line}")
