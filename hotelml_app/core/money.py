"""What differs from currency to currency: cents, and the steps in which hotels write their rates."""

from __future__ import annotations

WITHOUT_CENTS = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF")
)
"""Currencies with no minor unit by ISO 4217."""

RATE_STEPS = {
    10: ("CZK", "DOP", "INR", "MDL", "MUR", "NIO", "PHP", "RUB", "THB", "TRY", "TWD", "UAH", "UYU"),
    100: (
        "ALL", "AMD", "BDT", "CRC", "DJF", "DZD", "HUF", "ISK", "JMD", "JPY", "KES", "KMF", "KZT", "LKR", "NPR", "PKR", "RSD",
        "VUV", "XAF", "XOF", "XPF",
    ),
    1_000: ("ARS", "BIF", "CDF", "CLP", "COP", "IQD", "KHR", "KRW", "MGA", "MMK", "MNT", "NGN", "PYG", "RWF", "TZS", "UGX"),
    10_000: ("GNF", "IDR", "IRR", "LAK", "LBP", "SLL", "UZS", "VND"),
}  # fmt: skip
"""Powers of ten that are worth ten cents to a good euro: where rates are large numbers, their last digits are zeros."""

_STEP = {code: float(step) for step, codes in RATE_STEPS.items() for code in codes}


def decimals_of(currency: str) -> int:
    """Return how many decimals an exact amount of a currency (ISO 4217, "" where none is told) has."""
    return 0 if currency in WITHOUT_CENTS else 2


def rate_step(currency: str) -> float:
    """Return the step in which hotels write rates in a currency, 1 where none is told."""
    return _STEP.get(currency, 1.0)
