"""When new data or a loss of accuracy asks for training: pure decisions, each with its reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf

from hotelml_app.core.figures import four_digits
from hotelml_app.schedule.neighbours import Showing

ACCURACY_FACTOR = 1.5
"""Errors this many times what the live model showed in its backtest call for a new one."""

LEAD_FACTOR = 1.2
"""Where the plain rule errs more as well, the nights were harder, or dearer: then the model must also have lost this much
against the rule."""

MIN_JUDGED_NIGHTS = 14
"""Fewer nights than this are not yet a loss of accuracy."""

REST_DAYS = 3
"""Business dates to wait before a loss of accuracy asks again: the same nights would only say the same."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How much data asks for training: grown by ``share`` and by ``minimum``; the first time ``needed`` in all."""

    share: float
    minimum: int
    needed: int


def grown_enough(points: int, points_then: int | None, rule: Growth) -> str:
    """Return why the data asks for training, or "" where it does not.

    ``points_then`` is how much there was at the last training, None where there was none.
    """
    if points < rule.needed:
        return ""
    if points_then is None:
        return f"{points:,} examples are there, {rule.needed:,} are needed; nothing was trained yet"
    if missing_growth(points, points_then, rule) > 0:
        return ""
    return f"{points - points_then:,} new examples since the last training ({points_then:,} then)"


def missing_growth(points: int, points_then: int, rule: Growth) -> int:
    """Return how many more examples ask for the next training; 0 or less where there are enough."""
    # A share such as 0.07 of 100 is a little more than 7 as computers reckon.
    wanted = max(rule.minimum, ceil(round(rule.share * points_then, 6)))
    return wanted - (points - points_then)


def accuracy_dropped(lately: Showing, lower_is_better: bool, factor: float = ACCURACY_FACTOR) -> str:
    """Return why the accuracy asks for training, or "" where it does not.

    It dropped where the measure is that much worse than promised, and worse beside the plain rule too where that is known; and
    where the plain rule does better by now, though the measure is as promised: easy nights, as of a full house, hide that.
    """
    recent, expected = lately.recent, lately.expected
    if recent is None or expected is None or lately.nights < MIN_JUDGED_NIGHTS:
        return ""
    worse = recent > expected * factor if lower_is_better else recent < expected / factor
    was, promised_then = four_digits(recent), four_digits(expected)
    why = f"over the last {lately.nights} nights the measure was {was}, the live model had promised {promised_then}"
    rule, rule_then = lately.recent_rule, lately.expected_rule
    if not rule or not rule_then:
        return why if worse else ""
    lead, promised = recent / rule, expected / rule_then
    lost = lead > promised * LEAD_FACTOR if lower_is_better else lead < promised / LEAD_FACTOR
    behind = lead > 1 if lower_is_better else lead < 1
    said = f"{why}; by the plain rule it would have been {four_digits(rule)}, against {four_digits(rule_then)} then"
    return said if lost and (worse or behind) else ""


def error_growth(lately: Showing, lower_is_better: bool) -> float:
    """Return how many times as large the error is lately as was promised, beside the plain rule's where that is known.

    Of a score, it is how many times smaller; infinite where nothing was promised to go wrong.
    """
    grown = _times(lately.recent, lately.expected, lower_is_better)
    harder = (
        _times(lately.recent_rule, lately.expected_rule, lower_is_better) if lately.recent_rule and lately.expected_rule else 1.0
    )
    return grown / harder


def _times(now: float | None, then: float | None, lower_is_better: bool) -> float:
    if now is None or then is None:
        return 1.0
    above, below = (now, then) if lower_is_better else (then, now)
    return above / below if below else inf
