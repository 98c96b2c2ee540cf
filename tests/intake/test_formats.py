"""Workbooks, XML, JSON and packages: the same rows whatever they come in, and nothing that tricks or bursts."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest
from packages import open_spreadsheet, workbook, zipped

from hotelml_app.intake.errors import DamagedFileError, EmptyFileError, ForbiddenContentError, TooLargeError
from hotelml_app.intake.readers import content
from hotelml_app.intake.readers.opening import Document, documents_in


def rows(document: Document, sheet: int = 0) -> list[list[str]]:
    chosen = document.sheets[sheet]
    table = chosen.read(chosen.head[0], range(len(chosen.head[0].cells)))
    return [[column.text(row) for column in table.columns.values()] for row in range(len(table))]


def test_a_workbook_gives_its_sheets_as_text_with_excel_row_numbers() -> None:
    document = documents_in(
        "x.xlsx",
        workbook({"Parameters": [["Enterprise", "Hill Hotel"]], "Reservations": [["a", "b"], [None], [1, 2.5], ["ä", 45000]]}),
    )[0]
    assert [sheet.name for sheet in document.sheets] == ["Parameters", "Reservations"]
    assert rows(document, 1) == [["1", "2.5"], ["ä", "45000"]]
    head = document.sheets[1].head
    assert document.sheets[1].read(head[0], [0]).lines.tolist() == [3, 4]


def test_an_open_document_spreadsheet_is_read_too() -> None:
    assert rows(documents_in("x.ods", open_spreadsheet())[0]) == [["1", "ä"]]


def test_what_a_file_is_is_told_by_its_content_not_its_name() -> None:
    assert documents_in("x.csv", workbook({"s": [["a"]]}))[0].form == "workbook"
    assert documents_in("x.xlsx", b"a,b\n1,2\n")[0].form == "text"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"\x89PNG\r\n", zipped(**{"mimetype": b"application/vnd.oasis.opendocument.text", "c.xml": b"x"})]
)
def test_a_file_that_is_no_export_is_refused_by_what_it_is(data: bytes) -> None:
    with pytest.raises(DamagedFileError, match="not an export"):
        documents_in("x.csv", data)


def test_a_broken_workbook_is_damaged() -> None:
    whole = workbook({"s": [["a", "b"], [1, 2]]})
    with pytest.raises(DamagedFileError):
        documents_in("x.xlsx", whole[: len(whole) // 2])
    with pytest.raises(DamagedFileError):
        documents_in("x.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600)


def test_repeated_elements_of_an_xml_report_are_rows_with_their_lines() -> None:
    xml = b'<?xml version="1.0"?>\n<R><LIST>\n<G id="7">\n<A>x</A>\n<B> y </B>\n</G>\n<G id="8"><A>z</A><C>q</C></G>\n</LIST></R>'
    document = documents_in("x.xml", xml)[0]
    assert [sheet.name for sheet in document.sheets] == ["R/LIST/G"]
    assert document.sheets[0].head[0].cells == ("id", "A", "B", "C")
    assert rows(document) == [["7", "x", "y", ""], ["8", "z", "", "q"]]
    assert document.sheets[0].read(document.sheets[0].head[0], [0]).lines.tolist() == [3, 7]


def test_xml_in_a_windows_code_page_is_read() -> None:
    xml = '<?xml version="1.0" encoding="windows-1252"?><R><G><A>Müller</A><B>1</B></G></R>'.encode("cp1252")
    assert rows(documents_in("x.xml", xml)[0]) == [["Müller", "1"]]


def test_xml_that_brings_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r><g><x>&b;</x><y>1</y></g></r>'
    with pytest.raises(ForbiddenContentError):
        documents_in("x.xml", bomb)
    with pytest.raises(ForbiddenContentError):
        documents_in("x.xml", b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r><g><x>&a;</x></g></r>')


def test_xml_nested_without_end_is_refused() -> None:
    with pytest.raises(ForbiddenContentError):
        documents_in("x.xml", b"<a>" * 500)


def test_xml_that_is_cut_off_is_damaged() -> None:
    with pytest.raises(DamagedFileError, match="no complete XML"):
        documents_in("x.xml", b"<R><G><A>x</A>")


def test_json_records_and_rows_become_sheets() -> None:
    report = {
        "Documents": [
            {"Name": "Parameters", "Data": [["Enterprise", "Hill Hotel"]]},
            {"Name": "Reservations", "Data": [["a", "b"], ["1", None]]},
        ]
    }
    document = documents_in("x.json", json.dumps(report).encode())[0]
    named = {sheet.name: sheet for sheet in document.sheets}
    assert named["Reservations"].head[0].cells == ("a", "b")
    reviews = {"reviews": [{"id": "1", "reviewer": {"name": "x"}, "stars": 5}, {"id": "2", "extra": True}]}
    document = documents_in("x.json", json.dumps(reviews).encode())[0]
    assert document.sheets[0].head[0].cells == ("id", "reviewer.name", "stars", "extra")
    assert rows(document) == [["1", "x", "5", ""], ["2", "", "", "1"]]


@pytest.mark.parametrize(
    ("name", "data"),
    [("x.csv", b"id,kind\nR-1\x00\x00,D\x00BL\n" + b"R-2,SGL\n" * 30), ("x.json", b'[{"id": "R-1\\u0000", "kind": "DBL"}]')],
)
def test_what_cells_are_filled_up_with_is_no_part_of_them(name: str, data: bytes) -> None:
    assert rows(documents_in(name, data)[0])[0] == ["R-1", "DBL"]


def test_json_that_is_cut_off_is_damaged() -> None:
    with pytest.raises(DamagedFileError):
        documents_in("x.json", b'{"reviews": [{"id": 1}')


def test_compressed_text_is_read_and_a_cut_one_is_damaged() -> None:
    packed = gzip.compress(b"a,b\n1,2\n" * 1000)
    assert rows(documents_in("x.csv.gz", packed)[0])[0] == ["1", "2"]
    with pytest.raises(DamagedFileError, match="cut off or broken"):
        documents_in("x.csv.gz", packed[:-12])
    with pytest.raises(EmptyFileError):
        documents_in("x.csv.gz", gzip.compress(b""))


def test_a_zip_gives_each_export_in_it() -> None:
    package = zipped(**{"a.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n3,4\n", "__MACOSX/._a.csv": b"x", "empty.csv": b""})
    assert [rows(document) for document in documents_in("x.zip", package)] == [[["1", "2"]], [["3", "4"]]]


def test_a_zip_inside_a_zip_is_refused_but_a_workbook_is_not() -> None:
    with pytest.raises(ForbiddenContentError):
        documents_in("x.zip", zipped(**{"inner.zip": zipped(**{"a.csv": b"a,b\n1,2\n"})}))
    assert documents_in("x.zip", zipped(**{"inner.xlsx": workbook({"s": [["a"], [1]]})}))[0].form == "workbook"


def test_an_empty_zip_is_empty() -> None:
    with pytest.raises(EmptyFileError):
        documents_in("x.zip", zipped())


@pytest.mark.parametrize("pack", [gzip.compress, lambda data: zipped(**{"a.csv": data})])
def test_a_file_that_unpacks_to_far_too_much_is_refused(pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "RATIO_FREE_BYTES", 10_000)
    with pytest.raises(TooLargeError):
        documents_in("bomb", pack(b"\0" * 5_000_000 + b"a"))
    monkeypatch.setattr(content, "RATIO_FREE_BYTES", 10_000_000)
    monkeypatch.setattr(content, "MAX_BYTES", 1_000_000)
    with pytest.raises(TooLargeError):
        documents_in("bomb", pack(bytes(range(256)) * 20_000))


def test_a_zip_whose_size_lies_is_still_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory says ten bytes; the stream says a million."""
    monkeypatch.setattr(content, "RATIO_FREE_BYTES", 10_000)
    data = bytearray(zipped(**{"a.csv": b"x" * 1_000_000}))
    true, false = (1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    with pytest.raises((TooLargeError, DamagedFileError)):
        documents_in("x.zip", bytes(data.replace(true, false)))


def test_a_zip_with_a_password_says_so() -> None:
    data = bytearray(zipped(**{"a.csv": b"a,b\n1,2\n"}))
    data[6] |= 1
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    with pytest.raises(DamagedFileError, match="password"):
        documents_in("x.zip", bytes(data))


def test_noise_behind_a_gzip_mark_is_damaged() -> None:
    with pytest.raises(DamagedFileError):
        documents_in("x.gz", b"\x1f\x8b" + zlib.compress(b"abc"))


def test_a_file_of_blanks_is_binary_or_empty_but_never_a_crash() -> None:
    with pytest.raises(DamagedFileError):
        documents_in("x.csv", bytes(range(32)) * 100)
