"""Which role a header cell names, and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from hotelml_app.core.bookings import CATEGORY_COLUMNS
from hotelml_app.intake.profile import DAY_ROLES
from hotelml_app.intake.proposing.names.header_grammar import kinds_of, roles_of
from hotelml_app.intake.proposing.names.header_parts import Part
from hotelml_app.intake.proposing.names.header_words import DATE_WORDS, SHORT_FOR, SYNONYMS
from hotelml_app.intake.values.spelling import Spellings
from hotelml_app.intake.values.words import LONGEST_HEADER, header_word, without_accents

EXACT, REORDERED, LONGHAND, BY_PARTS, CONTAINED, ALIKE = 1.0, 0.95, 0.9, 0.9, 0.7, 0.65
"""How sure a match is: the very words, the same in another order, words written short, each word's meaning, some of the
words, nearly the words."""

_NUMBER_SIGN = re.compile(r"\b[Nn]\s?[°º]\.?|№|#(?![^\W\d_])")
_AVERAGE_SIGN = re.compile(r"(?<!\w)[Øø∅⌀](?!\w)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_WORD = re.compile(r"[^a-z0-9]+")
BEHIND_NAMES = 2
_ARTICLES = "of the de del della dell di d du des da do dos la le l el il lo los las am vom der die das den en em e y et utc"
_FILLERS = frozenset(_ARTICLES.split())
_SHORTEST_PART = 5
_ANY_NUMBER = frozenset({"number", "nummer", "numero", "codigo", "codice", "identifier", "reference", "referencia", "referenz"})
"""Words for a booking number only where they stand alone: there are numbers of phones and rooms, too."""
_ALIKE_FROM = 0.86


@dataclass(frozen=True)
class HeaderMatch:
    """A role that a header may name: how surely, and how far down the role's list its word stands."""

    role: str
    score: float
    rank: int


def folded(text: str) -> str:
    """Return a header cell as words in plain lower-case letters and digits."""
    signs = _AVERAGE_SIGN.sub(" average ", _NUMBER_SIGN.sub(" n ", text[:LONGEST_HEADER].strip()))
    spaced = _CAMEL.sub(" ", signs)
    plain = without_accents(header_word(spaced)).encode("ascii", "ignore").decode("ascii")
    return _NO_WORD.sub(" ", plain).strip()


@cache
def _spellings() -> dict[str, list[tuple[str, int]]]:
    """Return each spelling's roles with its rank; day roles also with the word for "date" around."""
    known: dict[str, list[tuple[str, int]]] = {}
    for role, words in SYNONYMS.items():
        for rank, word in enumerate(words):
            for spelling in (word, *_dated(word)) if role in DAY_ROLES else (word,):
                roles = known.setdefault(spelling, [])
                if role not in (name for name, _ in roles):
                    roles.append((role, rank))
    return known


def _dated(word: str) -> Iterator[str]:
    for date_word in DATE_WORDS:
        yield f"{word} {date_word}"
        yield f"{date_word} {word}"
        yield f"{word}{date_word}"


@cache
def _by_tokens() -> dict[frozenset[str], list[tuple[str, int]]]:
    known: dict[frozenset[str], list[tuple[str, int]]] = {}
    for spelling, roles in _spellings().items():
        known.setdefault(_tokens(spelling), []).extend(roles)
    return known


def _tokens(spelling: str) -> frozenset[str]:
    return frozenset(part for part in spelling.split() if part not in _FILLERS) or frozenset(spelling.split())


def matches(header: str) -> list[HeaderMatch]:
    """Return the roles a header cell may name, the surest first; none where no word is known."""
    plain = folded(header)
    found = _matches(plain) if plain else []
    if plain.split()[-1:] == ["id"]:
        # What is known by an id, a code and a name is called by its code or its name.
        return [replace(match, rank=match.rank + BEHIND_NAMES * (match.role in CATEGORY_COLUMNS)) for match in found]
    return found


@lru_cache(maxsize=2048)
def _matches(plain: str) -> list[HeaderMatch]:
    return _spelt_out(plain) or _best_of(_contained(plain), CONTAINED) or _best_of(_alike(plain), ALIKE)


def parts_of(header: str) -> list[frozenset[Part]]:
    """Return what each word of a header cell may mean; nothing where one of them is not known."""
    plain = folded(header)
    return kinds_of(plain) or kinds_of(_longhand(plain))


def is_known(header: str) -> bool:
    """Return whether a header cell says what some role is called, in whatever order and however short."""
    plain = folded(header)
    return bool(plain) and bool(_spelt_out(plain))


def _spelt_out(plain: str) -> list[HeaderMatch]:
    longhand = _longhand(plain)
    for found, score in (
        (_spellings().get(plain), EXACT),
        (_by_tokens().get(_tokens(plain)), REORDERED),
        (_by_tokens().get(_tokens(longhand)) if longhand != plain else None, LONGHAND),
    ):
        if found:
            listed = _best_of(found, score)
            known = {match.role for match in listed}
            return [*listed, *(match for match in _by_parts(plain, longhand) if match.role not in known)]
    return _by_parts(plain, longhand)


def _longhand(plain: str) -> str:
    return " ".join(SHORT_FOR.get(part, part) for part in plain.split())


def _by_parts(plain: str, longhand: str) -> list[HeaderMatch]:
    return _best_of(roles_of(plain) or roles_of(longhand), BY_PARTS)


def _best_of(found: list[tuple[str, int]], score: float) -> list[HeaderMatch]:
    best: dict[str, int] = {}
    for role, rank in found:
        best[role] = min(rank, best.get(role, rank))
    return [HeaderMatch(role, score, rank) for role, rank in best.items()]


def _contained(plain: str) -> list[tuple[str, int]]:
    """Return the roles of the longest known spelling among the header's words, or within one long word of it."""
    tokens, whole = _tokens(plain), plain.replace(" ", "")
    inside = [key for key in _by_tokens() if key < tokens and sum(map(len, key)) >= _SHORTEST_PART and not key <= _ANY_NUMBER]
    if inside:
        longest = max(inside, key=lambda key: (len(key), sum(map(len, key))))
        return _by_tokens()[longest]
    parts = [word for word in _long_words() if word in whole]
    return _spellings()[max(parts, key=len)] if parts else []


@cache
def _long_words() -> tuple[str, ...]:
    """Return the known words that tell even from within a longer one."""
    return tuple(one for one in _spellings() if len(one) > _SHORTEST_PART and " " not in one and one not in _ANY_NUMBER)


def _alike(plain: str) -> list[tuple[str, int]]:
    near = _all_spellings().nearest(plain, _ALIKE_FROM) if len(plain) >= _SHORTEST_PART else None
    return _spellings()[near] if near else []


@cache
def _all_spellings() -> Spellings:
    return Spellings(_spellings())
