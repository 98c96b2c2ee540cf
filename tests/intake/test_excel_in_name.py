"""Files that are called .xls and are web pages or one XML file: read like the workbooks they stand for."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.intake.errors import DamagedFileError, ForbiddenContentError, TooLargeError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.readers.opening import documents_in
from hotelml_app.intake.reading import Layouts, read_file
from hotelml_app.store import Store

HEADER = ("Reservation ID", "Confirmation #", "Guest", "Room", "Check-in", "Check-out", "Booked", "Status", "Booking amount")
BOOKING = ("501", "x", "Ada M&uuml;ller", "DBL", "2025-06-20", "2025-06-22", "2025-05-02", "Reserved", "1,200.50&nbsp;&euro;")
OFFICE = "urn:schemas-microsoft-com:office:spreadsheet"
MOST_SECONDS = 5.0


def table(*rows: Sequence[str]) -> str:
    return "<table border=1>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows) + "</table>"


def sheets(data: bytes | str) -> list[list[list[str]]]:
    """The rows of each sheet of a file called x.xls."""
    (document,) = documents_in("x.xls", data.encode() if isinstance(data, str) else data)
    return [[list(row.cells) for row in sheet.head] for sheet in document.sheets]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize(
    "beginning", ["", "<html><head><title>x</title></head><body>", '<?xml version="1.0"?>\n<!-- made -->\n<HTML>']
)
def test_a_page_saved_as_excel_is_taken_in(store: Store, tmp_path: Path, encoding: str, beginning: str) -> None:
    guests = [(str(500 + n), *BOOKING[1:2], "Bär & Söhne", *BOOKING[3:]) for n in range(3)]
    (tmp_path / "x.xls").write_bytes((beginning + table(HEADER, *guests)).encode(encoding))
    report = import_file(tmp_path / "x.xls", store=store, settings_property="The Inn", clock=store.clock)
    assert (report.profile, report.accepted, report.rejected) == ("expedia", 3, 0)
    assert newest(store)["501"]["total"] == 1200.5


def test_titles_in_tables_of_their_own_stand_above_the_rows_and_count_as_in_a_spreadsheet() -> None:
    page = table(("Reservations", ""), ("Business date:", "2025-06-01")) + table(HEADER, BOOKING) + table(("1 booking",))
    (document,) = documents_in("x.xls", page.encode())
    (sheet,) = document.sheets
    assert [(row.line, row.cells[0]) for row in sheet.head] == [
        (1, "Reservations"),
        (2, "Business date:"),
        (3, HEADER[0]),
        (4, "501"),
    ]
    content = read_file(Path("x.xls"), page.encode(), Layouts(), date(2026, 1, 15), b"k" * 32, lambda: None)
    assert str(content.parts[0].header_date) == "2025-06-01"


def test_cells_that_reach_over_others_leave_every_column_where_it_belongs() -> None:
    page = (
        "<TABLE><TR><TH rowspan=2>No<TH colspan='2'>Stay<TH ROWSPAN=\"2\">Rate"
        "<TR><TH>In<TH>Out<TR><TD rowspan=2>7<TD>a<TD>b<TD>9<TR><TD>c<TD>d<TD>8</TABLE>"
    )
    assert sheets(page) == [[["No", "Stay", "", "Rate"], ["No", "In", "Out", "Rate"], ["7", "a", "b", "9"], ["7", "c", "d", "8"]]]


def test_what_is_no_text_of_a_cell_is_left_out() -> None:
    cells = "<td>a<br>b</td><td><!-- <td>no</td> -->c<script>if (1<td>2) no()</script></td><td title='x>y'> 1 < 2 &amp; 3 </td>"
    assert sheets(f"<html><style>td {{}}</style><table><tr>{cells}</tr></table></html>") == [[["a b", "c", "1 < 2 & 3"]]]


def test_a_table_in_the_cell_of_another_is_a_table_of_its_own() -> None:
    page = f"<html><table><tr><td>menu</td><td>{table('abc', 'def')}</td></tr></table>"
    assert sheets(page) == [[["a", "b", "c"], ["d", "e", "f"]]]


def test_letters_follow_what_the_page_declares_unless_its_bytes_say_otherwise() -> None:
    page = '<html><meta http-equiv="Content-Type" content="text/html; charset={}">' + table(("Şişli", "b", "c"))
    assert sheets(page.format("windows-1254").encode("cp1254"))[0][0][0] == "Şişli"
    assert sheets(page.format("iso-8859-1").encode())[0][0][0] == "Şişli"
    assert sheets(page.format("no-such").replace("Şişli", "Bär").encode("cp1252"))[0][0][0] == "Bär"


@pytest.mark.parametrize("data", ["<!DOCTYPE html><html><body>Please log in</body></html>", "MIME-Version: 1.0\nX: y\n\n<html>"])
def test_an_excel_file_that_is_a_page_without_a_table_is_called_so(data: str) -> None:
    with pytest.raises(DamagedFileError, match=r"The Excel file x.xls is really a web (page|archive)") as told:
        documents_in("x.xls", data.encode())
    assert "save it as .xlsx or CSV" in told.value.remedy


def test_a_page_that_is_cut_off_within_a_row_is_refused_and_a_careless_one_is_not() -> None:
    page = table(HEADER, BOOKING, BOOKING)
    with pytest.raises(DamagedFileError, match="ends in the middle of a table"):
        documents_in("x.xls", page[:-40].encode())
    assert len(sheets(page.removesuffix("</table>"))[0]) == 3
    assert len(sheets(page.replace("</td>", "").replace("</tr>", "").removesuffix("</table>"))[0]) == 3


@pytest.mark.parametrize(
    ("page", "error"),
    [
        ("<html>" + "<table><tr><td>" * 40, ForbiddenContentError),
        ("<html><table>" + "<tr><td colspan=16000>x" * 2000, TooLargeError),
        ("<html><table><tr><td colspan=16000 rowspan=999999>x" + "<tr>" * 2000, TooLargeError),
        ("<html><table><tr>" + "<td colspan=9000>x" * 2, TooLargeError),
        ("<html>" + '<a b="' * 300_000, DamagedFileError),
        ("<html>" + "<!--" * 300_000, DamagedFileError),
        ("<html>" + "<script>" * 300_000, DamagedFileError),
        ("<html>" + "<" * 300_000, DamagedFileError),
        ("<html>" + "<a " * 300_000, DamagedFileError),
    ],
)
def test_a_page_that_would_take_all_memory_or_hours_is_refused_in_a_moment(page: str, error: type[Exception]) -> None:
    started = time.process_time()
    with pytest.raises(error):
        documents_in("x.xls", page.encode())
    assert time.process_time() - started < MOST_SECONDS


def workbook(rows: str, before: str = "") -> str:
    return (
        f'<?xml version="1.0"?>{before}\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{OFFICE}" xmlns:ss="{OFFICE}">\n'
        f'<Worksheet ss:Name="Empty"><Table/></Worksheet><Worksheet ss:Name="List"><Table>{rows}</Table></Worksheet></Workbook>'
    )


def cell(text: str, kind: str = "String", place: str = "") -> str:
    return f'<Cell{place}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_a_workbook_in_one_xml_file_is_taken_in(store: Store, tmp_path: Path) -> None:
    kinds = ("Number", *["String"] * 3, "DateTime", "DateTime", "DateTime", "String", "Number")
    texts = (
        "501",
        "x",
        "Ada",
        "DBL",
        "2025-06-20T00:00:00.000",
        "2025-06-22T00:00:00.000",
        "2025-05-02T09:30:00.000",
        "Reserved",
        "1200.5",
    )
    rows = "<Row>" + "".join(map(cell, HEADER)) + '</Row><Row ss:Index="5">' + "".join(map(cell, texts, kinds)) + "</Row>"
    (tmp_path / "x.xls").write_text(workbook(rows), encoding="utf-16")
    report = import_file(tmp_path / "x.xls", store=store, settings_property="The Inn", clock=store.clock)
    assert (report.profile, report.accepted) == ("expedia", 1)
    assert (newest(store)["501"]["arrival"], newest(store)["501"]["total"]) == ("2025-06-20", 1200.5)


def test_places_and_merged_cells_of_it_are_kept() -> None:
    wide, third = ' ss:MergeAcross="1"', ' ss:Index="3"'
    rows = f'<Row ss:Index="3">{cell("a", place=wide)}{cell("b")}</Row><Row>{cell("c", place=third)}</Row>'
    (document,) = documents_in("x.xls", workbook(rows).encode())
    assert [(sheet.name, [(row.line, row.cells) for row in sheet.head]) for sheet in document.sheets] == [
        ("List", [(3, ("a", "", "b")), (4, ("", "", "c"))])
    ]


def test_entities_in_it_are_refused_and_so_is_half_of_it() -> None:
    with pytest.raises(ForbiddenContentError, match="entities"):
        documents_in("x.xls", workbook(f"<Row>{cell('&e;')}</Row>", '<!DOCTYPE r [<!ENTITY e "ha">]>').encode())
    with pytest.raises(DamagedFileError, match="no complete XML"):
        documents_in("x.xls", workbook(f"<Row>{cell('a')}</Row>")[:-30].encode())
    far = ' ss:Index="999999"'
    with pytest.raises(TooLargeError):
        documents_in("x.xls", workbook(f"<Row>{cell('a', place=far)}</Row>").encode())
