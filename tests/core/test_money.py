"""Amounts are written with cents only where the currency has them."""

from __future__ import annotations

import pytest

from hotelml_app.core.money import in_currency


@pytest.mark.parametrize(
    ("said", "in_yen"),
    [
        ("usual rate of the night 12000.40 (season +3%)", "usual rate of the night 12000 (season +3%)"),
        ("a change to 1,200.50 would bring about 0.74", "a change to 1,200 would bring about 1"),
        ("6.8 times as often as usual, on 12.05.2026", "6.8 times as often as usual, on 12.05.2026"),
    ],
)
def test_a_currency_without_cents_has_none_in_sentences(said: str, in_yen: str) -> None:
    assert in_currency(said, "JPY") == in_yen
    assert in_currency(said, "EUR") == in_currency(said, "") == said
