"""Word lists, learned words, the model brought along, and mixtures: learned from earlier reviews, judged on later ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from hotelml_app.ml.contract import TrainingContext
from hotelml_app.ml.metrics import accuracy, macro_f1, precision_recall_f1
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import CandidateScore, Leaderboard, Measure
from hotelml_app.modules.sentiment import MANIFEST
from hotelml_app.modules.sentiment.candidates import fit, prepared, settings_in
from hotelml_app.modules.sentiment.errors import OneSidedReviewsError
from hotelml_app.modules.sentiment.labels import LabelledText, labelled_texts
from hotelml_app.modules.sentiment.mixing import BROUGHT, LISTS, Judged, name_of, per_language
from hotelml_app.modules.sentiment.model_judge import (
    PART,
    Flags,
    Floats,
    Mixture,
    Said,
    by_kind,
    learned_odds,
    texts_by_language,
)
from hotelml_app.modules.sentiment.reading import by_word_lists
from hotelml_app.modules.sentiment.sentences import is_statement

FOLDS = 3
FIRST_SHARE = 0.55
"""Share of the texts, oldest first, that the first fold learns from; each fold is judged on the next 15 %."""

LEAST_TEXTS = 100
RANDOM_FOLDS = 5

OPTIMISTIC = "optimistic: reviews of the same weeks were learned from"


def evaluate(context: TrainingContext) -> Leaderboard:
    """Return how the candidates did on later reviews than they learned from, per language as well.

    A random split is shown beside, marked as what it is: kinder than the future.
    """
    texts = texts_of(context)
    judged = judge(context, texts)
    board = leaderboard(judged)
    return Leaderboard(board.module, board.origins, board.candidates, (*board.notes, _random_split(context, texts, judged)))


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
    step = (1 - FIRST_SHARE) / FOLDS
    origins, asked, folds = [], [], []
    for number in range(FOLDS):
        context.progress(number / FOLDS, "Judging on later reviews")
        start, stop = (round(len(texts) * (FIRST_SHARE + step * more)) for more in (number, number + 1))
        past, later = texts[:start], texts[start:stop]
        origins.append(past[-1].day or context.as_of)
        asked += list(later)
        folds.append((_said(context, past, later), texts_by_language(past)))
    brought = None if context.bundled is None else Mixture.of(context.bundled.parameters)
    return Judged(tuple(origins), tuple(asked), tuple(folds), brought)


def leaderboard(judged: Judged) -> Leaderboard:
    """Return how each candidate did, the mixture first: it answers each fold as it was best on the folds before."""
    mixed, others = judged.looking_forward(), judged.others()
    chosen = CandidateScore(name_of(judged.best()), measures(judged), chosen=True)
    beside = tuple(
        CandidateScore(name, _measures(judged, odds), is_baseline=name == LISTS, is_bundled=name == BROUGHT)
        for name, odds in others.items()
    )
    notes = (*_per_side(judged, mixed), *per_language(judged.texts, mixed, others[LISTS]))
    return Leaderboard(MANIFEST.name, judged.origins, (chosen, *beside), notes)


def measures(judged: Judged) -> tuple[Measure, ...]:
    """Return accuracy in percent and macro-F1 beside the word lists'."""
    return _measures(judged, judged.looking_forward())


def _measures(judged: Judged, odds: Floats) -> tuple[Measure, ...]:
    listed, cases = judged.others()[LISTS] > 0, f"{len(judged.texts)} later texts"
    praise, said = judged.praise, odds > 0
    return (
        Measure("accuracy", 100 * accuracy(praise, said), "%", cases, LISTS, 100 * accuracy(praise, listed), False),
        Measure("macro-F1", macro_f1(praise, said), "", cases, LISTS, macro_f1(praise, listed), False),
    )


def _said(context: TrainingContext, past: Sequence[LabelledText], asked: Sequence[LabelledText]) -> Said:
    settings = settings_in(context.config.hyperparameters)
    words = prepared(asked)
    statements = np.array([is_statement(one.text) for one in asked])
    return Said(
        own=by_kind(fit(past, settings).log_odds(words), statements),
        brought=_brought(context.bundled, words, statements),
        listed=np.array([by_word_lists([one.text], one.language)[0] for one in asked]),
        languages=[one.language for one in asked],
        statements=statements,
    )


def _brought(model: LoadedModel | None, words: Sequence[str], statements: Flags) -> Floats:
    return np.zeros(len(words)) if model is None else learned_odds(model, PART, words, statements)


def _random_split(context: TrainingContext, texts: Sequence[LabelledText], judged: Judged) -> str:
    """Return the accuracy of the chosen mixture where texts are dealt out at random, in a sentence."""
    dealt = np.random.default_rng(context.seed).permutation(len(texts)) % RANDOM_FOLDS
    folds, asked = [], []
    for number in range(RANDOM_FOLDS):
        past = [one for one, fold in zip(texts, dealt, strict=True) if fold != number]
        held = [one for one, fold in zip(texts, dealt, strict=True) if fold == number]
        folds.append((_said(context, past, held), texts_by_language(past)))
        asked += held
    mixed = Judged(judged.origins, tuple(asked), tuple(folds), judged.brought)
    share = accuracy(mixed.praise, mixed.looking_forward() > 0)
    return f"Dealt out at random into {RANDOM_FOLDS} parts: accuracy {share:.1%} ({OPTIMISTIC})."


def _per_side(judged: Judged, odds: Floats) -> tuple[str, ...]:
    notes = []
    for name, side in (("praise", True), ("complaints", False)):
        precision, recall, _ = precision_recall_f1(judged.praise, odds > 0, side)
        notes.append(f"{name}: precision {precision:.0%}, recall {recall:.0%} ({int((judged.praise == side).sum())} texts).")
    return tuple(notes)
