"""The reasons of a learned rate: what is asked for and what follows from it never contradict one another without a word why."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from hotelml_app.modules.pricing.choosing.fences import Fences, Kept
from hotelml_app.modules.pricing.choosing.reasons import FULL, SAME_STAYS, WORTH_IT, learned_reasons
from hotelml_app.modules.pricing.choosing.suggesting import Suggestions


def reasons(
    *,
    rooms: float = 20.0,
    closed: float = 0.0,
    as_a_rule: float = 10.0,
    asked: float = 10.0,
    demand: float = 0.0,
    pace: float = 0.0,
    alone: float = 0.0,
    elasticity: float = 1.2,
    because: str = "",
    gain: float = 0.0,
) -> tuple[str, ...]:
    """Return the reasons of one night whose usual rate is 100; ``demand`` and ``pace`` are money."""
    steps = {"base": 100.0, "season": 0.0, "weekday": 0.0, "events": 0.0, "demand": demand, "pace": pace, "fences": 0.0}
    rate = sum(steps.values())
    cell = lambda value: np.array([[value]])  # noqa: E731
    said = SimpleNamespace(
        waterfall=lambda step, kind: {**steps, "order": 0.0},
        kept=((Kept(rate, because),),),
        fences=((Fences(0.0, 500.0, 1.0, 0.0, "", ""),),),
        current=cell(100.0),
        as_a_rule=cell(as_a_rule),
        usual_wanted=cell(asked),
        alone_unpaced=cell(alone),
        rooms=cell(10.0),
        current_rooms=cell(10.0),
        money=cell(1000.0 + gain),
        current_money=cell(1000.0),
        outlook=SimpleNamespace(
            market=SimpleNamespace(room_cost=0.0),
            rooms=cell(rooms),
            out_of_order=cell(closed),
            books=SimpleNamespace(kept=cell(0.0)),
            response=SimpleNamespace(elasticity=np.array([elasticity])),
        ),
    )
    return learned_reasons(cast("Suggestions", said), 0, 0)


@pytest.mark.parametrize(
    ("asked", "pace", "words"),
    [
        (11.2, 3.0, "going by the bookings so far 12% more: +3%"),
        (7.9, -3.0, "going by the bookings so far 21% fewer: -3%"),
        (7.9, 7.0, f"going by the bookings so far 21% fewer, but +7% {SAME_STAYS}"),
        (11.2, -1.0, f"going by the bookings so far 12% more, but -1% {SAME_STAYS}"),
        (10.02, 2.0, f"going by the bookings so far as many, but +2% {SAME_STAYS}"),
    ],
)
def test_how_the_night_is_asked_for_agrees_with_what_follows_or_says_why_not(asked: float, pace: float, words: str) -> None:
    assert words in reasons(asked=asked, pace=pace)


def test_a_night_with_hardly_a_room_left_says_so_where_its_rate_moves_the_other_way() -> None:
    assert f"going by the bookings so far 21% fewer, but +7% {FULL}" in reasons(rooms=0.2, asked=7.9, pace=7.0)


@pytest.mark.parametrize(
    ("rooms", "as_a_rule", "demand", "alone", "elasticity", "end"),
    [
        (20, 24, 8.0, 0.1, 1.2, ": +8%"),
        (20, 10, -8.0, -0.1, 1.2, ": -8%"),
        (28, 2, 11.0, -0.03, 1.05, f", but +11% {SAME_STAYS}"),
        (8, 5, 38.0, 0.06, 0.82, f", but +38% {WORTH_IT}"),
        (28, 2, 11.0, 0.06, 0.82, f", but +11% {WORTH_IT}"),
        (13, 18, -3.0, 0.3, 1.1, f", but -3% {SAME_STAYS}"),
        (0, 2, -7.0, -0.2, 0.8, f", but -7% {FULL}"),
    ],
)
def test_rooms_left_and_asked_for_agree_with_what_follows_or_say_why_not(
    rooms: float, as_a_rule: float, demand: float, alone: float, elasticity: float, end: str
) -> None:
    said = reasons(rooms=rooms, as_a_rule=as_a_rule, asked=as_a_rule, demand=demand, alone=alone, elasticity=elasticity)
    assert said[1] == f"{rooms} rooms left, as a rule {as_a_rule} more asked for at the usual rate{end}"


def test_rooms_out_of_order_are_named_beside_those_left() -> None:
    assert reasons(rooms=3.0, closed=2.2)[1].startswith("3 rooms left, 2 out of order, as a rule 10 more asked for")


def test_what_a_night_loses_is_said_to_come_back_elsewhere_only_where_nothing_but_that_moved_its_rate() -> None:
    assert "brings 20.00 less on this night, and more on nights of the same stays" in reasons(demand=9.0, gain=-20.0)
    order = "100.00 by itself, raised to cost no less than STD, which is usually cheaper"
    assert reasons(demand=9.0, gain=-20.0, because=order)[-2:] == (order, "brings 20.00 less on this night")
