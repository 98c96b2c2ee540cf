"""The ledger of rates in words: how many brought more, what they brought together, and how much that proves."""

from __future__ import annotations

from datetime import date

from hotelml_app.services.asking.words import count, day
from hotelml_app.services.rates.ledger_views import LedgerTotals

ENOUGH_NIGHTS = 30
"""With fewer nights than this, chance is not looked at: they prove nothing either way."""

TWICE = 2.0
"""A sum further from nothing than twice its own standard error is seldom chance alone."""

NOT_SEEN = "HotelML does not see when a rate was entered in your PMS, and what another rate would have brought is an estimate."


def sentence(own: LedgerTotals, accepted: LedgerTotals) -> str:
    """Return how many own rates brought more than the suggestion was expected to, less, or neither."""
    if own.entries:
        many = f"Own rates on {count(own.nights, 'past night')}" if own.nights == own.entries else _many(own)
        return (
            f"{many}: {own.more} brought more than the suggestion was expected to, {own.less} less, {own.untold} can't be told."
        )
    if accepted.entries:
        nights = count(accepted.nights, "past night")
        return f"No own rate lies on a past night yet; suggestions accepted for {nights} are listed to compare with."
    return "No rate that you decided on lies on a past night yet."


def _many(own: LedgerTotals) -> str:
    return f"{count(own.entries, 'own rate')} on {count(own.nights, 'past night')}"


def detail(
    own: LedgerTotals, accepted: LedgerTotals, currency: str, waiting: int, next_night: date | None, left_out: int = 0
) -> str:
    """Return what the rates brought together beside what was expected, and what is still to come.

    ``left_out`` counts the decisions in another currency than the property has now.
    """
    parts = []
    if own.compared:
        parts.append(f"Together they brought {_beside(own, currency)} at the suggested rates{_at_own(own, currency)}.")
    if accepted.compared:
        parts.append(f"Accepted suggestions brought {_beside(accepted, currency)}.")
    if own.after_costs or accepted.after_costs:
        parts.append("What occupied rooms cost is taken off wherever you had said so.")
    if left_out:
        many = count(left_out, "decision was", "decisions were")
        parts.append(f"{many} made before the currency was changed, and left out of every sum.")
    if not own.entries and not accepted.entries:
        parts.append("From now on every rate that you set, lock or accept is kept with what was suggested then.")
        parts.append("It is listed here with the export after its night, beside what came.")
    if waiting and next_night is not None:
        wait = count(waiting, "decision waits for its night", "decisions wait for their nights")
        parts.append(f"{wait} to pass, the first on {day(next_night)}.")
    return " ".join(parts)


def caution(own: LedgerTotals, accepted: LedgerTotals) -> str:
    """Return how much the totals prove, which is little."""
    if not own.entries and not accepted.entries:
        return ""
    if not own.compared:
        return NOT_SEEN
    if own.nights < ENOUGH_NIGHTS:
        return f"One night proves nothing, and {count(own.nights, 'night')} not much. {NOT_SEEN}"
    apart = own.revenue - own.at_suggestion
    if abs(apart) <= TWICE * own.apart_squared**0.5:
        return f"Over {count(own.nights, 'night')} that is no more than chance alone may bring. {NOT_SEEN}"
    own_error = " What the accepted ones are off by is the estimate's own error, so set one against the other."
    beside = own_error if accepted.compared else ""
    return f"Over {count(own.nights, 'night')} that is more than chance alone usually brings.{beside} {NOT_SEEN}"


def _beside(totals: LedgerTotals, currency: str) -> str:
    share = f" ({100 * (totals.revenue / totals.at_suggestion - 1):+.1f} %)" if totals.at_suggestion > 0 else ""
    return f"{_money(totals.revenue, currency)}{share} where {_money(totals.at_suggestion, currency)} was expected"


def _at_own(own: LedgerTotals, currency: str) -> str:
    return f", {_money(own.at_rate, currency)} at your own" if own.at_rate is not None else ""


def _money(amount: float, currency: str) -> str:
    return f"{amount:,.0f} {currency}".rstrip()
