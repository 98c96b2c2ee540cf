"""The room type by the prices: of columns of a few words that no name and no word explains, the one that sets the rate."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.proposing.proposal import TAKE
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.fitting import may_be_room_type

_ENOUGH_BOOKINGS = 100
_MOST_OF_IT = 0.5
"""Share of the variance of the (log) rates that the kinds of rooms explain; channels, plans and meals explain far less."""
_FAR_AHEAD = 2.0

Numbers = NDArray[np.float64]


def find_type_by_prices(assignment: Assignment, nights: Numbers | None) -> None:
    """Take the column whose words explain most of the rates as the room type, where it explains far more than any other."""
    place = assignment.place("room_type")
    if place is not None and assignment.roles[place].confidence >= TAKE:
        return
    rates = _rates(assignment, nights)
    if rates is None:
        return
    columns = assignment.heading.columns
    rivals = [one for one in columns if one not in assignment.roles or one == place]
    shares = {one: _explained(columns[one].column.codes, rates) for one in rivals if may_be_room_type(columns[one])}
    best = max(shares, key=lambda one: shares[one], default=None)
    if best is None or shares[best] < max([_MOST_OF_IT, *(_FAR_AHEAD * share for one, share in shares.items() if one != best)]):
        return
    if place is not None and place != best:
        del assignment.roles[place]
    assignment.give(best, "room_type", 0.75, "its words tell most of what a night costs")


def _rates(assignment: Assignment, nights: Numbers | None) -> Numbers | None:
    """Return the logarithms of the prices per night, NaN where there is none; None where no sure column tells them."""
    for role in ("adr", "total"):
        place, amounts = assignment.place(role), assignment.numbers(role)
        if place is None or amounts is None or assignment.roles[place].confidence < TAKE:
            continue
        if role == "total":
            if nights is None:
                continue
            rooms = assignment.numbers("rooms")
            amounts = amounts / np.maximum(nights, 1) / (1 if rooms is None else np.fmax(rooms, 1))
        return np.log(np.where(amounts > 0, amounts, np.nan))
    return None


def _explained(codes: NDArray[np.int32], rates: Numbers) -> float:
    """Return the share of the variance of the rates that lies between the words of a column, in [0, 1]."""
    good = ~np.isnan(rates)
    if good.sum() < _ENOUGH_BOOKINGS:
        return 0.0
    values, words = rates[good], codes[good]
    times = np.bincount(words)
    means = np.bincount(words, weights=values) / np.maximum(times, 1)
    whole = float(values.var())
    return float((means[words] - values.mean()).var()) / whole if whole > 0 else 0.0
