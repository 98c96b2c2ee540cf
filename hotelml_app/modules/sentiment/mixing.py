"""The ways to put word lists, what this hotel's guests taught and what others' taught together; which did best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from hotelml_app.ml.metrics import accuracy, macro_f1
from hotelml_app.modules.sentiment.labels import LabelledText
from hotelml_app.modules.sentiment.model_judge import Floats, Mixture, Said

LIST_WEIGHTS = (0.5, 1.0, 2.0)
"""How much the word lists may count beside what was learned. Never nothing: they know words no guest has used yet."""

BROUGHT_WEIGHTS = (0.5, 1.0)
"""How much the model brought along may count, where there is one."""

TIE = 0.01
"""Within this share two mixtures are equally good on a few hundred texts; the one that hears all sources is taken."""

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

        Of equals the one is taken that leans most on the word lists; it is also the answer where there is nothing to go by.
        """
        mixtures = list(self._possible())
        used = self.folds[:folds]
        if not used:
            return mixtures[0]
        praise = self.praise[: sum(len(said.listed) for said, _ in used)]
        merits = [_merit(praise, np.concatenate([_odds(one, fold) for fold in used])) for one in mixtures]
        return next(one for one, merit in zip(mixtures, merits, strict=True) if merit >= max(merits) - TIE)

    def looking_forward(self) -> Floats:
        """Return the log-odds of praise where each fold is answered by the mixture that was best on the folds before."""
        return np.concatenate([_odds(self.best(number), fold) for number, fold in enumerate(self.folds)])

    def others(self) -> dict[str, Floats]:
        """Return the log-odds of what is there beside the mixture: learned words, the model brought along, word lists."""
        found = {LEARNED: np.concatenate([said.own for said, _ in self.folds])}
        if self.brought is not None:
            found[BROUGHT] = np.concatenate([self.brought.log_odds(_alone(said)) for said, _ in self.folds])
        return {**found, LISTS: np.concatenate([said.listed for said, _ in self.folds])}

    def _possible(self) -> Iterator[Mixture]:
        shares = BROUGHT_WEIGHTS if self.brought is not None else (0.0,)
        counts = self.brought.counts if self.brought is not None else {}
        for weight in sorted(LIST_WEIGHTS, reverse=True):
            for share in sorted(shares, reverse=True):
                yield Mixture(weight, {}, share, counts)


def name_of(mixture: Mixture) -> str:
    """Return a mixture in words, with its weights."""
    sources = ["learned words", *(["the model brought along"] if mixture.brought_weight else []), "word lists"]
    figures = [*([f"{mixture.brought_weight:g}"] if mixture.brought_weight else []), f"{mixture.list_weight:g}"]
    return f"{', '.join(sources[:-1])} and {sources[-1]} ({', '.join(figures)})"


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
