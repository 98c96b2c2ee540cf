"""Invented guests: names nobody bears, addresses nobody has, regulars who come back as the same person."""

from __future__ import annotations

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

REGULARS_PER_BOOKING = 0.3
"""Size of the pool of regulars, as a share of the bookings regulars make."""
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


def draw_people(regular: NDArray[np.bool_], streams: Streams) -> Ints:
    """Return who made each booking: anyone, or one of a small pool of regulars."""
    draw = streams.of("people")
    anyone, member = draw.random((2, len(regular)))
    pool = max(1, int(regular.sum() * REGULARS_PER_BOOKING))
    # Regulars take the first numbers of a fixed shuffle, everybody else the remaining ones, so the two never mix.
    shuffle = streams.of("name book").permutation(people())
    return np.where(regular, shuffle[(member * pool).astype(int)], shuffle[pool + (anyone * (people() - pool)).astype(int)])


def past_stays(
    person: Ints, regular: NDArray[np.bool_], booked_on: Ints, departure: Ints, stayed: NDArray[np.bool_], streams: Streams
) -> Ints:
    """Return, per booking, the stays the guest had behind him when he booked; rows are in order of booking."""
    draw = streams.of("stays before the opening")
    before = {int(one): 1 + int(n) for one, n in _pool_history(person[regular], draw)}
    ended: dict[int, list[int]] = {}
    counts = np.zeros(len(person), dtype=np.int64)
    for row in np.flatnonzero(regular):
        who = int(person[row])
        counts[row] = before[who] + sum(day <= booked_on[row] for day in ended.get(who, ()))
        if stayed[row]:
            ended.setdefault(who, []).append(int(departure[row]))
    return counts


def _pool_history(person: Ints, draw: np.random.Generator) -> list[tuple[int, int]]:
    """Return stays before the opening for every regular."""
    known = np.unique(person)
    return list(zip(known.tolist(), draw.poisson(PAST_STAYS_MEAN - 1, len(known)).tolist(), strict=True))
