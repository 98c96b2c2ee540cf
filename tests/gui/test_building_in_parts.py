"""Pages that hold much are built between clicks: the first look at them keeps nobody waiting, and nothing is seen half done."""

from __future__ import annotations

from itertools import pairwise

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget
from qt_waiting import pause, wait_for

from hotelml_app.gui import tasks
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.widgets.tables.table import DataTable


def _cards(page: Page) -> int:
    return sum(one.property("role") == "card" for one in page.findChildren(QFrame))


def _lists(page: Page) -> int:
    return len(page.findChildren(DataTable))


@pytest.mark.parametrize(("key", "parts", "all_of_them"), [("settings", _cards, 13), ("data", _lists, 3)])
def test_a_click_is_answered_between_two_parts_of_a_page(
    key: str, parts: object, all_of_them: int, open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(parts)
    window = open_window(hotel).window
    monkeypatch.setattr(tasks, "TURN_S", 0.0)
    seen: list[tuple[int, str]] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: seen.append((parts(window.page), window.page.body.state)))
    window.open_page(key)
    assert parts(window.page) <= 1
    timer.start(0)
    wait_for(lambda: window.page.body.state == "content")
    timer.stop()
    assert max(later[0] - earlier[0] for earlier, later in pairwise(seen)) == 1
    assert {state for built, state in seen if built < all_of_them} == {"loading"}
    assert parts(window.page) == all_of_them


class _Watch(QObject):
    """Notes where a widget was whenever it was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.places: list[tuple[int, ...]] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.places.append(watched.geometry().getRect())
        return False


def test_nothing_moves_once_a_page_is_seen(open_window: Open, hotel: FakeAppliance) -> None:
    window = open_window(hotel).window
    window.open_page("settings")
    wait_for(lambda: window.page.furnished)
    watch = _Watch(window.page.house)
    wait_for(lambda: window.page.body.state == "content" and bool(watch.places))
    pause(50)
    assert set(watch.places) == {window.page.house.geometry().getRect()}


def test_what_happens_while_a_page_is_built_is_shown_once_it_is(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(hotel).window
    monkeypatch.setattr(tasks, "TURN_S", 0.0)
    window.open_page("data")
    page = window.page
    page.set_dropping(True)
    window.imports.changed.emit()
    page.refresh()
    assert not page.furnished
    wait_for(lambda: page.body.state == "content")
    assert page.well.property("dropping") == "true"
