"""The forecast's chart is imported in the background without a widget of a half made type on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6 import QtCore, QtGui, QtWidgets
from qt_waiting import wait_for

from hotelml_app.gui.charts.preparing import make_types
from hotelml_app.gui.pages import forecast


def test_the_forecasts_chart_is_imported_when_all_types_of_qt_are_there(
    open_window: Open, hotel: FakeAppliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []

    def types() -> Iterator[None]:
        for _ in range(3):
            steps.append(f"a type on {threading.current_thread().name}")
            yield

    def chart() -> None:
        steps.append("the chart" if threading.current_thread().name.startswith("window-read") else "the chart, waited for")

    monkeypatch.setattr(forecast, "make_types", types)
    monkeypatch.setattr(forecast, "import_chart", chart)
    page = open_window(hotel, "forecast").window.page
    page.refresh()
    wait_for(lambda: page.body.state == "content")
    assert steps[:3] == ["a type on MainThread"] * 3
    assert set(steps[3:]) == {"the chart"}


def test_making_the_types_of_qt_leaves_none_to_be_made_later() -> None:
    list(make_types())
    for module in (QtCore, QtGui, QtWidgets):
        assert set(dir(module)) <= set(vars(module))
