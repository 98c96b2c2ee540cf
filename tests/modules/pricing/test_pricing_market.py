"""A market of guests as it was learned: dearer rooms sell less, no more is sold than there is, the best table is the best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotelml_app.modules.pricing.choosing.revenue import Askers, Market, sold_of
from hotelml_app.modules.pricing.history.leads import LONGEST_STAY

NIGHTS, TYPES = 24, 2


@st.composite
def markets(draw: st.DrawFn) -> Market:
    size = (NIGHTS, TYPES)
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    lengths = np.r_[0.5, 0.3, 0.2, np.zeros(LONGEST_STAY - 3)]
    busy = draw(st.floats(0.1, 30))
    return Market(
        askers=[Askers(busy * random.gamma(2, 1, size), lengths, 0.9), Askers(random.gamma(1, 0.3, size), lengths[::-1], 0.7)],
        reluctance=random.normal(-0.6, 0.3, NIGHTS),
        steepness=draw(st.floats(2, 6)),
        usual=random.uniform(60, 200, size),
        fixed_rooms=random.gamma(1, 1, size),
        fixed_money=random.gamma(1, 80, size),
        left=np.floor(random.uniform(0.25, 20, size)) + 0.25,
        clumping=np.full(size, draw(st.floats(1, 5))),
        doubt=draw(st.floats(0, 0.4)),
        counted=NIGHTS - 4,
        room_cost=draw(st.sampled_from([0.0, 12.5, 55.0])),
    )


@given(markets(), st.floats(-0.8, 0.9), st.floats(0.01, 0.5))
@settings(max_examples=40, deadline=None)
def test_dearer_nights_are_asked_for_by_fewer(market: Market, log_ratio: float, step: float) -> None:
    cheap, dear = (market.wanted(np.full(market.usual.shape, one))[0] for one in (log_ratio, log_ratio + step))
    assert np.all(dear <= cheap + 1e-9)
    assert np.all(np.isfinite(dear))
    assert np.all(dear >= -1e-9)


@given(markets(), st.floats(-0.8, 0.9))
@settings(max_examples=40, deadline=None)
def test_no_more_is_sold_than_there_is_and_every_figure_is_finite(market: Market, log_ratio: float) -> None:
    rooms, money = market.sold(np.full(market.usual.shape, log_ratio))
    assert np.all(rooms <= market.left + 1e-9)
    assert np.all(rooms >= 0)
    assert np.all(np.isfinite(money))
    assert np.all(money >= 0)


@given(markets())
@settings(max_examples=8, deadline=None)
def test_the_best_table_leaves_more_than_any_single_ratio(market: Market) -> None:
    best = market.best()

    def left(table: np.ndarray) -> float:
        return float(market.contribution(table)[: market.counted].sum())

    flat = max(left(np.full(market.usual.shape, one)) for one in np.linspace(-0.8, 0.9, 18))
    assert left(best) >= flat - 1e-9 * abs(flat)


@given(markets(), st.floats(-0.3, 0.3))
@settings(max_examples=20, deadline=None)
def test_what_the_moves_bring_adds_up_to_what_all_of_them_bring(market: Market, further: float) -> None:
    random = np.random.default_rng(5)
    start, end = random.normal(0, 0.1, market.usual.shape), further + random.normal(0, 0.1, market.usual.shape)
    before, after = (float(market.contribution(table)[: market.counted].sum()) for table in (start, end))
    money = float(market.sold(start)[1][: market.counted].sum())
    assert float(market.gains(start, end).sum()) == pytest.approx(after - before, abs=2e-3 * money)
    assert np.all(market.gains(start, start) == 0)


@given(markets(), st.floats(1.0, 60.0))
@settings(max_examples=20, deadline=None)
def test_where_an_occupied_room_costs_more_no_more_of_them_are_sold(market: Market, more: float) -> None:
    dearer = replace(market, room_cost=market.room_cost + more)
    cheap, dear = (one.sold(one.best())[0][: market.counted].sum() for one in (market, dearer))
    assert dear <= cheap * 1.002


def test_what_is_sold_is_what_is_wanted_where_there_is_room_and_what_there_is_where_there_is_none() -> None:
    wanted, left = np.array([3.0, 500.0]), np.array([100.0, 10.0])
    sold, slope = sold_of(wanted, left, np.ones(2), 0.0)
    assert sold == pytest.approx([3.0, 10.0], abs=1e-3)
    assert slope == pytest.approx([1.0, 0.0], abs=1e-3)
