"""The ways to put word lists, what this hotel's guests taught and what others' taught together; which did best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.metrics import accuracy, macro_f1
from hotelml_app.modules.sentiment.labels import LabelledText
from hotelml_app.modules.sentiment.model_judge import Flags, Floats, Mixture, Said, Weights

REVIEW_LIST_WEIGHTS, STATEMENT_LIST_WEIGHTS = (0.25, 0.5, 1.0, 2.0), (1.0, 1.5, 2.0)
"""How much the word lists may count beside all that was learned, here and elsewhere; they know words no guest has used yet.

Own reviews alone would have them count half in single sentences. That gains half a per cent there, and costs four on sentences
that people elsewhere wrote: guests of a new booking site, or of another season, may write like those.
"""

BROUGHT_WEIGHTS = (0.5, 1.0)
"""How much the model brought along may count, where there is one."""

LEANS = (0.0, 0.5)
"""What may be added in favour of praise: guests who are pleased on the whole name what was amiss as well."""

TIE = 0.2
"""Divided by the root of the number of texts: within this share two mixtures are equally good (1 % of 400 texts)."""

LEAST_OF_A_KIND = 60
"""With fewer texts of one sentence, or fewer reviews, to judge by, they share the weights that did best on all texts."""

LISTS, LEARNED, BROUGHT = "word lists", "learned words alone", "model brought along"


Fold = tuple[Said, Mapping[str, int]]
"""What each source says of a fold's texts, and how many texts of each language were learned from before."""


@dataclass(frozen=True)
class Judged:
    """The texts of all folds, oldest first, and what each source says of them; ``brought`` is how that model mixes itself."""

    origins: tuple[date, ...]
    texts: tuple[LabelledText, ...]
    folds: tuple[Fold, ...]
    brought: Mixture | None = None

    @property
    def praise(self) -> NDArray[np.bool_]:
        """What the guests themselves said."""
        return np.array([one.praise for one in self.texts])

    def best(self, folds: int | None = None) -> Mixture:
        """Return the mixture with the best mean of accuracy and macro-F1 on the first ``folds`` folds (default: all).

        Reviews and texts of one sentence are each judged by themselves. Of equals the one is taken that leans most on the
        word lists; it is also the answer where there is nothing to go by.
        """
        used = self.folds[:folds]
        reviews, statements = (next(self._possible(weights)) for weights in (REVIEW_LIST_WEIGHTS, STATEMENT_LIST_WEIGHTS))
        if used:
            kinds = np.concatenate([said.statements for said, _ in used])
            reviews = self._best_weights(used, ~kinds, REVIEW_LIST_WEIGHTS)
            statements = self._best_weights(used, kinds, STATEMENT_LIST_WEIGHTS)
        return Mixture(reviews, statements, {}, self._brought_counts)

    def _best_weights(self, used: Sequence[Fold], rows: Flags, list_weights: Sequence[float]) -> Weights:
        asked = rows if rows.sum() >= LEAST_OF_A_KIND else np.ones_like(rows)
        praise, possible = self.praise[: len(rows)][asked], list(self._possible(list_weights))
        merits = []
        for one in possible:
            mixture = Mixture(one, one, {}, self._brought_counts)
            merits.append(_merit(praise, np.concatenate([_odds(mixture, fold) for fold in used])[asked]))
        least = max(merits) - TIE / len(praise) ** 0.5
        return next(one for one, merit in zip(possible, merits, strict=True) if merit >= least)

    def looking_forward(self) -> Floats:
        """Return the log-odds of praise where each fold is answered by the mixture that was best on the folds before."""
        return np.concatenate([_odds(self.best(number), fold) for number, fold in enumerate(self.folds)])

    def others(self) -> dict[str, Floats]:
        """Return the log-odds of what is there beside the mixture: learned words, the model brought along, word lists."""
        found = {LEARNED: np.concatenate([said.own for said, _ in self.folds])}
        if self.brought is not None:
            found[BROUGHT] = np.concatenate([self.brought.log_odds(_alone(said)) for said, _ in self.folds])
        return {**found, LISTS: np.concatenate([said.listed for said, _ in self.folds])}

    @property
    def _brought_counts(self) -> Mapping[str, int]:
        return self.brought.counts if self.brought is not None else {}

    def _possible(self, list_weights: Sequence[float]) -> Iterator[Weights]:
        shares = BROUGHT_WEIGHTS if self.brought is not None else (0.0,)
        for weight in sorted(list_weights, reverse=True):
            for share in sorted(shares, reverse=True):
                for lean in LEANS:
                    yield Weights(weight * (1 + share), share, lean)


def name_of(mixture: Mixture) -> str:
    """Return a mixture in words, with its weights in reviews and in texts of one sentence."""
    sources = ["learned words", *(["the model brought along"] if mixture.reviews.brought_weight else []), "word lists"]
    reviews, statements = (_figures(one) for one in (mixture.reviews, mixture.statements))
    figures = reviews if reviews == statements else f"{reviews}; in one sentence {statements}"
    return f"{', '.join(sources[:-1])} and {sources[-1]} ({figures})"


def _figures(weights: Weights) -> str:
    return ", ".join(f"{one:g}" for one in (weights.brought_weight, weights.list_weight) if one)


def _odds(mixture: Mixture, fold: Fold) -> Floats:
    said, counts = fold
    return replace(mixture, counts=counts).log_odds(said)


def _merit(praise: NDArray[np.bool_], odds: Floats) -> float:
    return (accuracy(praise, odds > 0) + macro_f1(praise, odds > 0)) / 2


def _alone(said: Said) -> Said:
    """Return what the model brought along says where it answers alone: there its own words are what was learned."""
    return replace(said, own=said.brought, brought=np.zeros_like(said.brought))


def per_language(texts: Sequence[LabelledText], mine: Floats, lists: Floats) -> tuple[str, ...]:
    """Return how the mixture did in each language beside the word lists."""
    languages, praise = np.array([one.language for one in texts]), np.array([one.praise for one in texts])
    notes = []
    for language in sorted(set(languages.tolist()) - {""}):
        rows = languages == language
        ours, theirs = (accuracy(praise[rows], odds[rows] > 0) for odds in (mine, lists))
        notes.append(f"{language}: accuracy {ours:.0%} against {theirs:.0%} by word lists ({int(rows.sum())} texts).")
    return tuple(notes)
