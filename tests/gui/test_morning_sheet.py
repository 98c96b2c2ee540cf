"""The morning sheet: all of the Today page on one page of paper, A4 or Letter."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hotelml_app.gui.paper.morning_sheet import sheet_html
from hotelml_app.gui.paper.printing import LARGEST_POINTS, SMALLEST_POINTS, print_sheet, sheet_of
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme.fonts import load_fonts
from hotelml_app.gui.widgets.cards.night_card import NightCard

A4, LETTER = QSizeF(527, 774), QSizeF(544, 724)
"""What is left inside the margins, in points."""


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_a_busy_morning_fits_on_one_page(qt: QApplication, paper: QSizeF) -> None:
    view = fake_views.today(fake_views.CITY, decisions=fake_views.DECISIONS * 2)
    view = replace(view, may_not_come=view.may_not_come[:1] * 8, overnight=("31 Aug 23:40  " + 12 * "words ",) * 8)
    sheet = sheet_of(sheet_html(Place("PT", "EUR"), view), paper)
    assert sheet.pageCount() == 1
    assert sheet.defaultFont().pointSizeF() > SMALLEST_POINTS
    assert sheet.size().width() <= paper.width() + 1


def test_the_sheet_says_what_the_page_says_and_where_it_is_from(qt: QApplication) -> None:
    view = replace(fake_views.today(fake_views.CITY), property_name="Rose & Crown")
    page = sheet_html(Place("PT", "EUR"), view)
    text = sheet_of(page, A4).toPlainText()
    assert "Rose &amp; Crown" in page
    assert view.decisions[0].title in text
    assert all(one.reservation_id in text for one in view.may_not_come)
    assert Place("PT").day(view.nights[6].night) in text
    assert view.freshness.export_name in text
    assert "Learned" in text


@pytest.mark.parametrize("paper", [A4, LETTER])
def test_letters_are_no_smaller_than_the_page_needs(qt: QApplication, paper: QSizeF) -> None:
    load_fonts()
    sheet = sheet_of(sheet_html(Place("PT", "EUR"), fake_views.today(fake_views.CITY)), paper)
    assert sheet.pageCount() == 1
    larger = sheet.clone()
    font = sheet.defaultFont()
    font.setPointSizeF(font.pointSizeF() + 0.5)
    larger.setDefaultFont(font)
    larger.setPageSize(paper)
    assert font.pointSizeF() > LARGEST_POINTS or larger.pageCount() > 1, "the lines of a table are what did not fit"


def test_the_sheet_says_what_raised_is_measured_against(qt: QApplication) -> None:
    view = fake_views.today(fake_views.CITY)
    view = replace(view, may_not_come=tuple(replace(one, usual=0.041) for one in view.may_not_come))
    ahead = (view.may_not_come[0].arrival - view.nights[0].night).days + 1
    assert f"usual {ahead} day{'s' if ahead > 1 else ''} before: 4 %" in sheet_html(Place("PT", "EUR"), view).replace("\xa0", " ")


def test_it_comes_out_of_a_printer(qt: QApplication, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    print_sheet(printer, sheet_html(Place("PT", "EUR"), fake_views.today(fake_views.CITY)))
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(sys.platform == "win32", reason="the dialog is Windows' own: it waits for a click, or wants a printer")
def test_ctrl_p_asks_for_a_printer_once_there_is_something_to_print(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel).window.page
    assert page.print_button.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialogs = page.findChildren(QPrintDialog)
    assert len(dialogs) == 1
    dialogs[0].reject()
    page.forget()
    assert not page.print_button.isEnabled()


def test_a_windows_pc_without_a_printer_is_told_so(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own dialog does not open then, and says nothing."""
    opened = open_window(hotel)
    with monkeypatch.context() as windows:
        windows.setattr("hotelml_app.gui.paper.printing.sys.platform", "win32")
        windows.setattr(QPrinterInfo, "availablePrinterNames", list)
        opened.window.page.print_button.click()
    assert not opened.window.findChildren(QPrintDialog)
    assert opened.window.notice.notice.title == "This PC has no printer"


def test_the_sheet_names_rooms_out_of_order_where_there_are_any(qt: QApplication) -> None:
    view = fake_views.today(fake_views.CITY)
    assert "out of order" not in sheet_html(Place("PT", "EUR"), view)
    closed = replace(view, nights=(replace(view.nights[0], out_of_order=8), *view.nights[1:]))
    text = sheet_of(sheet_html(Place("PT", "EUR"), closed), A4).toPlainText()
    assert f"Rooms out of order: {Place('PT', 'EUR').day(view.nights[0].night)} 8" in text


def test_the_share_of_a_small_house_is_that_of_the_rooms_beside_it(qt: QApplication) -> None:
    view = fake_views.today(fake_views.CITY)
    nights = [replace(view.nights[0], rooms=12, expected=expected) for expected in (7.6, 8.4)]
    text = sheet_of(sheet_html(Place("PT", "EUR"), replace(view, nights=tuple(nights))), A4).toPlainText()
    assert text.count("67 %") == 2
    for night in nights:
        card = NightCard(first=False)
        card.show_night(Place("PT", "EUR"), night, "Tonight")
        assert (card.figure.text(), card.rooms.whole_text) == ("67 %", "8 of 12 rooms")
