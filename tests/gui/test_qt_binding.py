"""The window stays open for months: the binding to Qt must not wear the interpreter out."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtWidgets import QApplication, QLabel
from qt_waiting import wait_for

import hotelml_app.gui

PACKAGE = Path(hotelml_app.gui.__file__).parent
CALLS = 500
FEW = 50


def test_calls_into_qt_give_no_reference_to_none_or_true_away(qt: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        label.setText("182 of 200")
        label.setEnabled(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert after == pytest.approx(before, abs=FEW), "this PySide6 aborts the interpreter sooner or later: use another version"


def test_asking_again_and_again_leaves_nothing_behind(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "today")
    labels = len(opened.window.findChildren(QLabel))
    for _ in range(5):
        asked = hotel.asked["today"]
        opened.window.refresh()
        wait_for(lambda asked=asked: hotel.asked["today"] > asked and opened.runner.quiet)
    wait_for(lambda: len(opened.window.findChildren(QLabel)) <= labels)


@pytest.mark.parametrize("risky", [r"\.itemAt\(", r"\bQStandardItem\(", r"\bQListWidgetItem\("])
def test_nothing_that_qt_lets_go_of_by_itself_is_kept_by_python(risky: str) -> None:
    """PySide thinks of a layout's item as alive after Qt deleted it; tables of Python's items killed the window's process."""
    found = [path.name for path in PACKAGE.rglob("*.py") if re.search(risky, path.read_text(encoding="utf-8"))]
    assert found == []
