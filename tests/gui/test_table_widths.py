"""How wide the columns of a table are: numbers are never cut, and numbers of bookings only where they are very long."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.widgets.tables.table import CELL_PADDING, WIDEST_BOOKING, Cell, Column, DataTable

COLUMNS = (
    Column("Booking", width=80, widest=WIDEST_BOOKING, middle=True),
    Column("Rate", number=True, width=40),
    Column("Channel", width=60),
    Column("Why", stretch=True),
)


@pytest.mark.parametrize(
    ("booking", "is_cut"), [("17", False), ("H2-067042", False), ("3f2b1c9e-7a64-4c1d-9f0e-5b8a6d2c4e10", True)]
)
def test_the_number_of_a_booking_is_read_whole_unless_it_is_very_long(qt: QApplication, booking: str, is_cut: bool) -> None:
    table = DataTable(COLUMNS, "Arrivals")
    table.set_rows([("1", (Cell(booking), Cell("1,234,567.00", 1_234_567.0), Cell("A channel with a long name"), Cell("")))])
    metrics = QFontMetrics(text_font(strong=True))
    needed = [metrics.horizontalAdvance(table.text_at("1", at)) + 2 * CELL_PADDING for at in range(3)]
    assert (table.columnWidth(0) < needed[0]) is is_cut
    assert 80 <= table.columnWidth(0) <= WIDEST_BOOKING
    assert table.columnWidth(1) >= needed[1]
    assert table.columnWidth(2) == 60
