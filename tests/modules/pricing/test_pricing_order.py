"""A dearer room type is not suggested below a simpler one of the same night, unless locks, frozen nights or limits force it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from hotelml_app.modules.pricing.choosing.fences import Fences, Kept
from hotelml_app.modules.pricing.choosing.in_order import Offers
from hotelml_app.modules.pricing.choosing.rungs import Rung, in_order
from hotelml_app.modules.pricing.history.booked import Flags

NIGHT = date(2024, 8, 31)
CENT = 0.006


@dataclass(frozen=True)
class Asked:
    rungs: list[Rung]
    below: Flags


@st.composite
def rung(draw: st.DrawFn, name: str) -> Rung:
    floor = draw(st.integers(40, 160))
    limits = Fences(
        floor=floor,
        ceiling=floor + draw(st.integers(0, 120)),
        rounding=draw(st.sampled_from([0.5, 1, 5])),
        smallest_change=draw(st.sampled_from([0.0, 0.02, 0.1])),
        floor_from="",
        ceiling_from="",
        freeze_days=draw(st.sampled_from([0, 0, 0, 3])),
        locked={NIGHT.isoformat(): float(draw(st.integers(30, 300)))} if draw(st.integers(0, 5)) == 0 else None,
    )
    stands = draw(st.none() | st.integers(3000, 30000).map(lambda cents: cents / 100))
    kept = limits.keep(draw(st.floats(30, 300)), stands, NIGHT, 3)
    fixed = limits.locked_at(NIGHT) is not None or (limits.freeze_days == 3 and stands is not None)
    return Rung(name, kept, limits, stands, draw(st.floats(1, 5000)), fixed)


@st.composite
def nights(draw: st.DrawFn) -> Asked:
    """Room types of one night, some tied to others; what is tied is so by way of others, too."""
    types = draw(st.integers(2, 5))
    tied = np.triu(np.array(draw(st.lists(st.booleans(), min_size=types**2, max_size=types**2))).reshape(types, types), 1)
    for _ in range(types):
        tied = tied | (tied.astype(int) @ tied.astype(int) > 0)
    order = draw(st.permutations(range(types)))
    return Asked([draw(rung(f"T{number}")) for number in range(types)], tied[np.ix_(order, order)])


def may_be_suggested(one: Rung) -> list[float]:
    """Every rate that limits, rounding and smallest change leave, found by trying."""
    if one.fixed:
        return [one.kept.rate]
    limits, stands = one.fences, one.stands
    steps = range(math.ceil(limits.floor / limits.rounding), math.floor(limits.ceiling / limits.rounding) + 1)
    found = [number * limits.rounding for number in steps]
    if stands is not None:
        found = [rate for rate in found if abs(rate - stands) >= limits.smallest_change * stands]
        found += [round(stands, 2)] if limits.floor <= stands <= limits.ceiling else []
    return sorted([*found, one.kept.rate])


def can_be_in_order(asked: Asked) -> bool:
    """Whether each type has a rate that is not below the lowest that those under it can have."""
    lowest: dict[int, float] = {}
    for at in np.argsort(asked.below.sum(axis=0), kind="stable").tolist():
        least = max((lowest[one] for one in np.flatnonzero(asked.below[:, at]).tolist()), default=0.0)
        rates = [rate for rate in may_be_suggested(asked.rungs[at]) if rate >= least - 0.001]
        if not rates:
            return False
        lowest[at] = rates[0]
    return True


def out_of_order(kept: list[Kept] | tuple[Kept, ...], below: Flags) -> list[tuple[int, int]]:
    pairs = np.argwhere(below).tolist()
    return [(low, high) for low, high in pairs if kept[low].rate > kept[high].rate + CENT]


@given(nights())
def test_where_any_rates_keep_the_order_the_suggested_ones_do(asked: Asked) -> None:
    if can_be_in_order(asked):
        assert not out_of_order(in_order(asked.rungs, asked.below), asked.below)


@given(nights())
def test_a_pair_alone_is_left_out_of_order_only_where_nothing_could_bring_it_in(asked: Asked) -> None:
    two, tied = asked.rungs[:2], np.array([[False, True], [False, False]])
    kept = in_order(two, tied)
    low, high = (may_be_suggested(one) for one in two)
    assert bool(out_of_order(kept, tied)) == (low[0] > high[-1] + CENT)
    if low[0] > high[-1] + CENT:
        assert [one.rate for one in kept] == [one.kept.rate for one in two], "moved for nothing"


@given(nights())
def test_rates_moved_for_the_order_keep_limits_rounding_locks_and_the_smallest_change(asked: Asked) -> None:
    for one, kept in zip(asked.rungs, in_order(asked.rungs, asked.below), strict=True):
        assert min(abs(kept.rate - rate) for rate in may_be_suggested(one)) < CENT


@given(nights())
def test_a_night_in_order_is_left_as_it_is(asked: Asked) -> None:
    before = [one.kept for one in asked.rungs]
    assume(not out_of_order(before, asked.below))
    assert list(in_order(asked.rungs, asked.below)) == before


@given(nights())
def test_what_was_moved_says_by_how_much_and_which_way(asked: Asked) -> None:
    for one, kept in zip(asked.rungs, in_order(asked.rungs, asked.below), strict=True):
        assert abs(kept.rate - kept.for_order - one.kept.rate) < CENT
        if kept.for_order:
            stays = one.stands is not None and abs(kept.rate - one.stands) < CENT
            words = {True: ("raised to", "would be less than"), False: ("lowered to", "would be more than")}[kept.for_order > 0]
            assert words[stays] in kept.because
            assert kept.because.endswith("stays as it is") is stays
        else:
            assert kept == one.kept


@given(nights())
def test_types_that_are_tied_to_none_out_of_order_are_left_as_they_are(asked: Asked) -> None:
    broken = {one for pair in out_of_order([one.kept for one in asked.rungs], asked.below) for one in pair}
    tied_to_broken = {at for at in range(len(asked.rungs)) if any(asked.below[at, one] or asked.below[one, at] for one in broken)}
    for at, kept in enumerate(in_order(asked.rungs, asked.below)):
        assert at in broken | tied_to_broken or kept == asked.rungs[at].kept


def free(name: str, rate: float, stake: float, stands: float | None = None, **limits: object) -> Rung:
    told: dict[str, object] = {"floor": 10.0, "ceiling": 900.0, "rounding": 1.0, "smallest_change": 0.02, **limits}
    fences = Fences(floor_from="", ceiling_from="", **told)  # type: ignore[arg-type]
    return Rung(name, Kept(rate), fences, stands, stake, fences.fixed_at(NIGHT, 9))


SIMPLER = np.array([[False, True], [False, False]])


def test_two_rates_out_of_order_meet_nearer_to_the_one_with_more_at_stake() -> None:
    standard, suite = in_order([free("STD", 140, 9000.0), free("SUI", 120, 1000.0)], SIMPLER)
    assert standard.rate == suite.rate
    assert 136 <= standard.rate <= 139
    assert suite.because == "120.00 by itself, raised to cost no less than STD, which is usually cheaper"
    assert standard.because == "140.00 by itself, lowered to cost no more than SUI, which is usually dearer"


def test_a_rate_that_the_order_leaves_where_it_stands_is_not_said_to_be_raised() -> None:
    locked = free("STD", 150, 1.0, locked={NIGHT.isoformat(): 150.0})
    _, suite = in_order([locked, free("SUI", 120, 9000.0, stands=150.0)], SIMPLER)
    assert suite.rate == 150
    assert suite.because == "120.00 would be less than STD, which is usually cheaper: stays as it is"


def test_others_come_to_a_locked_rate() -> None:
    locked = free("STD", 150, 1.0, locked={NIGHT.isoformat(): 150.0})
    assert [one.rate for one in in_order([locked, free("SUI", 120, 9000.0)], SIMPLER)] == [150, 150]


def test_a_lock_that_no_other_rate_can_come_to_is_left_alone_and_so_are_they() -> None:
    locked = free("STD", 300, 1.0, locked={NIGHT.isoformat(): 300.0})
    kept = in_order([locked, free("SUI", 120, 10.0, ceiling=200.0)], SIMPLER)
    assert [(one.rate, one.because) for one in kept] == [(300, ""), (120, "")]


def test_a_move_too_small_to_be_made_goes_as_far_as_is_worth_it() -> None:
    standard, suite = in_order([free("STD", 101.0, 10.0, 101.0), free("SUI", 100.0, 10.0, 100.0)], SIMPLER)
    assert standard.rate <= suite.rate
    assert all(one.rate == before or abs(one.rate / before - 1) >= 0.02 for one, before in ((standard, 101.0), (suite, 100.0)))


def test_a_type_tied_to_no_other_is_not_drawn_along() -> None:
    below = np.zeros((3, 3), dtype=bool)
    below[0, 2] = True
    kept = in_order([free("STD", 140, 1.0), free("TWN", 60, 1.0), free("SUI", 120, 1.0)], below)
    assert kept[1] == Kept(60)
    assert kept[0].rate == kept[2].rate


def test_a_lock_is_no_lock_on_other_nights() -> None:
    fences = free("STD", 150, 1.0, locked={(NIGHT + timedelta(days=1)).isoformat(): 150.0}).fences
    assert not fences.fixed_at(NIGHT, 9)
    assert fences.fixed_at(NIGHT + timedelta(days=1), 9)


def test_a_type_that_can_only_go_far_down_takes_those_below_it_along() -> None:
    chain = np.triu(np.ones((3, 3), dtype=bool), 1)
    single, double = free("SGL", 104, 900.0), free("DBL", 112, 100.0, 100.0, smallest_change=0.1)
    kept = in_order([single, double, free("SUI", 101, 100.0, ceiling=105.0)], chain)
    assert [one.rate for one in kept] == [100, 100, 101]


def test_rates_below_what_a_room_costs_meet_between_each_other_too() -> None:
    limits = Fences(0.0, 1000.0, 1.0, 0.0, "", "")
    kept = [[Kept(110.0), Kept(100.0)]]
    unknown = np.full((1, 2), np.nan)

    def money(rates: np.ndarray) -> np.ndarray:
        """Return what is left of twelve rooms, and of none, of which each costs 120."""
        return np.array([[12.0, 0.0]]) * (rates - 120.0)

    below = np.array([[False, True], [False, False]])
    offers = Offers(("STD", "SUP"), below, [[limits, limits]], unknown, np.zeros((1, 2)), np.zeros((1, 2)), money, 0)
    ((low, high),) = offers.in_order(kept)
    assert 100.0 <= low.rate <= high.rate <= 110.0
