"""The Reviews page: how guests score the house, what they speak of, and what changed lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from hotelml_app.modules import manifest
from hotelml_app.modules.sentiment import LATELY_DAYS
from hotelml_app.modules.sentiment.sentences import NEGATIVE, POSITIVE
from hotelml_app.modules.sentiment.trends import FEWEST_MENTIONS, Share
from hotelml_app.services.asking.words import count, plain_day
from hotelml_app.services.exports.freshness import freshness, today_of
from hotelml_app.services.learning.made_by import made_by_view
from hotelml_app.services.parts import Parts
from hotelml_app.services.reviews.readings import CHART_DAYS, MODULE, Reading, Readings, readings_of
from hotelml_app.services.reviews.views import AspectView, ReviewsView, SayingView, ScoreMonthView
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import models

OWN_LAYOUT = "HotelML"
"""The source of reviews in HotelML's own layout, which names no site: nobody reviewed the house there."""

FEWEST_SCORES = 3
"""Fewer scores than this have no mean worth telling."""

USUAL_SILENCE_DAYS = 14
"""With a newest review so many days old, the days up to it still are the last ones; after more, their end is told."""

THINGS, SEVERAL = frozenset({"room", "location", "staff", "food"}), frozenset({"facilities"})
"""Parts of the stay that a sentence names with an article, one thing or several."""

SAME_SCORE = 0.05
MOST_SAYINGS = 200


def build(parts: Parts, row: PropertyRow, language: str = "") -> ReviewsView:
    """Return the page, of all languages or of one."""
    readings = readings_of(parts, row)
    lately, before = readings.lately(language), readings.before(language)
    aspects = aspect_views(lately, before)
    score, score_before = mean_score(lately), mean_score(before)
    with parts.store.read() as connection:
        champion = models.champion(connection, row.id, MODULE)
    counts = Counter(one.language for one in readings.all)
    return ReviewsView(
        property_name=row.name,
        sentence=sentence(readings, today_of(parts.clock), len(lately), score, score_before, aspects),
        freshness=freshness(parts.store, parts.clock, row),
        made_by=made_by_view(parts, row, manifest(MODULE), champion, {readings.maker}),
        total=readings.known,
        lately=len(lately),
        score=score,
        score_before=score_before,
        months=months(readings, language),
        aspects=aspects,
        language=language,
        languages=tuple((code, number) for code, number in counts.most_common() if code),
        newest=readings.newest if readings.known else None,
    )


def mean_score(reviews: Iterable[Reading]) -> float | None:
    """Return the mean of what guests gave, from 0 to 10; None where too few did."""
    scores = [10 * one.review.score for one in reviews if one.review.score is not None]
    return sum(scores) / len(scores) if len(scores) >= FEWEST_SCORES else None


def months(readings: Readings, language: str) -> tuple[ScoreMonthView, ...]:
    """Return every month from the first to the last that has reviews, up to two years of them."""
    inside: dict[date, list[Reading]] = {}
    for one in readings.between(CHART_DAYS, 0, language):
        if one.review.reviewed_on is not None:
            inside.setdefault(one.day.replace(day=1), []).append(one)
    found, month = [], min(inside, default=readings.newest)
    while inside and month <= max(inside):
        reviews = inside.get(month, [])
        scores = [10 * one.review.score for one in reviews if one.review.score is not None]
        found.append(ScoreMonthView(month, len(reviews), sum(scores) / len(scores) if scores else None))
        month = (month + timedelta(days=32)).replace(day=1)
    return tuple(found)


