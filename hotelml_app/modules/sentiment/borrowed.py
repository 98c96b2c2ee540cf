"""What guests of other hotels taught: how far it is believed beside the word lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hotelml_app.modules.sentiment.model_judge import Mixture
from hotelml_app.modules.sentiment.word_lists import FALLBACK

LIST_WEIGHT = 2.0
"""The word lists count fully: what one site's guests taught loses more than they do where others write."""

LEAN = 0.5
"""Takes off what the learned words make of a text that they know nothing of: fields for complaints are written in plain words."""


def generalised(parameters: Mapping[str, Any]) -> dict[str, object]:
    """Return the mixture for guests of any hotel: learned words in the one language they were learned in, word lists beside."""
    learned = Mixture.of(parameters)
    counts = {FALLBACK: learned.counts.get(FALLBACK, 0)}
    return replace(learned, list_weight=LIST_WEIGHT, counts=counts, lean=LEAN).as_dict()
