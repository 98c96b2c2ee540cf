"""The line under a page's sentence: how old the data are, what made the numbers, how good it was lately."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.labels import ElidedLabel, IconLabel
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.learning.views import MadeByView

STALE_AFTER_DAYS = 1
"""An export from the night before is as fresh as can be."""

OLD_AFTER_DAYS = 270
"""Data older than this are dated with their year."""

SEPARATOR = "  ·  "
ICON_WIDTH, LINE_HEIGHT = 16, 20

KINDS = {
    "own": "learned from this hotel",
    "bundled": "brought along, not learned from this hotel yet",
    "statistical": "by a plain rule",
}


class Provenance(QWidget):
    """A quiet line with a clock; where the window is narrow, what made the numbers stands on a second line."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel()
        self._parts: tuple[str, ...] = ()
        self.words, self.more = ElidedLabel(role="muted"), ElidedLabel(role="muted")
        line = row((self._icon, self.words), gap=tokens.SPACE_1)
        line.setStretch(1, 1)
        second = row((self.more,))
        second.setContentsMargins(ICON_WIDTH + tokens.SPACE_1, 0, 0, 0)
        self.setLayout(column((line, second), gap=0))
        self._lay_out()

    @property
    def whole_text(self) -> str:
        """Everything that is said, on one line or two."""
        return SEPARATOR.join(self._parts)

    def show_words(self, *parts: str, stale: bool = False, icon: str = "info") -> None:
        """Show what is said, of any kind, part by part."""
        self._parts = tuple(part for part in parts if part)
        if not self._parts:
            self._icon.show_icon("")
        elif stale:
            self._icon.show_icon("warning", "risk")
        else:
            self._icon.show_icon(icon)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use a second line where one is too short."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.width() - ICON_WIDTH - tokens.SPACE_1
        parted = len(self._parts) > 1 and self.words.fontMetrics().horizontalAdvance(self.whole_text) > room
        self.words.setText(self._parts[0] if parted else self.whole_text)
        self.more.setText(SEPARATOR.join(self._parts[1:]) if parted else "")
        self.more.setVisible(parted)
        self.setFixedHeight(LINE_HEIGHT * (2 if parted else 1))

    def show_origin(self, place: Place, freshness: Freshness, made_by: tuple[tuple[str, MadeByView], ...]) -> None:
        """Show where the numbers come from; ``made_by`` pairs what was made ("forecast") with its maker."""
        parts = [freshness_words(place, freshness), *(maker_words(what, maker) for what, maker in made_by)]
        old = freshness.days_old is None or freshness.days_old > STALE_AFTER_DAYS
        self.show_words(*(place.spoken(part) for part in parts), stale=old, icon="clock")


def freshness_words(place: Place, freshness: Freshness) -> str:
    """Return "From the Wed 31 Aug export, 1 day old"."""
    if freshness.business_date is None:
        return "No export read yet"
    old = freshness.days_old
    with_year = old is None or old > OLD_AFTER_DAYS
    day = place.day(freshness.business_date, year=with_year)
    return f"From the {day} export{age_words(old)}"


def age_words(days_old: int | None) -> str:
    """Return ", 3 days old", or "" for an export as fresh as it can be."""
    if days_old is None or days_old <= STALE_AFTER_DAYS:
        return ""
    return f", {days_old} days old" if days_old <= OLD_AFTER_DAYS else ""


def maker_words(what: str, maker: MadeByView) -> str:
    """Return what made some numbers and how good that was lately."""
    said = maker.sentence.rstrip(".") or KINDS.get(maker.kind, maker.kind)
    lately = maker.track_record.rstrip(".")
    head = f"{what}: {said}" if what else said
    return f"{head} ({lately})" if lately and lately not in said else head
