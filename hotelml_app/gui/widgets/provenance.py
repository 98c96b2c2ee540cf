"""The line under a page's sentence: how old the data are, what made the numbers, how good it was lately."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from hotelml_app.gui.place import OLD_AFTER_DAYS, Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import row
from hotelml_app.gui.widgets.labels import ElidedLabel, IconLabel
from hotelml_app.services.views import Freshness, MadeByView

STALE_AFTER_DAYS = 1
"""An export from the night before is as fresh as can be."""

KINDS = {
    "own": "learned from this hotel",
    "bundled": "brought along, not learned from this hotel yet",
    "statistical": "by a plain rule",
}


class Provenance(QWidget):
    """A quiet line with a clock."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel()
        self.words = ElidedLabel(role="muted")
        line = row((self._icon, self.words), gap=tokens.SPACE_1)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setFixedHeight(20)

    def show_words(self, text: str, *, stale: bool = False, icon: str = "info") -> None:
        """Show a sentence of any kind."""
        self.words.setText(text)
        if not text:
            self._icon.show_icon("")
        elif stale:
            self._icon.show_icon("warning", "risk")
        else:
            self._icon.show_icon(icon)

    def show_origin(self, place: Place, freshness: Freshness, made_by: tuple[tuple[str, MadeByView], ...]) -> None:
        """Show where the numbers come from; ``made_by`` pairs what was made ("forecast") with its maker."""
        parts = [freshness_words(place, freshness), *(maker_words(what, maker) for what, maker in made_by)]
        old = freshness.days_old is None or freshness.days_old > STALE_AFTER_DAYS
        self.show_words(place.spoken("  ·  ".join(part for part in parts if part)), stale=old, icon="clock")


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
