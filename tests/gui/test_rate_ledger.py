"""How did our own rates do? The ledger, opened from the Rates page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fake_looking
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.application import WindowApplication
from hotelml_app.gui.rates_parts.ledger import LedgerDialog


@pytest.fixture
def opened(open_window: Open, hotel: FakeAppliance) -> WindowApplication:
    return open_window(hotel, "rates")


def ledger(opened: WindowApplication) -> LedgerDialog:
    opened.window.page.ledger.click()
    (found,) = [one for one in opened.window.findChildren(LedgerDialog) if one.isVisible()]
    wait_for(lambda: opened.runner.quiet)
    return found


def test_own_rates_are_listed_beside_what_had_been_suggested_with_what_can_be_said(opened: WindowApplication) -> None:
    dialog = ledger(opened)
    assert dialog.sentence.text().startswith("Own rates on 3 past nights: 1 brought more")
    assert dialog.table.keys == ("2016-08-27|A", "2016-08-26|A", "2016-08-25|A")
    first = [dialog.table.text_at("2016-08-27|A", column) for column in range(10)]
    assert first == [
        "Sat 27 Aug", "A", "own rate", "144,50", "131", "30 (28)", "4\xa0200", "3\xa0700", "3\xa0650",
        "More than the suggestion was expected to bring",
    ]  # fmt: skip
    assert dialog.table.text_at("2016-08-26|A", 2) == "left as it was"
    assert dialog.table.text_at("2016-08-26|A", 9).startswith("Sold out: the higher suggestion would likely")
    assert dialog.table.text_at("2016-08-25|A", 4) == "–"


def test_the_chosen_line_is_said_in_full_below(opened: WindowApplication) -> None:
    dialog = ledger(opened)
    said = dialog.chosen.text()
    assert said.startswith("Sat 27 Aug 2016, A: own rate 144,50\xa0€ beside 131\xa0€ suggested, decided 7 days before.")
    assert "30 rooms where 28 were expected, 4\xa0200\xa0€ where 3\xa0700\xa0€ was expected." in said
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.chosen.text().endswith("Sold out: the higher suggestion would likely have earned more.")


def test_accepted_suggestions_stand_beside_them_to_compare_with(opened: WindowApplication) -> None:
    dialog = ledger(opened)
    QTest.keyClick(dialog.switch, Qt.Key.Key_Right)
    assert dialog.switch.choice == "accepted"
    assert dialog.table.keys == ("2016-08-24|A",)
    assert "accepted 131\xa0€, decided 4 days before" in dialog.chosen.text()


def test_before_anything_passed_it_says_what_will_be_there(opened: WindowApplication, hotel: FakeAppliance) -> None:
    hotel.past_decisions = ()
    dialog = ledger(opened)
    assert dialog.nothing.isVisible()
    assert "every rate that you set is kept" in dialog.nothing.text.text()
    assert not any(part.isVisible() for part in (dialog.table, dialog.switch, dialog.save, dialog.detail))


def test_where_only_suggestions_were_accepted_these_are_shown(opened: WindowApplication, hotel: FakeAppliance) -> None:
    hotel.past_decisions = fake_looking.DECISIONS[-1:]
    dialog = ledger(opened)
    assert dialog.switch.choice == "accepted"
    QTest.keyClick(dialog.switch, Qt.Key.Key_Left)
    assert dialog.table.empty.text == "No own rate lies on a past night yet."
    assert dialog.chosen.text() == ""


def test_amounts_in_a_former_currency_are_written_in_it(opened: WindowApplication, hotel: FakeAppliance) -> None:
    hotel.past_decisions = (replace(fake_looking.DECISIONS[0], other_currency="USD"),)
    dialog = ledger(opened)
    said = dialog.chosen.text().replace("\xa0", "")
    assert "own rate 144,50$ beside 131$ suggested" in said
    assert "4200€ where 3700$ was expected" in said


def test_the_ledger_is_saved_for_a_spreadsheet(opened: WindowApplication, tmp_path: Path) -> None:
    told = []
    opened.context.noticed.connect(told.append)
    ledger(opened).save_to(tmp_path / "ledger.csv")
    wait_for(lambda: bool(told))
    lines = (tmp_path / "ledger.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("H1 City,2016-08-27,A,own,2016-08-20,144.5,131,30,4200,28.4,3700,26.1,3650,more,")
    assert len(lines) == 5
    assert told[0].title == "The ledger is saved"


def test_what_goes_wrong_is_said_in_its_place(opened: WindowApplication, hotel: FakeAppliance) -> None:
    hotel.failures["rate_ledger"] = HotelMLError("The database is locked.", remedy="Try again in a moment.")
    dialog = ledger(opened)
    assert (dialog.sentence.text(), dialog.detail.text()) == ("The database is locked.", "Try again in a moment.")
    assert not dialog.table.isVisible()


def test_a_small_window_has_room_for_it(open_window: Open, hotel: FakeAppliance) -> None:
    dialog = ledger(open_window(hotel, "rates", (911, 512)))
    assert dialog.width() <= 911
    assert dialog.height() <= 512
    assert dialog.table.viewport().height() > 60
