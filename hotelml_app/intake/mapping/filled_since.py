"""Columns that were blank when HotelML found out a layout: while no booking is lost, nothing stands where losses are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hotelml_app.intake.identify import Claim
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.proposing.names.header_match import BY_PARTS, matches
from hotelml_app.intake.proposing.names.header_words import CANCELLED_FLAG
from hotelml_app.intake.proposing.propose import flag_statuses
from hotelml_app.intake.proposing.signs.evidence import FLAGS, Evidence
from hotelml_app.intake.proposing.signs.fitting import fit

_LOSSES = ("status", CANCELLED_FLAG, "cancelled_on", "is_no_show")


def filled_since(layout: ColumnMap, claim: Claim) -> ColumnMap:
    """Return a layout with the columns that now tell of lost bookings, by their names and values; the same where none does."""
    for position, cell in _unused(claim):
        named = [match.role for match in matches(cell) if match.score >= BY_PARTS and match.role in _LOSSES]
        open_roles = [role for role in named if _kept_as(role) not in layout.columns]
        if not open_roles:
            continue
        seen = Evidence(claim.sheet.beginning().read(claim.header, [position]).columns[position])
        role = next((one for one in open_roles if fit(one, seen) == 1.0), None)
        if role is not None:
            words = flag_statuses(FLAGS) if role == CANCELLED_FLAG else {}
            columns = {**layout.columns, _kept_as(role): (cell.strip(),)}
            layout = replace(layout, columns=columns, statuses={**layout.statuses, **words}, no_status=False)
    return layout


def _kept_as(role: str) -> str:
    return "status" if role == CANCELLED_FLAG else role


def _unused(claim: Claim) -> Iterator[tuple[int, str]]:
    """Yield the columns that have a name of their own and no role."""
    used, cells = {place for places in claim.places.values() for place in places}, claim.header.cells
    yield from (
        (place, cell) for place, cell in enumerate(cells) if place not in used and cell.strip() and cells.count(cell) == 1
    )
