"""What guests say lately against what they said before: score and aspects over time, told in plain sentences."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hotelml_app.core.written_days import MONTHS
from hotelml_app.ml.contract import Prediction
from hotelml_app.modules.sentiment import BEFORE_DAYS, LATELY_DAYS
from hotelml_app.modules.sentiment.sentences import NEGATIVE, POSITIVE

FEWEST_MENTIONS = 5
"""An aspect spoken of less often, lately or before, shows no trend."""

NOTICEABLE = 1.6
"""Standard errors between two shares from which on they differ by more than chance (9 of 10 cases)."""


@dataclass(frozen=True)
class Share:
    """Of ``mentions`` with a clear tone, ``praised`` were praise."""

    praised: int
    mentions: int

    @property
    def value(self) -> float:
        """The share of praise; NaN without a mention."""
        return self.praised / self.mentions if self.mentions else math.nan

    def differs(self, other: Share) -> bool:
        """Tell whether two shares differ by more than chance (test of two proportions, pooled variance)."""
        if min(self.mentions, other.mentions) < FEWEST_MENTIONS:
            return False
        pooled = (self.praised + other.praised) / (self.mentions + other.mentions)
        spread = math.sqrt(pooled * (1 - pooled) * (1 / self.mentions + 1 / other.mentions))
        return spread > 0 and abs(self.value - other.value) / spread >= NOTICEABLE


@dataclass(frozen=True)
class Trend:
    """An aspect, or "" for the whole review, lately and before."""

    aspect: str
    lately: Share
    before: Share

    @property
    def noticeable(self) -> bool:
        """Whether the change is more than chance."""
        return self.lately.differs(self.before)


@dataclass(frozen=True)
class Month:
    """The reviews of one month and their mean score, in [0, 1]."""

    first: date
    reviews: int
    score: float


def months(predictions: Iterable[Prediction]) -> list[Month]:
    """Return the mean score per month, oldest first."""
    scores: dict[date, list[float]] = {}
    for one in predictions:
        scores.setdefault(one.target_date.replace(day=1), []).append(float(str(one.values["score"])))
    return [Month(first, len(found), sum(found) / len(found)) for first, found in sorted(scores.items())]


def trends(predictions: Sequence[Prediction]) -> list[Trend]:
    """Return the whole first, then each aspect, the most spoken of first."""
    if not predictions:
        return []
    newest = max(one.target_date for one in predictions)
    since = newest - timedelta(days=LATELY_DAYS)
    since_before = since - timedelta(days=BEFORE_DAYS)
    lately = [one.values for one in predictions if one.target_date > since]
    before = [one.values for one in predictions if since_before < one.target_date <= since]
    aspects = {aspect for values in (*lately, *before) for aspect, _ in _aspects(values)}
    found = [Trend(aspect, _share(lately, aspect), _share(before, aspect)) for aspect in sorted(aspects)]
    found.sort(key=lambda one: -(one.lately.mentions + one.before.mentions))
    return [Trend("", _share(lately, ""), _share(before, "")), *found]


def in_words(predictions: Sequence[Prediction]) -> list[str]:
    """Return how guests liked it lately, what changed by more than chance, and what is complained about most."""
    found = trends(predictions)
    if not found:
        return ["There are no reviews of these days."]
    whole, aspects = found[0], found[1:]
    return [
        _whole(whole, max(one.target_date for one in predictions)),
        *(_change(one) for one in aspects if one.noticeable),
        *_worst(aspects),
    ]


def _share(rows: Iterable[Mapping[str, object]], aspect: str) -> Share:
    tones = (
        [row["polarity"] for row in rows]
        if not aspect
        else [tone for row in rows for said, tone in _aspects(row) if said == aspect]
    )
    praised = sum(tone == POSITIVE for tone in tones)
    return Share(praised, praised + sum(tone == NEGATIVE for tone in tones))


def _aspects(values: Mapping[str, object]) -> list[tuple[str, str]]:
    told = values["aspects"]
    pairs = (str(one).partition(": ") for one in (told if isinstance(told, list | tuple) else ()))
    return [(aspect, tone) for aspect, _, tone in pairs]


def _whole(trend: Trend, newest: date) -> str:
    days = f"the {LATELY_DAYS} days up to {newest.day} {MONTHS[newest.month - 1]} {newest.year}"
    if not trend.lately.mentions:
        return f"No review of {days} praises or complains."
    said = f"In {days} {trend.lately.praised} of {trend.lately.mentions} reviews praise the stay"
    if not trend.before.mentions:
        return f"{said}."
    beside = f"before it was {trend.before.value:.0%}"
    return f"{said} ({trend.lately.value:.0%}; {beside})." if trend.noticeable else f"{said}, as usual ({beside})."


def _change(trend: Trend) -> str:
    way = "better" if trend.lately.value > trend.before.value else "worse"
    figures = f"{trend.lately.praised} of {trend.lately.mentions} mentions praise it, before {trend.before.value:.0%}"
    return f"{trend.aspect.capitalize()} is spoken of {way} than before: {figures}."


def _worst(aspects: Sequence[Trend]) -> list[str]:
    """Return what is complained about most often lately, where there is enough to say so."""
    complaints = {
        one.aspect: one.lately.mentions - one.lately.praised for one in aspects if one.lately.mentions >= FEWEST_MENTIONS
    }
    worst = max(complaints, key=lambda aspect: complaints[aspect], default="")
    return [f"Guests complain most about {worst} ({complaints[worst]})."] if worst and complaints[worst] else []
