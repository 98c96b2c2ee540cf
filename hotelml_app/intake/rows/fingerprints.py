"""Sixteen bytes that tell whether a booking's state is the same as before, for whole columns at once.

The fingerprint is the sum, modulo 2^64 in each of two lanes, of a 128-bit hash of every (column, value); a blank adds
nothing. So it does not depend on the order of columns, and a column that HotelML learns later changes no old booking.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.values.date_order import NO_DAY, Days

Lanes = NDArray[np.uint64]

_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def fingerprints(words: dict[str, Column], days: dict[str, Days], numbers: dict[str, NDArray[np.float64]]) -> list[bytes]:
    """Return one fingerprint per row of parallel columns, by column name."""
    rows = len(next(iter(words.values())))
    lanes = np.zeros((rows, 2), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for name, column in words.items():
            labels = np.array([_word_hash(name, label) for label in column.labels], dtype=np.uint64).reshape(-1, 2)
            if rows:
                lanes += labels[column.codes]
        for name, numbered in days.items():
            lanes += _number_hash(name, numbered.astype(np.float64), numbered == NO_DAY)
        for name, values in numbers.items():
            lanes += _number_hash(name, values, np.isnan(values))
    return list(lanes.astype("<u8").view("V16").ravel().tolist())


def _word_hash(name: str, label: str) -> tuple[int, int]:
    if not label:
        return 0, 0
    digest = blake2b(label.encode("utf-8", "surrogatepass"), digest_size=16, person=_person(name)).digest()
    return int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:], "little")


@lru_cache(maxsize=256)
def _person(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=16).digest()


def _number_hash(name: str, values: NDArray[np.float64], blank: NDArray[np.bool_]) -> Lanes:
    """Hash doubles by their bits (splitmix64, Steele, Lea, Flood 2014), salted by the column; -0.0 is 0.0."""
    bits = (values + 0.0).view(np.uint64)
    salt = np.frombuffer(_person(name), dtype="<u8")
    lanes = np.empty((len(values), 2), dtype=np.uint64)
    for lane in range(2):
        mixed = bits ^ salt[lane]
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX_1
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX_2
        lanes[:, lane] = mixed ^ (mixed >> np.uint64(31))
    lanes[blank] = 0
    return lanes
