"""Web archives (MHTML, RFC 2557): a page with all that belongs to it in one file, as report servers save it as .xls.

The parts are told apart by the boundary between them, in one pass; only pages are unpacked.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser

from hotelml_app.intake.errors import DamagedFileError, TooLargeError
from hotelml_app.intake.readers.nested.grid import Room
from hotelml_app.intake.readers.nested.html_tables import no_excel_file, tables_in
from hotelml_app.intake.readers.nested.markup import declared
from hotelml_app.intake.readers.tables.sheet import RowsSheet
from hotelml_app.intake.readers.text.encoding import to_utf8

MOST_PARTS = 2_000

_BEGINNING = 4096
_LONGEST_HEADERS = 2**16
_HEADERS = re.compile(rb"\s*(?:[A-Za-z][\w-]{0,60}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+", re.ASCII)
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")


def is_web_archive(data: bytes) -> bool:
    """Return whether a file begins with the headers of a web archive, whatever it is called."""
    headers = _HEADERS.match(data[:_BEGINNING])
    return headers is not None and b"mime-version:" in headers[0].lower()


def read_web_archive(name: str, data: bytes) -> tuple[list[RowsSheet], str]:
    """Return the tables of all pages in the archive, in their order, and the encoding of the last page that has any.

    Raises DamagedFileError where the archive is cut off or holds no table, TooLargeError, ForbiddenContentError.
    """
    headers, body = _message(data)
    if headers.get_content_type() in ("multipart/mixed", "multipart/alternative"):
        raise DamagedFileError(
            f"{name} is an e-mail, not an export.", remedy="Save the export that is attached to it, and drop that."
        )
    boundary = headers.get_boundary()
    pages = _pages(name, body, boundary.encode("latin-1", "replace")) if boundary else [(headers, body)]
    sheets: list[RowsSheet] = []
    room, encoding = Room(name), ""
    for of_page, packed in pages:
        page = _unpacked(name, of_page, packed)
        text, found = to_utf8(name, page, of_page.get_content_charset() or declared(page))
        tables = tables_in(name, text, room, len(sheets))
        encoding = found if tables else encoding
        sheets += tables
    if not sheets:
        raise no_excel_file(name, "a web archive (MHTML) without a table of bookings")
    return sheets, encoding


def _message(data: bytes) -> tuple[Message, bytes]:
    """Return the headers of a message or part, and what stands below them."""
    data = data.lstrip()
    end = _BLANK_LINE.search(data, 0, _LONGEST_HEADERS)
    headers, body = (data[: end.start()], data[end.end() :]) if end else (data[:_LONGEST_HEADERS], b"")
    return BytesHeaderParser().parsebytes(headers), body


def _pages(name: str, body: bytes, boundary: bytes) -> Iterator[tuple[Message, bytes]]:
    """Yield the parts that are web pages, still packed."""
    lines = re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?$\n?", re.MULTILINE)
    begins: int | None = None
    for count, line in enumerate(lines.finditer(body)):
        if count > MOST_PARTS:
            raise TooLargeError(f"{name} holds over {MOST_PARTS:,} parts.", remedy="Export the reservations by themselves.")
        if begins is not None:
            headers, packed = _message(body[begins : line.start()])
            if headers.get_content_type() in ("text/html", "application/xhtml+xml"):
                yield headers, packed
        if line[1]:
            return
        begins = line.end()
    raise _cut_off(name)


def _unpacked(name: str, headers: Message, packed: bytes) -> bytes:
    way = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
    if way == "quoted-printable":
        return quopri.decodestring(packed)
    if way != "base64":
        return packed
    try:
        return binascii.a2b_base64(packed)
    except binascii.Error as error:
        raise _cut_off(name) from error


def _cut_off(name: str) -> DamagedFileError:
    return DamagedFileError(
        f"The web archive (MHTML) {name} ends before its end.", remedy="The file may be cut off: copy or export it again."
    )
