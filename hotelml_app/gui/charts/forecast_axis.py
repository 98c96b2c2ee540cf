"""The axes of the forecast chart: nights below, plain numbers at the left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pyqtgraph as pg

from hotelml_app.gui.place import Place

WIDE_PIXELS_PER_TICK = 64
TICK_DENSITY = 0.5
PIXELS_PAST_THE_ENDS = 40
"""How far the words of the first and the last tick may reach beyond the axis; without, they would not be written."""


class NightAxis(pg.AxisItem):
    """Ticks at Mondays, as far apart as their words need. The scale counts nights from the first."""

    def __init__(self) -> None:
        super().__init__(orientation="bottom")
        self.setStyle(hideOverlappingLabels=PIXELS_PAST_THE_ENDS)
        self._first, self._nights = date(2000, 1, 1), 0
        self._place = Place()
        self.enableAutoSIPrefix(False)

    def begin(self, first: date, nights: int, place: Place) -> None:
        """Count so many nights from another one; names of lines stand past them."""
        self._first, self._nights, self._place = first, nights, place
        self.picture = None
        self.update()

    def tickValues(self, minimum: float, maximum: float, size: float) -> list[tuple[float, list[float]]]:
        """Return every Monday, every second, or every fourth."""
        to_monday = (7 - self._first.weekday()) % 7
        mondays = list(range(to_monday, min(int(maximum) + 1, self._nights), 7))
        most = max(int(size // WIDE_PIXELS_PER_TICK), 1)
        step = next((each for each in (1, 2, 4, 8, 16, 52) if len(mondays) / each <= most), 52)
        return [(7.0 * step, [float(value) for value in mondays[::step]])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the day and month of each tick."""
        return [self._place.day(self._first + timedelta(days=int(value)), weekday=False) for value in values]


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
