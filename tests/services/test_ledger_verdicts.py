"""What is said of rates that staff decided on: careful about one night, and about few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hotelml_app.services.rates.ledger_verdicts import judged
from hotelml_app.services.rates.ledger_views import LedgerEntry, LedgerTotals, Outcome
from hotelml_app.services.rates.ledger_words import caution, detail, sentence

ENTRY = LedgerEntry(
    date(2026, 3, 7), "DBL", "own", date(2026, 3, 1), rate=110.0, current_rate=100.0, suggested_on=date(2026, 3, 1),
    suggested_rate=120.0, rooms=10.0, revenue=1000.0, suggested_rooms=10.0, suggested_revenue=1000.0, rate_rooms=10.0,
    rate_revenue=1000.0, made_by="statistical", capacity=14, capacity_told=True,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "outcome", "said"),
    [
        ({}, Outcome.UNTOLD, "Filled as expected; can't tell the two rates apart"),
        ({"revenue": 1119.0}, Outcome.UNTOLD, "Filled as expected; can't tell the two rates apart"),
        ({"revenue": 1121.0}, Outcome.MORE, "More than the suggestion was expected to bring"),
        ({"rooms": 7.0, "revenue": 879.0}, Outcome.LESS, "Fewer rooms than the suggestion was expected to fill"),
        ({"rooms": 13.0, "revenue": 879.0}, Outcome.LESS, "More rooms, but less than the suggestion was expected to bring"),
        ({"rooms": 13.0, "revenue": 1001.0}, Outcome.UNTOLD, "Can't tell: about what the suggestion was expected to bring"),
        ({"rooms": 14.0, "revenue": 800.0}, Outcome.LESS, "Sold out: the higher suggestion would likely have earned more"),
        ({"rooms": 14.0, "revenue": 1900.0}, Outcome.UNTOLD, "Sold out: the higher suggestion might have earned more still"),
        ({"rooms": 14.0, "revenue": 1900.0, "rate": 130.0}, Outcome.MORE, "Sold out at the higher rate"),
        ({"rooms": 14.0, "revenue": 1900.0, "rate": 130.0, "capacity_told": False}, Outcome.MORE,
         "As full as this type ever was at the higher rate"),
        ({"suggested_rate": None, "suggested_revenue": None}, Outcome.UNTOLD, "Can't tell: what was suggested is not known"),
        ({"kind": "accepted", "rate": 120.0}, Outcome.UNTOLD, "Filled as expected"),
        ({"kind": "accepted", "rate": 120.0, "rooms": 7.0, "revenue": 700.0}, Outcome.LESS, "Fewer rooms than expected"),
        ({"kind": "accepted", "rate": 120.0, "rooms": 14.0, "revenue": 1700.0}, Outcome.MORE, "Sold out"),
    ],
)  # fmt: skip
def test_verdicts_are_careful(changes: dict[str, object], outcome: Outcome, said: str) -> None:
    assert judged(replace(ENTRY, **changes)) == (outcome, said)  # type: ignore[arg-type]


def test_of_a_large_house_a_twentieth_is_not_told_apart() -> None:
    large = replace(ENTRY, rooms=100.0, suggested_rooms=100.0, suggested_revenue=10_000.0, capacity=150)
    assert judged(replace(large, revenue=10_499.0))[0] is Outcome.UNTOLD
    assert judged(replace(large, revenue=10_501.0))[0] is Outcome.MORE


def totals(entries: int, nights: int, revenue: float, squared: float) -> LedgerTotals:
    return LedgerTotals(entries, nights, 8, 4, entries - 12, entries, revenue, 10_000.0, 10_500.0, squared)


NONE = LedgerTotals(0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0)


def test_the_first_line_counts_and_few_nights_prove_nothing() -> None:
    own = totals(14, 14, 10_300.0, 9e4)
    assert sentence(own, NONE) == (
        "Own rates on 14 past nights: 8 brought more than the suggestion was expected to, 4 less, 2 can't be told."
    )
    assert sentence(totals(20, 14, 1.0, 1.0), NONE).startswith("20 own rates on 14 past nights: ")
    assert "10,300 EUR (+3.0 %) where 10,000 EUR was expected" in detail(own, NONE, "EUR", 0, None)
    loss = replace(own, at_suggestion=-200.0, revenue=500.0, after_costs=True)
    assert "500 EUR where -200 EUR was expected" in detail(loss, NONE, "EUR", 0, None), "of less than nothing there is no share"
    assert caution(own, NONE).startswith("One night proves nothing, and 14 nights not much.")
    assert "No own rate lies on a past night yet" in sentence(NONE, own)


def test_what_chance_may_bring_is_called_so_however_many_nights() -> None:
    assert "no more than chance alone may bring" in caution(totals(40, 40, 10_300.0, 9e4), NONE)
    more = caution(totals(40, 40, 10_700.0, 9e4), totals(30, 30, 10_600.0, 9e4))
    assert "more than chance alone usually brings" in more
    assert "set one against the other" in more
