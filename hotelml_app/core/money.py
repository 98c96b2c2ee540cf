"""Amounts in currencies whose smallest unit is the whole one: they are written without cents."""

from __future__ import annotations

WITHOUT_CENTS = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF")
)
"""Currencies with no minor unit by ISO 4217."""


def decimals_of(currency: str) -> int:
    """Return how many decimals an exact amount of a currency (ISO 4217, "" where none is told) has."""
    return 0 if currency in WITHOUT_CENTS else 2
