"""The demand curve is known, shows in the bookings, and the oracle's rates earn most."""

from __future__ import annotations

import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.simulator import (
    DatedPolicy,
    RandomisedPolicy,
    SimulationError,
    SyntheticHotel,
    TablePolicy,
    export_bookings,
    rate_card,
    simulate,
)
from hotelml_app.simulator.desk import Standing
from hotelml_app.simulator.policies import NAMED
from hotelml_app.simulator.revenue import RevenueModel, sold_of


def span(hotel: SyntheticHotel, first: int, last: int) -> list[date]:
    return [hotel.date_of(day) for day in range(first, last + 1)]


@pytest.fixture(scope="module")
def experiment() -> SyntheticHotel:
    """A city hotel that drew its rates at random for two years."""
    return simulate(seed=8, days=730, preset="city", policy=RandomisedPolicy(0.3))


def test_the_planned_elasticity_is_found_by_regression_on_randomised_rates(experiment: SyntheticHotel) -> None:
    asked, market = experiment.requests, experiment.market
    rates = market.reference * 0 + experiment.policy.rates(experiment.selling)
    ratio = rates / market.reference
    for number, part in enumerate(market.segments):
        if part.segment.name not in ("Online TA", "Direct"):
            continue
        # One-night stays, so that the rate paid is the rate of the night; what was refused for want of rooms had accepted.
        rows = (asked.segment == number) & (asked.nights == 1)
        paid = ratio[asked.arrival[rows], asked.room_type[rows]]
        accepted = experiment.standing[rows] != Standing.TOO_DEAR
        # The acceptance curve is a logistic in log ratio: fit it by Newton's method.
        features = np.column_stack([np.ones(len(paid)), np.log(paid)])
        weights = np.zeros(2)
        for _ in range(25):
            p = 1 / (1 + np.exp(-features @ weights))
            weights += np.linalg.solve(features.T @ (features * (p * (1 - p))[:, None]), features.T @ (accepted - p))
        steepness = -weights[1]
        elasticity_at_reference = steepness * (1 - 1 / (1 + math.exp(-weights[0])))
        assert steepness == pytest.approx(part.segment.steepness, rel=0.1)
        assert elasticity_at_reference == pytest.approx(part.segment.elasticity, rel=0.1)


def test_contract_guests_do_not_look_at_the_public_rate(experiment: SyntheticHotel) -> None:
    contract = [number for number, part in enumerate(experiment.market.segments) if part.segment.contract]
    rows = np.isin(experiment.requests.segment, contract)
    assert rows.sum() > 1000
    assert not (experiment.standing[rows] == Standing.TOO_DEAR).any()


def test_stated_demand_is_the_demand_that_came(experiment: SyntheticHotel) -> None:
    asked = experiment.requests
    rates = experiment.policy.rates(experiment.selling)
    model = RevenueModel(experiment.market, 0, 700, gross=True)
    expected = model.flow((rates / experiment.market.reference)[model.low : model.high]).rooms[model.target]
    came = np.zeros_like(expected)
    for row in np.flatnonzero(experiment.standing != Standing.TOO_DEAR):
        first, end = int(asked.arrival[row]), min(int(asked.arrival[row] + asked.nights[row]), 700)
        if first < 700:
            came[first:end, asked.room_type[row]] += 1
    assert came.sum() == pytest.approx(expected.sum(), rel=0.02)
    for kind in range(came.shape[1]):
        assert came[:, kind].sum() == pytest.approx(expected[:, kind].sum(), rel=0.05)


@given(rate=st.floats(20, 600), step=st.floats(1.01, 1.8), night=st.integers(0, 700))
def test_dearer_never_means_more_guests(rate: float, step: float, night: int, big_city: SyntheticHotel) -> None:
    day = big_city.date_of(night)
    for code in ("STD", "DLX"):
        cheap, dear = big_city.truth.demand(day, code, rate), big_city.truth.demand(day, code, rate * step)
        assert 0 < dear < cheap
        assert big_city.truth.demand(day, code, rate, net=True) < cheap


def test_demand_still_to_come_shrinks_as_the_night_comes_near(big_city: SyntheticHotel) -> None:
    night = big_city.date_of(500)
    whole = big_city.truth.demand(night, "STD", 100.0)
    left = [big_city.truth.demand(night, "STD", 100.0, as_of=big_city.date_of(day)) for day in (100, 400, 470, 493, 499)]
    assert left == sorted(left, reverse=True)
    assert left[0] == pytest.approx(whole, rel=0.02)
    assert left[-1] < 0.15 * whole


