"""Noting what staff decided about rates, each decision beside what was suggested at that moment.

The suggestion of a night is gone once staff lock another rate: the pricing then answers with theirs. So it is kept here,
with what it was expected to bring, and what the rate decided on was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.rates.decided import Cell, Standing, freed, newest, standing
from hotelml_app.services.rates.kept import CURRENT, LOCKED, Kept
from hotelml_app.services.rates.rate_days import amount
from hotelml_app.services.rates.views import AcceptRates, RatesChange, SetRate, UndoRates, same_rate
from hotelml_app.store.decided import rate_decisions
from hotelml_app.store.decided.rate_decisions import DecisionKind, RateDecisionRow
from hotelml_app.store.learned.predictions import PredictionRow


@dataclass(frozen=True)
class _Suggested:
    on: date | None = None
    rate: float | None = None
    rooms: float | None = None
    revenue: float | None = None
    made_by: str = ""


def note(ground: Ground, before: Kept, after: Kept, asked: RatesChange, rows: Sequence[PredictionRow]) -> None:
    """Keep what an act decided; ``rows`` are the suggestions as they stood before it. Going back takes its decisions back."""
    types = tuple(dict.fromkeys(str(row.payload["room_type"]) for row in rows))
    was, now = standing(before, types), standing(after, types)
    changed = sorted(cell for cell in {*was, *now} if was.get(cell) != now.get(cell))
    parts, decided = ground.parts, newest(ground.parts, ground.row)
    if isinstance(asked, UndoRates):
        with parts.store.write() as connection:
            rate_decisions.undo(connection, [decided[cell].id for cell in changed if cell in decided])
        return
    moment = _Moment(ground, before, asked, was, now, rows, decided)
    found = [moment.decision(cell) for cell in changed]
    with parts.store.write() as connection:
        rate_decisions.append(connection, ground.row.id, found, parts.clock.now())


class _Moment:
    """The moment of one act: what stood before and after it, and what was suggested."""

    def __init__(
        self,
        ground: Ground,
        before: Kept,
        asked: RatesChange,
        was: Standing,
        now: Standing,
        rows: Sequence[PredictionRow],
        decided: Mapping[Cell, RateDecisionRow],
    ) -> None:
        self._ground, self._asked, self._was, self._now, self._decided = ground, asked, was, now, decided
        self._settled = before.accepted_on(ground.as_of)
        self._rows = {(row.target_date.isoformat(), str(row.payload["room_type"])): row for row in rows}

    def decision(self, cell: Cell) -> RateDecisionRow:
        """Return what was decided for a night and room type."""
        night, kind = date.fromisoformat(cell[0]), cell[1]
        told, row = self._now.get(cell), self._rows.get(cell)
        if told is None:
            return freed(night, kind, self._ground.as_of)
        name, rate = told
        if name == CURRENT and not isinstance(self._asked, AcceptRates):
            return self._accepted_before(night, kind, rate)
        said = self._suggested(cell, row)
        rooms, revenue = _at(row, rate)
        own = DecisionKind.OWN if isinstance(self._asked, SetRate) else DecisionKind.KEPT
        followed = said.rate is not None and same_rate(said.rate, rate)
        return RateDecisionRow(
            night,
            kind,
            DecisionKind.ACCEPTED if followed else own,
            self._ground.as_of,
            rate=rate,
            current_rate=float(str(row.payload["current_rate"])) if row is not None else None,
            suggested_on=said.on,
            suggested_rate=said.rate,
            suggested_rooms=said.rooms,
            suggested_revenue=said.revenue,
            rate_rooms=rooms,
            rate_revenue=revenue,
            made_by=said.made_by,
            room_cost=amount(row.payload, "room_cost") if row is not None else 0.0,
        )

    def _suggested(self, cell: Cell, row: PredictionRow | None) -> _Suggested:
        """Return what was suggested; of a rate that staff had decided on before, what was suggested then."""
        if row is None:
            return _Suggested()
        if self._was.get(cell, ("",))[0] != LOCKED and cell not in self._settled:
            rate, rooms, revenue = (
                float(str(row.payload[name])) for name in ("suggested_rate", "expected_rooms", "expected_revenue")
            )
            return _Suggested(row.as_of, rate, rooms, revenue, row.made_by)
        former = self._decided.get(cell)
        if former is None or former.suggested_rate is None:
            return _Suggested()
        now = _at(row, former.suggested_rate)
        told = now if now[0] is not None else (former.suggested_rooms, former.suggested_revenue)
        return _Suggested(former.suggested_on, former.suggested_rate, *told, former.made_by)

    def _accepted_before(self, night: date, kind: str, rate: float) -> RateDecisionRow:
        """Return the acceptance that stands again once a lock is gone."""
        with self._ground.parts.store.read() as connection:
            rows = rate_decisions.of_night(connection, self._ground.row.id, night, kind)
        again = [one for one in rows if one.kind is DecisionKind.ACCEPTED and one.rate == rate]
        return replace(again[-1]) if again else freed(night, kind, self._ground.as_of)


def _at(row: PredictionRow | None, rate: float) -> tuple[float | None, float | None]:
    """Return rooms and revenue expected at a rate, from the curve of the night; None beyond what was weighed."""
    curve = row.payload.get("curve") if row is not None else None
    points = sorted(tuple(float(str(value)) for value in one) for one in (curve if isinstance(curve, list) else []))
    if not points or not points[0][0] <= rate <= points[-1][0]:
        return None, None
    rates, rooms, money = zip(*(point[:3] for point in points), strict=True)
    return round(float(np.interp(rate, rates, rooms)), 2), round(float(np.interp(rate, rates, money)), 2)
