"""The bars of the rooms that will be lost on a day."""

from __future__ import annotations

from math import comb

from PySide6.QtWidgets import QApplication

from hotelml_app.gui.charts.lost_rooms import LostRoomsChart, distribution_words, shown_range
from hotelml_app.gui.theme.appearance import appearance
from hotelml_app.services.arrivals.likely import likely_range

ALONE = [comb(30, lost) * 0.1**lost * 0.9 ** (30 - lost) for lost in range(31)]
WITH_GROUP = [0.8 * one for one in ALONE] + [0.0] * 50
for lost, share in enumerate(ALONE):
    WITH_GROUP[lost + 50] += 0.2 * share


def test_what_a_large_group_would_lose_is_drawn_as_well(qt: QApplication) -> None:
    assert distribution_words(WITH_GROUP) == "Most likely 1 to 53 rooms will be lost"
    assert distribution_words((0.65, 0.3, 0.05)) == "Most likely 0 or 1 room will be lost"
    (first, last), (low, high) = shown_range(WITH_GROUP), likely_range(WITH_GROUP)
    assert first <= low < high <= last
    chart = LostRoomsChart()
    chart.resize(300, 96)
    chart.show_distribution(WITH_GROUP)
    drawn = chart.grab().toImage()
    at = int((52.5 - first) * drawn.width() / (last - first + 1))
    likely = appearance().colours.accent
    assert likely in {drawn.pixelColor(at, height).name().upper() for height in range(drawn.height() // 2, drawn.height())}
