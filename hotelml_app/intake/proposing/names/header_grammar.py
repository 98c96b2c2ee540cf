"""Names of columns that stand in no list, understood word by word: "Aankomstdatum", "Nº de la reserva", "BKD DT".

A name is cut into words, compounds of Germanic languages too. A rule gives a role to names whose words are all of the kinds
it allows, with the kinds it needs among them; the values of the column still have to fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from hotelml_app.intake.proposing.names.header_parts import JOINED, WORDS, Part
from hotelml_app.intake.proposing.names.header_words import CANCELLED_FLAG, OTHER, WEEK_NIGHTS, WEEKEND_NIGHTS

FAR = 100
"""The rank of roles found here: behind all words of the lists."""
FARTHEST = 500

_SHORTEST_STEM = 4
_LONGEST_ENDING = {4: 2, 5: 3}
"""How many letters a form may add to a word of so many letters ("nuits", "Buchungen"); longer words as the longest here."""
_SHORTEST_PIECE = 3
_SHORT_LAST_PIECES = frozenset({"nr", "id", "no"})
_LINKS = ("", "s", "n", "en", "es", "e", "er")
_ARTICLES = (
    "och of the a an on at in is was per for and or um zum den dem der die das am im vom pro je und oder fur de del la el "
    "los las en y o por para le les du des et ou pour l d il lo gli di dell della dei e ed da do dos na em op het van av "
    "pa i og w z za pr utc"
)
_FILLERS = frozenset(_ARTICLES.split())


@dataclass(frozen=True)
class Rule:
    """``roles`` for names that have of each of ``needs`` any part, and no words but of ``allows``, which holds those, too."""

    roles: tuple[str, ...]
    needs: tuple[frozenset[Part], ...]
    allows: frozenset[Part]
    rank: int = FAR


def _rule(roles: str | tuple[str, ...], needs: Sequence[Part | tuple[Part, ...]], *allows: Part, rank: int = FAR) -> Rule:
    needed = tuple(frozenset(one if isinstance(one, tuple) else (one,)) for one in needs)
    return Rule((roles,) if isinstance(roles, str) else roles, needed, frozenset(allows).union(*needed), rank)


P = Part
_MOMENT = (P.DATE, P.TIME, P.DAY)
_MONEY = (P.PRICE, P.RATE)
_TAXED = (P.INCLUDED, P.EXCLUDED)
_RULES = (
    _rule("reason", (P.CANCEL, P.REASON), P.BOOK),
    _rule("status_on", (P.STATUS, (*_MOMENT, P.MODIFIED)), *_MOMENT, P.BOOK, P.MODIFIED, P.BEGIN),
    _rule("status", (P.STATUS,), P.BOOK, P.STAY, P.NUMBER, P.NAME),
    _rule(OTHER, (P.STATUS, (P.ROOM, P.GUEST, P.FOREIGN))),
    _rule(("cancelled_on", CANCELLED_FLAG), (P.CANCEL,), *_MOMENT, P.BOOK),
    _rule("arrival_year", (P.ARRIVE, P.YEAR), P.DATE),
    _rule("arrival_month", (P.ARRIVE, P.MONTH), P.DATE, P.NAME, P.NUMBER),
    _rule("arrival_day", (P.ARRIVE, P.DAY, P.MONTH), P.DATE),
    _rule(("arrival", "arrival_day"), (P.ARRIVE, P.DAY), P.DATE),
    _rule("arrival", (P.ARRIVE,), *_MOMENT, P.BOOK, P.STAY, P.BEGIN, P.ROOM),
    _rule("departure", (P.DEPART,), *_MOMENT, P.BOOK, P.STAY, P.END, P.ROOM),
    _rule("arrival", (P.BEGIN, (P.DATE, P.STAY, P.BOOK)), *_MOMENT, P.STAY, P.BOOK),
    _rule("departure", (P.END, (P.DATE, P.STAY, P.BOOK)), *_MOMENT, P.STAY, P.BOOK),
    _rule("lead_days", (P.LEAD,), P.TIME, P.DAY, P.COUNT, P.BOOK, P.ARRIVE),
    _rule(WEEKEND_NIGHTS, (P.NIGHT, P.WEEKEND), P.COUNT, P.STAY),
    _rule(WEEK_NIGHTS, (P.NIGHT, P.WORKDAY), P.COUNT, P.STAY),
    _rule("assigned_room_type", (P.ROOM, P.TYPE, P.ASSIGNED), P.NUMBER, P.NAME),
    _rule("room_type", (P.ROOM, P.TYPE), P.NUMBER, P.NAME, P.BOOK, P.MADE, P.STAY, P.RESERVED, P.CHARGED),
    _rule("room_type", (P.TYPE, P.RESERVED), P.NUMBER, P.NAME, P.STAY),
    _rule("assigned_room_type", (P.TYPE, P.ASSIGNED), P.NUMBER, P.NAME),
    _rule("room_type", (P.ROOM, P.NAME), P.BOOK, P.MADE, P.RESERVED, rank=FAR + 1),
    _rule("guests", (P.GUEST, P.COUNT), P.WHOLE),
    _rule("rate_code", (P.RATE, (P.NUMBER, P.NAME, P.TYPE)), P.BOOK, P.ROOM),
    _rule("adr", (_MONEY, (P.NIGHT, P.AVERAGE, P.DAY)), P.ROOM, P.BOOK, P.NIGHT, P.AVERAGE, P.WHOLE, *_MONEY, P.DAY, P.INCLUDED),
    _rule("adr", (_MONEY, (P.NIGHT, P.AVERAGE, P.DAY), P.EXCLUDED), P.ROOM, P.BOOK, P.AVERAGE, P.WHOLE, rank=FAR + 1),
    _rule("adr", (P.NIGHT, P.INCLUDED), P.AVERAGE, P.WHOLE),
    _rule("adr", (P.NIGHT, P.EXCLUDED), P.AVERAGE, rank=FAR + 1),
    _rule("adr", (P.ROOM, P.RATE), P.INCLUDED, P.PRICE),
    _rule("total", ((P.PRICE, P.WHOLE),), *_MONEY, P.WHOLE, P.ROOM, P.BOOK, P.STAY, P.INCLUDED),
    _rule("total", ((P.PRICE, P.WHOLE), P.EXCLUDED), *_MONEY, P.WHOLE, P.ROOM, P.BOOK, P.STAY, rank=FAR + 1),
    _rule("nights", (P.NIGHT,), P.COUNT, P.STAY, P.BOOK, P.ROOM, P.WHOLE),
    _rule("rooms", (P.ROOM, P.COUNT), P.BOOK, P.WHOLE),
    _rule("room", (P.ROOM,), P.NUMBER, P.ASSIGNED, rank=FAR + 1),
    _rule("booked_on", (P.MADE,), *_MOMENT, P.BOOK),
    _rule("booked_on", (P.BOOK, _MOMENT), P.MADE, *_MOMENT),
    _rule("booked_on", (P.BOOK, _MOMENT), P.MADE, P.FOREIGN, *_MOMENT, rank=FAR + 1),
    _rule("reservation_id", (P.BOOK, P.NUMBER), P.ROOM, P.STAY),
    _rule("reservation_id", (P.BOOK,), rank=FAR + 1),
    _rule("reservation_id", (P.FOREIGN, P.NUMBER), P.BOOK, rank=FARTHEST),
)
_USELESS = (P.PAYMENT, P.LIMIT, P.MODIFIED)
"""What makes a name that no rule takes one HotelML has no use for."""


def roles_of(plain: str) -> list[tuple[str, int]]:
    """Return the roles, with their ranks, that a folded name has by its words; none where a word is not known."""
    kinds = kinds_of(plain)
    if not kinds:
        return []
    if any(kind & set(_TAXED) for kind in kinds):
        kinds = [kind - {P.PAYMENT} or frozenset(_TAXED) for kind in kinds]
    for rule in _RULES:
        if _fits(rule, kinds):
            return [(role, rule.rank) for role in rule.roles]
    return [(OTHER, FAR)] if any(kind & set(_USELESS) for kind in kinds) else []


def _fits(rule: Rule, kinds: Sequence[frozenset[Part]]) -> bool:
    if len(rule.needs) > len(kinds) or any(map(rule.allows.isdisjoint, kinds)):
        return False
    places = [[place for place, kind in enumerate(kinds) if not wanted.isdisjoint(kind)] for wanted in rule.needs]
    return any(len(set(chosen)) == len(chosen) for chosen in product(*places))


def kinds_of(plain: str) -> list[frozenset[Part]]:
    """Return what each word of a name may mean; none at all where one of them is not known."""
    found = [_meaning(token) for token in _tokens(plain)]
    return [kind for kinds in found if kinds for kind in kinds] if None not in found else []


def hints_of(plain: str) -> frozenset[Part]:
    """Return everything that the known words of a name may mean, whatever stands beside them."""
    return frozenset[Part]().union(*(kind for token in _tokens(plain) for kind in _meaning(token) or ()))


def _tokens(plain: str) -> list[str]:
    for words, joined in JOINED.items():
        if words in plain:
            plain = f" {plain} ".replace(f" {words} ", f" {joined} ").strip()
    return [token for token in plain.split() if token not in _FILLERS]


@lru_cache(maxsize=4096)
def _meaning(token: str) -> tuple[frozenset[Part], ...] | None:
    """Return the meanings of a word, or of the words it is put together from."""
    if token in WORDS:
        return (WORDS[token],)
    for pieces in _pieces(token):
        return pieces
    known = _known(token)
    return (known,) if known is not None else None


def _known(token: str) -> frozenset[Part] | None:
    if token in WORDS:
        return WORDS[token]
    for length in range(len(token) - 1, _SHORTEST_STEM - 1, -1):
        ending = len(token) - length
        if token[:length] in WORDS and ending <= _LONGEST_ENDING[min(length, max(_LONGEST_ENDING))]:
            return WORDS[token[:length]]
    return None


def _pieces(token: str) -> Iterator[tuple[frozenset[Part], ...]]:
    """Yield the ways to cut a compound into two or more known words, long first words first."""
    for length in range(len(token) - 2, _SHORTEST_PIECE - 1, -1):
        first = WORDS.get(token[:length])
        if first is None:
            continue
        for link in _LINKS:
            rest = token[length:].removeprefix(link) if token[length:].startswith(link) else ""
            if len(rest) < _SHORTEST_PIECE and rest not in _SHORT_LAST_PIECES:
                continue
            known = _known(rest)
            if known is not None:
                yield (first, known)
            else:
                yield from ((first, *others) for others in _pieces(rest))
