"""Guests of a booking told in one cell: "2 / 1", "2+0", "2 adults, 1 child" - adults first, then children of any age."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+\.?")
_NUMBER = re.compile(r"\d{1,2}")
_FORM = re.compile(r"9w?(?:[/+|&]9w?){1,3}|9w(?:,?9w){1,3}")


def party(text: str) -> tuple[int, int] | None:
    """Return the adults and the children of a cell that tells them apart, or None where it does not."""
    plain = _NUMBER.sub("9", _WORD.sub("w", text))
    if not _FORM.fullmatch("".join(plain.split())):
        return None
    adults, *children = map(int, _NUMBER.findall(text))
    return adults, sum(children)
