"""Days, counts and shares as they stand in a sentence; the same on every PC, whatever its language settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from hotelml_app.core.figures import counted
from hotelml_app.core.written_days import MONTHS, WEEKDAYS

MONTHS_IN_FULL = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def day(value: date) -> str:
    """Return a day as "Thu 1 Sep"."""
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]}"


def plain_day(value: date, beside: date | None = None) -> str:
    """Return a day as "31 Aug", with the year unless it is the year of ``beside``."""
    year = "" if beside is not None and beside.year == value.year else f" {value.year}"
    return f"{value.day} {MONTHS[value.month - 1]}{year}"


def month(value: date) -> str:
    """Return the month of a day as "August"."""
    return MONTHS_IN_FULL[value.month - 1]


def moment(value: datetime, beside: date | None = None) -> str:
    """Return a moment in this PC's time zone as "31 Aug 23:40", with the year unless it is the year of ``beside``."""
    local = value.astimezone()
    return f"{plain_day(local.date(), beside)} {local:%H:%M}"


def count(number: float, one: str, many: str = "") -> str:
    """Return "1 room" or "3 rooms"; the number is rounded and grouped by thousands."""
    return counted(round(number), one, many or f"{one}s")


def without_out_of_order(rooms: int) -> str:
    """Return ", without the 8 out of order" to stand beside the rooms that can be sold, "" where all can."""
    return f", without the {rooms:,} out of order" if rooms else ""


def several(what: str) -> str:
    """Return "finished bookings" for "finished booking", "bookings with a rate" for "booking with a rate"."""
    noun = next((word for word in ("booking", "sentence", "stay", "review", "night") if word in what.split()), "")
    return what.replace(noun, f"{noun}s", 1) if noun else what


def joined(parts: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def bytes_of(size: int) -> str:
    """Return a size as "12.3 MB"."""
    amount = float(size)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def calls_words(calls: int, by_channels: int) -> str:
    """Return how often the network was used, and whether anybody wanted that."""
    if not calls and not by_channels:
        return "0 since the start: nothing leaves this PC"
    wanted = f"{by_channels:,} since the start for notifications you set up" if by_channels else ""
    if not calls:
        return f"{wanted}, and none besides"
    unwanted = f"{calls:,} since the start that nobody set up"
    return f"{unwanted}, and {wanted}" if wanted else unwanted
