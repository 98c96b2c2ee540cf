"""A first check of crontab expressions, so that a mistyped schedule is found when it is written and not at night."""

from __future__ import annotations

import re

_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
_NAMES = {
    "month": ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    "weekday": ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
}
_PART = re.compile(r"(?:\*|(\w+)(?:-(\w+))?)(?:/(\d+))?")


def check_crontab(expression: str) -> str:
    """Return the expression with single spaces; "" (no schedule) is fine. Raises ValueError in plain words."""
    fields = expression.split()
    if not fields:
        return ""
    if len(fields) != len(_FIELDS):
        raise ValueError('a schedule has five fields: minute hour day month weekday, for example "30 3 * * *"')
    for text, (name, low, high) in zip(fields, _FIELDS, strict=True):
        for part in text.split(","):
            _check_part(part, name, low, high)
    return " ".join(fields)


def _check_part(part: str, name: str, low: int, high: int) -> None:
    match = _PART.fullmatch(part)
    if match is None:
        raise ValueError(f"the {name} field {part!r} of the schedule cannot be read")
    ends = [_number(word, name) for word in match.group(1, 2) if word]
    if any(not low <= end <= high for end in ends):
        raise ValueError(f"the {name} field {part!r} of the schedule must lie between {low} and {high}")
    if ends != sorted(ends):
        raise ValueError(f"the {name} field {part!r} of the schedule ends before it begins; write its parts with a comma between")
    if match[3] is not None and int(match[3]) == 0:
        raise ValueError(f"the step in the {name} field {part!r} of the schedule cannot be 0")


def _number(word: str, name: str) -> int:
    if word.isdecimal():
        return int(word)
    names = _NAMES.get(name, [])
    if word.lower() not in names:
        raise ValueError(f"the {name} field {word!r} of the schedule cannot be read")
    return names.index(word.lower()) + (1 if name == "month" else 0)
