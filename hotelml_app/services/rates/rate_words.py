"""What is said of a month's rates in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hotelml_app.services.asking.words import count
from hotelml_app.services.rates.views import RateDay, worth_of

SETTLED = ("accepted", "locked")
CLOSED = "of nights on which the house seems closed"
FINE, GUESSED = "fine as they are", "fine if they are as guessed"
ALL_ROOMS = "All rooms"


def type_words(room_type: str) -> str:
    """Return the name of a room type; where no booking names one, the rates are those of all rooms."""
    return room_type or ALL_ROOMS


def month_sentence(days: Sequence[RateDay], room_type: str, currency: str, span: str) -> str:
    """Return what to do about the rates of a room type, and what that is worth."""
    begin = f"{type_words(room_type)}, {span}:"
    wanted = [one for one in days if one.moves]
    if not wanted:
        return f"{begin} no rate to change; {settled_words(days)}."
    gain, others = worth_of(days), len(days) - len(wanted)
    if round(gain) <= 0:
        # The plain rule follows last year and does not weigh what a rate earns; that must not look like a gain.
        return f"{begin} {no_gain_words(len(wanted), len(days))}."
    worth = f"worth about {gain:,.0f} {currency}".rstrip()
    rest = f"leave the other{f' {others}' if others > 1 else ''}" if others else "that is all of them"
    return f"{begin} change {len(wanted)} of {count(len(days), 'rate')}, {worth}; {rest}."


def settled_words(days: Sequence[RateDay]) -> str:
    """Return why none of these rates is to change: "all 31 are fine as they are", "13 accepted, 15 fine as they are"."""
    standings = Counter(map(_standing, days))
    parts = [f"{standings[one]:,} {one}" for one in (*SETTLED, CLOSED) if standings[one]]
    if len(standings) == 1:
        return f"all {len(days):,} are {next(iter(standings))}"
    for fine in (FINE, GUESSED):
        left = standings[fine]
        parts += [f"{left:,} {fine.replace('they are', 'it is') if left == 1 else fine}"] if left else []
    return ", ".join(parts)


def _standing(one: RateDay) -> str:
    if one.standing in SETTLED:
        return one.standing
    return CLOSED if one.seems_closed else GUESSED if one.guessed else FINE


def no_gain_words(differ: int, rates: int) -> str:
    """Return what is said of suggestions that are not expected to bring anything together."""
    which = f"the {differ:,} of {rates:,} that {'differs' if differ == 1 else 'differ'}"
    return f"no rate has to change; changing {which} would not earn more"
