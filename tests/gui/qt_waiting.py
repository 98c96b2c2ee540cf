"""Letting Qt work inside a test."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

PATIENCE_S = 60.0


def pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < until, "nothing happened"
        pause(10)
    # What was added to a window just now is shown by a call that is still queued.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)


def settle() -> None:
    pause(20)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(widget: QWidget, key: str) -> None:
    QTest.keySequence(widget, key)