def aspect_views(lately: Sequence[Reading], before: Sequence[Reading]) -> tuple[AspectView, ...]:
    """Return the aspects, the most spoken of lately first."""
    now, then = _said(lately), _said(before)
    found = []
    for name in now.keys() | then.keys():
        new, old = now.get(name, []), then.get(name, [])
        (praised, clear), (praised_before, clear_before) = _praise(new), _praise(old)
        found.append(
            AspectView(
                name=name,
                mentions=clear,
                liked=praised / clear if clear else None,
                mentions_before=clear_before,
                liked_before=praised_before / clear_before if clear_before else None,
                trend=trend(praised, clear, praised_before, clear_before),
                sayings=tuple(sorted((*new, *old), key=_newest_first)[:MOST_SAYINGS]),
                said=len(new) + len(old),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.mentions, -one.mentions_before, one.name)))


def trend(praised: int, mentions: int, praised_before: int, mentions_before: int) -> str:
    """Return better, worse, same or unknown, by the test with which the module tells what moved."""
    if min(mentions, mentions_before) < FEWEST_MENTIONS:
        return "unknown"
    now, before = Share(praised, mentions), Share(praised_before, mentions_before)
    if not now.differs(before):
        return "same"
    return "better" if now.value > before.value else "worse"


def sentence(
    readings: Readings,
    today: date,
    lately: int,
    score: float | None,
    before: float | None,
    aspects: Sequence[AspectView],
) -> str:
    """Return the page's first line; what is long past is not called the last days, even where no export came since."""
    recent = (today - readings.newest).days <= USUAL_SILENCE_DAYS
    when = f"in the last {LATELY_DAYS} days" if recent else f"in the {LATELY_DAYS} days up to {plain_day(readings.newest, today)}"
    moved = _what_moved(aspects)
    if score is None:
        return f"{count(lately, 'review')} {when}, too few with a score to tell a mean{moved}."
    if before is None:
        return f"Guests scored {score:.1f} {when}{moved}."
    change = round(score, 1) - round(before, 1)
    if abs(change) < SAME_SCORE:
        return f"Guests scored {score:.1f} {when}, as before{moved}."
    return f"Guests scored {score:.1f} {when}, {abs(change):.1f} {'better' if change > 0 else 'worse'} than before{moved}."


def _what_moved(aspects: Sequence[AspectView]) -> str:
    """Return what is liked less, of several what fell most, else what is liked more, else what is complained about most."""
    worse = [one for one in aspects if one.trend == "worse"]
    better = [one for one in aspects if one.trend == "better"]
    if worse:
        return f"; {_judged(min(worse, key=_change))} worse than before"
    if better:
        return f"; {_judged(max(better, key=_change))} better than before"
    worst = max(aspects, key=lambda one: (_complaints(one), _complaints(one) / max(one.mentions, 1)), default=None)
    if worst is None or not _complaints(worst):
        return ""
    return f"; most complaints are about {_named(worst)} ({_complaints(worst):,} of {count(worst.mentions, 'mention')})"


def _complaints(one: AspectView) -> int:
    return round(one.mentions * (1 - (one.liked or 0.0)))


def _judged(one: AspectView) -> str:
    return f"{_named(one)} {'are' if one.name in SEVERAL else 'is'} judged"


def _named(one: AspectView) -> str:
    return f"the {one.name}" if one.name in THINGS | SEVERAL else one.name


def _change(one: AspectView) -> float:
    return (one.liked or 0.0) - (one.liked_before or 0.0)


def _said(reviews: Iterable[Reading]) -> dict[str, list[SayingView]]:
    found: dict[str, list[SayingView]] = {}
    for one in reviews:
        score = None if one.review.score is None else 10 * one.review.score
        for said in one.sayings:
            site = "" if one.review.source == OWN_LAYOUT else one.review.source
            view = SayingView(said.text, said.tone, one.review.reviewed_on, one.language, site, score)
            found.setdefault(said.aspect, []).append(view)
    return found


def _praise(said: Iterable[SayingView]) -> tuple[int, int]:
    """Return (how many praise, how many have a clear tone)."""
    tones = [one.tone for one in said]
    praised = tones.count(POSITIVE)
    return praised, praised + tones.count(NEGATIVE)


def _newest_first(one: SayingView) -> int:
    return -one.day.toordinal() if one.day is not None else 0
