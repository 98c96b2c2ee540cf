"""What the values of a column say by themselves, whatever its header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.values.date_order import DateColumn
from hotelml_app.intake.values.numbers import decimal_mark, read_amount
from hotelml_app.intake.values.room_cells import hold_numbers_too, kind_of_room
from hotelml_app.intake.values.statuses import Odd, read_status
from hotelml_app.intake.values.words import clean, word

FEW_WORDS = 60
"""A column of codes has at most so many different texts."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_BARE_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_DAY_NUMBER = re.compile(r"\d{5}(?:\.\d+)?")
_COMPACT_DAY = re.compile(r"(?:19|20)\d{6}")
_ALL_DAYS = 0.98
FLAGS = {"0", "1", "yes", "no", "y", "n", "true", "false", "ja", "nein", "si", "sí", "oui", "non", "sim", "não", "nao", "x"}


@dataclass(frozen=True)
class Evidence:
    """One column's values. Shares are of the rows that are not blank, in [0, 1]."""

    column: Column

    @cached_property
    def words(self) -> list[str]:
        """The distinct texts, clean, "" where they say nothing."""
        return [word(label) for label in self.column.labels]

    @cached_property
    def times(self) -> NDArray[np.int64]:
        """In how many rows each distinct text stands."""
        return np.bincount(self.column.codes, minlength=len(self.column.labels)).astype(np.int64)

    @cached_property
    def said(self) -> int:
        """How many rows say something."""
        return int(sum(times for text, times in zip(self.words, self.times.tolist(), strict=True) if text))

    @property
    def filled(self) -> float:
        """The share of all rows that say something."""
        return self.said / max(1, len(self.column))

    @cached_property
    def different(self) -> int:
        """How many different texts there are."""
        return len({text for text in self.words if text})

    @property
    def unique(self) -> float:
        """The share of different texts: 1.0 where no two rows are the same."""
        return self.different / max(1, self.said)

    @cached_property
    def dates(self) -> DateColumn:
        """The column read as dates."""
        return DateColumn.of(Column(self.column.codes, [clean(label) if word(label) else "" for label in self.column.labels]))

    @cached_property
    def date_share(self) -> float:
        """The share of dates."""
        return self._share([value is not None for value in self.dates.read])

    @cached_property
    def bare(self) -> bool:
        """True where every text is digits alone: a date may then be a number as well."""
        return all(_BARE_DIGITS.fullmatch(text) for text in self.words if text)

    @cached_property
    def day_numbers(self) -> bool:
        """True where every text is the number that Excel gives a day between 2000 and 2064, or a day written 20240531."""
        said = [text for text in self.words if text]
        if said and all(_COMPACT_DAY.fullmatch(text) for text in said):
            return self.date_share > _ALL_DAYS
        return bool(said) and all(_DAY_NUMBER.fullmatch(text) and 36_526 <= float(text) < 60_000 for text in said)

    @cached_property
    def day_fractions(self) -> bool:
        """True where every text is such a number of Excel and some tell the time of day: booking numbers never look so."""
        return self.day_numbers and any("." in text for text in self.words)

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """The number of each distinct text, NaN where it is none."""
        mark = decimal_mark(self.words)
        amounts = [read_amount(text, mark) if text else None for text in self.words]
        return np.array([amount.value if amount else np.nan for amount in amounts], dtype=np.float64)

    @cached_property
    def number_share(self) -> float:
        """The share of numbers and amounts."""
        return self._share((~np.isnan(self.values)).tolist())

    @cached_property
    def whole_share(self) -> float:
        """The share of whole numbers from 0 to 9999 without anything around them."""
        whole = [(text.isdecimal() and len(text) <= 4) or (text.endswith(".0") and text[:-2].isdecimal()) for text in self.words]
        return self._share(whole)

    @cached_property
    def status_share(self) -> float:
        """The share of words of the status vocabulary, numbers not counted."""
        return self._share([not text.isdecimal() and isinstance(read_status(text), int) for text in self.words])

    @cached_property
    def known_status_share(self) -> float:
        """The share of texts that a status column may hold, rows that are no bookings included."""
        return self._share([read_status(text) is not Odd.UNKNOWN for text in self.words])

    @cached_property
    def flag_share(self) -> float:
        """The share of yes and no."""
        return self._share([text.casefold() in FLAGS for text in self.words])

    @cached_property
    def currency_share(self) -> float:
        """The share of currency codes."""
        return self._share([_CURRENCY.fullmatch(text) is not None for text in self.words])

    @property
    def few_words(self) -> bool:
        """True for codes: few different texts, most of them in many rows."""
        return 0 < self.different <= FEW_WORDS and (self.unique <= 0.2 or self.different <= 12) and self.longest <= 60

    @cached_property
    def longest(self) -> int:
        """The length of the longest text."""
        return max((len(text) for text in self.words), default=0)

    @cached_property
    def has_letters(self) -> bool:
        """True where some text is more than a number."""
        return self.number_share < 0.9

    @cached_property
    def without_room_numbers(self) -> Evidence | None:
        """The column without the numbers of rooms beside their kinds, or None where it holds none."""
        if not hold_numbers_too(self.words):
            return None
        return Evidence(Column(self.column.codes, [kind_of_room(text) for text in self.words]))

    def per_row(self) -> NDArray[np.float64]:
        """Return the number of every row, NaN where it is none."""
        return self.values[self.column.codes] if len(self.values) else np.full(len(self.column), np.nan)

    def _share(self, marks: list[bool]) -> float:
        hits = sum(n for hit, text, n in zip(marks, self.words, self.times.tolist(), strict=True) if hit and text)
        return hits / max(1, self.said)
