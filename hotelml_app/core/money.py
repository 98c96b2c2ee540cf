"""Amounts in currencies whose smallest unit is the whole one: they are written without cents."""

from __future__ import annotations

import re

WITHOUT_CENTS = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF")
)
"""Currencies with no minor unit by ISO 4217."""

_CENTS = re.compile(r"(?<![\d.])(\d[\d,]*\.\d\d)(?![\d.%])")


def decimals_of(currency: str) -> int:
    """Return how many decimals an exact amount of a currency (ISO 4217, "" where none is told) has."""
    return 0 if currency in WITHOUT_CENTS else 2


def in_currency(text: str, currency: str) -> str:
    """Return a sentence that writes amounts to the cent as they are written in a currency."""
    if decimals_of(currency):
        return text
    return _CENTS.sub(lambda match: f"{float(match[0].replace(',', '')):{',' if ',' in match[0] else ''}.0f}", text)