def test_sold_rooms_are_those_of_a_normal_demand_cut_at_the_rooms_left() -> None:
    draw = np.random.default_rng(1)
    wanted, left = np.array([5.0, 40.0, 55.0, 80.0]), np.array([8.0, 50.0, 50.0, 50.0])
    sample = draw.normal(wanted, np.sqrt(1.4 * wanted), (200_000, 4))
    sold, slope = sold_of(wanted, left, 1.4)
    assert sold == pytest.approx(np.minimum(sample, left).mean(axis=0), rel=0.01)
    nearby = (sold_of(wanted + 1e-4, left, 1.4)[0] - sold_of(wanted - 1e-4, left, 1.4)[0]) / 2e-4
    assert slope == pytest.approx(nearby, abs=1e-4)


def test_the_slope_that_the_oracle_climbs_is_that_of_the_expected_revenue(resort: SyntheticHotel) -> None:
    model = RevenueModel(resort.market, 200, 215)
    ratio = np.exp(np.random.default_rng(3).normal(0, 0.2, model.reference.shape))
    _, slope = model.value_and_slope(ratio)
    for night, kind in ((3, 0), (13, 1), (20, 2), (27, 3), (35, 0)):
        up, down = ratio.copy(), ratio.copy()
        up[night, kind] += 1e-4
        down[night, kind] -= 1e-4
        step = (model.value_and_slope(up)[0] - model.value_and_slope(down)[0]) / 2e-4
        assert slope[night, kind] == pytest.approx(step, rel=1e-3, abs=0.05)


@pytest.mark.parametrize("hotel_name", ["big_city", "resort"])
def test_the_oracle_beats_every_plain_policy(hotel_name: str, request: pytest.FixtureRequest) -> None:
    hotel: SyntheticHotel = request.getfixturevalue(hotel_name)
    nights = span(hotel, 365, 700)
    pricing = hotel.truth.pricing
    oracle = pricing.expected_revenue("oracle", nights)
    for name in ("static", "tariff", "house", "randomised"):
        assert pricing.expected_revenue(name, nights) < 0.97 * oracle, name
    assert pricing.expected_revenue("static", nights) < 0.95 * oracle
    assert pricing.expected_revenue(pricing.best_static(nights), nights) >= pricing.expected_revenue("static", nights)
    assert pricing.regret("oracle", nights) == pytest.approx(0, abs=1e-12)
    assert 0.05 < pricing.regret("static", nights) < 0.3


def test_no_small_change_of_its_rates_improves_the_oracle(resort: SyntheticHotel) -> None:
    nights = span(resort, 400, 500)
    best = resort.truth.pricing.oracle_policy(nights)
    earned = resort.truth.expected_revenue(best, nights)
    draw = np.random.default_rng(5)
    for spread in (0.01, 0.03, 0.1):
        other = TablePolicy(best.table * np.exp(draw.normal(0, spread, best.table.shape)))
        assert resort.truth.expected_revenue(other, nights) < earned * (1 + 1e-4)
    for factor in (0.97, 0.99, 1.01, 1.03):
        assert resort.truth.expected_revenue(TablePolicy(best.table * factor), nights) < earned


def test_living_through_the_oracles_rates_earns_more_than_through_static_ones() -> None:
    asked = {"seed": 6, "days": 500, "rooms": 100, "preset": "city"}
    house = simulate(**asked)  # type: ignore[arg-type]
    nights = span(house, 120, 470)
    oracle = house.truth.pricing.oracle_policy(span(house, 0, 499))
    earned = {}
    for name, policy in (("oracle", oracle), ("static", "static"), ("yield", "yield"), ("house", "house")):
        lived = simulate(**asked, policy=policy)  # type: ignore[arg-type]
        earned[name] = sum(lived.truth.revenue(night) for night in nights)
    assert earned["oracle"] > 1.05 * earned["static"]
    assert earned["oracle"] > 1.02 * max(earned["yield"], earned["house"])
    for name in ("oracle", "static", "house"):
        policy = oracle if name == "oracle" else name
        assert house.truth.expected_revenue(policy, nights) == pytest.approx(earned[name], rel=0.06), name


