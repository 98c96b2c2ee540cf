"""Saving a table of the Rates page as a CSV file that staff choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.services.asking.words import count

CSV_KIND = "CSV (*.csv)"


def save_table(
    context: WindowContext, path: Path, header: Sequence[str], rows: Callable[[], Iterable[Sequence[object]]], title: str
) -> None:
    """Write a table off the window's thread, ``rows`` included, and tell under ``title`` where it is."""

    def told(lines: object) -> None:
        context.tell(Notice(title, f"{count(int(str(lines)), 'line')} in {path}."))

    context.do(lambda: context.appliance.keep_table(path, header, rows()), told)
