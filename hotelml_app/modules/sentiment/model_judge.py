"""Trained models as a judge of texts: what was learned from this hotel's guests and from others', with the word lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.modules.sentiment.labels import LabelledText
from hotelml_app.modules.sentiment.model_words import model_text
from hotelml_app.modules.sentiment.polarity import SATURATION
from hotelml_app.modules.sentiment.reading import Judge, by_word_lists
from hotelml_app.modules.sentiment.sentences import is_statement
from hotelml_app.modules.sentiment.word_lists import FALLBACK

if TYPE_CHECKING:
    from hotelml_app.ml.onnx.sessions import LoadedModel

PART, BROUGHT_PART = "words", "brought"
INPUT, SCORES = "text", "scores"
REVIEW, STATEMENT = 0, 1
"""Columns of the scores: log-odds that the text praises as a whole review, and as a single statement."""

LIST_LOG_ODDS = 3.0
"""Log-odds of praise that the clearest text has by the word lists alone."""

HALF_TRUSTED_AFTER = 60
"""Texts of a language after which what was learned counts half."""

VALENCE_PER_LOG_ODDS = 2.0
"""Brings log-odds to the scale of the word lists, on which scores and fields are defined."""

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Said:
    """Log-odds of praise by what was learned from other hotels' guests and from this one's, and valences by word lists.

    Parallel arrays, one value per text; ``own`` and ``brought`` are zeros where there is no such model; ``statements`` tells
    texts of one sentence from reviews.
    """

    own: Floats
    brought: Floats
    listed: Floats
    languages: Sequence[str]
    statements: Flags


@dataclass(frozen=True)
class Weights:
    """How much word lists and the model brought along count beside what was learned here.

    ``lean`` is added to the log-odds of texts in languages that were learned.
    """

    list_weight: float
    brought_weight: float = 0.0
    lean: float = 0.0

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Weights:
        """Read what ``asdict`` wrote."""
        return cls(**{one.name: float(told[one.name]) for one in fields(cls) if one.name in told or one.default is MISSING})


@dataclass(frozen=True)
class Mixture:
    """How learned log-odds and word lists come together, in reviews and in texts of one sentence.

    They need weights of their own: most of a review's sentences may praise where the guest was not pleased in the end.
    ``counts`` are the texts of this hotel learned from, by language, ``brought_counts`` those of the model brought along.
    """

    reviews: Weights
    statements: Weights
    counts: Mapping[str, int] = field(default_factory=dict)
    brought_counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> Mixture:
        """Read what ``as_dict`` wrote; models trained when both kinds of text shared their weights have them unnamed."""
        return cls(
            Weights.of(parameters.get("reviews", parameters)),
            Weights.of(parameters.get("statements", parameters)),
            parameters["texts_by_language"],
            parameters.get("brought_texts_by_language", {}),
        )

    def as_dict(self) -> dict[str, object]:
        """Return JSON-ready parameters."""
        return {
            "reviews": asdict(self.reviews),
            "statements": asdict(self.statements),
            "texts_by_language": dict(self.counts),
            "brought_texts_by_language": dict(self.brought_counts),
        }

    def log_odds(self, said: Said) -> Floats:
        """Return log-odds of praise, one per text."""
        weigh = {
            one.name: np.where(said.statements, getattr(self.statements, one.name), getattr(self.reviews, one.name))
            for one in fields(Weights)
        }
        trust = _trust(self.counts, said.languages)
        brought = weigh["brought_weight"] * _trust(self.brought_counts, said.languages) * said.brought
        listed = weigh["list_weight"] * LIST_LOG_ODDS * said.listed / np.sqrt(said.listed**2 + SATURATION)
        found: Floats = trust * said.own + brought + listed
        return found + np.where(found == 0, 0.0, trust * weigh["lean"])

    def knows(self, language: str) -> bool:
        """Tell whether anything was learned in a language; in others the word lists answer alone."""
        asked = self.reviews.brought_weight or self.statements.brought_weight
        learned = (self.counts, *((self.brought_counts,) if asked else ()))
        return any(counts.get(language or FALLBACK, 0) for counts in learned)


def _trust(counts: Mapping[str, int], languages: Sequence[str]) -> Floats:
    """Return the share of learned log-odds that counts, in [0, 1): little where few texts of a language were seen."""
    seen = np.array([counts.get(code or FALLBACK, 0) for code in languages], dtype=np.float64)
    result: Floats = seen / (seen + HALF_TRUSTED_AFTER)
    return result


def texts_by_language(texts: Iterable[LabelledText]) -> dict[str, int]:
    """Return how many texts there are in each language, those of no recognised one counted to the fallback."""
    return dict(Counter(one.language or FALLBACK for one in texts))


def learned_odds(model: LoadedModel, part: str, prepared: Sequence[str], statements: Flags) -> Floats:
    """Return a model's log-odds of praise for texts as ``model_text`` prepares them; zeros where it has no such part."""
    if part not in model.parts or not prepared:
        return np.zeros(len(prepared))
    asked = np.array(prepared, dtype=object)[:, None]
    return by_kind(model.run(part, {INPUT: asked})[SCORES].astype(np.float64), statements)


def by_kind(odds: Floats, statements: Flags) -> Floats:
    """Return of each row the column for its kind of text; models trained when there was one for both kinds have one."""
    found: Floats = np.where(statements, odds[:, min(STATEMENT, odds.shape[1] - 1)], odds[:, REVIEW])
    return found


def judge_of(model: LoadedModel) -> Judge:
    """Return a trained model as a judge; languages it has not learned are left to the word lists."""
    mixture = Mixture.of(model.parameters)

    @cache
    def of_silence(part: str) -> Floats:
        return learned_odds(model, part, ["", ""], np.array([False, True]))

    def judge(texts: Sequence[str], language: str) -> Sequence[float]:
        if not mixture.knows(language):
            return by_word_lists(texts, language)
        prepared = [model_text(text, language) for text in texts]
        statements = np.array([is_statement(text) for text in texts], dtype=np.bool_)
        own, brought = (learned_odds(model, part, prepared, statements) for part in (PART, BROUGHT_PART))
        listed = np.array(by_word_lists(texts, language), dtype=np.float64)
        said = Said(own, brought, listed, [language] * len(texts), statements)
        # What is left of a text without a word that anybody knows is how guests usually write, and no verdict of its own.
        usual = (np.where(statements, *of_silence(part)[::-1]) for part in (PART, BROUGHT_PART))
        known = (listed != 0) | np.any([odds != silent for odds, silent in zip((own, brought), usual, strict=True)], axis=0)
        return np.where(known, VALENCE_PER_LOG_ODDS * mixture.log_odds(said), 0.0).tolist()  # type: ignore[no-any-return]

    return judge
