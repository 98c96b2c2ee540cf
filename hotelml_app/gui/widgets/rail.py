"""The rail at the left: whose hotel, which page, and what runs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QLabel, QMenu, QProgressBar, QToolButton

from hotelml_app.gui.theme import tokens
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.gui.widgets.boxes import bare, column, row
from hotelml_app.gui.widgets.calm import Calm, calm
from hotelml_app.gui.widgets.labels import ElidedLabel, label, plain_tip
from hotelml_app.gui.widgets.qt_numbers import ICON_ALONE, TAB_AND_CLICK, WORDS_BESIDE_ICON

if TYPE_CHECKING:
    from hotelml_app.core.jobs import JobView
    from hotelml_app.gui.pages.registry import PageSpec

MARK_SIZE = 24
ICON_SIZE = 20
BRAND_SIZES = (24, 48, 64, 128, 256)
_ICONS = Path(__file__).parents[1] / "assets" / "icons"


class _PropertyBox(Calm, QComboBox):
    """No wider than the rail, and no other hotel because somebody turned the wheel over it."""


class Rail(QFrame):
    """Pages as buttons; narrow windows show the icons alone."""

    page_chosen = Signal(str)
    property_chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._pages = {spec.key: spec for spec in pages}
        self._no_icon = _room_for_icon()
        self._group = QButtonGroup(self)
        self.buttons = {spec.key: self._button(spec, index + 1) for index, spec in enumerate(pages)}
        self._mark = QLabel()
        self._mark.setPixmap(_mark(self.devicePixelRatioF()))
        self._brand = label("HotelML", "brand")
        self.property_name = ElidedLabel(role="muted")
        self.property_box = _PropertyBox()
        calm(self.property_box, "Property")
        self.property_box.hide()
        self.property_box.activated.connect(lambda _: self.property_chosen.emit(self.property_box.currentText()))
        self._menu = QMenu(self)
        self.property_button = self._chooser()
        self._several = self._narrow = False
        self._unsaved: set[str] = set()
        self._work = QProgressBar()
        self._work.setTextVisible(False)
        self._work.setRange(0, 1000)
        self._work_words = label(role="caption", wrap=True)
        self._working = bare(column((self._work, self._work_words), gap=tokens.SPACE_HALF))
        self._working.hide()
        self._files = label(role="caption", wrap=True)
        self._files.hide()
        self._arrange()
        self.set_narrow(False)
        appearance().changed.connect(self._colour)

    def complete(self) -> None:
        """Draw the icons; until then there is room for them."""
        self._colour()

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons with words."""
        self.setFixedWidth(tokens.RAIL_WIDTH_NARROW if narrow else tokens.RAIL_WIDTH)
        for each in self.buttons.values():
            each.setProperty("toolButtonStyle", ICON_ALONE if narrow else WORDS_BESIDE_ICON)
        self._narrow = narrow
        self._brand.setVisible(not narrow)
        self._names.setVisible(not narrow)
        self.property_button.setVisible(narrow and self._several)
        self._work_words.setVisible(not narrow)
        self._files.setVisible(not narrow and bool(self._files.text()))

    def show_page(self, key: str) -> None:
        """Mark the page that is open."""
        self.buttons[key].setChecked(True)

    def mark_unsaved(self, key: str, unsaved: bool) -> None:
        """Say at a page that something typed there is not saved yet, or no longer."""
        if unsaved == (key in self._unsaved):
            return
        title, made = self._pages[key].title, self.buttons[key]
        name = f"{title} (not saved yet)" if unsaved else title
        made.setText(f"  {title} · unsaved" if unsaved else f"  {title}")
        made.setAccessibleName(name)
        made.setToolTip(f"{name} (Ctrl+{1 + list(self._pages).index(key)})")
        # A narrow window has the icon alone.
        self._unsaved = self._unsaved | {key} if unsaved else self._unsaved - {key}
        self._colour()

    def show_properties(self, names: Sequence[str], current: str) -> None:
        """Show whose hotel it is, with a choice where there are several."""
        several = self._several = len(names) > 1
        self.property_box.setVisible(several)
        self.property_name.setVisible(not several)
        self.property_button.setVisible(self._narrow and several)
        self.property_button.setToolTip(plain_tip(current))
        self.property_button.setAccessibleName(f"Property: {current}")
        self.property_name.setText(current)
        if self.property_names != list(names):
            self.property_box.clear()
            self.property_box.addItems(list(names))
            # The box cuts a long name, and two of one chain may differ at the end alone.
            widest = max(map(self.property_box.fontMetrics().horizontalAdvance, names), default=0)
            self.property_box.view().setMinimumWidth(widest + 2 * tokens.SPACE_3)
            self._offer(names)
        self.property_box.setCurrentText(current)
        self.property_box.setToolTip(plain_tip(current))
        for name, offer in zip(names, self._menu.actions(), strict=True):
            offer.setChecked(name == current)

    @property
    def property_names(self) -> list[str]:
        """The properties to choose from."""
        return [self.property_box.itemText(index) for index in range(self.property_box.count())]

    def show_work(self, words: str, fraction: float, files: str = "") -> None:
        """Show what runs in the background, and above it what became of the files in the folder; no words hide it."""
        self._files.setText(files)
        self._files.setVisible(bool(files) and not self._narrow)
        self._working.setVisible(bool(words))
        self._work.setValue(round(1000 * fraction))
        self._work_words.setText(words)
        self._work.setToolTip(words)
        self._work.setAccessibleName(words)

    def _button(self, spec: PageSpec, number: int) -> QToolButton:
        made = QToolButton()
        made.setText(f"  {spec.title}")
        made.setProperty("role", "page")
        made.setIcon(self._no_icon)
        made.setCheckable(True)
        made.setProperty("focusPolicy", TAB_AND_CLICK)
        made.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        made.setAccessibleName(spec.title)
        made.setToolTip(f"{spec.title} (Ctrl+{number})")
        made.setMinimumWidth(tokens.RAIL_WIDTH_NARROW - tokens.SPACE_2)
        policy = made.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        made.setSizePolicy(policy)
        made.clicked.connect(lambda: self.page_chosen.emit(spec.key))
        self._group.addButton(made)
        return made

    def _arrange(self) -> None:
        head = row((self._mark, self._brand, None), gap=tokens.SPACE_1)
        head.setContentsMargins(tokens.SPACE_1, 0, 0, 0)
        names = column((self.property_name, self.property_box), gap=0)
        self._names = bare(names, (tokens.SPACE_1, 0, 0, 0))
        above = (head, tokens.SPACE_HALF, self._names, self.property_button, tokens.SPACE_1)
        inside = column((*above, *self.buttons.values(), None, self._files, self._working), gap=tokens.SPACE_HALF)
        inside.setContentsMargins(tokens.SPACE_1, tokens.SPACE_2, tokens.SPACE_1, tokens.SPACE_2)
        self.setLayout(inside)

    def _chooser(self) -> QToolButton:
        """Return the choice of a property where there is no room for names."""
        made = QToolButton()
        made.setProperty("role", "page")
        made.setIcon(self._no_icon)
        made.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        made.setProperty("focusPolicy", TAB_AND_CLICK)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setMinimumWidth(tokens.RAIL_WIDTH_NARROW - tokens.SPACE_2)
        made.setMenu(self._menu)
        made.hide()
        return made

    def _offer(self, names: Sequence[str]) -> None:
        self._menu.clear()
        for name in names:
            offer = self._menu.addAction(name.replace("&", "&&"))
            offer.setCheckable(True)
            offer.triggered.connect(partial(self._choose, name))

    def _choose(self, name: str, _: bool = False) -> None:
        self.property_chosen.emit(name)

    def _colour(self) -> None:
        self.property_button.setIcon(appearance().icon("buildings", "text_muted", size=ICON_SIZE))
        for key, each in self.buttons.items():
            role = "accent" if key in self._unsaved else "text_muted"
            each.setIcon(appearance().icon(self._pages[key].icon, role, on_role="accent", size=ICON_SIZE))


