"""What a report holds: sheets of tables, ready to be written as a workbook, laid out on paper or told as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Value = date | datetime | float | int | str | None
"""What stands in a cell; None is not known."""


class Kind(StrEnum):
    """What the values of a column are; it decides how they are written."""

    TEXT = "text"
    LONG = "long"
    """A text that may run over several lines."""

    DAY = "day"
    MONTH = "month"
    WHOLE = "whole"
    CHANGE = "change"
    """A whole number with its sign."""

    TENTH = "tenth"
    AMOUNT = "amount"
    """Money without cents."""

    RATE = "rate"
    """Money with cents."""

    RATE_CHANGE = "rate change"
    SHARE = "share"
    SHARE_CHANGE = "share change"
    FILLED = "filled"
    """A share that is worth a bar."""


NUMBERS = frozenset(set(Kind) - {Kind.TEXT, Kind.LONG, Kind.DAY, Kind.MONTH})


@dataclass(frozen=True, slots=True)
class Column:
    """One column. Money has its currency in the ``head``."""

    head: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, each as long as the columns. ``total`` is a last row of the same kind; ``nothing`` says why there is no row."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] = ()
    nothing: str = ""

    def at(self, head: str) -> int:
        """Return which column has this head."""
        return [one.head for one in self.columns].index(head)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a sentence, where it comes from (``origin``), its tables, and ``notes`` on how to read them.

    Without tables the sentence says why there are none.
    """

    title: str
    sentence: str
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. ``as_of`` is the business date, or the day that was looked back to; ``days`` is how many nights are ahead."""

    property_name: str
    country: str
    currency: str
    as_of: date
    days: int
    made_at: datetime
    sheets: tuple[Sheet, ...]

    def sheet(self, title: str) -> Sheet:
        """Return the sheet of that title."""
        return next(one for one in self.sheets if one.title == title)


def from_plain(told: Mapping[str, Any]) -> Report:
    """Return a report as it was before it was told as JSON."""
    return Report(
        property_name=told["property_name"],
        country=told["country"],
        currency=told["currency"],
        as_of=date.fromisoformat(told["as_of"]),
        days=told["days"],
        made_at=datetime.fromisoformat(told["made_at"]),
        sheets=tuple(map(_sheet, told["sheets"])),
    )


def _sheet(told: Mapping[str, Any]) -> Sheet:
    tables = tuple(map(_table, told["tables"]))
    return Sheet(told["title"], told["sentence"], tables, tuple(told["notes"]), tuple(told["origin"]))


def _table(told: Mapping[str, Any]) -> Table:
    columns = tuple(Column(one["head"], Kind(one["kind"])) for one in told["columns"])
    rows = tuple(_row(columns, row) for row in told["rows"])
    return Table(told["title"], columns, rows, _row(columns, told["total"]), told["nothing"])


def _row(columns: Sequence[Column], told: Sequence[Any]) -> tuple[Value, ...]:
    return tuple(_value(column, value) for column, value in zip(columns, told, strict=False))


def _value(column: Column, value: Any) -> Value:
    if column.kind not in (Kind.DAY, Kind.MONTH) or not value:
        return value  # type: ignore[no-any-return]
    try:
        return date.fromisoformat(value)
    except ValueError:
        # The word at the head of a row of totals.
        return str(value)
