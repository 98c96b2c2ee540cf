"""Room numbers and ranges of them: "101-120", "A1 to A12"; and houses where a dash is part of the number ("2-04")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hotelml_app.services.asking.words import count
from hotelml_app.services.rooms.list_views import MOST_ROOMS

LONGEST_NUMBER = 20
_BETWEEN = r"\s*(?:-|–|—|\.\.+|\bto\b|\bbis\b)\s*"
_RANGE = re.compile(rf"(?P<prefix>.*?)(?P<first>[0-9]+){_BETWEEN}(?P=prefix)?(?P<last>[0-9]+)")
_TWO_PREFIXES = re.compile(rf"(?P<one>[^\W\d]+)[0-9]+{_BETWEEN}(?P<other>[^\W\d]+)[0-9]+")
_DASHED = re.compile(r"[0-9]+-[0-9]+")


class BadRange(Exception):
    """A range that cannot be; ``wrong`` and ``remedy`` say why and what to do."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(wrong)
        self.wrong, self.remedy = wrong, remedy


def is_range(text: str) -> bool:
    """Tell whether a text could be taken for a range."""
    return bool(_RANGE.fullmatch(text) or _TWO_PREFIXES.fullmatch(text))


def are_names(numbers: Iterable[str]) -> bool:
    """Tell whether a dash is part of this house's numbers: "1-01" cannot be a range, so that "1-10" beside it is none."""
    return any(_DASHED.fullmatch(number) and _padded(*number.split("-")) for number in numbers)


def bad_number(number: str) -> str:
    """Return what is wrong with a room number, "" where nothing is."""
    if len(number) > LONGEST_NUMBER:
        return f"“{number[:LONGEST_NUMBER]}…” is too long for a room number."
    if not any(map(str.isalnum, number)) or set(number) & set('",;\t'):
        return f"“{number}” is no room number."
    return ""


def numbers_in(text: str, *, dashes_are_names: bool) -> tuple[str, ...]:
    """Return the numbers of a range, or the one number that a text is. Raises BadRange."""
    number = " ".join(text.split())
    if _DASHED.fullmatch(number) and (dashes_are_names or _padded(*number.split("-"))):
        return (number,)
    two = _TWO_PREFIXES.fullmatch(number)
    if two and two["one"] != two["other"]:
        raise BadRange(
            f"“{number}” begins with {two['one']} and ends with {two['other']}.", "Write one range per floor or building."
        )
    found = _RANGE.fullmatch(number)
    if found is None:
        return (number,)
    low, high, width = int(found["first"]), int(found["last"]), len(found["first"])
    if high < low:
        right = f"{found['prefix']}{found['last']}-{found['prefix']}{found['first']}"
        raise BadRange(
            f"“{number}” goes the wrong way round.", f'Write {right}; if that is one room, put its number in quotes: "{number}".'
        )
    if high - low >= MOST_ROOMS:
        raise BadRange(
            f"“{number}” would be {count(high - low + 1, 'room')}.", f"A house may have up to {MOST_ROOMS:,}; check the range."
        )
    return tuple(f"{found['prefix']}{number:0{width}d}" for number in range(low, high + 1))


def _padded(first: str, last: str) -> bool:
    return last.startswith("0") and len(first) != len(last)
