"""The exact plan: nobody doubled, nothing closed given, never worse than the plain rules, and a bound that holds."""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stressed_houses import OURS, Stress, lived_through

from hotelml_app.modules.allocation.plans import choosing, exact, parts
from hotelml_app.modules.allocation.plans.exact import Status, solve
from hotelml_app.modules.allocation.plans.greedy import best_fit, first_fit
from hotelml_app.modules.allocation.plans.problem import NO_ROOM, Plan, Problem, Together

LONG_ENOUGH_S = 20.0


def house(seed: int, stays: int, rooms: int, look: int = 7, told: float = 0.3, doors: bool = False) -> Problem:
    """Return a made-up house of two types with closed rooms, rooms told, wishes and more guests than fit."""
    random = np.random.default_rng(seed)
    first = random.integers(0, look, stays)
    end = first + random.integers(1, 5, stays)
    nights = max(int(end.max(initial=look)), look)
    kind = np.sort(random.integers(0, 2, rooms))
    booked = random.integers(0, 2, stays)
    step = kind[None, :] - booked[:, None]
    points = np.where(step < 0, np.inf, 40.0 * step) + 10.0 * random.integers(0, 2, (stays, rooms))
    current = np.where(random.random(stays) < told, random.integers(0, rooms, stays), NO_ROOM)
    current = np.where(np.isfinite(points[np.arange(stays), current]), current, NO_ROOM)
    points = points + 40.0 * ((current != NO_ROOM)[:, None] & (np.arange(rooms)[None, :] != current[:, None]))
    closed = np.zeros((rooms, nights), dtype=bool)
    for room in range(rooms):
        closed[room, : random.integers(0, 3)] = True
        if random.random() < 0.3:
            start = int(random.integers(0, nights))
            closed[room, start : start + 2] = True
    pairs = (Together(0, 1, 15.0),) if doors and stays > 1 else ()
    doorways = ((0, 1), (rooms - 2, rooms - 1)) if doors and rooms > 3 else ()
    return Problem(first, end, points, 1000.0 + 5.0 * (end - first), current, closed, kind, look, 1.0, pairs, doorways)


def check(problem: Problem, plan: Plan) -> None:
    """Assert that a plan gives no room twice, none that is closed and none that cannot be given."""
    problem.taken(plan)
    chosen = np.flatnonzero(plan != NO_ROOM)
    assert problem.possible()[chosen, plan[chosen]].all()


def cheapest(problem: Problem) -> float:
    """Return the points of the best of all plans there are, tried one by one."""
    best = np.inf
    for rooms in itertools.product(range(NO_ROOM, problem.rooms), repeat=len(problem)):
        plan = np.array(rooms)
        given_rooms = np.flatnonzero(plan != NO_ROOM)
        if not problem.possible()[given_rooms, plan[given_rooms]].all():
            continue
        try:
            best = min(best, problem.cost(plan))
        except ValueError:
            continue
    return best


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(0, 40), st.integers(4, 12), st.booleans())
def test_a_plan_keeps_every_rule_and_is_never_worse_than_the_plain_ones(seed: int, stays: int, rooms: int, doors: bool) -> None:
    problem = house(seed, stays, rooms, doors=doors)
    solved = solve(problem, LONG_ENOUGH_S)
    for plan in (solved.plan, best_fit(problem), first_fit(problem)):
        check(problem, plan)
        assert solved.cost <= problem.cost(plan) + 1e-6
    assert solved.cost == pytest.approx(problem.cost(solved.plan))
    assert solved.bound <= solved.cost + 1e-6
    assert 0 <= solved.gap <= 1


@settings(max_examples=12)
@given(st.integers(0, 10_000), st.booleans())
def test_the_best_of_all_plans_is_found_and_never_lies_below_the_bound(seed: int, doors: bool) -> None:
    problem = house(seed, 4, 4, look=4, doors=doors)
    solved, best = solve(problem, LONG_ENOUGH_S), cheapest(problem)
    assert solved.bound <= best + 1e-6
    assert solved.status is Status.OPTIMAL
    assert solved.cost == pytest.approx(best)


@settings(max_examples=8)
@given(st.integers(0, 10_000))
def test_a_house_solved_in_parts_comes_close_and_its_bound_holds(seed: int) -> None:
    problem = house(seed, 50, 14)
    whole = solve(problem, LONG_ENOUGH_S)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "WHOLE", 0)
        patch.setattr(exact, "PART_ROOMS", 5)
        pieces = solve(problem, LONG_ENOUGH_S)
    check(problem, pieces.plan)
    assert whole.status is Status.OPTIMAL
    assert pieces.bound <= whole.cost + 1e-6
    assert whole.cost <= pieces.cost + 1e-6
    assert pieces.cost <= problem.cost(best_fit(problem)) + 1e-6


