"""Cells that hold the number of a room beside its kind: "101 - Twin", "Twin (101)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = r"(?:[^\W\d_]{1,2}[-.]?)?\d{2,4}[A-Za-z]?"
_KIND = r"(?P<kind>(?=[^\n]*[^\W\d_]{2}).+?)"
_FORMS = (
    re.compile(rf"{_NUMBER}(?:\s*[-–—/:|,]\s*|\s+){_KIND}"),
    re.compile(rf"{_KIND}\s*[-–—/:|,]\s*{_NUMBER}"),
    re.compile(rf"{_KIND}\s*[(\[]{_NUMBER}[)\]]"),
)
_NEARLY_ALL = 0.9
_FEWEST = 4
"""Different cells; of fewer nothing can be said."""


def kind_of_room(cell: str) -> str:
    """Return a cell without the number of the room, or as it is where none stands in it."""
    return next((match["kind"].strip() for form in _FORMS if (match := form.fullmatch(cell))), cell)


def hold_numbers_too(cells: Sequence[str]) -> bool:
    """Return whether the different cells of a column hold rooms by number and kind: of one kind there are several rooms."""
    said = [cell for cell in cells if cell]
    kinds = [kind_of_room(cell) for cell in said]
    numbered = sum(kind != cell for kind, cell in zip(kinds, said, strict=True))
    return len(said) >= _FEWEST and numbered >= _NEARLY_ALL * len(said) and 2 <= len(set(kinds)) <= len(said) / 2
