"""Why a rate is suggested, in words and in the order in which it came about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from hotelml_app.ml.contract import Prediction
from hotelml_app.modules.pricing.choosing.fences import Kept
from hotelml_app.modules.pricing.history.base_rates import BaseRates
from hotelml_app.modules.pricing.history.plain_demand import PlainDemand

if TYPE_CHECKING:
    from hotelml_app.modules.pricing.choosing.suggesting import Suggestions

Written = Callable[[float], str]

COSTS_NOTHING = (
    "An occupied room is counted as free of cost, as nobody said what it costs (cleaning, laundry, breakfast, commission); the "
    "rates advised may be too low. Say it on the Rates page or as room_cost in the options file; 0 leaves it so."
)

NAMED_DRIFT = 0.02
"""A drift of rates below this share is not worth a word."""

NAMED_BOOKS_WEIGHT = 0.9
"""Where the books count more than this, the rest is not worth a word."""

NAMED_MOVE = 0.005
NAMED_LOSS = 0.05
"""What a change costs its own night below this share of the rate is not worth a word."""

SAME_STAYS = "for nights of the same stays"
FULL = "as hardly a room is left"
WORTH_IT = "as a higher rate brings more than it loses in guests"
"""Why a rate moves against what its own night alone would let staff expect."""

FEW_ASKED = 2 / 3
"""Where so small a share of the rooms left is asked for, staff expect no rise."""

LITTLE, MUCH = 0.2, 0.7
"""Shares of the response read from own rates, below and above which it is named by one source alone."""


def learned_reasons(said: Suggestions, step: int, kind: int) -> tuple[str, ...]:
    """Return what led to the learned rate of a night and room type."""
    kept, written = said.kept[step][kind], said.fences[step][kind].written
    fall = said.waterfall(step, kind)
    usual = fall["base"] + fall["season"] + fall["weekday"] + fall["events"]
    parts = {name: fall[name] / max(fall["base"], 0.01) for name in ("season", "weekday", "events")}
    moved = ", ".join(f"{name} {share:+.0%}" for name, share in parts.items() if abs(share) >= NAMED_MOVE)
    found = [f"usual rate of the night {written(usual)}" + (f" ({moved})" if moved else ""), _demand(said, step, kind, usual)]
    pace = fall["pace"] / max(usual, 0.01)
    if abs(pace) >= NAMED_MOVE:
        found.append(_pace(said, step, kind, pace))
    if kept.because:
        found.append(kept.because)
    cost = said.outlook.market.room_cost
    change = float(said.money[step, kind] - said.current_money[step, kind])
    change -= cost * float(said.rooms[step, kind] - said.current_rooms[step, kind])
    if kept.rate != round(float(said.current[step, kind]), 2) and change < -NAMED_LOSS * said.current[step, kind]:
        # What was moved to keep a limit or the order of room types need not come back elsewhere.
        elsewhere = "" if kept.because else ", and more on nights of the same stays"
        found.append(f"brings {written(-change)} less on this night{elsewhere}")
    return tuple(found)


def beside_the_rule(ahead: float) -> str:
    """Return "13% more", "20% fewer" or, from the double on, "6.8 times as many"."""
    if ahead >= 1:
        return f"{1 + ahead:.1f} times as many"
    return f"{abs(ahead):.0%} {'more' if ahead > 0 else 'fewer'}" if abs(ahead) >= NAMED_MOVE else "as many"


def _demand(said: Suggestions, step: int, kind: int, usual: float) -> str:
    """Return what is left and asked for before one looks at how the books stand, and how far that moves the rate."""
    market = said.outlook.market
    move = said.waterfall(step, kind)["demand"] / max(usual, 0.01)
    left, wanted = _left(said, step, kind), float(said.as_a_rule[step, kind])
    rooms = "1 room" if round(left) == 1 else f"{left:.0f} rooms"
    cost = f"an occupied room costs {said.fences[step][kind].written(market.room_cost)}, " if market.room_cost else ""
    closed = round(float(said.outlook.out_of_order[step, kind]))
    closed_too = f", {closed} out of order" if closed else ""
    begin = f"{rooms} left{closed_too}, {cost}as a rule {wanted:.0f} more asked for at the usual rate"
    alone = float(said.alone_unpaced[step, kind])
    why = ""
    if move >= NAMED_MOVE and wanted < FEW_ASKED * left:
        why = SAME_STAYS if alone <= 0 else WORTH_IT if said.outlook.response.elasticity[step] < 1 else ""
    elif move <= -NAMED_MOVE and wanted > left:
        why = FULL if left < 1 else SAME_STAYS if alone >= 0 else ""
    return f"{begin}, but {move:+.0%} {why}" if why else f"{begin}: {move:+.0%}"


def _pace(said: Suggestions, step: int, kind: int, move: float) -> str:
    """Return how many more or fewer are to be asked for, as bookings came in so far, and how far that moves the rate."""
    ahead = float(said.usual_wanted[step, kind] / max(said.as_a_rule[step, kind], 1e-9)) - 1
    asked = f"going by the bookings so far {beside_the_rule(ahead)}"
    if ahead * move > 0 and abs(ahead) >= NAMED_MOVE:
        return f"{asked}: {move:+.0%}"
    return f"{asked}, but {move:+.0%} {FULL if _left(said, step, kind) < 1 else SAME_STAYS}"


def _left(said: Suggestions, step: int, kind: int) -> float:
    return max(float(said.outlook.rooms[step, kind] - said.outlook.books.kept[step, kind]), 0.0)


def basis_of(own_share: float, because: str) -> str:
    """Return in words what the answer of guests to the rate rests on."""
    why = f", for {because}" if because else ""
    if own_share < LITTLE:
        return f"how guests answer the rate is assumed{why}"
    if own_share > MUCH:
        return f"how guests answer the rate is read from this hotel's own rates ({own_share:.0%}){why}"
    return f"how guests answer the rate is read from this hotel's own rates by {own_share:.0%}, else assumed{why}"


def plain_reasons(base: BaseRates, demand: PlainDemand, step: int, kept: Kept, written: Written) -> tuple[str, ...]:
    """Return what led to the plain rule's rate of the night ``step`` nights after the first; ``written`` writes amounts."""
    said = [*_where_from(base, step, written), *_moves(demand, step)]
    return tuple([*said, kept.because] if kept.because else said)


