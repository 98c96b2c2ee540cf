"""A dense table. Cells are kept by Qt, so that drawing and sorting them does not need the interpreter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.fonts import text_font
from hotelml_app.gui.widgets.tables.cells import KEY_ROLE, SORT_ROLE, TICK_ROLE, Cell, CellModel, indexes
from hotelml_app.gui.widgets.tables.empty_table import EmptyWords

_FRAME = 2
ICON_SIZE = QSize(48, 16)
CELL_PADDING = 12
MOMENT_WIDTH = 176
"""What a moment with its year takes where it is written the longest way, "Nov 30, 2026 10:40 PM"."""
WIDEST_BOOKING = 176
"""What the number of a booking may take; some PMS have long ones, and bookings of a day differ at the end."""
LEAST_STRETCH = 200
"""The least width of a column that takes what is left, before secondary columns give way."""


@dataclass(frozen=True)
class Column:
    """One column; the unit stands in the header. ``width`` in pixels; a ``stretch`` column takes what is left.

    ``secondary`` columns are left out, from the right, where the stretched one would have too little room. Texts that are
    too long lose their end, or their ``middle``; numbers are never shortened: their column widens, and that of texts may up to
    ``widest``.
    """

    title: str
    unit: str = ""
    number: bool = False
    width: int = 96
    stretch: bool = False
    tip: str = ""
    secondary: bool = False
    middle: bool = False
    widest: int = 0

    @property
    def header(self) -> str:
        """The title with its unit."""
        return f"{self.title}\n{self.unit}" if self.unit else self.title


class _LosesMiddle(QStyledItemDelegate):
    """Shortens texts in their middle: names of exports differ at the end."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Ask for it."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class DataTable(QTableView):
    """Rows under a key each: filtered as the user types, sorted by a click, opened by Enter or a double click."""

    opened = Signal(str)
    current = Signal(str)
    ticked = Signal(str, bool)

    def __init__(self, columns: Sequence[Column], name: str, *, sortable: bool = True, empty: str = "") -> None:
        """``empty`` is said where there is no row."""
        super().__init__()
        self.setAccessibleName(name)
        self._columns = tuple(columns)
        self._filling = False
        self._middle = _LosesMiddle(self)
        self._cells = CellModel(len(columns), self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(self._cells)
        self._shown.setFilterKeyColumn(-1)
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._shown.setSortRole(SORT_ROLE)
        self.setModel(self._shown)
        self._dress(sortable)
        self.empty = EmptyWords(self)
        self.empty.text = empty
        self.set_columns(columns)
        self.activated.connect(lambda index: self.opened.emit(self._key_at(index)))
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.clicked.connect(self._tick)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Change titles and units; the number of columns stays."""
        self._columns = tuple(columns)
        header = self.horizontalHeader()
        for index, column in enumerate(columns):
            self._cells.set_title(index, column.header, column.tip or column.header, to_the_right=column.number)
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(index, mode)
            self.setColumnWidth(index, column.width)
            if column.middle:
                self.setItemDelegateForColumn(index, self._middle)

    def set_rows(self, rows: Sequence[tuple[str, Sequence[Cell]]]) -> None:
        """Show these rows, given as key and cells; the chosen row and the scroll position stay where they can."""
        kept, scrolled = self.current_key, self.verticalScrollBar().value()
        self._filling = True
        self._cells.fill(rows, [column.number for column in self._columns])
        self._filling = False
        self._tell_empty()
        self._widen()
        if kept:
            self.choose(kept)
        self.verticalScrollBar().setValue(scrolled)

    def _widen(self) -> None:
        metrics = QFontMetrics(text_font(strong=True))
        for index, column in enumerate(self._columns):
            if (column.number or column.widest) and not column.stretch:
                needed = metrics.horizontalAdvance(max(self._texts(index), key=len, default="")) + 2 * CELL_PADDING
                self.setColumnWidth(index, max(column.width, min(needed, column.widest or needed)))

    def set_filter(self, text: str) -> None:
        """Show only rows in which a cell holds ``text``."""
        self._shown.setFilterFixedString(text)
        self._tell_empty()

    def _tell_empty(self) -> None:
        self.empty.show_for(self._cells.rowCount(), self._shown.rowCount())

    def fit_height(self, most_rows: int) -> None:
        """Be as high as the rows there are, up to ``most_rows``."""
        rows = min(max(self._cells.rowCount(), 1), most_rows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self._height_of(rows))

    @property
    def whole_height(self) -> int:
        """The height that shows all rows, in pixels."""
        return self._height_of(max(self._shown.rowCount(), 1))

    def _height_of(self, rows: int) -> int:
        return self.horizontalHeader().sizeHint().height() + rows * tokens.ROW_HEIGHT + _FRAME

    def fit_width(self) -> int:
        """Make every column as wide as its texts need and return the width of the whole table."""
        small, body = QFontMetrics(text_font(tokens.SIZE_CAPTION)), QFontMetrics(text_font(strong=True))
        total = 0
        for index, column in enumerate(self._columns):
            titles = (small.horizontalAdvance(line) for line in column.header.split("\n"))
            width = max((*titles, *(body.horizontalAdvance(text) for text in self._texts(index)))) + 2 * CELL_PADDING
            self.setColumnWidth(index, width)
            total += width
        return total + self.verticalScrollBar().sizeHint().width() + _FRAME

    def _texts(self, column: int) -> Iterator[str]:
        return (str(index.data()) for index in indexes(self._cells, column))

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the rows that are shown, from the top."""
        return tuple(str(index.data(KEY_ROLE) or "") for index in indexes(self._shown, 0))

    @property
    def current_key(self) -> str:
        """The key of the chosen row, or ""."""
        return self._key_at(self.currentIndex())

    def choose(self, key: str) -> None:
        """Choose the row of a key, if it is shown."""
        keys = self.keys
        if key in keys:
            index = self._shown.index(keys.index(key), 0)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)

    def toggle(self, key: str) -> None:
        """Tick or untick the box of a row, if it has one."""
        if key in self.keys:
            self._toggle(self.keys.index(key))

    def is_ticked(self, key: str) -> bool:
        """Tell whether the box of a row is ticked."""
        return any(index.data(TICK_ROLE) == Qt.CheckState.Checked.value for index in self._boxes(self.keys.index(key)))

    def text_at(self, key: str, column: int) -> str:
        """Return the text of a cell."""
        return str(self._shown.index(self.keys.index(key), column).data() or "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave secondary columns out where there is too little room."""
        super().resizeEvent(event)
        self._drop_secondary()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the chosen row with Enter; tick its box with the space bar."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(self._key_at(index))
        elif event.key() == Qt.Key.Key_Space and self._toggle(index.row()):
            return
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _dress(self, sortable: bool) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setIconSize(ICON_SIZE)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(tokens.ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(40)
        if sortable:
            self.setSortingEnabled(True)
            self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.horizontalHeader().setSortIndicatorClearable(True)

    def _drop_secondary(self) -> None:
        if not any(column.stretch for column in self._columns):
            return
        kept = [column for column in self._columns if not column.stretch]
        room = self.viewport().width() - LEAST_STRETCH
        hidden: list[Column] = []
        for column in reversed([each for each in kept if each.secondary]):
            if sum(each.width for each in kept if each not in hidden) > room:
                hidden.append(column)
        for index, column in enumerate(self._columns):
            self.setColumnHidden(index, column in hidden)

    def _key_at(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(self._shown.index(index.row(), 0).data(KEY_ROLE) or "") if index.isValid() else ""

    def _tell_current(self, index: QModelIndex) -> None:
        if not self._filling:
            self.current.emit(self._key_at(index))

    def _tick(self, index: QModelIndex) -> None:
        if index.data(TICK_ROLE) is not None:
            self._toggle(index.row())

    def _boxes(self, row: int) -> Iterator[QModelIndex]:
        shown = (self._shown.index(row, column) for column in range(self._shown.columnCount()))
        return (index for index in shown if index.data(TICK_ROLE) is not None)

    def _toggle(self, row: int) -> bool:
        for index in self._boxes(row):
            ticked = index.data(TICK_ROLE) != Qt.CheckState.Checked.value
            key = self._key_at(index)
            self._shown.setData(index, (Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked).value, TICK_ROLE)
            self.ticked.emit(key, ticked)
            return True
        return False
