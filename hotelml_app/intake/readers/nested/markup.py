"""The tags of a web page, one after the other, in one pass: broken markup costs no more time than sound one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_BEGINNING = 4096
_BEFORE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*){0,9}", re.DOTALL)
_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|meta|table|style|div|center|form|font|title|span|p|br)\b", re.IGNORECASE)
_SURE = (b"!doctype", b"html")
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z][\w:-]{1,30})", re.IGNORECASE)
_CELLS = re.compile(rb"<t[rdh][\s>]", re.IGNORECASE)

# No part crosses the next "<", so that all tries together look at each byte only a few times.
_ATTRIBUTES = rb"(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+"
_TOKEN = re.compile(
    rb"(?P<comment><!--)|<(?:(?P<end>/?)(?P<name>[A-Za-z][\w:-]*+)(?P<attributes>" + _ATTRIBUTES + rb")|[!?][^<>]*+)>"
    rb"(?P<text>[^<]*+)|(?P<stray><[^<]*+)"
)
_COMMENT_END = re.compile(rb"-->")
_UNSEEN_ENDS = {name: re.compile(rb"</" + name + rb"\s*>", re.IGNORECASE) for name in (b"script", b"style")}


class Tag(NamedTuple):
    """A tag in small letters ("" for none), whether it ends an element, what stands inside it, and the text behind it."""

    name: bytes
    ends: bool
    attributes: bytes
    text: bytes


def is_html(data: bytes) -> bool:
    """Return whether a file begins like a web page, whatever it is called."""
    head = data[:_BEGINNING].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    begins = _BEFORE.match(head)
    mark = _PAGE.match(head, begins.end() if begins else 0)
    if mark is None:
        return False
    if mark[1].lower().startswith(_SURE):
        return True
    return _CELLS.search(data.replace(b"\x00", b"") if b"\x00" in data[:_BEGINNING] else data) is not None


def declared(data: bytes) -> str:
    """Return the encoding that a page says it is in, "" where it does not."""
    found = _DECLARED.search(data[:_BEGINNING])
    return found[1].decode() if found else ""


def tags(text: bytes) -> Iterator[Tag]:
    """Yield the tags of a page in UTF-8; comments, scripts and styles are left out, what ought to be a tag is text."""
    place = text.find(b"<")
    while place >= 0:
        beginning, place = place, -1
        for token in _TOKEN.finditer(text, beginning):
            name = (token["name"] or b"").lower()
            unseen = _COMMENT_END if token["comment"] else None if token["end"] else _UNSEEN_ENDS.get(name)
            if unseen is not None:
                end = unseen.search(text, token.end("comment") if token["comment"] else token.start("text"))
                place = text.find(b"<", end.end()) if end else -1
                if end:
                    yield Tag(b"", False, b"", text[end.end() : place if place >= 0 else len(text)])
                break
            yield Tag(name, bool(token["end"]), token["attributes"] or b"", token["stray"] or token["text"] or b"")
