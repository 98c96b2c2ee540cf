"""The predictions that the pages show: those kept as of the business date, made anew where another model is live since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hotelml_app.core.json_values import json_ready
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.registry.answers import PredictionRun
from hotelml_app.services.learning.made_by import brought_along
from hotelml_app.services.learning.predict import run
from hotelml_app.services.parts import Parts
from hotelml_app.store.exported import imports
from hotelml_app.store.exported.imports import ImportRow
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import models, predictions
from hotelml_app.store.learned.predictions import PredictionRow

UPKEEP_MAY_TAKE_S = 30.0


@dataclass(frozen=True)
class Given:
    """The predictions of one module as of the business date."""

    rows: Sequence[PredictionRow]

    def on(self, day: date) -> list[PredictionRow]:
        """Return the predictions about one day."""
        return [row for row in self.rows if row.target_date == day]

    def cells(self, metric: str, part: str, by: str = "room_type") -> list[PredictionRow]:
        """Return the predictions of one metric and room type (or other part of the house), as the forecast makes them."""
        return [row for row in self.rows if row.payload.get("metric") == metric and (row.payload.get(by) or "") == part]

    @property
    def makers(self) -> set[str]:
        """What made them: own:VERSION, bundled:VERSION, statistical."""
        return {row.made_by for row in self.rows}


def given(parts: Parts, row: PropertyRow, module: str, horizon: int) -> Given:
    """Return a module's predictions for the days after the business date."""
    assert row.business_date is not None, "the page's ground refuses properties without data"
    kept = _kept(parts, row, module, row.business_date, horizon)
    if kept is None and parts.upkeep is not None and parts.upkeep.wait_idle(UPKEEP_MAY_TAKE_S):
        # After an import the upkeep predicts anyway; doing the same beside it would only take twice the memory.
        kept = _kept(parts, row, module, row.business_date, horizon)
    if kept is not None:
        return kept
    with parts.memory.one_at_a_time:
        kept = _kept(parts, row, module, row.business_date, horizon)
        if kept is None:
            kept = made_now(parts, row, module, horizon)
        return kept


def made_now(parts: Parts, row: PropertyRow, module: str, horizon: int, by: str = "") -> Given:
    """Return predictions made at this moment; those split in another way than usual (``by``) are not kept in the store."""
    assert row.business_date is not None, "the page's ground refuses properties without data"
    return Given(as_rows(run(parts, row, manifest_of(module), row.business_date, horizon, by=by)))


def _kept(parts: Parts, row: PropertyRow, module: str, as_of: date, horizon: int) -> Given | None:
    """Return the kept predictions where what is live made them, this version of HotelML too, and they reach far enough."""
    with parts.store.read() as connection:
        rows = predictions.of_run(connection, row.id, module, as_of)
        champion = models.champion(connection, row.id, module)
        last = imports.get(connection, imports.last_done(connection, row.id))
    if not rows or _older(rows, last) or not manifest_of(module).is_whole(rows[0].payload):
        return None
    kept = Given(rows)
    versions = {maker.partition(":")[2] for maker in kept.makers} - {""}
    brought = brought_along(parts, row, module) if champion is None else None
    live = champion.version if champion is not None else brought.version if brought is not None else ""
    reach = max(one.target_date for one in rows)
    far_enough = horizon <= manifest_of(module).horizon_days or reach >= as_of + timedelta(days=horizon)
    # A model brought along leaves to the plain rule what that knows better; a champion has answered something.
    made_by_live = versions == {live} if champion is not None else versions <= {live}
    return kept if made_by_live and far_enough else None


def _older(rows: Sequence[PredictionRow], last: ImportRow | None) -> bool:
    """Tell whether the last import came after the predictions; one of the same or of an older day changes the bookings too."""
    made = [one.made_at for one in rows if one.made_at is not None]
    return last is not None and last.finished_at is not None and bool(made) and max(made) < last.finished_at


def as_rows(found: PredictionRun) -> list[PredictionRow]:
    """Return the answers of a run in the form in which kept ones come."""
    return [
        PredictionRow(
            found.as_of,
            one.target_date,
            one.key,
            found.maker(one),
            {name: json_ready(value) for name, value in one.values.items()},
        )
        for one in found.predictions
    ]
