"""Booking numbers as a spreadsheet or a newer PMS writes them otherwise: without their zeros, as amounts, in other letters."""

from __future__ import annotations

import re
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.rows.typed import recoded

_GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+")
_WITH_CENTS = re.compile(r"(\d+)[.,]0+")


def as_known(ids: Column, wanted: NDArray[np.intp], known: Collection[str]) -> tuple[Column, int]:
    """Return booking numbers as they are known, where they differ in their spelling alone, and how many did.

    A number is taken for another only where a single one is known that reads alike, which the file itself does not name, and
    no other number of the file reads alike either.
    """
    here = {ids.labels[code] for code in np.unique(ids.codes[wanted]).tolist()}
    strange = [number for number in here if number not in known]
    if not strange or not known:
        return ids, 0
    asked: dict[str, list[str]] = {}
    for number in strange:
        if bare := bare_number(number):
            asked.setdefault(bare, []).append(number)
    found: dict[str, list[str]] = {}
    for number in known:
        if (bare := bare_number(number)) in asked:
            found.setdefault(bare, []).append(number)
    adopted = {
        mine[0]: found[bare][0]
        for bare, mine in asked.items()
        if len(mine) == 1 and len(found.get(bare, ())) == 1 and found[bare][0] not in here
    }
    if not adopted:
        return ids, 0
    return recoded(ids, [adopted.get(number, number) for number in ids.labels]), len(adopted)


def bare_number(number: str) -> str:
    """Return what stays of a booking number in every spelling: no zeros before it, no spaces, no marks or cents of an amount,
    no capitals; the further rooms of a booking ("077/2") keep what tells them apart. "" is none, as of nothing but zeros.
    """
    if number.isdecimal():
        return number.lstrip("0")
    base, stroke, room = "".join(number.split()).casefold().partition("/")
    if _GROUPED.fullmatch(base):
        base = re.sub(r"\D", "", base)
    elif cents := _WITH_CENTS.fullmatch(base):
        base = cents[1]
    if base.isdecimal():
        base = base.lstrip("0")
    return f"{base}{stroke}{room}" if base else ""
