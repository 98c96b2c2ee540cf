"""Saving a report from the Today page: Excel or PDF by the ending, in the background, and where it is."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from pathlib import Path

import fake_reporting
import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPdfWriter, QTextDocument, QTextLayout
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from python_calamine import CalamineWorkbook
from qt_waiting import pause, wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.context import Notice
from hotelml_app.gui.pages.today import TodayPage
from hotelml_app.gui.paper.printing import sheet_of
from hotelml_app.gui.paper.report_paper import TEXT_POINTS, fitted, laid_out, pages_html, pdf_bytes, said, standing_out, two_lines
from hotelml_app.gui.paper.report_run import MAKING, PDF_FILTER, SAVED
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme.fonts import load_fonts
from hotelml_app.services.errors import FileNotWrittenError
from hotelml_app.services.report.keeping import is_report
from hotelml_app.services.report.views import Kind, Report


def today(opened: WindowApplication) -> TodayPage:
    page = opened.window.page
    assert isinstance(page, TodayPage)
    return page


def saved(opened: WindowApplication, target: Path) -> None:
    today(opened).report.begin(target)
    wait_for(lambda: not today(opened).report.running)


def test_a_workbook_is_saved_off_the_windows_thread_and_its_folder_can_be_opened(
    open_window: Open, hotel: FakeAppliance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, shown = open_window(hotel), []
    monkeypatch.setattr("hotelml_app.gui.paper.report_run.open_folder", lambda _, folder: shown.append(folder))
    target = tmp_path / "report.xlsx"
    hotel.threads.clear()
    saved(opened, target)
    assert threading.main_thread().name not in hotel.threads
    book = CalamineWorkbook.from_filelike(io.BytesIO(target.read_bytes()))
    assert book.sheet_names == ["Summary", "Nights", "Arrivals", "Reviews"]
    bar = opened.window.notice
    assert bar.notice is not None
    assert (bar.notice.title, bar.notice.message) == (SAVED, f"It is {target}.")
    bar.action.click()
    assert shown == [str(tmp_path)]


def test_a_name_that_ends_in_pdf_becomes_paper(open_window: Open, hotel: FakeAppliance, tmp_path: Path) -> None:
    target = tmp_path / "Report.PDF"
    saved(open_window(hotel), target)
    assert target.read_bytes().startswith(b"%PDF")
    assert is_report(target)


def test_a_place_is_asked_for_with_the_business_date_in_the_name(open_window: Open, hotel: FakeAppliance) -> None:
    page = today(open_window(hotel))
    page.report_button.click()
    (dialog,) = page.findChildren(QFileDialog)
    assert dialog.defaultSuffix() == "xlsx"
    assert dialog.selectedFiles()[0].endswith(f"report-{fake_views.BUSINESS_DATE}.xlsx")
    dialog.filterSelected.emit(PDF_FILTER)
    assert dialog.defaultSuffix() == "pdf"
    dialog.reject()


def test_how_far_a_report_is_takes_nothing_urgent_off_the_screen(open_window: Open, hotel: FakeAppliance, tmp_path: Path) -> None:
    opened = open_window(hotel)
    page, bar = today(opened), opened.window.notice
    page.report._slow.setInterval(0)
    urgent = Notice("The disk is almost full", urgent=True)
    opened.context.tell(urgent)
    hotel.held.clear()
    steps: list[Notice] = []
    opened.context.noticed.connect(steps.append)
    page.report.begin(tmp_path / "report.xlsx")
    wait_for(lambda: any(one.title == MAKING for one in steps))
    assert bar.notice == urgent
    bar.dismiss()
    opened.context.tell(steps[-1])
    assert bar.notice == steps[-1]
    page.report.stop()
    wait_for(lambda: not page.report.running)


def test_a_report_that_takes_longer_says_how_far_it_is_and_can_be_stopped(
    open_window: Open, hotel: FakeAppliance, tmp_path: Path
) -> None:
    opened = open_window(hotel)
    page, bar = today(opened), opened.window.notice
    page.report._slow.setInterval(20)
    hotel.held.clear()
    page.report.begin(tmp_path / "report.xlsx")
    assert not page.report_button.isEnabled()
    wait_for(lambda: bar.notice is not None and bar.notice.title == MAKING and "Arrivals" in bar.notice.message)
    bar.action.click()
    wait_for(lambda: not page.report.running)
    assert list(tmp_path.iterdir()) == []
    assert page.report_button.isEnabled()
    assert bar.notice is not None
    assert not bar.notice.urgent, "staff stopped it themselves"
    assert not bar.action.isVisibleTo(bar)


def test_a_quick_report_shows_no_progress(open_window: Open, hotel: FakeAppliance, tmp_path: Path) -> None:
    opened, told = open_window(hotel), []
    opened.context.noticed.connect(told.append)
    saved(opened, tmp_path / "report.xlsx")
    assert [one.title for one in told] == [SAVED]


@pytest.mark.parametrize(
    ("question", "failure"),
    [
        ("report", HotelMLError("The forecast is damaged.")),
        ("keep_report", FileNotWrittenError("There is no room left.")),
    ],
)
def test_what_goes_wrong_is_told_and_it_can_be_tried_again(
    question: str, failure: HotelMLError, open_window: Open, hotel: FakeAppliance, tmp_path: Path
) -> None:
    opened = open_window(hotel)
    hotel.failures[question] = failure
    saved(opened, tmp_path / "report.xlsx")
    assert opened.window.notice.notice is not None
    assert opened.window.notice.notice.message == failure.message
    assert today(opened).report_button.isEnabled()


def test_another_ending_is_refused_before_anything_is_worked_out(open_window: Open, hotel: FakeAppliance, tmp_path: Path) -> None:
    opened = open_window(hotel)
    saved(opened, tmp_path / "report.csv")
    assert hotel.asked["report"] == 0
    assert opened.window.notice.notice is not None
    assert "neither Excel nor PDF" in opened.window.notice.notice.message


def test_closing_the_window_gives_the_report_up(open_window: Open, hotel: FakeAppliance, tmp_path: Path) -> None:
    opened = open_window(hotel)
    hotel.held.clear()
    today(opened).report.begin(tmp_path / "report.xlsx")
    pause(20)
    opened.close()
    assert list(tmp_path.iterdir()) == []


def test_there_is_nothing_to_save_before_the_page_is_there(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.empty = True
    page = today(open_window(hotel))
    assert not page.report_button.isEnabled()
    QTest.qWait(1)
    page.save_report()
    assert page.findChildren(QFileDialog) == []


def test_paper_shows_the_arrivals_of_the_week_that_stand_out(qt: QApplication) -> None:
    (table,) = standing_out(Place("PT"), fake_reporting.report("Inn")).tables
    assert [row[1] for row in table.rows] == ["B0", "B1", "B2"]
    assert "Segment" not in [column.head for column in table.columns]
    (none,) = standing_out(Place("PT"), fake_reporting.report("Inn", risky=0)).tables
    assert none.rows == ()
    assert "stands out" in none.nothing


def test_paper_is_written_as_the_country_writes(qt: QApplication) -> None:
    summary, nights, _ = pages_html(fake_reporting.report("Rose & Crown", country="DE"))
    assert "Rose &amp; Crown" in summary
    assert "1.234 EUR" in summary
    assert "Next 28 nights: 1.234 room nights." in nights
    place = Place("DE", "EUR")
    figures = [(Kind.RATE, 1234.5), (Kind.CHANGE, 3.0), (Kind.SHARE, 0.25), (Kind.WHOLE, None), (Kind.TEXT, None)]
    assert [said(place, kind, value) for kind, value in figures] == ["1.234,50", "+3", "25 %", "–", ""]
    assert two_lines("Revenue last year EUR") == "Revenue last<br>year EUR"


def pages_of(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n")


def test_where_the_figures_are_from_is_dated_as_the_country_writes(qt: QApplication) -> None:
    made = fake_reporting.report("Rose & Crown", country="US")
    origin = ("As known at the end of 31 Aug 2016, from export_2016-08-31.csv, read 1 Sep 17:22.",)
    sheets = tuple(replace(one, origin=origin, notes=("Nothing was cancelled on 1 Sep 2016.",)) for one in made.sheets)
    for html in pages_html(replace(made, sheets=sheets)):
        assert "at the end of Aug 31, 2016, from export_2016-08-31.csv, read Sep 1 5:22 PM." in html
        assert "on Sep 1, 2016." in html


@pytest.mark.parametrize(("country", "box"), [("PT", b"[0 0 842.000000 595.000000]"), ("US", b"[0 0 792.000000 612.000000]")])
def test_paper_is_landscape_of_the_countrys_size_and_has_as_many_pages_as_it_takes(
    country: str, box: bytes, qt: QApplication
) -> None:
    short, long = (pdf_bytes(fake_reporting.report("Inn", country, risky)) for risky in (3, 120))
    assert box in short
    assert pages_of(short) == 3
    assert pages_of(long) > 3


def test_the_head_of_a_long_table_stands_on_every_page(qt: QApplication, tmp_path: Path) -> None:
    made: Report = fake_reporting.report("Inn", risky=120)
    writer = QPdfWriter(str(tmp_path / "unused.pdf"))
    *_, arrivals = pages_html(made)
    document = laid_out(arrivals, QSizeF(writer.width(), writer.height()), writer)
    assert document.pageCount() > 1
    table = document.rootFrame().childFrames()[0]
    assert table.format().toTableFormat().headerRowCount() == 1


def test_no_page_is_printed_for_a_few_lines_that_were_left(qt: QApplication, tmp_path: Path) -> None:
    writer = QPdfWriter(str(tmp_path / "report.pdf"))
    page = QSizeF(writer.width(), writer.height())
    lines = next(many for many in range(20, 200) if laid_out("<p>night</p>" * many, page, writer).pageCount() == 2)
    drawn_in = fitted("<p>night</p>" * lines, page, writer)
    assert drawn_in.pageCount() == 1
    assert drawn_in.defaultFont().pointSizeF() < TEXT_POINTS
    half = fitted("<p>night</p>" * round(1.5 * lines), page, writer)
    assert half.pageCount() == 2
    assert half.defaultFont().pointSizeF() == TEXT_POINTS


COPIED = "+8 −3 (219) 2016-12-24.csv 3x4"


def signs_without_a_letter(document: QTextDocument) -> list[int]:
    """Return what is drawn of COPIED that a PDF file cannot give back as text."""
    line = QTextLayout(COPIED, document.defaultFont())
    line.beginLayout()
    line.createLine()
    line.endLayout()
    runs = line.glyphRuns()
    return [sign for run in runs for sign in set(run.glyphIndexes()) - set(run.rawFont().glyphIndexesForString(COPIED))]


def test_figures_copied_from_a_pdf_file_are_those_it_shows(qt: QApplication, tmp_path: Path) -> None:
    load_fonts()
    page, writer = QSizeF(800, 600), QPdfWriter(str(tmp_path / "unused.pdf"))
    assert not signs_without_a_letter(laid_out("<p>+8</p>", page, writer))
    assert not signs_without_a_letter(sheet_of("<p>+8</p>", page))
