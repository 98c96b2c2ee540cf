"""Rates decided on in the small hotel, and what the ledger says of them once a later export came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from small_hotel import AS_OF, NAME, write_export

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.services.rates import noted as rates_noted
from hotelml_app.services.rates.kept import Kept
from hotelml_app.services.rates.ledger_views import LedgerView
from hotelml_app.services.rates.rate_changes import RateChanges
from hotelml_app.services.rates.views import RateDay, RatesChange, RatesView
from hotelml_app.store.learned.predictions import PredictionRow

LATER = AS_OF + timedelta(days=6)


def on(view: RatesView, night: date) -> RateDay:
    return next(one for one in view.days if one.night == night)


def next_month(view: RatesView) -> date:
    return view.months[1]


def nights(ahead: int) -> date:
    return AS_OF + timedelta(days=ahead)


def decide(appliance: Appliance, *acts: RatesChange) -> None:
    """Do what the Rates page does with a decision, but for weighing all rates again, which takes a second each time."""
    ground = Ground(appliance.parts, the_one(appliance.parts.store, NAME))
    for act in acts:
        before = rates_kept.read(ground.parts, ground.row)
        rows = [as_weighed(row, before) for row in ground.given("pricing").rows]
        after = RateChanges(rows, before).applied(act)
        rates_kept.write(ground.parts, ground.row, after)
        rates_noted.note(ground, before, after, act, rows)


def as_weighed(row: PredictionRow, kept: Kept) -> PredictionRow:
    """Return what the pricing says of a night that staff locked: their rate."""
    locked = kept.dated("locked", ()).get(row.target_date.isoformat(), {}).get(str(row.payload["room_type"]))
    return row if locked is None else replace(row, payload={**row.payload, "current_rate": locked, "suggested_rate": locked})


def later(appliance: Appliance, folder: Path) -> LedgerView:
    """What the ledger says after the export of LATER."""
    appliance.import_files([write_export(folder, LATER, AS_OF)], NAME)
    return appliance.rate_ledger(NAME)
