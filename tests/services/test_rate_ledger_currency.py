"""Rates decided on before the property's currency was changed: told in their own, and in no sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from decided_rates import decide, later, nights
from small_hotel import NAME

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.rates.ledger_csv import csv_rows
from hotelml_app.services.rates.views import SetRate
from hotelml_app.store.hotels import properties


def name_currency(appliance: Appliance, code: str) -> None:
    appliance.parts.clock.advance(timedelta(minutes=1))
    appliance.update_property(replace(appliance.properties()[0], currency=code))


def test_what_was_decided_in_another_currency_is_told_so_and_left_out_of_sums(appliance: Appliance, tmp_path: Path) -> None:
    room_type = appliance.rates(NAME).room_type
    name_currency(appliance, "EUR")
    decide(appliance, SetRate(nights(2), nights(2), room_type, 150.0))
    name_currency(appliance, "USD")
    decide(appliance, SetRate(nights(3), nights(3), room_type, 160.0))
    view = later(appliance, tmp_path)
    after, before = view.own
    assert (before.entry.other_currency, after.entry.other_currency) == ("EUR", "")
    assert before.verdict == "Can't tell: decided in EUR, before the currency was changed"
    assert (view.own_totals.entries, view.own_totals.compared) == (2, 1)
    assert view.own_totals.revenue == after.entry.revenue
    assert "1 decision was made before the currency was changed, and left out of every sum." in view.detail
    assert [line[-1] for line in csv_rows(view)] == ["USD", "EUR"]
    name_currency(appliance, "EUR")
    assert [one.entry.other_currency for one in appliance.rate_ledger(NAME).own] == ["USD", ""], "it was only a slip"


def test_the_first_currency_that_is_told_is_no_change(appliance: Appliance, tmp_path: Path) -> None:
    with appliance.parts.store.write() as connection:
        properties.update(connection, the_one(appliance.parts.store, NAME).id, currency="")
    decide(appliance, SetRate(nights(2), nights(2), appliance.rates(NAME).room_type, 150.0))
    name_currency(appliance, "EUR")
    view = later(appliance, tmp_path)
    assert view.own[0].entry.other_currency == ""
    assert view.own_totals.compared == 1
