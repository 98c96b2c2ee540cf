"""A first check of crontab expressions, so that a mistyped schedule is found when it is written and not at night."""

from __future__ import annotations

import re

_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
_NAMES = {
    "month": ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    "weekday": ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
}
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The days of each month in its longest year."""

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
    _check_days(*fields[2:])
    return " ".join(fields)


def _check_days(day: str, month: str, weekday: str) -> None:
    """Raise ValueError where no month of the schedule has a day of it; a weekday beside the day would suffice."""
    if day == "*" or weekday != "*":
        return
    months = {number for part in month.split(",") for number in _span(part, "month", 12)}
    longest = max(_DAYS[number] for number in months)
    if min(_span(part, "day", 31)[0] for part in day.split(",")) > longest:
        raise ValueError(f"the schedule never comes: month {month!r} has no day {day!r}")


def _span(part: str, name: str, high: int) -> range:
    """Return the numbers of a part that was checked."""
    match = _PART.fullmatch(part)
    assert match is not None, part
    low = _number(match[1], name) if match[1] else 1
    end = _number(match[2], name) if match[2] else low if match[1] and not match[3] else high
    return range(low, end + 1, int(match[3] or 1))


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
