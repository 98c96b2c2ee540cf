"""Word lists, learned words, and both together: learned from earlier reviews, judged on later ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.contract import CandidateScore, Leaderboard, Measure, TrainingContext
from hotelml_app.ml.metrics import accuracy, macro_f1, precision_recall_f1
from hotelml_app.modules.sentiment import MANIFEST
from hotelml_app.modules.sentiment.candidates import Fitted, fit, settings_in
from hotelml_app.modules.sentiment.errors import OneSidedReviewsError
from hotelml_app.modules.sentiment.labels import LabelledText, labelled_texts
from hotelml_app.modules.sentiment.model_judge import Floats, Mixture, texts_by_language
from hotelml_app.modules.sentiment.reading import by_word_lists

FOLDS = 3
FIRST_SHARE = 0.55
"""Share of the texts, oldest first, that the first fold learns from; each fold is judged on the next 15 %."""

LIST_WEIGHTS = (0.5, 1.0, 2.0)
"""How much the word lists may count beside what was learned. Never nothing: they know words no guest has used yet."""

LISTS, LEARNED = "word lists", "learned words alone"
LEAST_TEXTS = 100


@dataclass(frozen=True)
class Judged:
    """The texts of all folds, and each candidate's log-odds of praise for them."""

    origins: tuple[date, ...]
    texts: tuple[LabelledText, ...]
    odds: Mapping[str, Floats]

    @property
    def praise(self) -> NDArray[np.bool_]:
        """What the guests themselves said."""
        return np.array([one.praise for one in self.texts])

    def best_weight(self) -> float:
        """Return the weight of the word lists with the highest macro-F1, the highest weight of equals."""
        return max(LIST_WEIGHTS, key=lambda weight: (round(macro_f1(self.praise, self.odds[together(weight)] > 0), 3), weight))


def together(weight: float) -> str:
    """Return the name of the candidate that mixes learned words with word lists."""
    return f"learned words with word lists ({weight:g})"


def evaluate(context: TrainingContext) -> Leaderboard:
    """Return how the candidates did on later reviews than they learned from, per language as well."""
    judged = judge(context, texts_of(context))
    return leaderboard(judged, together(judged.best_weight()))


def texts_of(context: TrainingContext) -> list[LabelledText]:
    """Return the newest judged texts, oldest first; those without a date come first."""
    ordered = sorted(labelled_texts(context.data.reviews), key=lambda one: one.day or date.min)
    return ordered[-int(settings_in(context.config.hyperparameters)["max_texts"]) :]


def judge(context: TrainingContext, texts: Sequence[LabelledText]) -> Judged:
    """Learn from the past and judge what follows, fold by fold. Raises OneSidedReviewsError where there is too little."""
    if len(texts) < LEAST_TEXTS:
        raise OneSidedReviewsError(
            f"There are {len(texts)} texts whose verdict is known; {LEAST_TEXTS} are needed.",
            remedy="Import more reviews with a score, or with fields for praise and complaints.",
        )
    settings = settings_in(context.config.hyperparameters)
    step = (1 - FIRST_SHARE) / FOLDS
    origins, asked, parts = [], [], []
    for number in range(FOLDS):
        context.progress(number / FOLDS, "Judging on later reviews")
        start, stop = (round(len(texts) * (FIRST_SHARE + step * more)) for more in (number, number + 1))
        fitted = fit(texts[:start], settings)
        origins.append(texts[start - 1].day or context.as_of)
        asked += list(texts[start:stop])
        parts.append(_odds(fitted, texts[:start], texts[start:stop]))
    return Judged(tuple(origins), tuple(asked), {name: np.concatenate([part[name] for part in parts]) for name in parts[0]})


def leaderboard(judged: Judged, chosen: str) -> Leaderboard:
    """Return how each candidate did, the mixtures first."""
    names = (*(together(weight) for weight in LIST_WEIGHTS), LEARNED, LISTS)
    candidates = tuple(
        CandidateScore(name, measures(judged, name), chosen=name == chosen, is_baseline=name == LISTS) for name in names
    )
    return Leaderboard(MANIFEST.name, judged.origins, candidates, (*_per_side(judged, chosen), *_per_language(judged, chosen)))


def measures(judged: Judged, name: str) -> tuple[Measure, ...]:
    """Return accuracy in percent and macro-F1 beside the word lists'."""
    said, listed, cases = judged.odds[name] > 0, judged.odds[LISTS] > 0, f"{len(judged.texts)} later texts"
    praise = judged.praise
    return (
        Measure("accuracy", 100 * accuracy(praise, said), "%", cases, LISTS, 100 * accuracy(praise, listed), False),
        Measure("macro-F1", macro_f1(praise, said), "", cases, LISTS, macro_f1(praise, listed), False),
    )


def _odds(fitted: Fitted, past: Sequence[LabelledText], asked: Sequence[LabelledText]) -> dict[str, Floats]:
    said, languages = [one.text for one in asked], [one.language for one in asked]
    learned, counts = fitted.log_odds(said), texts_by_language(past)
    listed = [by_word_lists([text], code)[0] for text, code in zip(said, languages, strict=True)]
    mixtures = {together(weight): Mixture(weight, counts).log_odds(learned, listed, languages) for weight in LIST_WEIGHTS}
    return {**mixtures, LEARNED: learned, LISTS: np.array(listed)}


def _per_side(judged: Judged, chosen: str) -> tuple[str, ...]:
    notes = []
    for name, side in (("praise", True), ("complaints", False)):
        precision, recall, _ = precision_recall_f1(judged.praise, judged.odds[chosen] > 0, side)
        notes.append(f"{name}: precision {precision:.0%}, recall {recall:.0%} ({int((judged.praise == side).sum())} texts).")
    return tuple(notes)


def _per_language(judged: Judged, chosen: str) -> tuple[str, ...]:
    languages = np.array([one.language for one in judged.texts])
    notes = []
    for language in sorted(set(languages.tolist()) - {""}):
        rows = languages == language
        one = replace(judged, texts=tuple(t for t in judged.texts if t.language == language), odds={})
        mine, lists = (accuracy(one.praise, judged.odds[name][rows] > 0) for name in (chosen, LISTS))
        notes.append(f"{language}: accuracy {mine:.0%} against {lists:.0%} by word lists ({int(rows.sum())} texts).")
    return tuple(notes)
