"""Days and the clock as a country writes them, for texts that also go out where there is no window.

Names of days and months are English as all texts are; their order and the clock follow the country.
"""

from __future__ import annotations

import re
from datetime import date, datetime

# The C library's names change once Qt has set the locale, so these are our own.
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_MONTH_FIRST = "AS BI GU MH MP PA PH PR UM US VI"
_HALF_DAY = (
    "AE AG AL AR AS AU BB BM BN BO BS CA CL CO CR CU CY DJ DM DO DZ EC EH ER ET FJ FM GD GH GM GR GT GU GY HK HN IN"
    " JM KH KI KN KP KR KY LC LR LS LY MH MO MP MW MX MY NA NI NZ PA PE PG PH PK PR PW SB SD SG SL SO SS SV SZ TC TN"
    " TO TT TW UM US UY VC VE VG VI VU WS ZM"
)
MONTH_FIRST = frozenset(_MONTH_FIRST.split())
"""Countries that write a day with its month first (ISO 3166 alpha-2), by the CLDR's English for it, else its main language."""

HALF_DAY_CLOCK = frozenset(_HALF_DAY.split())
"""Countries whose clock goes to 12 twice a day, by the same source."""

WEEKDAY, MONTH = (f"(?:{'|'.join(names)})" for names in (WEEKDAYS, MONTHS))
_YEAR = r"( \d{4}|(?! \d{4}))"
_WORD_OF_NAME = r" (?!(?:and|at|by|from|in|of|on|to)\b)[^\s,:;]*"
_NAME_GOES_ON = rf"(?:{_WORD_OF_NAME}[^\s,:;.]){{0,5}}{_WORD_OF_NAME}\.[A-Za-z]\w{{1,4}}\b"
"""What follows a day in the name of a file: " (2).xlsx", " Haus Nord.csv"."""
_SAID_DAY = re.compile(
    rf"(?<![\w./\\:\-])({WEEKDAY} )?(\d{{1,2}}) ({MONTH}){_YEAR}( (?:[01]\d|2[0-3]):[0-5]\d)?(?![\w/\-]|\.\w|{_NAME_GOES_ON})"
)
"""A day as the appliance says it: "Thu 1 Sep", "1 Sep 2016", "1 Sep 23:40"; none inside a name of a file."""


def said_day(value: date) -> str:
    """Return a day as the appliance says it in full: "Thu 1 Sep 2016"."""
    return f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}"


def rewritten(text: str, *, month_first: bool, half_day: bool) -> str:
    """Return a text of the appliance with its days and moments as they are written elsewhere."""

    def said(match: re.Match[str]) -> str:
        weekday, day, month, year, clock = match.groups(default="")
        told = f"{month} {day}{f',{year}' if year else ''}" if month_first else f"{day} {month}{year}"
        time = f" {clock_words(datetime.strptime(clock, ' %H:%M'), half_day=half_day)}" if clock else ""  # noqa: DTZ007 - no day
        return f"{weekday}{told}{time}"

    return _SAID_DAY.sub(said, text)


def clock_words(local: datetime, *, half_day: bool) -> str:
    """Return the time of day as "23:40" or "11:40 PM"."""
    if half_day:
        return f"{local.hour % 12 or 12}:{local.minute:02d} {'AM' if local.hour < 12 else 'PM'}"
    return f"{local.hour:02d}:{local.minute:02d}"


def as_in(country: str, text: str) -> str:
    """Return a text of the appliance as it is written in a country (ISO 3166 alpha-2, "" where none is known)."""
    return rewritten(text, month_first=country in MONTH_FIRST, half_day=country in HALF_DAY_CLOCK)


def moment_in(country: str, at: datetime) -> str:
    """Return a moment on this PC's clock, with its year, as it is written in a country."""
    local = at.astimezone()
    return as_in(country, f"{local.day} {MONTHS[local.month - 1]} {local.year} {local:%H:%M}")
