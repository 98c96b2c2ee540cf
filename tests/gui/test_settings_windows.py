"""Windows of the Settings page: channels that tell people elsewhere, and files that take a hotel to another PC."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLabel, QLineEdit, QPushButton
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.settings_parts.channel_dialogs import EmailDialog, WebhookDialog
from hotelml_app.gui.settings_parts.channel_form import ChannelDialog
from hotelml_app.gui.settings_parts.file_dialog import left_words
from hotelml_app.gui.settings_parts.handover_dialogs import ReadDialog, WriteDialog
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog
from hotelml_app.services.backups.views import BackupView
from hotelml_app.services.channels.views import ChannelView
from hotelml_app.settings.channels import WebhookSettings


@pytest.mark.parametrize(("set_aside", "said"), [(False, "the backup of {}."), (True, "the data of {} that was set aside.")])
def test_what_is_to_be_put_back_is_named_in_a_sentence(
    open_window: Open, hotel: FakeAppliance, set_aside: bool, said: str
) -> None:
    made = BackupView("/srv/hotelml/backups/one.db", datetime(2016, 9, 1, 12, 0, tzinfo=UTC), 48_300_000, set_aside)
    hotel.kept_backups = replace(hotel.kept_backups, backups=(made,))
    opened = open_window(hotel, "settings")
    card = opened.window.page.backup
    card.back.click()
    asked = next(one for one in opened.window.findChildren(ConfirmDialog) if one.isVisible())
    when = card.copies.currentText().removesuffix(", set aside")
    assert any(f"it puts back {said.format(when)} The present" in one.text() for one in asked.findChildren(QLabel))
    asked.reject()


def open_dialog(opened: WindowApplication, kind: type[ChannelDialog], name: str) -> ChannelDialog:
    opened.window.page.notices.buttons[name].click()
    return next(one for one in opened.window.findChildren(kind) if one.isVisible())


def test_e_mail_is_set_up_tried_and_kept_without_the_page_being_saved(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    page = opened.window.page
    assert page.notices.stands["email"].text() == "Off: nothing is sent."
    page.house.rooms.setValue(230)
    dialog = open_dialog(opened, EmailDialog, "email")
    dialog.host.setText("mail.hotel.example")
    dialog.security.choose("tls")
    assert dialog.port.value() == 465, "it follows the encryption"
    dialog.trial.click()
    assert dialog.said.text() == "The sender is missing."
    dialog.own_address.setText("pms@hotel.example")
    dialog.to.setText("fom@hotel.example; it@hotel.example")
    dialog.user.setText("office")
    dialog.password.line.setText("geheim")
    dialog.trial.click()
    wait_for(lambda: dialog.said.text() == "The test went out. Check whether it arrived.")
    _, tried, secrets = next(one for one in hotel.said if one[0] == "try")
    assert (tried.enabled, secrets) == (True, {"email.password": "geheim"})
    dialog.enabled.setChecked(True)
    dialog.least.choose("failure")
    dialog.yes.click()
    wait_for(lambda: hotel.kept.notifications.email.enabled)
    wait_for(lambda: page.notices.stands["email"].text().startswith("To fom@hotel.example, it@hotel.example."))
    kept = hotel.kept.notifications.email
    assert (kept.port, kept.security, kept.least, kept.to[1]) == (465, "tls", "failure", "it@hotel.example")
    assert page.dirty, "the rooms that were being typed are still to be saved"
    page.save()
    wait_for(lambda: hotel.asked["save_settings"] == 1)
    assert hotel.kept.notifications.email == kept, "saving the page does not undo it"


def test_what_is_kept_secret_is_not_shown_again_and_stays_unless_replaced(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.kept_secrets = {"webhook.url": "https://hooks.example/T0/geheim", "webhook.key": "geheim"}
    opened = open_window(hotel, "settings")
    dialog = open_dialog(opened, WebhookDialog, "webhook")
    assert (dialog.url.text(), dialog.key.line.text()) == ("", "")
    assert dialog.url.placeholderText() == "One at hooks.example is kept. Type to replace it."
    dialog.enabled.setChecked(True)
    dialog.yes.click()
    wait_for(lambda: hotel.kept.notifications.webhook.enabled)
    assert hotel.kept_secrets == {"webhook.url": "https://hooks.example/T0/geheim", "webhook.key": "geheim"}
    wait_for(lambda: "To https://hooks.example." in opened.window.page.notices.stands["webhook"].text())
    assert not opened.window.page.dirty


def test_a_key_that_is_kept_can_be_forgotten(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.kept_secrets = {"webhook.url": "https://hooks.example/T0/geheim", "webhook.key": "geheim"}
    opened = open_window(hotel, "settings")
    dialog = open_dialog(opened, WebhookDialog, "webhook")
    key = dialog.key
    key.forget.click()
    assert (key.change, key.line.placeholderText()) == ("", "Forgotten once you save.")
    key.forget.click()
    assert (key.change, key.line.placeholderText()) == (None, "Kept on this PC. Type to replace it.")
    key.forget.click()
    key.line.setText("another")
    assert key.change == "another"
    key.line.clear()
    assert key.change is None, "who clears what was typed wants nothing changed"
    key.forget.click()
    dialog.yes.click()
    wait_for(lambda: hotel.kept_secrets == {"webhook.url": "https://hooks.example/T0/geheim"})
    wait_for(lambda: opened.window.notice.notice is not None)
    assert open_dialog(opened, WebhookDialog, "webhook").key.forget.isHidden()


def test_a_channel_that_cannot_be_kept_says_why_and_keeps_what_was_typed(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    hotel.failures["keep_channel"] = HotelMLError("The disk is full.", remedy="Make room.")
    dialog = open_dialog(opened, WebhookDialog, "webhook")
    dialog.url.setText("https://hooks.example/T0")
    dialog.yes.click()
    wait_for(lambda: dialog.said.text() == "The disk is full. Make room.")
    assert dialog.isVisible()
    assert dialog.yes.isEnabled()
    dialog.reject()


def test_a_dialog_that_is_closed_during_its_test_hears_no_more_of_it(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    hotel.gates["try_channel"] = threading.Event()
    dialog = open_dialog(opened, WebhookDialog, "webhook")
    dialog.url.setText("https://hooks.example/T0")
    dialog.trial.click()
    assert dialog.said.text() == "Sending a test…"
    dialog.reject()
    hotel.gates["try_channel"].set()
    wait_for(lambda: opened.runner.quiet)


def test_tests_that_hang_hold_up_neither_a_page_nor_the_end_of_the_window(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    hotel.gates["try_channel"] = threading.Event()
    for _ in range(3):
        dialog = open_dialog(opened, WebhookDialog, "webhook")
        dialog.url.setText("https://hooks.example/T0")
        dialog.trial.click()
        dialog.reject()
    opened.window.open_page("models")
    wait_for(lambda: opened.window.page.body.state == "content")
    closed = threading.Timer(2.0, hotel.gates["try_channel"].set)
    closed.start()
    opened.close()
    assert not hotel.gates["try_channel"].is_set(), "it waited for the mail server"
    closed.cancel()
    hotel.gates["try_channel"].set()


def test_a_channel_that_fails_stands_out(open_window: Open, hotel: FakeAppliance) -> None:
    since = datetime(2016, 9, 1, 4, 0, tzinfo=UTC)
    hotel.kept = hotel.kept.model_copy(
        update={"notifications": hotel.kept.notifications.model_copy(update={"webhook": WebhookSettings(enabled=True)})}
    )
    hotel.stands = (hotel.stands[0], ChannelView("webhook", "Webhook", True, 3, since, since, "hooks.example hung up."))
    stand = open_window(hotel, "settings").window.page.notices.stands["webhook"]
    assert "hooks.example hung up. 3 notices wait. It is tried again at" in stand.text()
    assert stand.property("role") == "urgent"


@pytest.mark.parametrize("name", ["email", "webhook"])
def test_windows_of_channels_fit_a_small_screen_and_name_every_field(name: str, open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings", (911, 512))
    dialog = open_dialog(opened, ChannelDialog, name)
    assert dialog.sizeHint().height() <= 512 - 40
    assert dialog.width() <= 911
    for field in (*dialog.findChildren(QLineEdit), *dialog.findChildren(QPushButton), *dialog.findChildren(QComboBox)):
        inside_a_spin_box = isinstance(field.parent(), QAbstractSpinBox)
        assert field.accessibleName() or inside_a_spin_box, field
    dialog.reject()


def test_a_hand_over_file_is_written_once_both_passphrases_agree(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    opened.window.page.hand_over(Path("/media/usb/city.hotelml"))
    dialog = next(one for one in opened.window.findChildren(WriteDialog) if one.isVisible())
    dialog.passphrase.setText("blue door")
    dialog.yes.click()
    assert dialog.said.text().startswith("The two passphrases differ.")
    assert not hotel.said
    dialog.again.setText("blue door")
    dialog.yes.click()
    wait_for(lambda: "was read again to check it" in dialog.said.text())
    assert hotel.said == [("hand over", Path("/media/usb/city.hotelml"), "blue door")]
    assert dialog.no.text() == "Close"
    dialog.no.click()
    assert not opened.window.page.dirty


def test_writing_can_be_stopped_and_the_window_closes_then(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    hotel.gates["hand_over"] = threading.Event()
    opened.window.page.hand_over(Path("/media/usb/city.hotelml"))
    dialog = next(one for one in opened.window.findChildren(WriteDialog) if one.isVisible())
    dialog.yes.click()
    assert dialog.working
    assert not dialog.yes.isEnabled()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "it closes once the file is let go of"
    assert dialog.step.text() == "Stopping…"
    closed: list[int] = []
    dialog.finished.connect(closed.append)
    hotel.gates["hand_over"].set()
    wait_for(lambda: bool(closed))
    assert not hotel.said


def test_a_hand_over_file_is_read_after_it_was_seen_what_is_in_it(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "settings")
    card = opened.window.page.backup
    opened.window.page.read_handover(Path("/media/usb/city.hotelml"))
    dialog = next(one for one in opened.window.findChildren(ReadDialog) if one.isVisible())
    wait_for(dialog.yes.isEnabled)
    assert dialog.holds.text().startswith("City Hotel up to 31 Aug 2016 with 6 models, written ")
    assert "nobody can tell who wrote it" in dialog.seal.text()
    assert not dialog.passphrase.isVisible()
    assert not hotel.said, "nothing is done before it is confirmed"
    dialog.yes.click()
    wait_for(lambda: not card._pending.isHidden())
    assert card.waits.text().startswith("The hand-over file of ")
    assert hotel.said == [("take over", Path("/media/usb/city.hotelml"), "")]
    card.stay.click()
    wait_for(lambda: card._pending.isHidden())


def test_a_sealed_file_asks_for_its_passphrase_and_a_wrong_one_can_be_typed_again(
    open_window: Open, hotel: FakeAppliance
) -> None:
    hotel.sealed = True
    opened = open_window(hotel, "settings")
    opened.window.page.read_handover(Path("/media/usb/city.hotelml"))
    dialog = next(one for one in opened.window.findChildren(ReadDialog) if one.isVisible())
    wait_for(dialog.passphrase.isVisible)
    hotel.failures["take_over_next"] = HotelMLError("The passphrase does not fit.")
    dialog.passphrase.setText("red door")
    dialog.yes.click()
    wait_for(lambda: dialog.said.text() == "The passphrase does not fit.")
    hotel.failures.clear()
    dialog.passphrase.setText("blue door")
    dialog.yes.click()
    wait_for(lambda: hotel.said == [("take over", Path("/media/usb/city.hotelml"), "blue door")])


def test_a_file_that_is_none_says_so_and_cannot_be_taken_over(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.failures["look_at_handover"] = HotelMLError("photos.zip is not a hand-over file of HotelML; nothing was changed.")
    opened = open_window(hotel, "settings", (911, 512))
    opened.window.page.read_handover(Path("/media/usb/photos.zip"))
    dialog = next(one for one in opened.window.findChildren(ReadDialog) if one.isVisible())
    wait_for(lambda: dialog.said.text().startswith("photos.zip is not a hand-over file"))
    assert not dialog.yes.isEnabled()
    assert dialog.height() <= 512
    dialog.reject()


def test_how_long_it_will_take_is_told_once_that_can_be_known() -> None:
    assert left_words(0.1, 0.5) == ""
    assert left_words(0.25, 10.0) == ", about 30 s left"
    assert left_words(0.1, 60.0) == ", about 9 min left"
    assert left_words(0.99, 20.0) == ", a few seconds left", "never about 0 s"
