"""A report about a past day: what was kept then is told in the currency that the property had then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from small_hotel import AS_OF, NAME, write_export

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.report.views import Kind, Report


def money_heads(report: Report) -> set[str]:
    """Return the last word of every head of a column of money."""
    tables = [report.sheet("Nights").tables[0], report.sheet("Arrivals").tables[0]]
    return {one.head.split(" ")[-1] for table in tables for one in table.columns if one.kind in (Kind.RATE, Kind.AMOUNT)}


def test_what_was_kept_in_a_former_currency_is_told_in_that(appliance: Appliance, tmp_path: Path) -> None:
    appliance.report(NAME)
    (before,) = appliance.properties()
    appliance.parts.clock.advance(timedelta(days=3))
    appliance.import_files([write_export(tmp_path, AS_OF + timedelta(days=3), AS_OF)], NAME)
    appliance.update_property(replace(before, currency="USD"))
    appliance.parts.clock.advance(timedelta(minutes=1))
    back, now = appliance.report(NAME, AS_OF), appliance.report(NAME)
    assert (back.as_of, back.currency, money_heads(back)) == (AS_OF, before.currency, {before.currency})
    assert (now.currency, money_heads(now)) == ("USD", {"USD"})
    not_kept = appliance.report(NAME, AS_OF - timedelta(days=60))
    assert money_heads(not_kept) == {"USD"}, "what is worked out now is not of another currency"
