"""The date columns of a table as day numbers, all of them judged together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.errors import AmbiguousDatesError, MixedDatesError
from hotelml_app.intake.identify import Claim
from hotelml_app.intake.profile import DAY_ROLES
from hotelml_app.intake.readers.tables.table import Column, Table
from hotelml_app.intake.rows.verdicts import DAMAGE_SHARE
from hotelml_app.intake.values.date_order import NO_DAY, DateColumn, DateOrder, Days, decide_orders, order_of_column
from hotelml_app.intake.values.words import clean, header_word, without_accents, word
from hotelml_app.intake.values.world_time import days_to_add

MIXED_SHARE, FEWEST_MIXED = 0.02, 5
"""From so many dates in the other order on, a column has two orders: what may be either is then known of no row."""

_LAST_NIGHTS = frozenset(
    {"last night", "letzte nacht", "derniere nuit", "ultima noche", "ultima notte", "ultima noite", "laatste nacht"}
)
"""Names of the day before the departure."""


@dataclass
class DayColumns:
    """The days of each role, which of its rows say something that is none, and what is to be told of them."""

    days: dict[str, Days] = field(default_factory=dict)
    unreadable: list[NDArray[np.bool_]] = field(default_factory=list)
    told_orders: set[DateOrder] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def read_days(claim: Claim, table: Table, nights: NDArray[np.float64] | None) -> DayColumns:
    """Read the date columns of a table.

    Raises AmbiguousDatesError where nothing tells day from month, MixedDatesError where both come first in one column.
    """
    columns = {
        role: DateColumn.of(_without_blanks(table.columns[places[0]], claim.profile.blanks))
        for role, places in claim.places.items()
        if role in DAY_ROLES
    }
    if any(column.year_first for column in columns.values()):
        columns = {role: column.beside_years_first() for role, column in columns.items()}
    turned = {column.turned for column in columns.values() if column.turned}
    if len(turned) == 1:
        like = turned.pop()
        columns = {role: column.like(like) for role, column in columns.items()}
    orders = decide_orders(columns, nights, claim.profile.date_order)
    found = DayColumns()
    # Where something must be asked, it is best asked about the arrival.
    for role, column in sorted(columns.items(), key=lambda item: item[0] != "arrival"):
        name, order = claim.header.cells[claim.places[role][0]].strip(), orders[role]
        if order is None:
            found.days[role] = _without_open_dates(name, column)
            continue
        _refuse_mixed(name, column, order)
        found.days[role] = column.days(order)
        if role == "departure" and without_accents(header_word(name)) in _LAST_NIGHTS:
            found.days[role] = np.where(found.days[role] == NO_DAY, NO_DAY, found.days[role] + 1).astype(np.int32)
        found.unreadable.append(column.unreadable)
        found.notes += _told(name, column, order)
        if column.needs_order and order_of_column(column) is not None:
            found.told_orders.add(order)
    _move_to_the_hotels_day(columns, found)
    return found


def _told(name: str, column: DateColumn, order: DateOrder) -> list[str]:
    notes = [f"Dates in the column {name!r} were read year first."] if column.year_first else []
    if column.needs_order:
        written = "day first" if order is DateOrder.DAY_FIRST else "month first"
        notes.append(f"Dates in the column {name!r} were read {written}.")
    if column.turned:
        notes.append(
            f"In the column {name!r} a spreadsheet had taken the day for the month in all dates where it could; "
            "they were turned back."
        )
    return notes


def _refuse_mixed(name: str, column: DateColumn, order: DateOrder) -> None:
    """Raise MixedDatesError where more dates than damage explains are dates in the other order alone."""
    other = column.only_in_the_other(order)
    count = int(other.sum())
    if count < FEWEST_MIXED or count <= MIXED_SHARE * column.rows_read(order):
        return
    example = clean(column.column.text(int(np.flatnonzero(other)[0])))
    raise MixedDatesError(name, example, count, column.rows_read(order), "month" if order is DateOrder.DAY_FIRST else "day")


def _move_to_the_hotels_day(columns: Mapping[str, DateColumn], found: DayColumns) -> None:
    added = days_to_add({role: column.column for role, column in columns.items()})
    for role, days in added.items():
        found.days[role] = np.where(found.days[role] == NO_DAY, NO_DAY, found.days[role] + days).astype(np.int32)
    if added:
        found.notes.append("Days are written as moments of world time (UTC); they were read as the hotel's own midnights.")


def _without_open_dates(name: str, column: DateColumn) -> Days:
    """Return the days of a column whose order nothing tells, if the dates in question are so few that they are damage.

    Raises AmbiguousDatesError otherwise.
    """
    in_question = column.open_rows
    if in_question.sum() > DAMAGE_SHARE * len(in_question):
        raise AmbiguousDatesError(name, column.example)
    return np.where(in_question, NO_DAY, column.days(DateOrder.DAY_FIRST)).astype(np.int32)


def _without_blanks(column: Column, blanks: Collection[str]) -> Column:
    return Column(column.codes, [clean(label) if word(label, blanks) else "" for label in column.labels])
