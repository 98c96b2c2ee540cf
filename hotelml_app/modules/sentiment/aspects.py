"""Which parts of the stay a review speaks of, and whether it praises them."""

from __future__ import annotations

from hotelml_app.ml.property_data import Review
from hotelml_app.modules.sentiment.lexicon import ASPECTS, Lexicon
from hotelml_app.modules.sentiment.polarity import valence
from hotelml_app.modules.sentiment.words import sentences, split_words

_BOX_PULL = 1.0
"""How much the box a clause stands in counts beside its words."""


def aspects_of(review: Review, lists: Lexicon) -> dict[str, float]:
    """Return the aspects named in a review with the valence of the clauses that name them; above 0 is praise."""
    found: dict[str, float] = {}
    boxes = ((review.title, 0.0), (review.body, 0.0), (review.positive, _BOX_PULL), (review.negative, -_BOX_PULL))
    for text, pull in boxes:
        for clause in sentences(text):
            value = valence(clause, lists)
            if pull:
                value = pull + (max(value, 0.0) if pull > 0 else min(value, 0.0))
            for aspect in named_aspects(clause, lists):
                found[aspect] = found.get(aspect, 0.0) + value
    return {aspect: found[aspect] for aspect in ASPECTS if aspect in found}


def named_aspects(text: str, lists: Lexicon) -> set[str]:
    """Return the aspects whose words occur in a text."""
    words = split_words(text, lists.phrases)
    return {aspect for aspect, table in lists.aspects.items() if any(table.get(word) for word in words)}


def in_words(aspects: dict[str, float]) -> str:
    """Return aspects as they are stored and shown: ``staff:positive; room:negative``."""
    return "; ".join(f"{aspect}:{_sign(value)}" for aspect, value in aspects.items())


def _sign(value: float) -> str:
    if abs(value) < 0.25:
        return "mixed"
    return "positive" if value > 0 else "negative"