def _where_from(base: BaseRates, step: int, written: Written) -> list[str]:
    said = []
    weight = float(base.books_weight[step])
    if weight > 0:
        said.append(f"on the books at {written(base.on_books[step])} (counts {weight:.0%})")
    if weight > NAMED_BOOKS_WEIGHT:
        return said
    year, recent = float(base.last_year[step]), float(base.recent[step])
    if not np.isnan(year):
        drift = f", rates since {base.drift - 1:+.0%}" if abs(base.drift - 1) >= NAMED_DRIFT else ""
        which = "weeks around the same weekday last year" if base.around[step] else "same weekday last year"
        said.append(f"{which} {written(year)}{drift}")
    if not np.isnan(recent) and base.year_weight[step] < 1:
        said.append(f"{'all days' if base.any_day[step] else 'this weekday'} in recent weeks {written(recent)}")
    if not said:
        said.append("mean rate of the room type, nothing nearer is known")
    return said


def _moves(demand: PlainDemand, step: int) -> list[str]:
    said = []
    pace, fullness = float(demand.pace_move[step]), float(demand.fullness_move[step])
    if abs(pace) >= NAMED_MOVE:
        books, usual = float(demand.on_books[step]), float(demand.usual[step])
        # A mean of weeks that looks the same once it is rounded would seem to move the rate for nothing.
        then = f"{usual:.0f}" if round(usual) != round(books) else f"{usual:.1f}"
        booked = "1 room" if round(books) == 1 else f"{books:.0f} rooms"
        said.append(f"{booked} booked this far ahead against {then} {demand.against}: {pace:+.0%}")
    if abs(fullness) >= NAMED_MOVE:
        said.append(f"expected {min(demand.expected_share[step], 1):.0%} full: {fullness:+.0%}")
    return said or [
        f"{'nothing is known yet to compare demand with' if np.isnan(demand.usual[step]) else 'demand as usual'}: no move"
    ]


def in_words(predictions: Sequence[Prediction]) -> list[str]:
    """Return what a run of suggestions comes to, in sentences."""
    if not predictions:
        return []
    nights = {one.target_date for one in predictions}
    totals = {when: sum(_left_of(one.values, when) for one in predictions) for when in ("expected", "current")}
    gain = totals["expected"] - totals["current"]
    moved = sum(one.values["suggested_rate"] != one.values["current_rate"] for one in predictions)
    costs = any(one.values.get("room_cost") for one in predictions)
    after = ", what occupied rooms cost taken off" if costs else ""
    bases = dict.fromkeys(str(one.values["basis"]) for one in predictions)
    return [
        f"{moved:,} of {len(predictions):,} rates over {len(nights)} nights would change: about "
        f"{totals['expected']:,.0f} instead of {totals['current']:,.0f} as rates stand ({gain:+,.0f}){after}.",
        "These compare rates; what to expect of the nights, the forecast says.",
        *(f"Rests on this: {basis}." for basis in bases),
        *([COSTS_NOTHING] if any(one.values.get("room_cost") is None for one in predictions) else []),
    ]


def _left_of(values: Mapping[str, object], when: str) -> float:
    """Return a night's money at the ``expected`` or the ``current`` rate, less what its rooms cost."""
    rooms, money, cost = (float(str(values.get(name) or 0.0)) for name in (f"{when}_rooms", f"{when}_revenue", "room_cost"))
    return money - cost * rooms
