"""Prices in several currencies, weak ones among them: none is a slip for being large in another's eyes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store

WriteExport = Callable[..., Path]
MANY = 400
"""Rows enough to tell what is usual."""
Price = tuple[str, str]
"""A total of two nights and its currency."""
Imported = Callable[[list[Price]], tuple[dict[str, object], ImportReport]]


@pytest.fixture
def totals(store: Store, tmp_path: Path, write_export: WriteExport) -> Imported:
    """Import bookings of these prices; return the totals as stored, by number, and the report."""

    def imported(prices: list[Price]) -> tuple[dict[str, object], ImportReport]:
        rows = [
            {"reservation_id": f"R{n}", "adr": f"{float(total) / 2:.2f}", "total": total, "currency": currency}
            for n, (total, currency) in enumerate(prices)
        ]
        report = import_file(write_export(tmp_path / "a.csv", rows), store=store, clock=store.clock)
        return {number: state["total"] for number, state in newest(store).items()}, report

    return imported


def euros(count: int) -> list[Price]:
    return [(f"{180 + n % 40}.00", "EUR") for n in range(count)]


def test_a_few_bookings_in_a_weak_currency_keep_their_prices(totals: Imported) -> None:
    found, report = totals([*euros(MANY), ("3200000.00", "IDR"), ("41000000.00", "IRR")])
    assert (found[f"R{MANY}"], found[f"R{MANY + 1}"]) == (3_200_000, 41_000_000)
    assert not any("times the usual" in note for note in report.notes)


def test_a_slip_is_one_in_its_own_currency(totals: Imported) -> None:
    weak = [(f"{3_000_000 + 10_000 * n}.00", "IDR") for n in range(20)]
    found, report = totals([*euros(MANY), *weak, ("3200000000.00", "IDR"), ("185000.00", "EUR"), ("190000.00", "")])
    assert [found[f"R{n}"] for n in (MANY + 20, MANY + 21, MANY + 22)] == [None, None, None]
    assert all(found[f"R{n}"] for n in range(MANY + 20))
    assert "3 prices are over 200 times the usual one and were left blank." in report.notes


def test_where_no_currency_is_named_many_large_prices_are_no_slips_and_a_few_are(totals: Imported) -> None:
    nameless = [(total, "") for total, _ in euros(MANY)]
    found, report = totals([*nameless, *[("3200000.00", "")] * (MANY // 8)])
    assert all(found.values())
    assert any("too many for slips; they were kept as written" in note for note in report.notes)


def test_a_hotel_with_a_weak_currency_alone_keeps_every_price(totals: Imported) -> None:
    found, report = totals([(f"{2_500_000_000 + 1_000_000 * n}.00", "IRR") for n in range(MANY)])
    assert all(found.values())
    assert not any("times the usual" in note for note in report.notes)
