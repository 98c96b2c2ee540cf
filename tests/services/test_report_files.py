"""A report written to a file prints well, is known again, and holds nothing that a spreadsheet would run."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from small_hotel import AS_OF
from workbook_rows import SHEETS, rows_below

from hotelml_app.core.errors import UsageError
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.files.written_files import write_bytes
from hotelml_app.services.report.keeping import ending, is_report
from hotelml_app.services.report.views import Column, Kind, Report, Sheet, Table
from hotelml_app.services.report.workbook import workbook_bytes


def small(text: str = "City", value: object = 1.5) -> Report:
    table = Table("", (Column("Room type"), Column("Rate", Kind.RATE)), ((text, value),))  # type: ignore[arg-type]
    made_at = datetime(2026, 2, 28, 5, tzinfo=UTC)
    return Report("Rose & Crown", "US", "USD", AS_OF, 28, made_at, (Sheet("Rates", "All is well.", (table,)),))


@pytest.mark.parametrize(
    "text", ["=1+1", "+CMD", "-x", "@SUM(A1)", "\tx", "＝1+1", '=HYPERLINK("http://evil.example")', "http://x.example"]
)
def test_no_text_is_ever_a_formula_or_a_link(text: str) -> None:
    content = workbook_bytes(small(text))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert ("quotePrefix" in styles) == (text != "http://x.example")
    (row,) = rows_below(CalamineWorkbook.from_filelike(io.BytesIO(content)), "Rates", "Room type")
    assert row["Room type"] == text


def test_a_property_or_note_that_looks_like_a_formula_is_a_text_too() -> None:
    plain_made = small()
    sheets = (replace(plain_made.sheets[0], sentence="=1+1", notes=("@SUM(A1)",)),)
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(replace(plain_made, property_name="=cmd", sheets=sheets)))) as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet1.xml").decode()
        assert parts.read("xl/styles.xml").decode().count("quotePrefix") == 2


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_what_is_not_known_is_an_empty_cell(value: float | None) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes(small(value=value))))
    assert rows_below(book, "Rates", "Room type")[0]["Rate"] == ""


def test_it_prints_on_the_countrys_paper_one_page_wide_under_a_head_that_stays(report: Report) -> None:
    def page(made: Report, sheet: int) -> str:
        with zipfile.ZipFile(io.BytesIO(workbook_bytes(made))) as parts:
            return parts.read(f"xl/worksheets/sheet{sheet}.xml").decode()

    nights = page(report, SHEETS.index("Nights") + 1)
    assert 'fitToPage="1"' in nights
    assert re.search(r'<pageSetup paperSize="9" [^>]*fitToHeight="0" orientation="landscape"', nights)
    assert 'ySplit="4"' in nights
    assert "<autoFilter" in nights
    letter = page(small(), 1)
    assert 'orientation="landscape"' in letter
    assert 'paperSize="9"' not in letter
    assert "Rose &amp;&amp; Crown" in letter, "a single ampersand would be a code"


@pytest.mark.parametrize(("name", "found"), [("a.xlsx", ".xlsx"), ("A.PDF", ".pdf")])
def test_the_ending_says_what_is_written(name: str, found: str) -> None:
    assert ending(Path(name)) == found


def test_any_other_ending_is_refused() -> None:
    with pytest.raises(UsageError, match="neither Excel nor PDF"):
        ending(Path("report.csv"))


def test_a_report_is_known_by_what_it_says_in_its_properties(report: Report, tmp_path: Path) -> None:
    own, other, text = tmp_path / "own.xlsx", tmp_path / "other.xlsx", tmp_path / "text.xlsx"
    write_bytes(own, workbook_bytes(replace(report, sheets=report.sheets[:1])))
    other.write_bytes(own.read_bytes())
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("docProps/core.xml", "<dc:creator>Somebody</dc:creator>")
    text.write_text("HotelML", encoding="utf-8")
    assert [is_report(path) for path in (own, other, text, tmp_path / "none.xlsx")] == [True, False, False, False]


def test_what_staff_chose_is_replaced_but_never_hotelmls_own(hotel: Appliance, tmp_path: Path) -> None:
    target = tmp_path / "budget.xlsx"
    target.write_text("agreed to be replaced", encoding="utf-8")
    hotel.keep_report(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target], "nothing half written is left"
    with pytest.raises(FileNotWrittenError, match="own data"):
        hotel.keep_report(hotel.parts.layout.models / "report.xlsx", b"new")
