"""Which reader a file needs, told by its content, never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from hotelml_app.intake.errors import DamagedFileError, TooLargeError
from hotelml_app.intake.readers.content import Member, unpack
from hotelml_app.intake.readers.nested.frame import Frame
from hotelml_app.intake.readers.nested.html_tables import read_html
from hotelml_app.intake.readers.nested.json_records import read_json
from hotelml_app.intake.readers.nested.markup import declared, is_html
from hotelml_app.intake.readers.nested.spreadsheet_xml import is_spreadsheet_xml, read_spreadsheet_xml
from hotelml_app.intake.readers.nested.web_archive import is_web_archive, read_web_archive
from hotelml_app.intake.readers.nested.xml_records import read_xml
from hotelml_app.intake.readers.tables.sheet import Sheet
from hotelml_app.intake.readers.text.delimited import DelimitedSheet
from hotelml_app.intake.readers.text.encoding import is_utf32, to_utf8
from hotelml_app.intake.readers.text.wrapped_lines import unwrapped
from hotelml_app.intake.readers.workbooks.workbook import read_workbook

MAX_SHEETS = 1_000

_XML_BEGINNING = re.compile(rb"\A\s*<\?xml[^>]*\?>")
_OLE = b"\xd0\xcf\x11\xe0"
_FOREIGN = {
    b"%PDF": "a PDF",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a text document",
    b"SQLi": "a database",
    b"MZ": "a program",
    b"\x7fELF": "a program",
}


@dataclass(frozen=True)
class Document:
    """One export: the file itself, or one of the files in a zip.

    ``encoding`` is "" where the format knows its own, ``frame`` is what stands around records, where the format has any.
    """

    name: str
    form: str
    sheets: Sequence[Sheet]
    encoding: str = ""
    frame: Frame | None = None


def documents_in(name: str, data: bytes) -> list[Document]:
    """Return the exports in the bytes of a file called ``name``. Raises children of IntakeError: damaged, too large, refused."""
    documents = [_document(member) for member in unpack(name, data)]
    if max(len(document.sheets) for document in documents) > MAX_SHEETS:
        raise TooLargeError(f"{name} holds over {MAX_SHEETS:,} tables.", remedy="Export the reservations by themselves.")
    return documents


def foreign_kind(data: bytes) -> str:
    """Return what a file is that can be no export, by how it begins, with its article; "" where it may be one."""
    return next((what for mark, what in _FOREIGN.items() if data.startswith(mark)), "")


def _document(member: Member) -> Document:
    name, data = member.name, member.data
    if what := foreign_kind(data):
        raise DamagedFileError(f"{name} is {what}, not an export.", remedy="Export CSV, Excel, XML or JSON from the PMS.")
    if data.startswith(_OLE) or data.startswith(b"PK\x03\x04"):
        if data.startswith(b"PK") and not _is_spreadsheet(data):
            raise DamagedFileError(f"{name} is a text document, not an export.", remedy="Export CSV or Excel from the PMS.")
        return Document(name, "workbook", read_workbook(name, data))
    if is_utf32(data):
        # No reader of XML knows it; what the file says of its encoding is then no longer true.
        data = _XML_BEGINNING.sub(b"", to_utf8(name, data)[0])
    if is_html(data):
        text, encoding = to_utf8(name, data, declared(data))
        return Document(name, "workbook", read_html(name, text), encoding)
    if is_spreadsheet_xml(data):
        return Document(name, "workbook", read_spreadsheet_xml(name, data))
    if is_web_archive(data):
        sheets, encoding = read_web_archive(name, data)
        return Document(name, "workbook", sheets, encoding)
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00\r\n\t ").startswith(b"<"):
        frame = Frame()
        return Document(name, "xml", read_xml(name, data, frame), frame=frame)
    text, encoding = to_utf8(name, data)
    if text.lstrip()[:1] in (b"{", b"[") and (
        name.lower().endswith((".json", ".jsonl", ".ndjson")) or text.rstrip()[-1:] in (b"}", b"]")
    ):
        frame = Frame()
        return Document(name, "json", read_json(name, text, frame), encoding, frame)
    return Document(name, "text", [DelimitedSheet(unwrapped(text))], encoding)


def _is_spreadsheet(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        kind = package.read("mimetype") if "mimetype" in names else b"spreadsheet"
    return b"spreadsheet" in kind and ("mimetype" in names or any(name.startswith("xl/") for name in names))
