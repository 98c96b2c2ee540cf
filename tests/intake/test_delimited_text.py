"""Delimited text in all its dialects, and the two ways of reading it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.intake.readers.opening import documents_in
from hotelml_app.intake.readers.tables.table import Table
from hotelml_app.intake.readers.text import delimited, plain_blocks
from hotelml_app.intake.readers.text.delimited import DelimitedSheet
from hotelml_app.intake.readers.text.encoding import to_utf8
from hotelml_app.intake.readers.text.wrapped_lines import unwrapped


def read(data: bytes | str, header: int = 0) -> Table:
    sheet = DelimitedSheet(data.encode() if isinstance(data, str) else data)
    row = sheet.head[header]
    return sheet.read(row, range(len(row.cells)))


def rows_of(table: Table) -> list[list[str]]:
    return [[column.text(row) for column in table.columns.values()] for row in range(len(table))]


cells = st.text(st.sampled_from('ab1 ~"\n\rä€'), max_size=6)


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=12), st.sampled_from(",;\t|"), st.booleans())
def test_whatever_a_csv_writer_writes_is_read_back(rows: list[list[str]], delimiter: str, crlf: bool) -> None:
    rows = [[cell.replace("~", delimiter) for cell in row] for row in rows]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n" if crlf else "\n")
    writer.writerows([["first", "second", "third"], *rows])
    table = read(out.getvalue())
    wanted = [[cell.replace("\r\n", "\n").replace("\r", " ") for cell in row] for row in rows]
    assert [[cell.replace("\r\n", "\n") for cell in row] for row in rows_of(table)] == wanted
    assert not table.bad_rows


@given(st.lists(st.lists(st.text(st.sampled_from("ab1 ."), max_size=4), min_size=2, max_size=4), min_size=1, max_size=30))
def test_the_fast_and_the_careful_reader_give_the_same_table(rows: list[list[str]]) -> None:
    text = "first,second,third\n" + "".join(",".join(row) + "\n" for row in rows)
    fast = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "is_plain", lambda *_: False)
        careful = read(text)
    assert rows_of(fast) == rows_of(careful)
    assert fast.lines.tolist() == careful.lines.tolist()
    assert fast.bad_rows == careful.bad_rows


def test_a_long_file_is_read_in_blocks_without_losing_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 1000)
    text = "number,word\n" + "".join(f"{n},w{n % 7}\n" for n in range(2000))
    table = read(text)
    assert rows_of(table) == [[str(n), f"w{n % 7}"] for n in range(2000)]
    assert table.lines.tolist() == list(range(2, 2002))


def test_from_the_first_quoted_block_on_the_careful_reader_takes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BLOCK_BYTES", 200)
    lines = [f'{n},"a, ""b""\nc"' if n == 60 else f"{n},plain" for n in range(100)]
    table = read("number,word\n" + "\n".join(lines))
    assert rows_of(table)[60] == ["60", 'a, "b"\nc']
    assert table.lines[59:63].tolist() == [61, 62, 64, 65]


def test_a_line_with_too_many_cells_is_refused_with_its_number() -> None:
    table = read("a,b\n1,2\n1,2,3\n4,5\n")
    assert rows_of(table) == [["1", "2"], ["4", "5"]]
    assert [(row.line, row.reason) for row in table.bad_rows] == [(3, "the row has 3 cells, the header has 2")]


def test_blank_cells_beyond_the_header_are_no_damage() -> None:
    assert rows_of(read("a,b\n1,2,,\n")) == [["1", "2"]]


def test_a_single_short_line_is_damage_but_many_are_the_programs_habit() -> None:
    full = "".join(f"{n},x,y\n" for n in range(20))
    cut = read("a,b,c\n" + full + "20,x\n")
    assert len(cut) == 20
    assert [row.line for row in cut.bad_rows] == [22]
    habit = read("a,b,c\n1,x,y\n2,x\n3,x\n4,x,y\n")
    assert rows_of(habit)[1] == ["2", "x", ""]
    assert not habit.bad_rows


def test_a_quote_that_is_never_closed_costs_its_own_line_alone() -> None:
    table = read('a,b\n1,2\n3,"four\n5,6\n7,8\n')
    assert [row for row in rows_of(table) if row[0] in "157"] == [["1", "2"], ["5", "6"], ["7", "8"]]


def test_lines_of_a_report_that_are_no_rows_are_set_aside() -> None:
    table = read("a;b;c;d\n1;2;3;4\n\nTotal;1\nPrinted by night audit\n")
    assert rows_of(table) == [["1", "2", "3", "4"]]
    assert table.footers == 2
    assert not table.bad_rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_also_beside_decimal_commas(delimiter: str) -> None:
    price = "480,00" if delimiter != "," else "480.00"
    text = f"id{delimiter}arrival{delimiter}rate\n" + "".join(
        f"{n}{delimiter}2025-01-0{n}{delimiter}{price}\n" for n in range(1, 9)
    )
    assert DelimitedSheet(text.encode()).delimiter == delimiter


def test_excel_says_the_delimiter_itself() -> None:
    sheet = DelimitedSheet(b"sep=;\na;b\n1;2,5\n")
    table = sheet.read(sheet.head[1], [0, 1])
    assert rows_of(table) == [["1", "2,5"]]
    assert table.lines.tolist() == [3]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_gives_the_same_words(encoding: str) -> None:
    text = "gast,ort\r\nMüller,Café\r\n" * 3
    document = documents_in("a.csv", text.encode(encoding))[0]
    assert document.sheets[0].head[1].cells == ("Müller", "Café")


def test_one_broken_byte_does_not_turn_utf8_into_a_code_page() -> None:
    data = "Müller;Café;Größe\n".encode() * 50 + b"M\xffller;x;y\n"
    text, encoding = to_utf8("a.csv", data)
    assert encoding == "utf-8"
    assert text.decode().count("Müller") == 50


def test_lone_carriage_returns_end_lines_where_nothing_else_does() -> None:
    assert rows_of(read(to_utf8("a.csv", b"a,b\r1,2\r3,4\r")[0])) == [["1", "2"], ["3", "4"]]


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_stumble(data: bytes) -> None:
    """Rows read, refused and set aside are all there is; errors are told in words."""
    from hotelml_app.core.errors import HotelMLError

    try:
        documents = documents_in("a.csv", b"a,b,c\n" + data)
    except HotelMLError:
        return
    for sheet in documents[0].sheets:
        if sheet.head:
            table = sheet.read(sheet.head[0], range(len(sheet.head[0].cells)))
            assert len(table.lines) == len(next(iter(table.columns.values())))


def test_a_plain_block_is_told_from_one_that_needs_care() -> None:
    assert plain_blocks.is_plain(b"1,2\n3,4\n", ",", 2)
    assert plain_blocks.is_plain(b"1,2\r\n3,4", ",", 2)
    assert not plain_blocks.is_plain(b'1,"2"\n', ",", 2)
    assert not plain_blocks.is_plain(b"1,2\n\n3,4\n", ",", 2)
    assert not plain_blocks.is_plain(b"1,2\r3,4\n", ",", 2)


@given(
    st.lists(st.lists(st.text(st.sampled_from('ab1 ";ä'), max_size=6), min_size=3, max_size=3), min_size=1, max_size=30),
    st.booleans(),
)
def test_lines_that_stand_in_quotes_as_a_whole_are_read_as_without_them(rows: list[list[str]], crlf: bool) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows([["first", "second", "third"], *rows])
    plain = out.getvalue().splitlines()
    wrapped = "".join('"' + line.replace('"', '""') + ('"\r\n' if crlf else '"\n') for line in plain)
    ((document,),) = (documents_in("export.csv", wrapped.encode()),)
    (sheet,) = document.sheets
    assert isinstance(sheet, DelimitedSheet)
    table = sheet.read(sheet.head[0], range(3))
    assert rows_of(table) == rows_of(read(out.getvalue()))


def test_cells_in_quotes_are_no_wrapped_lines() -> None:
    for text in ('"a","b","c"\n"1","2","3"\n', '"a, b, c"\n"1, 2, 3"\nd\n', '"comment"\n"clean, quiet, near"\n', '"a;b;c"\n'):
        assert unwrapped(text.encode()) == text.encode()
