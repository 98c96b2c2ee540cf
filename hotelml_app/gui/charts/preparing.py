"""What the forecast's chart needs before it can be made; without it the first look would keep the window waiting."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from PySide6 import QtCore, QtGui, QtWidgets


def make_types() -> Iterator[None]:
    """Have PySide6 make all types of Qt, one at a step; to be run on the window's thread before ``import_chart``.

    PySide6 makes a type when it is first asked for, and for a moment other threads get it half made: a widget of such a
    type ends the process. pyqtgraph asks for every type there is while it is imported.
    """
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)
            yield


def import_chart() -> None:
    """Import the chart, in the background: that takes a third of a second, which the window's own thread does not have."""
    importlib.import_module("hotelml_app.gui.charts.forecast_plot")