def test_the_oracle_asks_more_for_nights_that_everybody_wants(big_city: SyntheticHotel) -> None:
    fair = next(event for event in big_city.events if event.name == "Tech fair")
    quiet = fair.start + timedelta(days=14)
    assert big_city.truth.oracle_rate(fair.start, "STD") > 1.3 * big_city.truth.oracle_rate(quiet, "STD")


def test_what_is_already_sold_raises_the_rate_of_what_is_left(big_city: SyntheticHotel) -> None:
    day = big_city.date_of(500)
    nights = span(big_city, 501, 520)
    left = big_city.truth.expected_revenue("oracle", nights, as_of=day)
    assert 0 < left < 0.8 * big_city.truth.expected_revenue("oracle", nights)
    assert big_city.truth.expected_revenue("static", nights, as_of=day) < left
    rate = big_city.truth.oracle_rate(nights[3], "STD", as_of=day)
    assert 20 < rate < 500
    assert big_city.truth.pricing.expected_rooms(nights[3], "STD", rate, as_of=day) <= 58


def test_given_rates_are_charged(tmp_path: object) -> None:
    flat = simulate(seed=1, days=60, rooms=30, policy=lambda night, code: 123.0)
    b = flat.bookings
    contract = np.array([segment.contract for segment in flat.plan.segments])[b.segment]
    flexible = ~contract & (b.rate_code == "OTA-FLEX")
    assert flexible.sum() > 50
    assert np.all(b.adr[flexible] == 123.0)
    card = rate_card(flat.start, ("STD", "SUP", "DLX", "FAM"), {(flat.start + timedelta(days=3), "SUP"): 77.0})
    rates = card.rates(flat.selling)
    assert rates[3, 1] == 77.0
    assert rates[3, 0] == flat.market.tariff[3, 0]


def test_rates_set_week_by_week_leave_the_past_as_it_was(tmp_path: Path) -> None:
    house = {"seed": 3, "rooms": 40, "start": date(2023, 1, 2)}
    young = simulate(**house, days=100)  # type: ignore[arg-type]
    advice = young.truth.pricing.oracle_policy(span(young, 100, 130), as_of=young.last_day)
    lived = simulate(**house, days=131, policy=DatedPolicy(((100, advice),)))  # type: ignore[arg-type]
    plain = simulate(**house, days=131)  # type: ignore[arg-type]
    for name, hotel in (("young", young), ("lived", lived), ("plain", plain)):
        export_bookings(hotel, young.last_day, tmp_path / name)
    assert (tmp_path / "young").read_bytes() == (tmp_path / "lived").read_bytes() == (tmp_path / "plain").read_bytes()
    assert lived.bookings.adr.tolist() != plain.bookings.adr.tolist()


def test_questions_that_have_no_answer_are_refused_in_words(city: SyntheticHotel) -> None:
    night = city.date_of(100)
    for ask, words in (
        (lambda: city.truth.demand(night, "PENTHOUSE", 100), "PENTHOUSE"),
        (lambda: city.truth.demand(night, "STD", 0), "not a rate"),
        (lambda: city.truth.demand(city.start - timedelta(days=1), "STD", 100), "Nothing is known"),
        (lambda: city.truth.expected_revenue("yield", [night]), "reacts|changes its rates"),
        (lambda: city.truth.expected_revenue("static", []), "No nights"),
        (lambda: city.truth.rooms_sold(night, "X"), "room type 'X'"),
        (lambda: city.truth.lost("R1"), "no booking R1"),
        (lambda: rate_card(city.start, ("STD",), {(night, "DLX"): 1.0}), "DLX"),
        (lambda: TablePolicy(np.ones((3, 9))).rates(city.selling), "one column per room type"),
    ):
        with pytest.raises(SimulationError, match=words):
            ask()


def test_a_policy_that_reacts_to_the_books_raises_rates_as_the_night_fills() -> None:
    hotel = simulate(seed=2, days=200, rooms=60, policy="yield")
    selling = hotel.selling
    empty = NAMED["yield"].rates(selling)
    full = NAMED["yield"].rates(type(selling)(selling.market, selling.streams, selling.day, selling.on_books + 15))
    assert (full[50] > empty[50]).all()
