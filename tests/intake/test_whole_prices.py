"""Prices without decimals: 1.470 is fourteen hundred and seventy wherever no price has cents."""

from __future__ import annotations

from pathlib import Path

import pytest
from dropped import states
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.intake.importing import import_file
from hotelml_app.intake.readers.workbooks.workbook import cell_text
from hotelml_app.intake.values.numbers import COMMA, POINT, decimal_mark, read_amount
from hotelml_app.store import Store


@pytest.mark.parametrize(
    ("texts", "elsewhere", "currencies", "mark"),
    [
        (["1.470", "980", "2.100"], "", (), COMMA),
        (["8.900", "14.500"], "", (), COMMA),
        (["8,900", "14,500"], "", (), POINT),
        (["126.631", "1250", "98"], "", (), POINT),
        (["45.500", "38.000"], "", ("KWD",), POINT),
        (["45,500 TND", "38,000 TND"], "", (), COMMA),
        (["1.470", "980"], POINT, (), POINT),
        (["1.470", "980"], COMMA, (), COMMA),
        (["1.470", "98,50"], "", (), COMMA),
    ],
)
def test_what_stands_before_the_decimals_is_told_by_all_prices(
    texts: list[str], elsewhere: str, currencies: tuple[str, ...], mark: str
) -> None:
    assert decimal_mark(texts, elsewhere, currencies) == mark


@given(st.lists(st.integers(1, 9_999_999), min_size=2, max_size=30), st.sampled_from([".", ","]))
def test_whole_prices_with_marks_at_their_thousands_come_back(prices: list[int], thousands: str) -> None:
    texts = [f"{price:,}".replace(",", thousands) for price in prices]
    mark = decimal_mark(texts)
    assert [read_amount(text, mark).value for text in texts] == prices  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["99,-", "99.-", "99,--", "99,\u2013", "Fr. 99.--", "99,- €"])
def test_a_dash_in_the_place_of_the_cents_makes_no_price_negative(text: str) -> None:
    for mark in (POINT, COMMA):
        amount = read_amount(text, mark)
        assert amount is not None
        assert amount.value == 99


def test_a_dash_behind_the_cents_still_does() -> None:
    assert read_amount("99.50-", POINT).value == -99.5  # type: ignore[union-attr]
    assert read_amount("(99.50)", POINT).value == -99.5  # type: ignore[union-attr]


def test_a_number_of_a_workbook_is_never_taken_for_thousands() -> None:
    texts = [cell_text(110.125), cell_text(98.0)]
    assert [read_amount(text, decimal_mark(texts)).value for text in texts] == [110.125, 98]  # type: ignore[union-attr]


def test_a_german_export_without_cents_is_stored_in_full(store: Store, tmp_path: Path) -> None:
    lines = ["ResNo;Arrival;Departure;Lastname;Room;Room Type;Rate Code;Currency;Price;Status;CRSNumber"]
    prices = ["980", "1.470", "2.100", "75"]
    lines += [f"{n};1{n}.06.2025;2{n}.06.2025;Muster;10{n};DZ;BAR;EUR;{price};Definitiv;" for n, price in enumerate(prices)]
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    import_file(path, store=store, settings_property="The Inn", clock=store.clock)
    assert [one["adr"] for one in states(store)] == [980, 1470, 2100, 75]
