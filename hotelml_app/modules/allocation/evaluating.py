"""The leaderboard: whole days lived through again beside first fit and best fit, and the types beside the plain shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, Measure
from hotelml_app.ml.property.history import History
from hotelml_app.modules.allocation import MANIFEST
from hotelml_app.modules.allocation.desk import TypePoints
from hotelml_app.modules.allocation.errors import TooFewTypesGivenError
from hotelml_app.modules.allocation.house.inventory import Inventory, inventory
from hotelml_app.modules.allocation.house.stays import Stay
from hotelml_app.modules.allocation.house.wishes import Wishes
from hotelml_app.modules.allocation.plans.exact import Solved, solve
from hotelml_app.modules.allocation.plans.problem import Plan, Problem
from hotelml_app.modules.allocation.predicting import time_limit, type_points
from hotelml_app.modules.allocation.replay import PLAIN_WAYS, House, Replay, Tally
from hotelml_app.modules.allocation.room_types.backtest import judge, prepare
from hotelml_app.modules.allocation.room_types.training import train
from hotelml_app.modules.allocation.room_types.upgrades import chances_of

DAYS = 28
"""Latest days that are lived through again."""
OURS = "exact, rooms told weighed"
TYPES_SHARE = 0.5


def evaluate(context: TrainingContext) -> Leaderboard:
    """Return how whole days went under every way of giving rooms, and how well the type given was foreseen.

    The days come after everything the types were learned from.
    """
    history = context.data.history
    first = day_number(context.as_of) - DAYS
    notes: list[str] = []
    lines: tuple[CandidateScore, ...] = ()
    try:
        board = judge(prepare(context), lambda done, step: context.progress(TYPES_SHARE * done, step)).leaderboard()
        lines, notes = board.candidates, [*board.notes]
    except TooFewTypesGivenError as error:
        notes.append(f"{error.message} {error.remedy}")
    rooms = inventory(history.as_of(day_of(first)), context.data.facts, {})
    model = _model_before(context, first)
    houses = {name: House(way, keeps) for name, (way, keeps) in PLAIN_WAYS.items()}
    solved: list[Solved] = []
    houses[OURS] = House(_exactly(time_limit(len(rooms.rooms)), solved), keeps=True)
    days = range(first, day_number(context.as_of) + 1)
    replay = Replay(rooms, MANIFEST.horizon_days, lambda known, stays: _points(rooms, model, known, stays))
    for number, day in enumerate(days):
        context.progress(TYPES_SHARE + (1 - TYPES_SHARE) * number / len(days), f"Giving rooms on {day_of(day)} again")
        replay.live(history, day, houses, Wishes())
    notes += [_about(solved), f"{len(rooms.rooms)} rooms; types {'as learned' if model else 'by share'} before {day_of(first)}."]
    return Leaderboard(MANIFEST.name, tuple(day_of(day) for day in days), (*_lines(houses), *lines), tuple(notes))


def _exactly(limit_s: float, solved: list[Solved]):  # type: ignore[no-untyped-def]
    def way(problem: Problem) -> Plan:
        solved.append(solve(problem, limit_s))
        return solved[-1].plan

    return way


def _model_before(context: TrainingContext, day: int) -> LoadedModel | None:
    """Return a model that knows nothing of the days lived through again, or None where too little was known by then."""
    before = replace(context, data=context.data.at(day_of(day)), as_of=day_of(day), progress=lambda done, step: None)
    try:
        return LoadedModel.in_memory(train(before))
    except TooFewTypesGivenError:
        return None


def _points(rooms: Inventory, model: LoadedModel | None, known: History, stays: list[Stay]) -> TypePoints:
    chances = chances_of(model, known, stays, rooms.ladder)
    return lambda stay: type_points(rooms, stay, chances)


def _lines(houses: Mapping[str, House]) -> list[CandidateScore]:
    plain = houses["best fit, rooms told kept"].tally
    return [
        CandidateScore(name, _measures(house.tally, plain), chosen=name == OURS, is_baseline=name != OURS)
        for name, house in sorted(houses.items(), key=lambda one: one[1].tally.points)
    ]


def _measures(tally: Tally, plain: Tally) -> tuple[Measure, ...]:
    bucket = f"{DAYS} days, {tally.arrivals} arrivals"
    beside = "best fit, rooms told kept"
    figures = (
        ("refused arrivals", tally.refused, plain.refused),
        ("rooms changed after they were told", tally.moves, plain.moves),
    )
    more = (
        ("upgrades a day", tally.upgrades / DAYS, plain.upgrades / DAYS),
        ("points a day", tally.points / DAYS, plain.points / DAYS),
    )
    return tuple(Measure(name, float(value), "", bucket, beside, float(other)) for name, value, other in (*figures, *more))


def _about(solved: list[Solved]) -> str:
    best = sum(one.status == "optimal" for one in solved)
    longest, gap = max(one.seconds for one in solved), max(one.gap for one in solved)
    return (
        f"{best} of {len(solved)} days solved to the best plan there is, the longest in {longest:.2f} s; largest gap {gap:.1%}."
    )
