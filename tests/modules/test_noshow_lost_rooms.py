"""How many rooms are lost on an arrival day, as a distribution."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.modules.noshow.lost_rooms.distribution import lost_rooms_distribution

chances = st.lists(st.floats(0, 1), max_size=7)


def by_hand(probabilities: list[float], rooms: list[int]) -> np.ndarray:
    """Add up every way in which bookings may be lost or kept."""
    result = np.zeros(sum(rooms) + 1)
    for way in product((0, 1), repeat=len(rooms)):
        chance = np.prod([p if lost else 1 - p for p, lost in zip(probabilities, way, strict=True)])
        result[sum(r for r, lost in zip(rooms, way, strict=True) if lost)] += chance
    return result


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 4)), max_size=7))
def test_the_distribution_is_the_sum_over_all_ways_to_lose_bookings(bookings: list[tuple[float, int]]) -> None:
    probabilities, rooms = [p for p, _ in bookings], [r for _, r in bookings]
    np.testing.assert_allclose(lost_rooms_distribution(probabilities, rooms), by_hand(probabilities, rooms), atol=1e-12)


@given(chances)
def test_the_distribution_adds_up_to_one_and_has_the_expected_mean(probabilities: list[float]) -> None:
    found = lost_rooms_distribution(probabilities)
    assert found.sum() == pytest.approx(1)
    assert (found * np.arange(len(found))).sum() == pytest.approx(sum(probabilities))


def test_a_day_without_arrivals_loses_nothing_for_certain() -> None:
    assert lost_rooms_distribution([]).tolist() == [1.0]


def test_a_group_of_rooms_is_lost_together() -> None:
    np.testing.assert_allclose(lost_rooms_distribution([0.25], [3]), [0.75, 0, 0, 0.25])


@pytest.mark.parametrize("wrong", [[1.2], [-0.1], [float("nan")]])
def test_what_is_no_probability_is_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="probability"):
        lost_rooms_distribution(wrong)


def test_unequal_lists_and_negative_rooms_are_refused() -> None:
    with pytest.raises(ValueError, match="as many"):
        lost_rooms_distribution([0.1, 0.2], [1])
    with pytest.raises(ValueError, match="less than no room"):
        lost_rooms_distribution([0.1], [-1])
