"""A trained model as a judge of texts: what it learned from this hotel's guests, together with the word lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.sentiment.labels import LabelledText
from hotelml_app.modules.sentiment.polarity import squashed
from hotelml_app.modules.sentiment.reading import Judge, by_word_lists
from hotelml_app.modules.sentiment.word_lists import FALLBACK

if TYPE_CHECKING:
    from hotelml_app.ml.sessions import LoadedModel

PART, INPUT, SCORES = "words", "text", "scores"

LIST_LOG_ODDS = 3.0
"""Log-odds of praise that the clearest text has by the word lists alone."""

HALF_TRUSTED_AFTER = 60
"""Texts of a language after which what was learned counts half."""

VALENCE_PER_LOG_ODDS = 2.0
"""Brings log-odds to the scale of the word lists, on which scores and fields are defined."""

Floats = NDArray[np.float64]


def model_text(text: str) -> str:
    """Return a text as the graph reads it: in lower case, which ONNX cannot do for all letters."""
    return " ".join(text.lower().split())


@dataclass(frozen=True)
class Mixture:
    """How learned log-odds and word lists come together. ``counts`` are the texts learned from, by language."""

    list_weight: float
    counts: Mapping[str, int]

    def trust(self, language: str) -> float:
        """Return the share of the learned log-odds that counts, in [0, 1): little where few texts of a language were seen."""
        seen = self.counts.get(language or FALLBACK, 0)
        return seen / (seen + HALF_TRUSTED_AFTER)

    def log_odds(self, learned: Floats, listed: Sequence[float], languages: Sequence[str]) -> Floats:
        """Return log-odds of praise, one per text, from learned ones and the valences by word lists."""
        trust = np.array([self.trust(code) for code in languages])
        return trust * learned + self.list_weight * LIST_LOG_ODDS * np.array([squashed(value) for value in listed])


def texts_by_language(texts: Iterable[LabelledText]) -> dict[str, int]:
    """Return how many texts there are in each language, those of no recognised one counted to the fallback."""
    return dict(Counter(one.language or FALLBACK for one in texts))


def judge_of(model: LoadedModel) -> Judge:
    """Return a trained model as a judge."""
    mixture = Mixture(float(model.parameters["list_weight"]), model.parameters["texts_by_language"])

    def judge(texts: Sequence[str], language: str) -> Sequence[float]:
        asked = np.array([model_text(text) for text in texts], dtype=object)[:, None]
        learned = model.run(PART, {INPUT: asked})[SCORES].astype(np.float64).ravel()
        odds = mixture.log_odds(learned, by_word_lists(texts, language), [language] * len(texts))
        return (VALENCE_PER_LOG_ODDS * odds).tolist()  # type: ignore[no-any-return]

    return judge
