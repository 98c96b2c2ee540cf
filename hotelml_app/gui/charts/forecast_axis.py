"""The axes of the forecast chart: nights below, plain numbers at the left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pyqtgraph as pg

from hotelml_app.gui.place import Place

WIDE_PIXELS_PER_TICK = 64
TICK_DENSITY = 0.5
PIXELS_PAST_THE_ENDS = 40
"""How far the words of the first and the last tick may reach beyond the axis; without, they would not be written."""


class NightAxis(pg.AxisItem):
    """Ticks where a week begins, as far apart as their words need. The scale counts the nights that are drawn."""

    def __init__(self) -> None:
        super().__init__(orientation="bottom")
        self.setStyle(hideOverlappingLabels=PIXELS_PAST_THE_ENDS)
        self._nights: tuple[date, ...] = ()
        self._place = Place()
        self.enableAutoSIPrefix(False)

    def show_nights(self, nights: Sequence[date], place: Place) -> None:
        """Name other nights, in order; some may be missing between them. Names of lines stand past them."""
        self._nights, self._place = tuple(nights), place
        self.picture = None
        self.update()

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        """Return the first night of every week, or of as many weeks as there is room to name."""
        apart = WIDE_PIXELS_PER_TICK * (maximum - minimum) / max(size, 1)
        shown: list[float] = []
        for at, night in enumerate(self._nights):
            before = self._nights[max(at - 1, 0)]
            begins = night.weekday() == 0 or night.isocalendar()[:2] != before.isocalendar()[:2]
            if begins and (not shown or at - shown[-1] >= apart):
                shown.append(float(at))
        return [(apart, shown)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the day and month of each tick."""
        return [self._place.day(self._nights[int(value)], weekday=False) for value in values]


class NumberAxis(pg.AxisItem):
    """Numbers with the country's separators, never with prefixes like k."""

    def __init__(self) -> None:
        super().__init__(orientation="left")
        self.setTickDensity(TICK_DENSITY)
        self._words: Callable[[float], str] = str
        self.enableAutoSIPrefix(False)

    def speak(self, words: Callable[[float], str]) -> None:
        """Write numbers with this function."""
        self._words = words
        self.picture = None
        self.update()

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the number of each tick; whole numbers only."""
        return [self._words(value) if abs(value - round(value)) < 1e-9 else "" for value in values]
