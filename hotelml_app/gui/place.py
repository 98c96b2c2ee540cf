"""Numbers, money and dates as they are written where the property stands.

The interface speaks English, so names of days and months are English; their order, the clock, separators and the place of
the currency sign follow the property's country. None is shown as a dash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from PySide6.QtCore import QLocale

from hotelml_app.core.money import decimals_of, rate_step
from hotelml_app.core.written_days import MONTH, MONTHS, WEEKDAY, WEEKDAYS, clock_words, rewritten

DASH = "–"
MINUS = "−"
NO_BREAK = "\u00a0"
_NUMBER = re.compile(r"(?<![\w.,/:\-])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?![\w/:\-]|[.,]\d|\.\w| ?\(\d+\)\.\w)")
"""Numbers that are written differently from place to place; none inside names of files, versions, dates and times."""

_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b(?!\.\d)")
_BELOW_ZERO = re.compile(r"(?<=[ (:])-(?=\d)")
_PERCENT = re.compile(r"(?<=\d)\s?%")
_DAY = re.compile(rf"\b{WEEKDAY} (?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}})\b")

_TURNS = str.maketrans("", "", "\u061c\u200e\u200f")
"""Marks that turn the direction of writing; the English around amounts needs none."""

PLAIN = QLocale(QLocale.Language.English, QLocale.Country.Europe)
_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF", "JPY": "¥"}


@dataclass(frozen=True)
class Place:
    """How one property writes; ``country`` is ISO 3166 alpha-2 and ``currency`` ISO 4217, both may be empty."""

    country: str = ""
    currency: str = ""

    @cached_property
    def locale(self) -> QLocale:
        """The locale of the country: its English one where there is one, else its main language's if it has the same digits.

        Without a country it is this PC's.
        """
        territory = QLocale.codeToTerritory(self.country) if self.country else QLocale.Country.AnyTerritory
        if territory == QLocale.Country.AnyTerritory:
            own = QLocale()
            # Read anew from Qt's tables: Windows' way to write amounts has cents in each, whatever is asked for.
            told = QLocale(own.language(), own.territory())
            return told if told.language() != QLocale.Language.C and told.zeroDigit() == "0" else PLAIN
        english = QLocale(QLocale.Language.English, territory)
        if english.territory() == territory:
            return english
        main = QLocale(QLocale.Language.AnyLanguage, territory)
        return main if main.territory() == territory and main.zeroDigit() == "0" else PLAIN

    @cached_property
    def month_first(self) -> bool:
        """True where a day is written with its month first."""
        return self.locale.dateFormat(QLocale.FormatType.ShortFormat).upper().lstrip(" ").startswith("M")

    @cached_property
    def first_weekday(self) -> int:
        """The day that weeks begin with, Monday is 0."""
        return self.locale.firstDayOfWeek().value - 1

    @cached_property
    def half_day_clock(self) -> bool:
        """True where the clock goes to 12 twice a day."""
        return "A" in self.locale.timeFormat(QLocale.FormatType.ShortFormat).upper()

    @cached_property
    def currency_symbol(self) -> str:
        """The sign of the property's currency, or its code where there is no sign that everybody knows."""
        return _SYMBOLS.get(self.currency, self.currency)

    @cached_property
    def around_amounts(self) -> tuple[str, str]:
        """What stands before an amount and after it, for fields in which one is typed: ("€", "") or ("", " €")."""
        before, _, after = self.money(1).partition("1")
        return before.replace(NO_BREAK, " "), f" {after.strip()}" if after.strip() else ""

    @cached_property
    def cents(self) -> int:
        """How many decimals an exact amount has."""
        return decimals_of(self.currency)

    @cached_property
    def rate_step(self) -> float:
        """The step in which hotels write rates here: that of the arrows of a field for an amount."""
        return rate_step(self.currency)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """Return a number with the country's separators."""
        if value is None:
            return DASH
        rounded = round(value, decimals) + 0.0
        return self.locale.toString(rounded, "f", decimals).replace("-", MINUS)

    def spoken(self, text: str) -> str:
        """Return a sentence of the appliance, which writes numbers the English way, with numbers and days as written here."""
        return _PERCENT.sub(f"{NO_BREAK}%", _NUMBER.sub(self._rewritten, _BELOW_ZERO.sub(MINUS, self.with_days(text))))

    def with_days(self, text: str) -> str:
        """Return a text with its days and moments as they are written here; for texts that name rooms: "2.10" is no number."""
        return rewritten(text, month_first=self.month_first, half_day=self.half_day_clock)

    def dated(self, text: str) -> str:
        """Return a note with its ISO days as they are written here; not for texts that may name files."""
        return _ISO_DAY.sub(lambda match: self.day(date.fromisoformat(match[0]), weekday=False, year=True), text)

    def _rewritten(self, match: re.Match[str]) -> str:
        decimals = match[0].partition(".")[2]
        return self.number(float(match[0].replace(",", "")), len(decimals))

    def change(self, value: float | None, decimals: int = 0) -> str:
        """Return a number with its sign; no change is a plain 0."""
        text = self.number(value, decimals)
        return f"+{text}" if value is not None and round(value, decimals) > 0 else text

    def share(self, value: float | None, decimals: int = 0) -> str:
        """Return a share in [0, 1] as percent."""
        return DASH if value is None else f"{self.number(100 * value, decimals)} %"

    def money(self, value: float | None, decimals: int = 0) -> str:
        """Return an amount with the currency's sign where the country puts it."""
        if value is None:
            return DASH
        decimals = min(decimals, self.cents)
        # Qt rounds a half up, ``number`` to the even one: the same amount must not differ between a table and what is above it.
        rounded = round(value, decimals)
        text = self.locale.toCurrencyString(abs(rounded), self.currency_symbol or " ", decimals).translate(_TURNS).strip()
        return f"{MINUS}{text}" if rounded < 0 else text

    def day(self, value: date | None, *, weekday: bool = True, year: bool = False) -> str:
        """Return "Thu 1 Sep", "1 Sep", or with the year; "Sep 1" where the month comes first."""
        if value is None:
            return DASH
        month = MONTHS[value.month - 1]
        text = f"{month} {value.day}" if self.month_first else f"{value.day} {month}"
        if year:
            text = f"{text}, {value.year}" if self.month_first else f"{text} {value.year}"
        return f"{WEEKDAYS[value.weekday()]} {text}" if weekday else text

    def moment(self, value: datetime | None) -> str:
        """Return a moment on this PC's clock as "31 Aug 2016 23:40": what is told of was last year as well as last night."""
        if value is None:
            return DASH
        local = value.astimezone()
        return f"{self.day(local.date(), weekday=False, year=True)} {self.clock(local)}"

    def clock(self, local: datetime) -> str:
        """Return the time of day as the country writes it."""
        return clock_words(local, half_day=self.half_day_clock)


def together(text: str) -> str:
    """Return a text in which no line breaks inside a day."""
    return _DAY.sub(lambda match: match[0].replace(" ", NO_BREAK), text)


def time_left_words(seconds: float | None) -> str:
    """Return "about 2 min left" for a job, or "" while nothing is known."""
    if seconds is None:
        return ""
    if seconds < 10:
        return "a few seconds left"
    if seconds < 55:
        return f"about {round(seconds / 10) * 10} s left"
    return f"about {max(1, round(seconds / 60))} min left"
