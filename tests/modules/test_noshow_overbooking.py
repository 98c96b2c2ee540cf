"""How many rooms to sell beyond the house, how losses go together, and whom to walk first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.modules.noshow.lost_rooms.distribution import lost_rooms_distribution
from hotelml_app.modules.noshow.lost_rooms.overbooking import advise
from hotelml_app.modules.noshow.lost_rooms.shared_fate import MOVES, DayLosses, lost_rooms_together, shared_deviation
from hotelml_app.modules.noshow.lost_rooms.walking import Guest, walk_plan

USUAL = 0.587
"""What is taken where nothing is known: the usual scatter of days, and of the level that moves."""

chances = st.lists(st.floats(0.01, 0.9), min_size=1, max_size=12)
prices = st.floats(10, 500)


def cost_of(beyond: int, lost: np.ndarray, value: float, walk: float) -> float:
    """What selling so many rooms beyond the house costs on average."""
    return sum(p * (max(beyond - gone, 0) * walk + max(gone - beyond, 0) * value) for gone, p in enumerate(lost))


@given(chances, prices, prices)
def test_no_other_number_of_rooms_costs_less(probabilities: list[float], value: float, walk: float) -> None:
    lost = lost_rooms_distribution(probabilities)
    advice = advise(lost, 50, value, walk)
    costs = [cost_of(beyond, lost, value, walk) for beyond in range(len(lost))]
    assert costs[advice.beyond] == pytest.approx(min(costs), abs=1e-6)
    assert advice.expected_cost == pytest.approx(costs[advice.beyond], abs=1e-6)
    assert advice.gain == pytest.approx(costs[0] - costs[advice.beyond], abs=1e-6)
    assert advice.sell_up_to == 50 + advice.beyond


@given(chances, prices)
def test_the_dearer_a_walk_the_fewer_rooms_are_sold_beyond(probabilities: list[float], value: float) -> None:
    lost = lost_rooms_distribution(probabilities)
    sold = [advise(lost, 10, value, value * times).beyond for times in (0.5, 1, 2, 5, 50)]
    assert sold == sorted(sold, reverse=True)


def test_no_more_is_advised_than_staff_allow_and_nothing_where_nobody_is_lost() -> None:
    lost = lost_rooms_distribution([0.5] * 20)
    assert advise(lost, 100, 100, 100).beyond >= 9
    assert advise(lost, 100, 100, 100, most_beyond=3).beyond == 3
    assert advise(np.array([1.0]), 100, 100, 100).sell_up_to == 100


def test_of_a_house_whose_rooms_are_all_out_of_order_none_is_sold() -> None:
    advice = advise(lost_rooms_distribution([0.5] * 20), 0, 100, 100)
    assert (advice.sell_up_to, advice.beyond, advice.chance_of_walking) == (0, 0, 0)


@pytest.mark.parametrize(("rooms", "value", "walk"), [(-1, 100, 100), (10, 0, 100), (10, 100, -1), (10, float("nan"), 1)])
def test_a_house_without_rooms_or_prices_gets_no_advice(rooms: int, value: float, walk: float) -> None:
    with pytest.raises(ValueError, match="cost something"):
        advise(np.array([1.0]), rooms, value, walk)


@given(chances, st.floats(0, 1.7))
def test_losses_that_go_together_keep_their_mean_and_scatter_more(probabilities: list[float], deviation: float) -> None:
    alone = lost_rooms_distribution(probabilities)
    together = lost_rooms_together(np.array(probabilities), np.ones(len(probabilities)), deviation)
    count = np.arange(len(alone))
    assert together.sum() == pytest.approx(1)
    assert (together * count).sum() == pytest.approx((alone * count).sum(), rel=1e-6, abs=1e-4)

    def scatter(chance: np.ndarray) -> float:
        return float((chance * (count - (chance * count).sum()) ** 2).sum())

    if len(probabilities) > 1:
        assert scatter(together) >= scatter(alone) * 0.97


def test_a_negative_deviation_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        lost_rooms_together(np.array([0.5]), np.ones(1), -0.1)


def scattered(deviation: float, days: int) -> DayLosses:
    """Return what days lose that have so much of their own."""
    rng = np.random.default_rng(4)
    bookings, p = 60, 0.12
    odds = np.log(p / (1 - p)) + deviation * rng.standard_normal(days)
    chance = 1 / (1 + np.exp(-odds))
    lost = rng.binomial(bookings, chance).astype(float)
    expected = np.full(days, float(bookings * chance.mean()))
    return DayLosses(lost, expected, np.full(days, bookings * p * (1 - p)))


@pytest.mark.parametrize("true", [0.0, 0.5, 0.9])
def test_how_much_days_share_is_read_from_how_they_scattered(true: float) -> None:
    days = scattered(true, 400)
    assert shared_deviation(days, 400) == pytest.approx(float(np.hypot(true, MOVES)), abs=0.12)


def test_of_days_that_lose_next_to_nothing_little_is_learned() -> None:
    small = DayLosses(np.zeros(60), np.full(60, 0.05), np.full(60, 0.05))
    assert shared_deviation(small, 60) == pytest.approx(USUAL, abs=0.05)


def test_one_cancelled_congress_does_not_make_every_day_a_gamble() -> None:
    days = scattered(0.2, 60)
    congress = DayLosses(np.append(days.lost, 60.0), np.append(days.expected, 7.0), np.append(days.variance, 6.2))
    assert shared_deviation(congress, 61) == pytest.approx(shared_deviation(days, 60), abs=0.1)


def test_with_no_days_behind_it_the_usual_deviation_is_taken_and_with_few_nearly_so() -> None:
    none, few = (DayLosses(*(np.full(days, value) for value in (1.0, 1.0, 0.9))) for days in (0, 3))
    assert shared_deviation(none, 0) == pytest.approx(USUAL, abs=0.01)
    assert shared_deviation(few, 3) == pytest.approx(USUAL, abs=0.1)


GUEST = Guest("G", 1, 1, 1, stayed_before=False, children=False, wishes=False, direct=False, certain=False)


def test_the_guest_who_costs_least_is_walked_first_and_the_plan_says_why() -> None:
    family = replace(GUEST, reservation_id="family", children=True)
    regular = replace(GUEST, reservation_id="regular", stayed_before=True, nights=4)
    inside = replace(GUEST, reservation_id="inside", certain=True)
    plan = walk_plan([regular, family, inside, GUEST], walk_cost=100)
    assert [one.reservation_id for one in plan] == ["G", "family", "regular"]
    assert plan[0].cost == 100
    assert plan[0].reasons == ("stays one night", "no earlier stay is known")
    assert "stayed here before" in plan[2].reasons
    assert all(one.cost >= 100 for one in plan)


def test_several_rooms_cost_several_walks() -> None:
    assert walk_plan([replace(GUEST, rooms=3)], 100)[0].cost >= 300
