"""Net beside gross: of two columns of amounts that are one price before and after a tax or a fee, the one the guest pays."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.proposing.names.header_grammar import hints_of
from hotelml_app.intake.proposing.names.header_match import folded
from hotelml_app.intake.proposing.names.header_parts import Part
from hotelml_app.intake.proposing.names.header_words import OTHER
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.fitting import fit

_FEWEST_ROWS = 12
_MOST_ADDED = 0.6
"""Taxes and fees add less than this share to a price."""
_LEAST_ADDED = 0.003
_SAME = 0.01
_NEARLY_ALL = 0.95
_CURRENCY = re.compile(r"(?<![A-Z])(?:USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|TRY|BRL|CAD|AUD|JPY|MXN)(?![A-Z])")
_CENTS = 0.03
"""Two roundings and a little more."""

Numbers = NDArray[np.float64]


def prefer_gross(assignment: Assignment) -> None:
    """Let the amount with taxes and fees be the price where the column that was taken for it is the same one without them."""
    for role in ("total", "adr"):
        place = assignment.place(role)
        if place is None:
            continue
        wholes = [position for position in _amounts(assignment, place) if _is_gross_of(assignment, position, place)]
        if wholes:
            columns = assignment.heading.columns
            gross = max(wholes, key=lambda position: float(np.nanmedian(columns[position].per_row())))
            assignment.give(place, OTHER, 0.9, "the price before taxes or fees; with them it is told, too")
            assignment.give(gross, role, 0.9, "the price with taxes and fees, which another column tells without them")


def prefer_own_currency(assignment: Assignment) -> None:
    """Of one price in two currencies, each named by its column, take the one whose currency another column tells."""
    told = assignment.place("currency")
    columns = assignment.heading.columns
    if told is None or columns[told].different != 1:
        return
    own = next(text for text in columns[told].words if text)
    for role in ("total", "adr"):
        place = assignment.place(role)
        names = {one: assignment.heading.header.cells[one].upper() for one in columns}
        if place is None or own in names[place] or not _CURRENCY.search(names[place]):
            continue
        plain = _CURRENCY.sub("", names[place])
        same = [one for one in _amounts(assignment, place) if own in names[one] and _CURRENCY.sub("", names[one]) == plain]
        if len(same) == 1:
            assignment.give(place, OTHER, 0.9, "the price in another currency")
            assignment.give(same[0], role, 0.9, f"the price in {own}")


def _amounts(assignment: Assignment, place: int) -> list[int]:
    """Return the other columns of amounts that no other role has taken."""
    columns, roles = assignment.heading.columns, assignment.roles
    free = [one for one in columns if one != place and (one not in roles or roles[one].role == OTHER)]
    return [one for one in free if fit("total", columns[one]) == 1.0 and not columns[one].day_numbers]


def _is_gross_of(assignment: Assignment, whole: int, part: int) -> bool:
    """Return whether one column is another one plus a tax or a fee, by its amounts and by one of the names."""
    columns = assignment.heading.columns
    large, small = columns[whole].per_row(), columns[part].per_row()
    good = (large > 0) & (small > 0)
    if good.sum() < _FEWEST_ROWS:
        return False
    added = large[good] / small[good] - 1
    usual = float(np.median(added))
    if not _LEAST_ADDED < usual < _MOST_ADDED or (added > -_SAME).mean() < _NEARLY_ALL:
        return False
    names = _hints(assignment, whole), _hints(assignment, part)
    if Part.ROOM in names[1] and Part.ROOM not in names[0] and Part.EXCLUDED not in names[1]:
        return False
    if Part.EXCLUDED in names[0] or (Part.PAYMENT in names[0] and Part.INCLUDED not in names[0]):
        return False
    told = Part.EXCLUDED in names[1] or Part.INCLUDED in names[0]
    steady = bool((np.abs(added - usual) <= _SAME).mean() >= _NEARLY_ALL)
    return (told and steady) or any(_fills_the_gap(assignment, one, large, small) for one in _amounts(assignment, part))


def _fills_the_gap(assignment: Assignment, position: int, large: Numbers, small: Numbers) -> bool:
    """Return whether a column called a tax or a fee is, in nearly all rows, what one price has more than the other."""
    if Part.PAYMENT not in _hints(assignment, position):
        return False
    between = assignment.heading.columns[position].per_row()
    good = (large > 0) & (small > 0) & ~np.isnan(between)
    fits = np.abs(small + between - large) <= _CENTS
    return bool(good.sum() >= _FEWEST_ROWS and fits[good].mean() >= _NEARLY_ALL and (between[good] > 0).mean() > 0.5)


def _hints(assignment: Assignment, position: int) -> frozenset[Part]:
    return hints_of(folded(assignment.heading.header.cells[position]))
