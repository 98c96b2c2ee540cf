"""What can be said of one past night at one rate, in careful words: what would have come at another rate nobody knows."""

from __future__ import annotations

from hotelml_app.services.rates.ledger_views import LedgerEntry, Outcome

ACCEPTED = "accepted"

LEAST_SHARE = 0.05
"""A night that brought within this share of what was expected brought about that: forecasts are off by as much."""

AS_MANY_SHARE = 0.05
"""Rooms within this share of what was expected, or one room, came as expected."""


def judged(one: LedgerEntry) -> tuple[Outcome, str]:
    """Return what a night brought beside what the suggestion was expected to bring, and what to say of it.

    Less than one room's worth apart is never told apart either: that is one guest more or less.
    """
    if one.other_currency:
        return Outcome.UNTOLD, f"Can't tell: decided in {one.other_currency}, before the currency was changed"
    if one.apart is None or one.suggested_rate is None or one.suggestion_brings is None:
        return Outcome.UNTOLD, "Can't tell: what was suggested is not known"
    least = max(one.rate, one.suggested_rate, LEAST_SHARE * one.suggestion_brings)
    outcome = Outcome.MORE if one.apart > least else Outcome.LESS if one.apart < -least else Outcome.UNTOLD
    if one.kind == ACCEPTED:
        return outcome, _as_accepted(one)
    if one.full and one.suggested_rate > one.rate:
        return _sold_out_below(one, outcome)
    return outcome, _as_decided(one, outcome)


def _as_accepted(one: LedgerEntry) -> str:
    if one.full:
        return _full(one)
    more = _more_rooms(one.rooms, one.suggested_rooms)
    return "Filled as expected" if not more else f"{'More' if more > 0 else 'Fewer'} rooms than expected"


def _sold_out_below(one: LedgerEntry, outcome: Outcome) -> tuple[Outcome, str]:
    """A full house at less than what was suggested says nothing of who else would have paid more: it never counts as more."""
    if outcome is Outcome.LESS:
        return outcome, f"{_full(one)}: the higher suggestion would likely have earned more"
    return Outcome.UNTOLD, f"{_full(one)}: the higher suggestion might have earned more still"


def _as_decided(one: LedgerEntry, outcome: Outcome) -> str:
    rooms = _more_rooms(one.rooms, one.suggested_rooms)
    if outcome is Outcome.MORE:
        return f"{_full(one)} at the higher rate" if one.full else "More than the suggestion was expected to bring"
    if outcome is Outcome.LESS and rooms < 0:
        return "Fewer rooms than the suggestion was expected to fill"
    if outcome is Outcome.LESS:
        return f"{'More' if rooms > 0 else 'As many'} rooms, but less than the suggestion was expected to bring"
    if not _more_rooms(one.rooms, one.rate_rooms):
        return "Filled as expected; can't tell the two rates apart"
    return "Can't tell: about what the suggestion was expected to bring"


def _more_rooms(rooms: float, expected: float | None) -> int:
    """Return 1 where more rooms came than expected, -1 where fewer did, 0 where about as many."""
    if expected is None:
        return 0
    least = max(1.0, AS_MANY_SHARE * expected)
    return (rooms - expected > least) - (rooms - expected < -least)


def _full(one: LedgerEntry) -> str:
    return "Sold out" if one.capacity_told else "As full as this type ever was"