def _room_for_icon() -> QIcon:
    blank = QPixmap(ICON_SIZE, ICON_SIZE)
    blank.fill(QColor(0, 0, 0, 0))
    return QIcon(blank)


def _mark(pixel_ratio: float) -> QPixmap:
    """Return HotelML's mark, sharp on a screen of this pixel ratio."""
    scale = 1 if pixel_ratio <= 1 else 2
    made = QPixmap(str(_ICONS / f"hotelml-{scale * MARK_SIZE}.png"))
    made.setDevicePixelRatio(scale)
    return made


def brand_icon() -> QIcon:
    """Return HotelML's mark, for a window."""
    made = QIcon()
    for size in BRAND_SIZES:
        made.addFile(str(_ICONS / f"hotelml-{size}.png"))
    return made


def work_words(jobs: Sequence[JobView]) -> tuple[str, float]:
    """Return what runs, in words, and how far it is; jobs that are over do not count."""
    running = [job for job in jobs if not job.stage.final]
    if not running:
        return "", 0.0
    from hotelml_app.gui.place import time_left_words

    first = max(running, key=lambda job: job.fraction)
    left, more = time_left_words(first.seconds_left), len(running) - 1
    rest = ", then ".join(part for part in (left, f"{more} more" if more else "") if part)
    what = f"Learning: {first.module_title}" if first.module else first.step
    words = f"{what} {100 * first.fraction:.0f} %"
    return (f"{words}\n{rest}" if rest else words), first.fraction