@pytest.mark.parametrize("seed", range(3))
def test_a_house_too_large_to_begin_with_is_still_solved_to_the_best_plan_where_there_is_time(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = house(seed, 50, 14, told=0.8)
    best = solve(problem, LONG_ENOUGH_S).cost
    monkeypatch.setattr(exact, "WHOLE", 0)
    monkeypatch.setattr(exact, "PART_ROOMS", 5)
    solved = solve(problem, LONG_ENOUGH_S)
    assert solved.status is Status.OPTIMAL
    assert solved.bound == pytest.approx(best) == solved.cost


@pytest.mark.parametrize("seed", range(3))
def test_a_house_too_large_for_one_piece_is_cut_anew_until_little_is_lost(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = house(seed, 60, 18, told=0.8)
    best = solve(problem, LONG_ENOUGH_S)
    for name, value in (("WHOLE", 0), ("WHOLE_IN_TIME", 0), ("PART_ROOMS", 3)):
        monkeypatch.setattr(exact, name, value, raising=False)
    solved = solve(problem, LONG_ENOUGH_S)
    check(problem, solved.plan)
    assert (solved.plan == NO_ROOM).sum() <= (best.plan == NO_ROOM).sum()
    assert solved.cost <= 1.02 * best.cost


def test_whoever_is_refused_is_solved_with_the_rooms_that_are_empty_on_his_nights() -> None:
    # Room 2 is empty on the last night, room 3 on the first two; room 0 and 1 are taken throughout.
    problem = replace(house(1, 6, 5, look=3, told=0.0), first=np.array([0, 0, 0, 2, 0, 0]), end=np.array([3, 3, 2, 3, 3, 3]))
    problem = replace(problem, closed=np.zeros((5, 3), dtype=bool), kind=np.array([0, 0, 0, 0, 1]))
    plan = np.array([0, 1, 2, 3, NO_ROOM, 4])
    (found,) = parts.around_refused(problem, plan, np.zeros(6, dtype=np.int64), most_rooms=2)
    assert found.rooms.tolist() == [2, 3]
    assert found.stays.tolist() == [2, 3, 4]


def test_of_too_many_choices_the_nearest_are_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    beyond = np.array([4.0, 0.0, 1.0, 3.0, 2.0])
    assert choosing._furthest(beyond) == np.inf
    monkeypatch.setattr(choosing, "MOST_CHOICES", 3)
    assert (beyond < choosing._furthest(beyond)).sum() == 3


def test_the_bound_of_parts_holds_with_any_prices() -> None:
    problem = house(5, 30, 10)
    best = solve(problem, LONG_ENOUGH_S)
    plan = best_fit(problem)
    home = np.zeros(len(problem), dtype=np.int64)
    cut = parts.by_kind(problem, plan, home, 3, seed=2)
    found = parts.improved(problem, plan, cut, deadline=1e18)
    assert problem.cost(found.plan) <= problem.cost(plan)
    assert found.bound <= best.cost + 1e-6


def test_a_time_limit_of_nothing_still_brings_the_plain_rules_answer() -> None:
    problem = house(3, 60, 12)
    solved = solve(problem, 1e-9)
    check(problem, solved.plan)
    assert solved.cost <= min(problem.cost(best_fit(problem)), problem.cost(first_fit(problem))) + 1e-6


def test_without_the_solver_the_plain_rule_answers_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    problem = house(3, 40, 8)
    solved = solve(problem, LONG_ENOUGH_S)
    assert solved.status is Status.PLAIN_RULE
    assert solved.cost == min(problem.cost(best_fit(problem)), problem.cost(first_fit(problem)))
    assert solved.gap > 0


def test_a_guest_moves_so_that_another_need_not_be_refused() -> None:
    # Two rooms; the told stay sits in the only one that is open long enough for the other.
    problem = Problem(
        first=np.array([0, 0]),
        end=np.array([2, 4]),
        points=np.array([[0.0, 40.0], [0.0, 0.0]]),
        refusal=np.array([1000.0, 1000.0]),
        current=np.array([0, NO_ROOM]),
        closed=np.array([[False] * 4, [False, False, True, True]]),
        kind=np.array([0, 0]),
        look=4,
    )
    assert (best_fit(problem) == NO_ROOM).sum() == 1
    solved = solve(problem, LONG_ENOUGH_S)
    assert solved.plan.tolist() == [1, 0]
    assert problem.moved(solved.plan).tolist() == [True, False]
    cheap_refusal = replace(problem, refusal=np.array([30.0, 30.0]))
    assert (solve(cheap_refusal, LONG_ENOUGH_S).plan == NO_ROOM).sum() == 1


def test_a_problem_refuses_to_give_a_room_twice() -> None:
    problem = house(1, 3, 4)
    same = replace(problem, first=np.array([0, 1, 5]), end=np.array([3, 2, 6]), closed=np.zeros_like(problem.closed))
    with pytest.raises(ValueError, match="twice"):
        same.taken(np.array([0, 0, NO_ROOM]))


def test_under_stress_fewer_are_refused_and_fewer_move_than_by_the_plain_rules_on_the_same_days() -> None:
    moves: Counter[str] = Counter()
    for preset in ("city", "resort"):
        tallies, solved = lived_through(4, preset, 24, Stress(1.0), days=7)
        moves.update({name: tally.moves for name, tally in tallies.items()})
        ours = tallies.pop(OURS)
        assert ours.refused < min(tally.refused for tally in tallies.values())
        assert ours.points < min(tally.points for tally in tallies.values())
        assert max(one.gap for one in solved) < 0.05
    assert moves[OURS] < min(moves["first fit"], moves["best fit"])
