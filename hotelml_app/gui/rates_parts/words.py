"""What is said of a night's rate, in words."""

from __future__ import annotations

from collections.abc import Sequence

from hotelml_app.gui.place import Place
from hotelml_app.services.rates.rate_words import settled_words
from hotelml_app.services.rates.views import RateDay, worth_of

MARKS = {"locked": "locked", "accepted": "accepted"}
HELD = "held at the "
"""How a reason begins that names a limit."""

SEEMS_CLOSED = "seems closed"

CENTS = 2


def rate_decimals(rate: float) -> int:
    """Return how many decimals a rate to charge needs: none where it is whole, for staff would have to guess at the rest."""
    return 0 if rate == round(rate) else CENTS


def night_decimals(one: RateDay) -> int:
    """Return how many decimals the rate of a night needs: what is fine as it is was only read off the bookings."""
    return 0 if one.standing == "open" and not one.moves else rate_decimals(one.suggested_rate)


def rate_number(place: Place, rate: float) -> str:
    """Return a rate to charge, to the cent."""
    return place.number(rate, rate_decimals(rate))


def rate_money(place: Place, rate: float) -> str:
    """Return a rate to charge, to the cent, with its currency."""
    return place.money(rate, rate_decimals(rate))


def current_money(place: Place, one: RateDay) -> str:
    """Return the rate that stands, with its currency; what is only guessed is named so."""
    return f"about {place.money(one.current_rate)}" if one.guessed else place.money(one.current_rate)


def current_words(place: Place, days: Sequence[RateDay]) -> str:
    """Return what the rate now is known from, as a sentence."""
    words = {one.current_words for one in days}
    guessed = sum(one.guessed for one in days)
    if len(words) == 1 and "" not in words:
        return f"Now is {words.pop()}{'; check it in your PMS' if guessed else ''}."
    many = "" if not guessed else f"; of {place.number(guessed)} of these nights it is only a guess"
    return f"Now is the rate that you said, else the one at which the night was booked lately{many}."


def standing_mark(one: RateDay) -> str:
    """Return the short word for what staff decided, else the event of the night."""
    return MARKS.get(one.standing, "") or one.event


def day_words(place: Place, one: RateDay | None) -> str:
    """Return everything about a night in a sentence or two."""
    if one is None:
        return ""
    now, then = current_money(place, one), rate_money(place, one.suggested_rate)
    event = f" ({one.event})" if one.event else ""
    fine = f"{SEEMS_CLOSED}, no rate suggested" if one.seems_closed else "fine if it is so" if one.guessed else "fine as it is"
    now = f"{now} (a guess)" if one.guessed else now
    still = f"now {now}, suggested {then}" if one.moves else f"{now}, {fine}"
    what = {"locked": f"locked at {then}", "accepted": f"accepted at {then}"}.get(one.standing, still)
    gain = f", worth about {place.money(one.gain)}" if one.moves and round(one.gain) else ""
    return f"{place.day(one.night)}{event}: {what}{gain}."


def verdict_words(place: Place, days: Sequence[RateDay]) -> str:
    """Return what to do about the rate of a night, or about those of a range."""
    moving = [one for one in days if one.moves]
    gain = worth_of(days)
    worth = f", worth about {place.money(gain)}" if round(gain) > 0 else ""
    if len(days) > 1:
        if moving and not worth:
            return f"No rate has to change: {place.number(len(moving))} of {place.number(len(days))} would not earn more"
        if len(moving) == len(days):
            return f"Change all {place.number(len(days))} rates{worth}"
        if moving:
            many = f"{place.number(len(moving))} of {place.number(len(days))} rates{worth}"
            return f"Change {many}; leave the other{'s as they are' if len(days) - len(moving) > 1 else ' as it is'}"
        return f"Change nothing: {place.spoken(settled_words(days))}"
    one = days[0]
    now, then = current_money(place, one), rate_money(place, one.suggested_rate)
    if moving:
        # What the other changes take from this night can outweigh what its own brings: the sum is then no gain to name.
        return f"{'Raise' if one.change > 0 else 'Lower'} it from {now} to {then}{worth or _without_gain(one)}"
    leave = f"Leave it if it is {now} now" if one.guessed else f"Leave it at {now}"
    stays = f"No rate suggested: the house {SEEMS_CLOSED}" if one.seems_closed else leave
    return {"locked": f"Locked at {then}", "accepted": f"Accepted at {then}"}.get(one.standing, stays)


def _without_gain(one: RateDay) -> str:
    """Return why a rate is to move although its own night is not expected to earn more."""
    if any(point.in_all is not None for point in one.curve):
        return ", together with the other changes"
    # A plain rule looks at each night alone, and cannot tell how many a night that fills up turns away.
    held = any(reason.startswith(HELD) for reason in one.reasons)
    return ", to keep the limits" if held else "; a plain rule cannot tell what that earns"


def why_words(one: RateDay) -> str:
    """Return the reasons of a night as a sentence; where the rate stays, the last one first, for it decided."""
    reasons = one.reasons if one.moves else (*one.reasons[-1:], *one.reasons[:-1])
    why = "; ".join(reasons)
    return f"{why[:1].upper()}{why[1:]}." if why else ""


def range_words(place: Place, days: Sequence[RateDay]) -> str:
    """Return what is chosen: one night, or so many with what they would bring."""
    if len(days) == 1:
        event = f", {days[0].event}" if days[0].event else ""
        return f"{place.day(days[0].night)}{event}"
    return f"{place.day(days[0].night)} to {place.day(days[-1].night)}, {len(days)} nights"
