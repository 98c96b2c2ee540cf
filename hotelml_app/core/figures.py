"""Figures as they stand in a sentence."""

from __future__ import annotations

_LARGE = 1000


def four_digits(value: float) -> str:
    """Return a figure with the four digits that count; one of more is written out, as errors in yen or forint are: "15,234"."""
    return f"{value:,.0f}" if abs(value) >= _LARGE else f"{value:.4g}"


def counted(number: int, one: str, many: str) -> str:
    """Return "1 row has" or "1,200 rows have", as the number asks for."""
    return f"{number:,} {one if number == 1 else many}"
