"""What a table shows, kept by Qt alone: no cell is an object of Python's.

Cells that Python makes (``QStandardItem``) live in both worlds. A table that is filled again lets thousands of them go, and the
process has died while it did.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QItemSelectionRange, QModelIndex, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QStandardItemModel

from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.widgets.labels import plain_tip

KEY_ROLE = Qt.ItemDataRole.UserRole + 1
SORT_ROLE = Qt.ItemDataRole.UserRole + 2
TICK_ROLE = Qt.ItemDataRole.CheckStateRole


@dataclass(frozen=True)
class Cell:
    """One cell; ``sort`` orders it where the text would not, ``checked`` gives it a box to tick.

    ``colour`` is named and ``icon`` drawn when it is shown, so that both follow the look.
    """

    text: str
    sort: object = None
    colour: str = ""
    strong: bool = False
    icon: Callable[[], QIcon] | None = None
    tip: str = ""
    checked: bool | None = None

    def roles(self, *, to_the_right: bool) -> dict[int, object]:
        """Return what Qt asks a cell for, by role."""
        found: dict[int, object] = {Qt.ItemDataRole.DisplayRole: self.text}
        found[SORT_ROLE] = self.text if self.sort is None else self.sort
        if to_the_right:
            found[Qt.ItemDataRole.TextAlignmentRole] = _beside(to_the_right=True)
        found |= self.dyed()
        if self.strong:
            found[Qt.ItemDataRole.FontRole] = text_font(strong=True)
        if self.tip:
            found[Qt.ItemDataRole.ToolTipRole] = plain_tip(self.tip)
        if self.checked is not None:
            found[TICK_ROLE] = (Qt.CheckState.Checked if self.checked else Qt.CheckState.Unchecked).value
        return found

    def dyed(self) -> dict[int, object]:
        """Return what of the cell is in the colours of the look."""
        found: dict[int, object] = {}
        if self.colour:
            found[Qt.ItemDataRole.ForegroundRole] = QBrush(QColor(getattr(appearance().colours, self.colour)))
        if self.icon is not None:
            found[Qt.ItemDataRole.DecorationRole] = self.icon()
        return found


class CellModel(QStandardItemModel):
    """Rows under a key each, which the first cell holds under KEY_ROLE."""

    def __init__(self, columns: int, parent: QObject) -> None:
        super().__init__(0, columns, parent)
        self._dyed: list[tuple[int, int, Cell]] = []
        appearance().changed.connect(self._dye)

    def set_title(self, column: int, title: str, tip: str, *, to_the_right: bool) -> None:
        """Write over a column."""
        side = _beside(to_the_right=to_the_right)
        for value, role in (
            (title, Qt.ItemDataRole.DisplayRole),
            (tip, Qt.ItemDataRole.ToolTipRole),
            (side, Qt.ItemDataRole.TextAlignmentRole),
        ):
            self.setHeaderData(column, Qt.Orientation.Horizontal, value, role)

    def fill(self, rows: Sequence[tuple[str, Sequence[Cell]]], to_the_right: Sequence[bool]) -> None:
        """Show these rows and no others; whoever looks hears of it once."""
        self.beginResetModel()
        try:
            with QSignalBlocker(self):
                self.removeRows(0, self.rowCount())
                self.setRowCount(len(rows))
                self._write(rows, to_the_right)
        finally:
            self.endResetModel()

    def _dye(self) -> None:
        """Show the cells in the colours of another look."""
        for row, column, cell in self._dyed:
            for role, value in cell.dyed().items():
                self.setData(self.index(row, column), value, role)

    def _write(self, rows: Sequence[tuple[str, Sequence[Cell]]], to_the_right: Sequence[bool]) -> None:
        places = iter(indexes(self))
        self._dyed = []
        for at, (key, cells) in enumerate(rows):
            for column, (cell, right) in enumerate(zip(cells, to_the_right, strict=True)):
                roles = cell.roles(to_the_right=right)
                self.setItemData(next(places), roles if column else {**roles, KEY_ROLE: key})
                if cell.colour or cell.icon is not None:
                    self._dyed.append((at, column, cell))


def indexes(model: QAbstractItemModel, column: int | None = None) -> list[QModelIndex]:
    """Return where the cells of a model are, row by row, or those of one column, at one go.

    Asking for one index lets every other thread in once: for hundreds of cells a busy one keeps the window waiting for long.
    """
    if not model.rowCount():
        return []
    first, last = (0, model.columnCount() - 1) if column is None else (column, column)
    return QItemSelectionRange(model.index(0, first), model.index(model.rowCount() - 1, last)).indexes()


def _beside(*, to_the_right: bool) -> int:
    side = Qt.AlignmentFlag.AlignRight if to_the_right else Qt.AlignmentFlag.AlignLeft
    return (side | Qt.AlignmentFlag.AlignVCenter).value
