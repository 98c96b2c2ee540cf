"""A simulated hotel that charges what is suggested: week by week, learning anew every four weeks from what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from priced_houses import learned_on
from synthetic_property import OPENING, property_until

from hotelml_app.ml.contract import PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.modules.pricing.predicting import predict
from hotelml_app.simulator import DatedPolicy, HousePolicy, StaticPolicy, SyntheticHotel, TablePolicy, simulate
from hotelml_app.simulator.policies import Policy

WEEK_DAYS, LEARNED_WEEKS, HORIZON = 7, 4, 90
FREEZE_DAYS = 2
MONTH_NIGHTS = 28
SAME = 0.005


@dataclass(frozen=True)
class Lived:
    """Room revenue of the same nights, asked for by the same guests, as suggested and by other ways of pricing.

    ``level`` is, per week, the mean log of the rates of the four weeks ahead over the best ones as of that day; ``changed`` the
    share of rates once taken on that a later week's suggestions moved.
    """

    ours: float
    static: float
    as_before: float
    oracle: float
    level: tuple[float, ...]
    changed: float

    @property
    def gain(self) -> float:
        """What was earned beyond one rate all year, a share of it."""
        return self.ours / self.static - 1

    @property
    def missed(self) -> float:
        """The share missed of what the best rates, known beforehand, would have earned."""
        return 1 - self.ours / self.oracle

    @property
    def drift(self) -> float:
        """By how much rates moved against the best ones from the first four weeks to the last, in logs."""
        return float(np.mean(self.level[-LEARNED_WEEKS:]) - np.mean(self.level[:LEARNED_WEEKS]))


def live(preset: str, seed: int, rooms: int, start_day: int, weeks: int, before: Policy | None = None) -> Lived:
    """Return what ``weeks`` weeks from ``start_day`` on bring; until then rates were set as by ``before``, None: as houses do."""
    loop = _Loop(preset, seed, rooms, start_day, weeks, before or HousePolicy())
    for week in range(weeks):
        loop.week(week)
    return Lived(
        ours=loop.earned(*loop.steps),
        static=loop.earned((start_day, StaticPolicy())),
        as_before=loop.earned(),
        oracle=loop.earned(*loop.best_steps(weeks)),
        level=tuple(loop.level),
        changed=float(np.mean(loop.moved)) if loop.moved else 0.0,
    )


class _Loop:
    """The hotel as lived so far: ``table`` is what stands, ``accepted`` what staff would have entered of it."""

    def __init__(self, preset: str, seed: int, rooms: int, start_day: int, weeks: int, before: Policy) -> None:
        self.preset, self.seed, self.rooms, self.before = preset, seed, rooms, before
        self.start_day, self.last_day = start_day, start_day + weeks * WEEK_DAYS - 1
        self.steps: list[tuple[int, Policy]] = []
        self.level: list[float] = []
        self.moved: list[float] = []
        self.accepted: dict[str, dict[str, float]] = {}
        self.model: LoadedModel | None = None
        opened = self.hotel(start_day)
        self.types = [one.code for one in opened.plan.room_types]
        self.table = before.rates(opened.selling).copy()

    def hotel(self, days: int, *steps: tuple[int, Policy]) -> SyntheticHotel:
        """Return the hotel after ``days`` days with its rates as they were set."""
        policy = DatedPolicy(steps, self.before)
        return simulate(seed=self.seed, preset=self.preset, rooms=self.rooms, days=days, start=OPENING, policy=policy)

    def week(self, number: int) -> None:
        """Ask on the day before the week and charge what is suggested from then on."""
        first = self.start_day + number * WEEK_DAYS
        day = OPENING + timedelta(days=first - 1)
        hotel = self.hotel(first, *self.steps)
        data = property_until(hotel, day)
        if number % LEARNED_WEEKS == 0:
            self.model = LoadedModel.in_memory(learned_on(data, day))
        options = {"current": self.accepted, "freeze_days": FREEZE_DAYS}
        for one in predict(PredictionRequest(data, day, HORIZON, self.model, options)):
            self._take_on(one.target_date, str(one.values["room_type"]), float(str(one.values["suggested_rate"])))
        self.steps.append((first, TablePolicy(self.table.copy())))
        ahead = slice(first, first + MONTH_NIGHTS)
        best = hotel.truth.pricing.oracle_policy(_ends(first, first + MONTH_NIGHTS), as_of=day)
        self.level.append(float(np.log(self.table[ahead] / best.table[ahead]).mean()))

    def _take_on(self, night: date, room_type: str, rate: float) -> None:
        rates = self.accepted.setdefault(night.isoformat(), {})
        if room_type in rates:
            self.moved.append(float(abs(rate / rates[room_type] - 1) > SAME))
        rates[room_type] = rate
        self.table[(night - OPENING).days, self.types.index(room_type)] = rate

    def best_steps(self, weeks: int) -> list[tuple[int, Policy]]:
        """Return the best rates there are, found anew every week by who knows all that is true of the hotel."""
        steps: list[tuple[int, Policy]] = []
        for first in range(self.start_day, self.start_day + weeks * WEEK_DAYS, WEEK_DAYS):
            nights, day = _ends(first, first + HORIZON - 1), OPENING + timedelta(days=first - 1)
            steps.append((first, self.hotel(first, *steps).truth.pricing.oracle_policy(nights, as_of=day)))
        return steps

    def earned(self, *steps: tuple[int, Policy]) -> float:
        """Return the room revenue of the nights lived through."""
        truth = self.hotel(self.last_day + 1, *steps).truth
        return sum(truth.revenue(OPENING + timedelta(days=number)) for number in range(self.start_day, self.last_day + 1))


def _ends(first: int, last: int) -> list[date]:
    return [OPENING + timedelta(days=number) for number in (first, last)]
