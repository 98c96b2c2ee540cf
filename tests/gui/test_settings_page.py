"""Settings: what is changed is kept by one button, and given up by another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import fake_views
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QDate, QPoint, QPointF, Qt, QTime
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.settings_parts.training_card import daily_time
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog
from hotelml_app.services.exports.data_views import ShelfView


def test_nothing_can_be_saved_before_something_changed(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    assert not page.save_button.isEnabled()
    assert not page.dirty


def test_rooms_country_folder_and_learning_are_kept(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    page.house.rooms.setValue(230)
    page.house.types["B"].setValue(41)
    page.house.country.choose("ES")
    page.folder.folder.setText("/mnt/exports")
    page.folder.polling.setChecked(True)
    assert page.folder.missing.isChecked()
    page.folder.missing.setChecked(False)
    page.training._lines["forecast"].enabled.setChecked(False)
    page.training._lines["noshow"].time.setTime(QTime(4, 15))
    page.save_button.click()
    wait_for(lambda: hotel.asked["update_property"] == 1)
    facts, kept = hotel.facts[fake_views.CITY], hotel.kept.property(fake_views.CITY)
    assert (facts.rooms, facts.country) == (230, "ES")
    assert ("B", 41, 37) in facts.room_types
    assert not facts.missing_cancelled
    assert (kept.drop_folder, kept.polling, kept.country) == ("/mnt/exports", True, "ES")
    assert not hotel.kept.training.modules["forecast"].enabled
    assert hotel.kept.training.modules["noshow"].schedule == "15 4 * * *"
    wait_for(lambda: not page.dirty and not page.save_button.isEnabled())


def test_a_hotel_whose_exports_name_no_room_types_is_not_told_to_wait_for_the_first_one(
    open_window: Open, hotel: FakeAppliance
) -> None:
    told = hotel.facts[fake_views.CITY]
    for business_date, said in ((told.business_date, "The exports so far name no room types."), (None, "Empty until the first")):
        hotel.facts[fake_views.CITY] = replace(told, room_types=(), business_date=business_date)
        page = open_window(hotel, "settings").window.page
        assert page.house._types_hint.isVisible()
        assert page.house._types_hint.text().startswith(said)


def test_what_an_export_told_while_staff_typed_is_not_written_over(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    page.house.rooms.setValue(230)
    told = hotel.facts[fake_views.CITY]
    hotel.facts[fake_views.CITY] = replace(told, currency="GBP", room_types=(*told.room_types, ("NEW", None, 3)))
    page.save()
    wait_for(lambda: hotel.asked["update_property"] == 1)
    facts = hotel.facts[fake_views.CITY]
    assert (facts.rooms, facts.currency, facts.room_types[-1]) == (230, "GBP", ("NEW", None, 3))


def test_the_default_folder_is_kept_as_the_default(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    assert page.folder.folder.text() == str(Path("/srv/hotelml/drop"))
    page.house.rooms.setValue(230)
    page.save()
    wait_for(lambda: hotel.asked["save_settings"] == 1)
    assert hotel.kept.property(fake_views.CITY).drop_folder == ""


def test_rooms_that_nobody_told_stay_untold(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    assert page.house.types["B"].text() == "37 (most seen)"
    assert page.house.types["B"].told is None


def test_rooms_that_exports_state_are_shown_where_nobody_told(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.facts[fake_views.CITY] = replace(hotel.facts[fake_views.CITY], rooms=None, rooms_stated={"": 226, "B": 40})
    page = open_window(hotel, "settings").window.page
    assert page.house.rooms.text() == "226 (exports say)"
    assert page.house.rooms.told is None
    assert page.house.types["B"].text() == "40 (exports say)"
    assert "226 rooms of 6 types, as its exports say" in page.sentence.text()


def test_a_theme_is_tried_at_once_and_esc_gives_it_up(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    hotel.kept = hotel.kept
    page = opened.window.page
    page.look.theme.choose("dark")
    page.look.theme.chosen.emit("dark")
    assert opened.context.look.colours.dark
    assert page.dirty
    assert page.escape()
    assert not opened.context.look.colours.dark
    assert not page.dirty


def test_what_is_being_typed_survives_a_refresh(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    page.house.rooms.setValue(230)
    opened.window.refresh()
    wait_for(lambda: opened.runner.quiet)
    assert page.house.rooms.value() == 230


def test_changes_that_another_property_leaves_behind_are_told(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    page.house.rooms.setValue(230)
    page.look.theme.choose("dark")
    page.look.theme.chosen.emit("dark")
    opened.window.choose_property(fake_views.RESORT)
    wait_for(lambda: opened.runner.quiet and page.sentence.text().startswith(fake_views.RESORT))
    assert opened.window.notice.notice.title == f"Changes to {fake_views.CITY} were not saved"
    assert not opened.context.look.colours.dark, "a look that was only tried ends with them"
    assert not page.dirty
    assert "save_settings" not in hotel.asked


def test_a_refusal_is_told_and_what_was_typed_stays(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    hotel.failures["save_settings"] = HotelMLError("The disk is full.", remedy="Make room.", title="Not saved")
    page.folder.folder.setText("/mnt/exports")
    page.save_button.click()
    wait_for(opened.window.notice.isVisible)
    assert page.dirty
    assert page.save_button.isEnabled()


def test_about_proves_that_nothing_leaves_the_pc(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    assert page.about._values[2].text() == "48,3 MB"
    assert page.about._values[3].text() == "0 since the start: nothing leaves this PC"


def test_only_a_daily_schedule_has_a_time() -> None:
    assert daily_time("30 3 * * *") == QTime(3, 30)
    assert [daily_time(line) for line in ("", "0 3 * * 1", "99 3 * * *", "*/5 * * * *")] == [None] * 4


def test_events_are_told_at_once_and_removed_again(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    card = opened.window.page.calendar
    assert not card.add.isEnabled()
    card.name.setText("Book fair")
    card.nights.setValue(3)
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    wait_for(lambda: len(card.events) == 1)
    (told,) = hotel.told_events
    assert (told.name, (told.last - told.first).days) == ("Book fair", 2)
    assert not opened.window.page.dirty, "there is nothing to save"
    button = next(one for one in card.findChildren(QPushButton) if one.accessibleName() == "Remove Book fair")
    button.click()
    wait_for(lambda: not hotel.told_events and not card.events)
    assert any(one.text() == "Book fair is removed. Add puts it back." for one in card.findChildren(QLabel))
    card.add.click()
    wait_for(lambda: list(card.events) == [told])
    assert not any("removed" in one.text() for one in card.findChildren(QLabel) if one.isVisible())


def test_removing_an_event_does_not_wipe_out_the_one_being_typed(open_window: Open, hotel: FakeAppliance) -> None:
    card = open_window(hotel, "settings").window.page.calendar
    card.name.setText("Book fair")
    card.add.click()
    wait_for(lambda: len(card.events) == 1)
    card.name.setText("Marathon")
    next(one for one in card.findChildren(QPushButton) if one.accessibleName() == "Remove Book fair").click()
    wait_for(lambda: not card.events)
    assert card.name.text() == "Marathon"


def test_an_event_that_cannot_be_kept_is_told_and_stays_to_be_tried_again(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    told = []
    opened.context.noticed.connect(told.append)
    hotel.failures["keep_events"] = HotelMLError("The disk is full.", remedy="Make room.")
    card = opened.window.page.calendar
    card.name.setText("Match")
    card.first.setDate(QDate(2026, 12, 5))
    card.nights.setValue(2)
    QTest.keyClick(card.name, Qt.Key.Key_Return)
    assert not card.name.isEnabled(), "it cannot be typed over while it is being kept"
    wait_for(lambda: bool(told))
    assert card.events == ()
    assert (card.name.text(), card.first.date(), card.nights.value()) == ("Match", QDate(2026, 12, 5), 2)
    assert any(one.text() == "Match is not kept. The disk is full. Add tries again." for one in card.findChildren(QLabel))
    hotel.failures.clear()
    card.add.click()
    wait_for(lambda: [one.name for one in card.events] == ["Match"])
    assert card.name.text() == ""
    assert not any("not kept" in one.text() for one in card.findChildren(QLabel) if one.isVisible())


def test_an_event_that_cannot_be_removed_stays_where_it_is(open_window: Open, hotel: FakeAppliance) -> None:
    card = open_window(hotel, "settings").window.page.calendar
    card.name.setText("Book fair")
    card.add.click()
    wait_for(lambda: len(card.events) == 1)
    hotel.failures["keep_events"] = HotelMLError("The database is locked.")
    next(one for one in card.findChildren(QPushButton) if one.accessibleName() == "Remove Book fair").click()
    wait_for(lambda: any("not removed. The database is locked." in one.text() for one in card.findChildren(QLabel)))
    assert [one.name for one in card.events] == ["Book fair"]
    assert (card.name.text(), card.first.date()) == ("", QDate(2016, 9, 1)), "it is not offered to be added once more"


def test_what_overbooking_weighs_is_kept_and_none_of_it_has_to_be_told(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    assert (page.costs.walk.told, page.costs.empty.told, page.costs.most.told) == (None, None, None)
    assert page.costs.most.text() == "no limit"
    page.costs.walk.setValue(180)
    page.costs.most.setValue(0)
    page.save()
    wait_for(lambda: hotel.asked["save_settings"] == 1)
    kept = hotel.kept.property(fake_views.CITY)
    assert (kept.walk_cost, kept.room_value, kept.most_overbooked) == (180.0, None, 0)


def test_rules_of_backups_reports_and_notifications_are_saved_with_the_page(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    page.backup.keep.setValue(30)
    page.backup.copy_to.setText("/mnt/usb")
    assert not page.report.keep.isEnabled(), "there is no folder yet"
    page.report.folder.setText("/srv/reports")
    page.report.keep.setValue(7)
    page.notices.level.choose("all")
    page.notices.level.chosen.emit("all")
    page.save()
    wait_for(lambda: hotel.asked["save_settings"] == 1)
    assert (hotel.kept.backup.daily, hotel.kept.backup.keep, hotel.kept.backup.copy_to) == (True, 30, "/mnt/usb")
    assert hotel.kept.notifications.desktop == "all"
    assert (hotel.kept.report.folder, hotel.kept.report.keep) == ("/srv/reports", 7)


def test_a_backup_is_made_put_back_at_the_next_start_and_that_is_undone(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    card = opened.window.page.backup
    assert card.newest.text() == "There is no backup yet."
    assert card._choice.isHidden()
    card.now.click()
    wait_for(lambda: card.copies.count() == 1)
    assert card.newest.text().endswith("They lie in /srv/hotelml/backups.")
    card.back.click()
    question = next(one for one in opened.window.findChildren(ConfirmDialog) if one.isVisible())
    assert not hotel.asked["put_back_next"], "nothing is done before it is confirmed"
    question.yes.click()
    wait_for(lambda: not card._pending.isHidden())
    assert hotel.said[-1] == ("put back", Path("/srv/hotelml/backups/now.db"))
    assert card._choice.isHidden()
    card.stay.click()
    wait_for(lambda: card._pending.isHidden() and not card._choice.isHidden())
    assert not opened.window.page.dirty, "there is nothing to save"


def test_a_backup_that_cannot_be_made_is_told_and_can_be_tried_again(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    card = opened.window.page.backup
    hotel.failures["back_up"] = HotelMLError("There is no room for the backup.", title="Not backed up")
    card.now.click()
    wait_for(opened.window.notice.isVisible)
    assert opened.window.notice.notice.title == "Not backed up"
    assert card.now.isEnabled()


def test_scrolling_the_page_over_a_number_does_not_change_it(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "settings").window.page
    page.report.folder.setText("/srv/reports")
    where, down, none = QPointF(5, 5), QPoint(0, -120), Qt.MouseButton.NoButton
    for box in (
        page.backup.keep,
        page.report.keep,
        page.costs.walk,
        page.costs.most,
        page.house.rooms,
        page.calendar.first,
        page.calendar.nights,
    ):
        before = box.text()
        turned = QWheelEvent(where, where, down, down, none, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(box, turned)
        assert box.text() == before, box.accessibleName()
        assert not turned.isAccepted(), "the page scrolls"


def test_privacy_says_where_the_exports_lie_that_name_guests(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.originals = (ShelfView("/srv/hotelml/drop/processed", 42, 18_400_000, date(2016, 3, 2)),)
    card = open_window(hotel, "settings").window.page.privacy
    words = [one.text() for one in card.findChildren(QLabel)]
    assert "/srv/hotelml/drop/processed: 42 files, 18,4 MB, the oldest of 2 Mar 2016" in words
    assert any(one.accessibleName() == "Open /srv/hotelml/drop/processed" for one in card.findChildren(QPushButton))


def test_before_the_first_export_an_event_begins_at_this_pcs_date(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.facts = {name: replace(view, business_date=None) for name, view in hotel.facts.items()}
    card = open_window(hotel, "settings").window.page.calendar
    assert card.first.date().year() >= 2025
