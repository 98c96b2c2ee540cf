"""Where the columns of a map are in a document."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hotelml_app.intake.header_rows import rows_of_names
from hotelml_app.intake.identify import Claim, locate
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.mapping.errors import MapDoesNotFitError
from hotelml_app.intake.readers.opening import Document
from hotelml_app.intake.values.words import header_word


def claims_by_map(document: Document, answer: ColumnMap) -> list[Claim]:
    """Return the tables that have all the columns a map names.

    Raises MapDoesNotFitError naming the column that is nowhere and the one most like it.
    """
    profile = answer.profile
    wanted = {header_word(name): (role, name) for role, names in answer.columns.items() for name in names}
    claims, best = [], (0, ())  # type: tuple[list[Claim], tuple[int, Sequence[str]]]
    for sheet in document.sheets:
        for row in rows_of_names(sheet.head):
            words = [header_word(cell) for cell in row.cells]
            there = len(wanted.keys() & set(words))
            if there == len(wanted):
                claims.append(Claim(profile, sheet, row, locate(profile.columns, words)))
                break
            best = max(best, (there, row.cells), key=lambda one: one[0])
    if claims:
        return claims
    present = {header_word(cell) for cell in best[1]}
    role, name = next(found for word, found in wanted.items() if word not in present)
    raise MapDoesNotFitError(
        f"{document.name} has no column {name!r}, which the map names as {role}.",
        remedy=f"{_like(name, best[1])}Correct the map.",
    )


def exact_claim(document: Document, answers: Iterable[ColumnMap]) -> tuple[ColumnMap, list[Claim]] | None:
    """Return the map that was made for exactly these column names, and its tables."""
    for answer in answers:
        claims = [
            Claim(answer.profile, sheet, row, locate(answer.profile.columns, [header_word(cell) for cell in row.cells]))
            for sheet in document.sheets
            for row in rows_of_names(sheet.head)
            if answer.was_made_for(row.cells)
        ]
        if claims:
            return answer, claims
    return None


def with_header(answer: ColumnMap, header: Sequence[str]) -> ColumnMap:
    """Return a map as one that was made for these column names."""
    return replace(answer, header=tuple(cell.strip() for cell in header))


def _like(name: str, cells: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, [cell.strip() for cell in cells], n=1, cutoff=0.5)
    return f"Did you mean {near[0]!r}? " if near else ""
