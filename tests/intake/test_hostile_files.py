"""Small files that would take all memory, hang for minutes or end the program: refused in words, in a moment."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from packages import CONTENT, MAIN, binary_workbook, sheet, zipped

from hotelml_app.core.errors import HotelMLError
from hotelml_app.intake.errors import DamagedFileError, EmptyFileError, ForbiddenContentError, TooLargeError
from hotelml_app.intake.readers import content
from hotelml_app.intake.readers.opening import documents_in
from hotelml_app.intake.reading import Layouts, read_file

MOST_SECONDS = 10.0
TODAY = date(2026, 1, 15)


@pytest.fixture(autouse=True)
def nothing_takes_long() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < MOST_SECONDS


def taken_in(name: str, data: bytes) -> None:
    read_file(Path(name), data, Layouts(), TODAY, b"k" * 32, lambda: None)


def open_document(rows: str) -> bytes:
    xml = CONTENT.format(rows)
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return zipped(**{"mimetype": kind, "content.xml": xml.encode(), "META-INF/manifest.xml": b"<manifest/>"})


def cell(place: str, value: object = 1) -> str:
    return f'<c r="{place}"><v>{value}</v></c>'


FAR_CORNERS = f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("XFD1048576")}</row>'
NO_REFERENCES = '<row r="1"><c><v>1</v></c></row><row r="900000">' + "<c><v>1</v></c>" * 200 + "</row>"
WIDE = ' table:number-columns-repeated="4000000000"'
REPEATED = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


@pytest.mark.parametrize("rows", [FAR_CORNERS, NO_REFERENCES, f'<row r="1">{cell("A1")}{cell("ZZZZZZZ4294967295")}</row>'])
def test_a_sheet_whose_cells_lie_at_opposite_ends_is_refused_before_it_ends_the_program(rows: str) -> None:
    with pytest.raises(TooLargeError, match="spreads over"):
        documents_in("x.xlsx", sheet(rows))


def test_a_far_corner_behind_a_mistake_in_the_xml_is_refused_too() -> None:
    """Found by mutation: the library reads on where XML has ended."""
    rows = f'<row r="1">{cell("A1")}</row></row></row><row r="2">{cell("XFD1048576")}</row>'
    with pytest.raises(DamagedFileError):
        documents_in("x.xlsx", sheet(rows))


def test_a_sheet_whose_far_corner_is_only_formatted_is_read() -> None:
    formatted = f'<row r="1">{cell("A1")}{cell("B1")}</row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert [row.cells for row in documents_in("x.xlsx", sheet(formatted))[0].sheets[0].head] == [("1", "1")]


def test_a_binary_workbook_is_read_and_measured_like_any_other() -> None:
    read = documents_in("x.xlsb", binary_workbook([(0, 0, 1.0), (0, 1, 2.5), (2, 0, 3.0)]))[0]
    assert list(read.sheets[0]) == [(["1", "2.5"], 1), (["3", ""], 3)]
    with pytest.raises(TooLargeError, match="spreads over 17,179,869,184 cells"):
        documents_in("x.xlsb", binary_workbook([(0, 0, 1.0), (1_048_575, 16_383, 2.0)]))


def test_a_claim_of_billions_of_shared_texts_is_refused() -> None:
    shared = f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    with pytest.raises(DamagedFileError, match="more texts than it can"):
        documents_in("x.xlsx", sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', sharedStrings=shared))


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="4000000000">{REPEATED.format("")}</table:table-row>',
        f"<table:table-row>{REPEATED.format(WIDE)}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="99999999"/><table:table-row>{REPEATED.format("")}</table:table-row>',
    ],
)
def test_an_open_document_that_repeats_a_cell_without_end_is_refused(rows: str) -> None:
    with pytest.raises(TooLargeError, match="spreads over"):
        documents_in("x.ods", open_document(rows))


def test_an_open_document_whose_empty_rest_is_repeated_is_read() -> None:
    rest = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="16384"/>'
    rows = f"<table:table-row>{REPEATED.format('') * 3}</table:table-row>{rest}</table:table-row>"
    assert documents_in("x.ods", open_document(rows))[0].sheets[0].head[0].cells == ("x", "x", "x")


def test_a_million_empty_columns_are_no_table() -> None:
    with pytest.raises(TooLargeError, match="1,000,000 columns"):
        taken_in("x.csv", b"," * 999_999 + b"\n" + b"a," * 100)
    with pytest.raises(EmptyFileError):
        taken_in("x.xlsx", sheet(f"<row>{'<c/>' * 1_000_000}</row>"))
    with pytest.raises(TooLargeError):
        taken_in("x.xlsx", sheet(f"<row>{'<c><v>1</v></c>' * 20_000}</row>"))


def test_a_text_without_line_ends_is_no_table() -> None:
    with pytest.raises(TooLargeError, match="Line 2 of the file has 5"):
        taken_in("x.csv", b"a,b\n" + b"a," * 3_000_000)


def test_records_that_never_have_the_same_names_are_no_table() -> None:
    elements = b"".join(b"<g><k%d>1</k%d><z>2</z></g>" % (number, number) for number in range(20_000))
    with pytest.raises(TooLargeError, match="columns"):
        taken_in("x.xml", b"<r>" + elements + b"</r>")
    with pytest.raises(TooLargeError, match="columns"):
        taken_in("x.json", json.dumps([{f"k{number}": 1} for number in range(20_000)]).encode())
    with pytest.raises(TooLargeError, match="columns"):
        taken_in("x.xml", b"<r><g " + b" ".join(b'a%d="1"' % number for number in range(20_000)) + b"/></r>")


def test_thousands_of_kinds_of_records_are_no_export() -> None:
    elements = b"".join(b"<g%d><a>1</a><b>2</b></g%d>" % (number, number) for number in range(20_000))
    with pytest.raises(TooLargeError, match="tables"):
        taken_in("x.xml", b"<r>" + elements + b"</r>")


def test_lists_within_records_are_one_table_not_one_for_each_record() -> None:
    records = [{"id": number, "rooms": [{"room": 1}, {"room": 2}]} for number in range(3_000)]
    sheets = documents_in("x.json", json.dumps(records).encode())[0].sheets
    assert {one.name: len(one) for one in sheets} == {"": 3_000, "rooms": 6_000}


@pytest.mark.parametrize(
    "data", [b"[" * 100_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000, b"<a>" * 5_000, b'[{"a":' * 900 + b"1" + b"}]" * 900]
)
def test_what_is_nested_without_end_is_refused(data: bytes) -> None:
    with pytest.raises(HotelMLError):
        taken_in("x.json", data)


def test_what_is_packed_again_and_again_is_refused() -> None:
    data = b"a,b\n1,2\n"
    for _ in range(40):
        data = gzip.compress(data)
    with pytest.raises(ForbiddenContentError, match="packed more than 2 times"):
        documents_in("x.gz", data)
    assert documents_in("x.zip", zipped(**{"a.csv.gz": gzip.compress(b"a,b\n1,2\n")}))[0].name == "a.csv"


def test_a_workbook_of_countless_or_huge_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {f"xl/m{number}.xml": b"" for number in range(6_000)}
    with pytest.raises(TooLargeError, match="6001 files"):
        documents_in("x.xlsx", zipped(**{"[Content_Types].xml": b"x", **parts}))
    monkeypatch.setattr(content, "MAX_BYTES", 3_000_000)
    parts = {f"xl/m{number}.xml": b"\0" * 1_000_000 for number in range(4)}
    with pytest.raises(TooLargeError):
        documents_in("x.xlsx", zipped(**{"[Content_Types].xml": b"x", **parts}))


def test_an_external_entity_or_an_entity_that_grows_is_refused() -> None:
    grown = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 12))
    with pytest.raises(ForbiddenContentError):
        taken_in("x.xml", f'<!DOCTYPE r [<!ENTITY e0 "ha">{grown}]><r><g><a>&e11;</a><b>1</b></g></r>'.encode())


def test_cells_of_megabytes_are_cut_and_do_no_harm() -> None:
    with pytest.raises(HotelMLError):
        taken_in("x.xml", b"<r><g><a>" + b"x " * 4_000_000 + b"</a><b>1</b></g></r>")


def test_half_a_character_in_json_is_no_stumbling_block() -> None:
    sheets = documents_in("x.json", b'[{"a": "\\ud83d half", "b": "1"}]')[0].sheets
    assert sheets[0].head[1].cells == ("? half", "1")
