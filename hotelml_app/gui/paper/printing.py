"""Putting a page of text and tables on paper: asks for a printer, and keeps one sheet to one sheet."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QTextDocument
from PySide6.QtWidgets import QWidget

from hotelml_app.gui.context import Notice, WindowContext
from hotelml_app.gui.theme.fonts import paper_font

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

MARGIN_MM = 12.0
LARGEST_POINTS, SMALLEST_POINTS = 9.0, 5.5
"""Letters of a single sheet, as large as fits; smaller ones nobody reads, and a second page is the lesser evil."""

NO_PRINTER = Notice(
    "This PC has no printer",
    "Windows names none, not even one that writes PDF files.",
    "Add one in the settings of Windows, and try again.",
    urgent=True,
)
_STEP_POINTS = 0.5
STYLE = """h2 { font-size: large; margin: 0 0 4px 0; } h3 { font-size: medium; margin: 10px 0 3px 0; }
p { margin: 0 0 3px 0; } table { border-collapse: collapse; border-style: solid; border-color: gray; }
td, th { white-space: nowrap; } td.text { white-space: normal; }"""


def ask_printer(context: WindowContext, parent: QWidget, print_it: Callable[[QPrinter], object]) -> None:
    """Ask for a printer and print; tell where there is none to ask for."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if sys.platform == "win32" and not QPrinterInfo.availablePrinterNames():
        # Windows' own dialog does not open then, and Qt says nothing; on Linux it offers to write a PDF file.
        context.tell(NO_PRINTER)
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setModal(True)
    dialog.accepted.connect(lambda: print_it(printer))
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()


def print_pages(printer: QPrinter, html: str) -> None:
    """Print a text on as many pages as it takes."""
    document = QTextDocument()
    document.setDefaultFont(paper_font())
    document.setHtml(html)
    document.print_(printer)


def print_sheet(printer: QPrinter, html: str) -> None:
    """Print a text on one sheet, its letters as large as fit."""
    printer.setPageMargins(QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter)
    room = printer.pageLayout().paintRectPoints()
    sheet_of(html, QSizeF(room.width(), room.height())).print_(printer)


def sheet_of(html: str, points: QSizeF) -> QTextDocument:
    """Return a text laid out for a sheet of this size in points, on one page if that can be read."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    size = LARGEST_POINTS
    while True:
        document.setDefaultFont(paper_font(size))
        document.setDefaultStyleSheet(STYLE)
        document.setHtml(html)
        document.setPageSize(points)
        fits = document.pageCount() == 1 and document.size().width() <= points.width() + 0.5
        if fits or size <= SMALLEST_POINTS:
            return document
        size -= _STEP_POINTS
