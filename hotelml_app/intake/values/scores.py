"""Scores of reviews as people write them: "4/5", "8,5 von 10", "5 stars", "★★★★☆"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)"
_OUT_OF = re.compile(rf"{_NUMBER}\s*(?:/|out of|of|von|de|sur|su|di|em|van|uit)\s*(\d{{1,3}})\b\D*", re.IGNORECASE)
_WITH_WORD = re.compile(rf"{_NUMBER}\s*[^\W\d_]{{3,12}}\.?(?:\s*\(s\))?|[^\W\d_]{{3,12}}:?\s*{_NUMBER}", re.IGNORECASE)
_WORDS = frozenset(
    (
        *("star", "stars", "bubble", "bubbles", "point", "points", "stern", "sterne", "sternen", "punkt", "punkte", "punkten"),
        *("estrella", "estrellas", "punto", "puntos", "etoile", "etoiles", "étoile", "étoiles", "stella", "stelle", "punti"),
        *("estrela", "estrelas", "ponto", "pontos", "ster", "sterren", "punten"),
    )
)
_FULL, _EMPTY = "★⭐", "☆✩"


@dataclass(frozen=True)
class WrittenScore:
    """The number of a score as text, and the best there is, None where it does not say."""

    number: str
    best: float | None


def written_score(text: str) -> WrittenScore | None:
    """Return what a text other than a bare number says of a score, None where it says none."""
    stars = text.replace("\ufe0f", "").replace(" ", "")
    if stars and not stars.strip(_FULL + _EMPTY):
        full = sum(stars.count(one) for one in _FULL)
        return WrittenScore(str(full), float(len(stars)) if len(stars) > full else 5.0)
    if out_of := _OUT_OF.fullmatch(text.strip()):
        return WrittenScore(out_of[1], float(out_of[2]))
    if named := _WITH_WORD.fullmatch(text.strip()):
        words = {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
        if words & _WORDS:
            return WrittenScore(named[1] or named[2], None)
    return None
