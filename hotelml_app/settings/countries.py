"""Countries as ISO 3166 writes them: those whose public holidays the calendar package knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from hotelml_app.settings.sentences import nearest

_PARTS = {"IC": "ES", "EA": "ES", "AC": "SH", "TA": "SH", "DG": "IO", "CP": "FR"}
"""Codes in use for parts of a country, such as the Canary Islands, and that country."""

_HOW = "a country is written with the two letters of ISO 3166, for example PT"


def country_code(text: str) -> str:
    """Return the two letters of a country, "" for none; without the calendar package any two. Raises ValueError."""
    code = text.strip().upper()
    if not code:
        return ""
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise ValueError(f"{_HOW}{_suggestion(code)}")
    known = _codes()
    if known and code not in known:
        raise ValueError(f"there is no country {code}; {_HOW}{_suggestion(code)}")
    return known.get(code, code)


def is_country(code: str) -> bool:
    """Tell whether two letters are a country's own, not those of a part of one; without the calendar package any two are."""
    return _codes().get(code, "" if _codes() else code) == code


def _suggestion(code: str) -> str:
    # Of two letters any other country looks as near as the next, but for letters the wrong way round.
    close = nearest(code, _codes()) if len(code) != 2 else code[::-1] if code[::-1] in _codes() else None
    return f". Did you mean {_codes()[close]}?" if close is not None else ""


@cache
def _codes() -> Mapping[str, str]:
    """Return the two letters of every country by all its codes and its English name; nothing without the package."""
    try:
        from holidays.registry import COUNTRIES
    except ImportError:
        return {}
    found = dict(_PARTS)
    for name, (_, letters, *others) in COUNTRIES.items():
        found.update({word.upper(): letters for word in (name.replace("_", " "), letters, *others)})
    return found
