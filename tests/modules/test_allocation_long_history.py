"""Of a house with years of bookings the stays of a few days are asked for, and only these are spelled out."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest
from noshow_hotel import history_of, random_house

from hotelml_app.ml.property.history import History
from hotelml_app.modules.allocation.house.stays import Stay, arriving, in_house

BYTES_PER_SPELL = 10
"""Flags that find them, and the days they are found by; the words of one column alone take more for all spells together."""

ASKED: dict[str, Callable[[History], list[Stay]]] = {
    "arriving": lambda history: arriving(history, history.today, history.today + 1),
    "in house": lambda history: in_house(history, history.today),
}


@pytest.fixture(scope="module")
def long_history() -> History:
    return history_of(random_house(bookings=6000, days=1500))


@pytest.mark.parametrize("which", ASKED)
def test_a_few_stays_are_found_without_spelling_out_all_that_ever_were(which: str, long_history: History) -> None:
    assert 0 < len(ASKED[which](long_history)) < 20
    tracemalloc.start()
    try:
        ASKED[which](long_history)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < BYTES_PER_SPELL * len(long_history)
