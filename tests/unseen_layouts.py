"""Layouts of systems that HotelML has no word for: described in the file beside this one, written from the
simulator's export.

``columns`` pairs a column's name with what stands in it; ``statuses`` are the words for reserved, in house, checked out,
cancelled and no-show. Names are as property systems, portals and small hotel programs print them.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

Row = Mapping[str, str]

ORDER = ("Reserved", "In-House", "Checked Out", "Cancelled", "No-Show")
KINDS = {
    "en": {"STD": "Standard Double", "SUP": "Superior Twin", "DLX": "Deluxe King", "FAM": "Family Room"},
    "de": {"STD": "Doppelzimmer", "SUP": "Komfortzimmer", "DLX": "Suite Süd", "FAM": "Familienzimmer"},
    "es": {"STD": "Doble estándar", "SUP": "Doble superior", "DLX": "Suite", "FAM": "Habitación familiar"},
    "fr": {"STD": "Chambre double", "SUP": "Chambre supérieure", "DLX": "Suite", "FAM": "Chambre familiale"},
    "it": {"STD": "Matrimoniale", "SUP": "Doppia superior", "DLX": "Suite", "FAM": "Quadrupla"},
    "pt": {"STD": "Duplo", "SUP": "Duplo superior", "DLX": "Suíte", "FAM": "Familiar"},
    "nl": {"STD": "Tweepersoonskamer", "SUP": "Comfortkamer", "DLX": "Suite", "FAM": "Gezinskamer"},
    "": {"STD": "DBL", "SUP": "SUP", "DLX": "DLX", "FAM": "FAM"},
}


@dataclass(frozen=True)
class Unseen:
    """One layout; ``asks`` are the questions it leads to, ``answers`` what a map must say beyond its columns."""

    name: str
    columns: str
    statuses: str = ""
    language: str = ""
    dates: str = "%d/%m/%Y"
    comma: bool = False
    delimiter: str = ","
    encoding: str = "utf-8"
    above: Sequence[Sequence[str]] = ()
    two_rows: str = ""
    rows: str = "booking"
    asks: tuple[str, ...] = ()
    answers: Mapping[str, object] | None = None

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The columns as (name, what stands in it)."""
        return [(name, what) for name, _, what in (pair.rpartition("=") for pair in self.columns.split("|"))]

    def tells(self, *kinds: str) -> bool:
        """Return whether any column holds one of these."""
        return any(what in kinds for _, what in self.fields)

    def write(self, truth: Sequence[Row], path: Path) -> None:
        """Write the bookings in this layout."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.delimiter)
        writer.writerows(self.above)
        if self.two_rows:
            writer.writerow(self.two_rows.split("|"))
        writer.writerow([name for name, _ in self.fields])
        for number, row in enumerate(truth, start=1):
            writer.writerows([self._cell(row, what, number, part) for _, what in self.fields] for part in self._parts(row))
        path.write_bytes(text.getvalue().encode(self.encoding, "replace"))

    def kind(self, row: Row) -> str:
        """Return the room type of a booking as this layout writes it."""
        return KINDS["" if self.tells("code") else self.language][row["room_type"]]

    def map(self) -> dict[str, object]:
        """Return the map that somebody who knows the columns would give."""
        roles = {"id": "reservation_id", "booked": "booked_on", "type": "room_type", "night": "stay_date", "day": "arrival_day"}
        roles |= {"year": "arrival_year", "month": "arrival_month", "cancelled": "cancelled_on", "cents": "total"}
        roles |= {"lead": "lead_days", "code": "room_type"}
        told = (
            "id",
            "booked",
            "arrival",
            "departure",
            "nights",
            "status",
            "type",
            "adr",
            "total",
            "cents",
            "lead",
            "code",
            "year",
            "month",
            "day",
        )
        columns: dict[str, object] = {roles.get(what, what): name for name, what in self.fields if what in (*told, "night")}
        if "status" not in columns:
            columns["status"] = False
        return {"columns": columns, **(self.answers or {})}

    def _parts(self, row: Row) -> range:
        return range(nights_of(row) if self.rows == "nights" else 1)

    def _cell(self, row: Row, what: str, number: int, part: int) -> str:
        if what in ("booked", "arrival", "departure", "night", "cancelled"):
            return self._day(row, what, part)
        if what in ("year", "month", "day"):
            return str(getattr(date.fromisoformat(row["arrival"]), what))
        if what in ("adr", "total", "cents", "taxed"):
            amount = float(row["adr"]) * (1 if what == "adr" else nights_of(row))
            amount = amount * 1.1 + 3 * nights_of(row) if what == "taxed" else amount
            text = f"{amount * 100:.0f}" if what == "cents" else f"{amount:,.2f}"
            return text.translate(str.maketrans(",.", ".,")) if self.comma else text.replace(",", "")
        return {
            "id": row["reservation_id"],
            "nights": str(nights_of(row)),
            "type": KINDS[self.language][row["room_type"]],
            "code": KINDS[""][row["room_type"]],
            "given": KINDS[self.language]["DLX" if number % 9 == 0 else row["room_type"]],
            "lead": str((date.fromisoformat(row["arrival"]) - date.fromisoformat(row["booked_on"])).days),
            "party": f"G{number // 3:05}",
            "account": f"B{number * 7919 % 100003:06}",
            "status": dict(zip(ORDER, self.statuses.split("|"), strict=True))[row["status"]] if self.statuses else "",
            "guest": row["guest_name"],
            "mail": row["guest_email"],
            "phone": f"+351 91{number:07}",
            "number": str(number),
            "line": str(90_000 + 40 * number + part),
            "deposit": str(50 * (number % 4)),
            "room": str(101 + number % 40),
            "channel": row["channel"],
            "adults": row["adults"],
            "one": "1",
            "": "",
        }[what]

    def _day(self, row: Row, what: str, part: int) -> str:
        name = {"booked": "booked_on", "night": "arrival", "cancelled": "status_date"}.get(what, what)
        if what == "cancelled" and row["status"] != "Cancelled":
            return ""
        return (date.fromisoformat(row[name]) + timedelta(part if what == "night" else 0)).strftime(self.dates)


def nights_of(row: Row) -> int:
    """Return how long a stay lasts."""
    return (date.fromisoformat(row["departure"]) - date.fromisoformat(row["arrival"])).days


def _read(path: Path) -> tuple[Unseen, ...]:
    """Return the layouts of a file."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))["layout"]
    return tuple(Unseen(**{**one, "asks": tuple(one.get("asks", ()))}) for one in told)


LAYOUTS = _read(Path(__file__).with_suffix(".toml"))
