"""Data: files in by drop, by choice and by folder; what came of them; the rows that could not be used."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import fake_files
import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from qt_waiting import wait_for

from hotelml_app.core.errors import Cancelled
from hotelml_app.gui import import_run
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.charts.coverage import CoverageStrip, coverage_words
from hotelml_app.gui.pages.data import FILE_KINDS
from hotelml_app.gui.place import Place
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog
from hotelml_app.gui.widgets.tables import import_tables
from hotelml_app.gui.widgets.tables.check_table import check_lines, check_rows
from hotelml_app.intake import profiles
from hotelml_app.services.exports.data_views import MonthView, WaitingFileView

FILE = Path("/exports/reservations_2016-09-01.csv")


def test_the_dialog_for_files_shows_every_kind_that_is_read() -> None:
    endings = {Path(profile.sample).suffix for profile in profiles.discover().values()}
    assert endings >= {".csv", ".xls", ".xlsx", ".xml", ".json"}
    assert all(f" *{ending} " in FILE_KINDS.replace("(", " ") for ending in (*endings, ".mht", ".html", ".zip"))


def drop(opened: WindowApplication, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    nothing, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(opened.window, QDragEnterEvent(QPointF(400, 300).toPoint(), copy, mime, left, nothing))
    dropped = QDropEvent(QPointF(400, 300), copy | Qt.DropAction.MoveAction, mime, left, Qt.KeyboardModifier.ShiftModifier)
    QApplication.sendEvent(opened.window, dropped)
    assert dropped.dropAction() == copy, "who dragged it would delete a file that was moved"


def test_files_dropped_on_any_page_are_imported_and_told(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "today")
    drop(opened, FILE)
    assert opened.window.current == "data"
    wait_for(opened.window.notice.isVisible)
    assert ("import", FILE) in hotel.said
    assert opened.window.notice.notice.title == "1 file imported"
    assert opened.window.notice.notice.message == "96 new, 211 changed."


def test_an_import_shows_how_far_it_is_and_can_be_cancelled(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "data")
    gate = hotel.gates["import_files"] = threading.Event()
    hotel.failures["import_files"] = Cancelled("The import was stopped.", remedy="Nothing was changed.")
    opened.window.import_files([FILE])
    well = opened.window.page.well
    wait_for(well._busy.isVisible)
    well.cancel_button.click()
    assert well.step.whole_text == "Stopping…"
    gate.set()
    wait_for(well._idle.isVisible)
    assert not opened.window.notice.notice.urgent
    assert not opened.window.imports.running


def test_files_that_come_during_an_import_wait_for_its_end(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "data")
    gate = hotel.gates["import_files"] = threading.Event()
    opened.window.import_files([FILE])
    wait_for(lambda: hotel.asked["import_files"] == 1)
    opened.window.import_files([FILE.with_name("second.csv")])
    gate.set()
    wait_for(lambda: ("import", FILE.with_name("second.csv")) in hotel.said)


def test_files_that_wait_are_imported_into_the_property_they_were_dropped_for(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "data")
    gate = hotel.gates["import_files"] = threading.Event()
    opened.window.import_files([FILE])
    wait_for(lambda: hotel.asked["import_files"] == 1)
    opened.window.import_files([FILE.with_name("second.csv")])
    opened.window.choose_property(fake_views.RESORT)
    opened.window.import_files([FILE.with_name("third.csv")])
    gate.set()
    wait_for(lambda: ("import", FILE.with_name("third.csv")) in hotel.said)
    assert hotel.imported_into == [fake_views.CITY, fake_views.CITY, fake_views.RESORT]


def test_what_came_of_an_import_counts_one_row_as_one(qt: QApplication) -> None:
    one = replace(fake_views.imported(0), created=1, changed=0, rejected=1)
    assert import_run.summary(Place(), [one]).message == "1 new, 0 changed. 1 row could not be used; the list says why."
    many = replace(one, created=48_671, rejected=0)
    assert "48\xa0671 new" in import_run.summary(Place("PT", "EUR"), [many]).message, "as the country writes it"
    assert import_run.summary(Place(), [one, one]).title == "2 files imported"
    moved = replace(one, elsewhere="The export itself names its property, Casa 2,5: nothing was stored under Hotel.")
    assert import_run.summary(Place("PT", "EUR"), [moved, moved]).message.endswith(f"the list says why. {moved.elsewhere}")


def test_the_list_counts_and_names_what_failed(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    assert page.imports.text_at("100", 5) == "96"
    assert page.imports.text_at("100", 8) == "14"
    assert page.imports.text_at("98", 2) == "Failed"
    assert "The column Arrival is missing" in page.imports.text_at("98", 9)


def test_only_a_failed_file_can_be_tried_again(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    page.imports.choose("100")
    assert not page._again.isEnabled()
    page.imports.choose("98")
    page._again.click()
    wait_for(lambda: ("retry", "reservations_2016-08-29.csv") in hotel.said)


@pytest.mark.parametrize(
    ("objection", "words"), [("hotel", "They are of this hotel…"), ("numbers", "They are the same bookings…")]
)
def test_a_file_that_somebody_knows_better_about_is_taken_in_after_one_more_question(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch, objection: str, words: str
) -> None:
    view = fake_views.data("City Hotel")
    refused = tuple(replace(one, objection=objection) if one.status == "failed" else one for one in view.imports)
    monkeypatch.setattr(fake_views, "data", lambda *_: replace(view, imports=refused))
    window = open_window(hotel, "data").window
    page = window.page
    page.imports.choose("100")
    assert page._know_better.isHidden()
    page.imports.choose("98")
    assert page._know_better.text() == words
    page._know_better.click()
    (dialog,) = window.findChildren(ConfirmDialog)
    assert "reservations_2016-08-29.csv" in " ".join(one.text() for one in dialog.findChildren(QLabel))
    dialog.yes.click()
    wait_for(lambda: ("overrule", 98) in hotel.said)


def test_rejected_rows_show_line_reason_and_the_row_as_it_was(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    page.imports.opened.emit("100")
    assert page._tables.currentWidget() is page.rejected
    assert page.rejected.text_at("0", 1) == "40"
    assert page.rejected.text_at("0", 2) == "“2016-13-02” is not a date"
    page.rejected.choose("0")
    assert "arrival 2016-13-02" in page._whole_row.text()


def test_waiting_files_say_why_they_wait(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.waiting = tuple(WaitingFileView(f"{n}.csv", 48_000_000, fake_views.NOW, "still being written") for n in range(6))
    page = open_window(hotel, "data").window.page
    assert "0.csv (48,0 MB" in page._waiting.text()
    assert "still being written" in page._waiting.text()
    assert page._waiting.text().endswith("and 2 more")


def test_a_folder_that_is_away_is_told_whole_and_not_called_empty(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    why = "The drop folder //server/exports/of/the/front/office does not answer (No such file or directory)."
    page.show_view(replace(page.view, watching=why, waiting=(), reachable=False))
    assert page.well.watching.text() == why
    assert page.well.watching.wordWrap()
    assert page.well.watching.property("role") == "urgent"
    page.show_view(replace(page.view, watching="The folder is watched.", waiting=()))
    assert page.well.watching.text() == "The folder is watched. Nothing waits in it."
    assert page.well.watching.property("role") == "muted"


def test_a_renewed_list_leaves_the_focus_where_it_is(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    first = page.lists._group.button(0)
    page.show_view(replace(page.view, rejected_total=1234))
    assert page.lists._group.button(0) is first
    assert page.lists._group.button(2).text() == "Rows that could not be used (1\xa0234)"
    assert page.lists._group.button(2).accessibleName() == "List: Rows that could not be used (1\xa0234)"


def test_where_older_imports_are_not_listed_the_list_says_of_how_many_it_is(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    listed = len(page.view.imports)
    assert page.lists._group.button(0).text() == f"Imports ({listed})"
    page.show_view(replace(page.view, imports_total=412))
    assert page.lists._group.button(0).text() == f"Imports (newest {listed} of 412)"


def test_looking_now_asks_the_appliance_to_look(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    page.well.look_button.click()
    wait_for(lambda: hotel.asked["rescan"] == 1 and hotel.asked["data"] == 2)


def test_what_the_export_doctor_found_is_a_list_with_the_pressing_first(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.checks = (fake_files.check(fake_files.finding("note"), fake_files.finding("urgent")), fake_files.check(layout="mews"))
    page = open_window(hotel, "data").window.page
    assert page.lists._group.buttons()[1].text() == "Export check (2)"
    assert [page.checks.text_at(key, 0) for key in page.checks.keys] == ["Needs you", "Good to know", "In order"]
    assert [page.checks.text_at("0", column) for column in (1, 2, 3, 4)] == [
        "Fewer rows",
        "1\xa0204 rows",
        "140 rows",
        "Check in the PMS whether the report was cut off.",
    ]
    page.lists.chosen.emit("checks")
    assert page._tables.currentWidget() is page.checks
    page.checks.choose("0")
    assert page._whole_row.text().startswith("The export has 140 rows, 88% fewer".replace("%", "\xa0%"))


def test_the_months_that_bookings_cover_are_drawn_and_holes_are_named(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    assert page.strip.accessibleName() == "No arrivals are known in Aug 2015"
    assert page._covered.whole_text == "No arrivals are known in Aug 2015"
    grown = page.strip.grab().toImage()
    assert len({grown.pixelColor(x, grown.height() - 20).name() for x in range(grown.width())}) > 2


def test_a_month_says_that_it_counts_bookings_and_not_rooms(qt: QApplication) -> None:
    strip = CoverageStrip()
    strip.show_months(Place("GB"), (MonthView(date(2025, 1, 1), 1248),), None)
    QApplication.sendEvent(strip, QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), strip.mapToGlobal(QPoint(5, 5))))
    assert QToolTip.text() == "Jan 2025: 1,248 bookings arrive"


@pytest.mark.parametrize(("last", "said"), [(5, "Apr 2025 and 1 more month"), (6, "Apr 2025 and 2 more months")])
def test_more_holes_than_are_named_are_counted(last: int, said: str) -> None:
    months = [MonthView(date(2025, number, 1), 0 if 2 <= number <= last else 3) for number in range(1, 13)]
    assert coverage_words(months) == f"No arrivals are known in Feb 2025, Mar 2025, {said}"


def test_what_is_chosen_in_a_list_is_still_said_when_the_page_asks_again(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_window(hotel, "data").window.page
    page.lists.choose("rejected")
    page._show_list("rejected")
    page.rejected.choose("1")
    said = page._whole_row.text()
    assert said.startswith("arrival ")
    told = hotel.data
    monkeypatch.setattr(hotel, "data", lambda name: replace(told(name), bookings=7))
    page.refresh()
    wait_for(lambda: page.view.bookings == 7 and page.context.runner.quiet)
    assert page._whole_row.text() == said
    page._show_list("imports")
    assert page._whole_row.text() != said
    page._show_list("rejected")
    assert page._whole_row.text() == said, "the row is still chosen"


def test_the_reason_in_the_list_does_not_begin_with_the_name_beside_it(open_window: Open, hotel: FakeAppliance) -> None:
    place = open_window(hotel, "data").window.context.place
    reason = "bill.pdf is a PDF, not an export. Export CSV from the PMS."
    failed = replace(fake_views.imported(0), file_name="bill.pdf", status="failed", message=reason, notes=())
    ((_, cells),) = import_tables.import_rows(place, [failed])
    assert (cells[-1].text, cells[-1].tip) == (reason.removeprefix("bill.pdf "), reason)
    done = replace(failed, status="done", message="22,705 bookings: 22,705 new, 0 changed, 0 unchanged.")
    assert import_tables.said_words(Place("DE"), done).startswith("22.705 bookings: 22.705 new")
    assert import_tables.said_words(Place("DE"), failed) == reason


def test_large_numbers_are_never_shortened(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "data").window.page
    place = page.context.place
    many = replace(fake_views.imported(0), rows_read=1_106_466, created=1_106_466)
    page.imports.set_rows(import_tables.import_rows(place, [many]))
    needed = page.imports.fontMetrics().horizontalAdvance(place.number(1_106_466))
    assert page.imports.columnWidth(4) >= needed + 16


def test_days_in_a_finding_are_written_as_the_country_does() -> None:
    told = replace(fake_files.finding(), sentence="It is Sun 1 Jun 2025, as before.", was="2025-06-01", now="2025-06-01")
    ((_, cells),) = check_rows(Place("US"), check_lines((fake_files.check(told),)))
    assert [one.text for one in cells[2:4]] == ["Jun 1, 2025"] * 2
    assert cells[1].tip == "It is Sun Jun 1, 2025, as before."
