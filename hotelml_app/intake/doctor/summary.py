"""What of an export is remembered to compare the next one with: sizes, names and averages, never a booking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import OCCUPYING
from hotelml_app.core.clock import day_number
from hotelml_app.intake.file_content import FileContent, Part
from hotelml_app.intake.values.statuses import Odd, read_status
from hotelml_app.intake.values.words import header_word

CODE_ROLES = ("room_type", "rate_code", "segment", "channel", "status", "currency")
FILLED_ROLES = ("room_type", "rate_code", "segment", "channel", "status", "adr", "total", "booked_on", "adults", "country")
MOST_CODES = 2000
"""A column with more different words holds no codes."""

LONGEST_CODE = 40


@dataclass(frozen=True)
class ExportSummary:
    """One property's part of an export. Averages are None where fewer than a handful of rows have a value."""

    received_at: datetime
    business_date: date
    business_date_from: str
    rows: int
    rejected: int
    header: tuple[str, ...]
    used: Mapping[str, str] = field(default_factory=dict)
    filled: Mapping[str, float] = field(default_factory=dict)
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown_statuses: tuple[str, ...] = ()
    mean_rate: float | None = None
    mean_total: float | None = None
    share_seen: float | None = None
    """How much of the bookings to come that were known before it holds; None where too few were."""
    reach: int | None = None
    """Days from the business date to the last arrival of a booking that stands; None where none does."""
    of_changes: bool = False
    """True where it is no list of all bookings: nearly every row told something new of bookings that were known."""

    def as_dict(self) -> dict[str, object]:
        """Return what is kept of the summary; codes are kept beside it, added up."""
        kept = asdict(self)
        del kept["codes"], kept["unknown_statuses"]
        dates = {"received_at": self.received_at.isoformat(), "business_date": self.business_date.isoformat()}
        return {**kept, **dates, "header": list(self.header)}


def from_dict(kept: Mapping[str, object]) -> ExportSummary:
    """Return a summary that ``as_dict`` wrote."""
    values = dict(kept)
    values["received_at"] = datetime.fromisoformat(str(values["received_at"]))
    values["business_date"] = date.fromisoformat(str(values["business_date"]))
    header = values["header"]
    values["header"] = tuple(str(word) for word in header) if isinstance(header, list) else ()
    return ExportSummary(**values)  # type: ignore[arg-type]


def summarise(content: FileContent, owner: str, business_date: date, found: str, received_at: datetime) -> ExportSummary:
    """Return the summary of what a file says of one property, which it calls ``owner``."""
    chosen = [(part, part.rows_of(owner)) for part in content.parts]
    names: dict[str, str] = {}
    for part in content.parts:
        names.update({header_word(cell): cell.strip()[:LONGEST_CODE] for cell in part.claim.header.cells if cell.strip()})
    rates = _values(chosen, "adr")
    totals = _values(chosen, "total")
    codes = {role: _codes(chosen, role) for role in CODE_ROLES}
    return ExportSummary(
        received_at=received_at,
        business_date=business_date,
        business_date_from=found,
        rows=sum(len(rows) for _, rows in chosen),
        rejected=content.rejected_of(owner),
        header=tuple(names.values()),
        used={
            part.claim.header.cells[place].strip(): role
            for part in content.parts
            for role, places in part.claim.places.items()
            for place in places
        },
        filled={role: share for role in FILLED_ROLES if (share := _filled(chosen, role)) is not None},
        codes={role: words for role, words in codes.items() if len(words) <= MOST_CODES},
        unknown_statuses=_unknown(content, codes["status"]),
        mean_rate=_mean(rates),
        mean_total=_mean(totals),
        reach=_reach(chosen, business_date),
    )


def _reach(chosen: list[tuple[Part, NDArray[np.intp]]], business_date: date) -> int | None:
    days = [
        int(part.bookings.arrival[standing].max())
        for part, rows in chosen
        if part.bookings is not None and len(standing := rows[np.isin(part.bookings.status[rows], OCCUPYING)])
    ]
    return max(days) - day_number(business_date) if days else None


def _mean(values: NDArray[np.float64]) -> float | None:
    said = values[~np.isnan(values)]
    return round(float(said.mean()), 4) if len(said) >= 5 else None


def _values(chosen: list[tuple[Part, NDArray[np.intp]]], role: str) -> NDArray[np.float64]:
    found = [part.bookings.numbers[role][rows] for part, rows in chosen if part.bookings is not None]
    return np.concatenate(found) if found else np.zeros(0)


def _codes(chosen: list[tuple[Part, NDArray[np.intp]]], role: str) -> tuple[str, ...]:
    words: dict[str, None] = {}
    for part, rows in chosen:
        # A currency may also stand beside the amounts.
        column = part.bookings.words[role] if role == "currency" and part.bookings else part.typed.words.get(role)
        if column is None or not len(rows):
            continue
        times = np.bincount(column.codes[rows], minlength=len(column.labels))
        # A status is a word of many rows; one that stands once may be a guest's name in the wrong column.
        fewest = 2 if role == "status" else 1
        for code in np.flatnonzero(times >= fewest).tolist():
            if 0 < len(column.labels[code]) <= LONGEST_CODE:
                words[column.labels[code]] = None
    return tuple(words)


def _filled(chosen: list[tuple[Part, NDArray[np.intp]]], role: str) -> float | None:
    said = total = 0
    for part, rows in chosen:
        if role in part.claim.places:
            total += len(rows)
            said += int((~part.typed.blank(role)[rows]).sum())
    return round(said / total, 4) if total else None


def _unknown(content: FileContent, words: tuple[str, ...]) -> tuple[str, ...]:
    own = content.parts[0].claim.profile.statuses if content.parts else {}
    return tuple(word for word in words if read_status(word, own) is Odd.UNKNOWN)
