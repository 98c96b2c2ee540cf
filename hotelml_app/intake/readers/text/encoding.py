"""From bytes to text: byte-order marks, UTF-8, UTF-16 without a mark, and code pages of one byte a letter."""

from __future__ import annotations

import codecs
import re

from hotelml_app.intake.errors import DamagedFileError
from hotelml_app.intake.readers.text.code_pages import CODE_PAGE, CODE_PAGES, told_apart

_BLOCK = 2**20
_SAMPLE = 2**16
_MARKS = (
    # The mark of UTF-32 begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES = re.compile(
    r"(windows|x-cp|cp|ibm)[-_]?\d{3,4}|(iso|latin|koi8|x-mac|mac|gb|big5|shift|sjis|euc|tis)[\w-]*", re.IGNORECASE
)
"""Encodings of which a byte may be a letter of its own, and those of East Asia."""
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x0b\x1a"))


def to_utf8(name: str, data: bytes, declared: str = "") -> tuple[bytes, str]:
    """Return the text as UTF-8 bytes without a mark, lines ending in LF or CR LF, and the encoding it was found in.

    ``declared`` is what the file says itself; where its bytes are sound UTF-8, they know better.
    Raises DamagedFileError where the bytes are no text.
    """
    encoding, body = _detect(data)
    if encoding in CODE_PAGES and _CODE_PAGES.fullmatch(declared):
        encoding = _known(declared)
    if encoding == "utf-8":
        text = body
    else:
        text = body.decode(encoding, errors="replace").encode("utf-8")
    if _is_binary(text):
        raise DamagedFileError(
            f"{name} holds binary data, not text.",
            remedy="Export CSV, Excel, XML or JSON from the PMS, not PDF, Word or a picture.",
        )
    # Some systems fill up cells with them; a database takes them for the end of a text.
    text = text.replace(b"\x00", b"")
    if b"\n" not in text and b"\r" in text:
        text = text.replace(b"\r", b"\n")
    return text, encoding


def _detect(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            return (encoding, body) if encoding != "utf-8" else _utf8_or_replaced(body)
    sample = data[:_SAMPLE]
    if len(sample) > 3 and sample.count(0) * 3 > len(sample):
        return ("utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"), data
    return _utf8_or_replaced(data, may_be_other=True)


def _known(declared: str) -> str:
    """Return a declared encoding under its own name; what calls itself Latin-1 is the code page of Windows nearly always."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return CODE_PAGE
    return CODE_PAGE if name in ("iso8859-1", "ascii") else name


def _utf8_or_replaced(data: bytes, *, may_be_other: bool = False) -> tuple[str, bytes]:
    """Tell UTF-8, UTF-8 with a few broken bytes, and a code page apart, over the whole file."""
    valid, broken = 0, 0
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    for start in range(0, len(data), _BLOCK):
        text = decoder.decode(data[start : start + _BLOCK], final=start + _BLOCK >= len(data))
        if not text.isascii():
            replaced = text.count("\ufffd")
            broken += replaced
            valid += sum(1 for character in text if character > "\x7f") - replaced
    if not broken:
        return "utf-8", data
    if may_be_other and broken > valid:
        return told_apart(data), data
    return "utf-8", data.decode("utf-8", errors="replace").encode("utf-8")


def is_utf32(data: bytes) -> bool:
    """Return whether a file begins with the mark of UTF-32."""
    return data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE))


def _is_binary(text: bytes) -> bool:
    sample = text[:_SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) * 0.02
