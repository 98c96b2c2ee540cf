"""What guests of other hotels taught: how far it is believed beside the word lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hotelml_app.modules.sentiment.model_judge import Mixture, Weights
from hotelml_app.modules.sentiment.word_lists import FALLBACK

REVIEWS, STATEMENTS = Weights(list_weight=1.0, lean=0.5), Weights(list_weight=1.5)
"""The word lists count fully: what one site's guests taught loses more than they do where others write.

Reviews lean to praise, as those whose guests were pleased name what was amiss as well. Chosen on reviews of the site learned
from, with two in five of all words hidden from the model, as foreign writers would use words that it never saw.
"""


def generalised(parameters: Mapping[str, Any]) -> dict[str, object]:
    """Return the mixture for guests of any hotel: learned words in the one language they were learned in, word lists beside."""
    learned = Mixture.of(parameters)
    counts = {FALLBACK: learned.counts.get(FALLBACK, 0)}
    return replace(learned, reviews=REVIEWS, statements=STATEMENTS, counts=counts).as_dict()
