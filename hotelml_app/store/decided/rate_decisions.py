"""What staff decided about rates, beside what was suggested then: rows are added and marked as undone, never changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from hotelml_app.store.decided import room_type_names
from hotelml_app.store.values import day_or_none, day_text, moment_or_none, moment_text


class DecisionKind(StrEnum):
    """What was decided: a rate of one's own, to leave the rate as it was, to follow the suggestion, or no rate any more."""

    OWN = "own"
    KEPT = "kept"
    ACCEPTED = "accepted"
    FREED = "freed"


@dataclass(frozen=True, slots=True)
class RateDecisionRow:
    """One decision about one night of one room type; amounts in the property's currency, None where not known.

    ``suggested_rooms`` and ``suggested_revenue`` were expected of the night in the end at the suggested rate, ``rate_rooms``
    and ``rate_revenue`` at the one decided on; ``room_cost`` is what an occupied room was said to cost, 0 where nobody said.
    """

    night: date
    room_type: str
    kind: DecisionKind
    decided_on: date
    rate: float | None = None
    current_rate: float | None = None
    suggested_on: date | None = None
    suggested_rate: float | None = None
    suggested_rooms: float | None = None
    suggested_revenue: float | None = None
    rate_rooms: float | None = None
    rate_revenue: float | None = None
    made_by: str = ""
    room_cost: float = 0.0
    id: int = 0
    decided_at: datetime | None = field(default=None, compare=False)


_FIGURES = ("rate", "current_rate", "suggested_rate", "suggested_rooms", "suggested_revenue", "rate_rooms", "rate_revenue")
_COLUMNS = ("night", "room_type", "kind", "decided_on", "suggested_on", *_FIGURES, "made_by", "room_cost")


def append(connection: sqlite3.Connection, property_id: int, rows: Iterable[RateDecisionRow], now: datetime) -> None:
    """Keep decisions, in the order they are given; a row's own ``id`` and ``decided_at`` are not looked at."""
    marks = ", ".join("?" * (len(_COLUMNS) + 2))
    connection.executemany(
        f"INSERT INTO rate_decisions (property_id, decided_at, {', '.join(_COLUMNS)}) VALUES ({marks})",
        [(property_id, moment_text(now), *_values(row)) for row in rows],
    )


def undo(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Mark decisions as gone back from; those before them stand again."""
    connection.executemany("UPDATE rate_decisions SET undone = 1 WHERE id = ?", [(one,) for one in ids])


def standing(connection: sqlite3.Connection, property_id: int, since: date = date.min) -> list[RateDecisionRow]:
    """Return what stands for each night from ``since`` on and room type: the newest decision that is not undone.

    Room types go by their present names.
    """
    names, newest = room_type_names.renamed(connection, property_id), dict[tuple[date, str], RateDecisionRow]()
    rows = connection.execute(
        f"SELECT {', '.join(_COLUMNS)}, id, decided_at FROM rate_decisions WHERE id IN (SELECT max(id) FROM rate_decisions"
        " WHERE property_id = ? AND night >= ? AND undone = 0 GROUP BY night, room_type) ORDER BY id",
        (property_id, since.isoformat()),
    )
    for row in _present(rows, names):
        newest[row.night, row.room_type] = row
    return [newest[cell] for cell in sorted(newest)]


def of_night(connection: sqlite3.Connection, property_id: int, night: date, room_type: str) -> list[RateDecisionRow]:
    """Return every decision about one night and room type, by its present name, that is not undone, oldest first."""
    rows = connection.execute(
        f"SELECT {', '.join(_COLUMNS)}, id, decided_at FROM rate_decisions"
        " WHERE property_id = ? AND night = ? AND undone = 0 ORDER BY id",
        (property_id, night.isoformat()),
    )
    found = _present(rows, room_type_names.renamed(connection, property_id))
    return [row for row in found if row.room_type == room_type]


def _present(rows: Iterable[tuple[object, ...]], names: Mapping[str, str]) -> Iterator[RateDecisionRow]:
    """Yield decisions under the present names of their room types."""
    yield from (replace(row, room_type=names.get(row.room_type, row.room_type)) for row in map(_row, rows))


def _values(row: RateDecisionRow) -> tuple[object, ...]:
    days = {"night": row.night.isoformat(), "decided_on": row.decided_on.isoformat(), "suggested_on": day_text(row.suggested_on)}
    return tuple(days.get(name, getattr(row, name)) if name != "kind" else str(row.kind) for name in _COLUMNS)


def _row(row: tuple[object, ...]) -> RateDecisionRow:
    values = dict(zip((*_COLUMNS, "id", "decided_at"), row, strict=True))
    for name in ("night", "decided_on"):
        values[name] = date.fromisoformat(str(values[name]))
    values["suggested_on"] = day_or_none(str(values["suggested_on"] or ""))
    values["decided_at"] = moment_or_none(str(values["decided_at"]))
    values["kind"] = DecisionKind(str(values["kind"]))
    return RateDecisionRow(**values)  # type: ignore[arg-type]
