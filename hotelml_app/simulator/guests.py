"""Invented guests: names nobody bears, addresses nobody has, regulars who come back as the same person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.streams import Streams

Ints = NDArray[np.int64]

FIRST_NAMES = (
    "Aldo",
    "Birte",
    "Calix",
    "Dorea",
    "Edmar",
    "Fiona",
    "Gunvor",
    "Hesper",
    "Ilario",
    "Jorunn",
    "Kasimir",
    "Ludmer",
    "Marisol",
    "Nerea",
    "Ottilie",
    "Paschal",
    "Quirin",
    "Rosalba",
    "Sunniva",
    "Tancred",
    "Ulrika",
    "Vasco",
    "Wendel",
    "Xenia",
    "Yolande",
    "Zeno",
    "Ambros",
    "Bettina",
    "Cosimo",
    "Dagny",
    "Elvira",
    "Fabrice",
    "Giselle",
    "Horacio",
    "Ingmar",
    "Jacinta",
    "Kilian",
    "Leocadia",
    "Melchior",
    "Noemi",
    "Orlando",
    "Pernilla",
    "Ramiro",
    "Seraphine",
    "Tibor",
    "Urbano",
    "Valeska",
    "Wolfram",
)
NAME_STARTS = (
    "Ander",
    "Brem",
    "Cald",
    "Dres",
    "Elm",
    "Fonte",
    "Grau",
    "Hol",
    "Ister",
    "Jung",
    "Kest",
    "Lind",
    "Mora",
    "Nied",
    "Oster",
    "Pell",
    "Quast",
    "Rib",
    "Sand",
    "Tolle",
    "Ull",
    "Vald",
    "Wex",
    "Zaar",
)
NAME_MIDDLES = ("", "a", "en", "er", "i", "o", "els", "um")
NAME_ENDS = (
    "bach",
    "berg",
    "dinho",
    "feld",
    "gaard",
    "hain",
    "ier",
    "lund",
    "mann",
    "nes",
    "ova",
    "rano",
    "sen",
    "stedt",
    "vara",
    "wick",
)

REGULARS_PER_ROOM = 8
"""Size of the pool of regulars, per room of the house."""
PAST_STAYS_MEAN = 2.5


def people() -> int:
    """Return how many different names there are."""
    return len(FIRST_NAMES) * len(NAME_STARTS) * len(NAME_MIDDLES) * len(NAME_ENDS)


def name_of(person: int) -> tuple[str, str]:
    """Return the first and last name of a person."""
    rest, first = divmod(person, len(FIRST_NAMES))
    rest, start = divmod(rest, len(NAME_STARTS))
    rest, middle = divmod(rest, len(NAME_MIDDLES))
    return FIRST_NAMES[first], NAME_STARTS[start] + NAME_MIDDLES[middle] + NAME_ENDS[rest % len(NAME_ENDS)]


def address_of(person: int) -> str:
    """Return an e-mail address that can never exist (RFC 2606 reserves .invalid)."""
    first, last = name_of(person)
    return f"{first}.{last}.{person}@example.invalid".lower()


@dataclass(frozen=True)
class People:
    """Who made each booking, and how often regulars had stayed before the hotel opened (0 for everybody else)."""

    person: Ints
    stays_before: Ints


def draw_people(regular: NDArray[np.bool_], rooms: int, streams: Streams) -> People:
    """Return who made each booking: anyone, or one of a small pool of regulars."""
    pool = rooms * REGULARS_PER_ROOM
    # Regulars are the first numbers of a shuffled name book, everybody else the remaining ones, so the two never mix.
    book = streams.of("name book").permutation(people())
    anyone, luck = streams.of("people").random((len(regular), 2)).T
    member = (luck * pool).astype(np.int64)
    before = 1 + streams.of("stays before the opening").poisson(PAST_STAYS_MEAN - 1, pool)
    person = np.where(regular, book[member], book[pool + (anyone * (people() - pool)).astype(np.int64)])
    return People(person, np.where(regular, before[member], 0))


def past_stays(who: People, booked_on: Ints, departure: Ints, stayed: NDArray[np.bool_]) -> Ints:
    """Return, per booking, the stays the guest had behind him when he booked; rows are in order of booking."""
    ended: dict[int, list[int]] = {}
    counts = who.stays_before.copy()
    for row in np.flatnonzero(who.stays_before):
        person = int(who.person[row])
        counts[row] += sum(day <= booked_on[row] for day in ended.get(person, ()))
        if stayed[row]:
            ended.setdefault(person, []).append(int(departure[row]))
    return counts
