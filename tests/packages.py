"""Zip packages made by hand: workbooks of both office worlds, and plain ones."""

from __future__ import annotations

import io
import struct
import zipfile

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="List">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)


def workbook(sheets: dict[str, list[list[object]]]) -> bytes:
    """A small xlsx; numbers stay numbers, text is inline."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")]))
        names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, start=1))
        package.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>{names}</sheets></workbook>')
        package.writestr(
            "xl/_rels/workbook.xml.rels", relations([("worksheet", f"worksheets/s{n}.xml") for n in range(1, len(sheets) + 1)])
        )
        for number, rows in enumerate(sheets.values(), start=1):
            body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            package.writestr(
                f"xl/worksheets/s{number}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
            )
    return out.getvalue()


def relations(targets: list[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATION}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def _cell(value: object) -> str:
    if value is None:
        return "<c/>"
    return f"<c><v>{value}</v></c>" if isinstance(value, int | float) else f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def open_spreadsheet() -> bytes:
    """A small ods."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(c) for c in row)}</table:table-row>" for row in (("a", "b"), ("1", "ä"))
    )
    xml = CONTENT.format(rows)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", xml)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return out.getvalue()


def sheet(rows: str, **parts: str) -> bytes:
    """A workbook whose one sheet is written as it is given."""
    out = io.BytesIO()
    kinds = [("worksheet", "worksheets/s1.xml"), *(("sharedStrings", f"{name}.xml") for name in parts)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")]))
        names = '<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets>'
        package.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}">{names}</workbook>')
        package.writestr("xl/_rels/workbook.xml.rels", relations(kinds))
        package.writestr("xl/worksheets/s1.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>')
        for name, text in parts.items():
            package.writestr(f"xl/{name}.xml", text)
    return out.getvalue()


def binary_workbook(cells: list[tuple[int, int, float]]) -> bytes:
    """A small xlsb of numbers, each (row, column, value) from 0."""
    sheet = _record(129) + _record(148, bytes(16)) + _record(145)
    for row, column, value in cells:
        sheet += _record(0, struct.pack("<I", row) + bytes(13)) + _record(5, struct.pack("<IId", column, 0, value))
    sheet += _record(146) + _record(130)
    named = _record(156, struct.pack("<II", 0, 1) + _counted("rId1") + _counted("List"))
    return zipped(
        **{
            "[Content_Types].xml": TYPES.encode(),
            "_rels/.rels": relations([("officeDocument", "xl/workbook.bin")]).encode(),
            "xl/workbook.bin": _record(131) + _record(143) + named + _record(144) + _record(132),
            "xl/_rels/workbook.bin.rels": relations([("worksheet", "worksheets/sheet1.bin")]).encode(),
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


def _record(kind: int, data: bytes = b"") -> bytes:
    assert len(data) < 128
    return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + bytes([len(data)]) + data


def _counted(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
