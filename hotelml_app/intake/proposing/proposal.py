"""What HotelML makes of a file nobody told it about: a role per column, how sure it is, and what it must ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.profile import ExportProfile, Grain, Source, Sum
from hotelml_app.intake.proposing.names.header_words import GUEST, OTHER, WEEK_NIGHTS, WEEKEND_NIGHTS
from hotelml_app.intake.values.date_order import OpenDate
from hotelml_app.intake.values.dates import DateOrder
from hotelml_app.intake.values.statuses import plain_status

PROPOSED = "proposed"
"""The name of the layout of files that HotelML reads by its own proposal."""

SURE = 0.85
"""From this confidence on a role is beyond doubt."""
TAKE = 0.6
"""From this confidence on a role is taken where the booking does not depend on it."""

NO_ROLES = ("", GUEST, OTHER)

ROLE_WORDS: Mapping[str, str] = {
    "reservation_id": "booking number",
    "booked_on": "booking date",
    "status_on": "day of the status",
    "cancelled_on": "day it was cancelled",
    "stay_date": "night",
    "room_type": "room type",
    "assigned_room_type": "assigned room type",
    "rate_code": "rate code",
    "adr": "price per night",
    "total": "total price",
    "business_date": "business date",
    "lead_days": "days booked ahead",
    "customer_type": "customer type",
    "deposit_type": "deposit type",
    "meal": "meal plan",
    "rooms": "number of rooms",
    "night_price": "price of the night",
    "is_no_show": "yes where the guest did not come",
    GUEST: "guests' details, not read",
    OTHER: "not used",
    "": "not recognised, not read",
}


def role_words(role: str) -> str:
    """Return a role in the words of the trade."""
    return ROLE_WORDS.get(role, role.replace("_", " "))


@dataclass(frozen=True)
class ProposedColumn:
    """One column: what it seems to be, how surely (0 to 1), why, and some cells with what could be a guest masked."""

    position: int
    header: str
    role: str
    confidence: float
    why: str
    samples: tuple[str, ...] = ()
    masked: bool = False


@dataclass(frozen=True)
class Question:
    """One thing a person must say before the file can be read; ``role`` is the key of a map that answers it."""

    role: str
    text: str


@dataclass(frozen=True)
class Proposal:
    """How a file would be read. Without ``questions`` it is beyond doubt."""

    file_name: str
    sheet: str
    header_line: int
    columns: tuple[ProposedColumn, ...]
    questions: tuple[Question, ...]
    date_order: DateOrder | None = None
    statuses: Mapping[str, BookingStatus] = field(default_factory=dict)
    grain: Grain = Grain.BOOKING
    whole_stay: bool = False
    """True where the total stands on each night of a stay, so that it must not be added up."""
    remarks: tuple[str, ...] = ()
    status_words: tuple[tuple[str, int, str], ...] = ()
    """The words of the status column: each with its rows and the status it is read as, "" where it is unknown."""
    likely: Mapping[str, BookingStatus] = field(default_factory=dict)
    """What status words that nobody knows may mean, by the days of their bookings: to begin with, not to be taken."""
    open_date: OpenDate | None = None
    """A date of the file that may be either of two days, where nothing tells day from month."""

    @property
    def certain(self) -> bool:
        """True where nothing needs to be asked."""
        return not self.questions

    def completed(self, date_order: DateOrder | None, statuses: Mapping[str, BookingStatus]) -> Proposal:
        """Return the proposal with what somebody said about its dates and its status words; that is asked no more."""
        own = {**self.statuses, **statuses}
        words = tuple((word, rows, status or _said(word, own)) for word, rows, status in self.status_words)
        settled = {"dates"} if date_order else set()
        if statuses and words and all(status for _, _, status in words):
            settled.add("status")
        sure = {"status"} & settled
        return replace(
            self,
            columns=tuple(
                replace(one, confidence=1.0, why="its words, as you said") if one.role in sure else one for one in self.columns
            ),
            questions=tuple(one for one in self.questions if one.role not in settled),
            date_order=date_order or self.date_order,
            open_date=None if date_order else self.open_date,
            statuses=own,
            status_words=words,
        )

    @property
    def roles(self) -> dict[str, tuple[str, ...]]:
        """The header words of each role that would be read."""
        found: dict[str, tuple[str, ...]] = {}
        whole = any(column.role == "nights" for column in self.columns)
        for column in self.columns:
            part = column.role in (WEEK_NIGHTS, WEEKEND_NIGHTS)
            role = "nights" if part and not whole else column.role
            if role not in (*NO_ROLES, WEEK_NIGHTS, WEEKEND_NIGHTS) and column.confidence >= TAKE:
                found[role] = (*found.get(role, ()), column.header)
        return found

    @property
    def roles_by_grain(self) -> dict[str, tuple[str, ...]]:
        """The same where a row is a night: its price is the price of the night."""
        found = self.roles
        price = next((role for role in (("adr",) if self.whole_stay else ("total", "adr")) if role in found), None)
        if self.grain is Grain.NIGHT and price is not None:
            found["night_price"] = found.pop(price)
            found.pop("adr", None)
            found.pop("total", None)
        return found

    def profile(self, name: str = PROPOSED, title: str = "layout read by its column names and values") -> ExportProfile:
        """Return the proposal as a layout."""
        roles = self.roles_by_grain
        columns: dict[str, Source] = {role: names[0] if len(names) == 1 else Sum(names) for role, names in roles.items()}
        return ExportProfile(
            name=name,
            title=title,
            signature=tuple(word for names in self.roles.values() for word in names),
            columns=columns,
            statuses=self.statuses,
            date_order=self.date_order,
            grain=self.grain,
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """How the file was read, in sentences for the import's notes."""
        parts = [
            f"column {column.header.strip()!r} = {role_words(column.role)}"
            for column in self.columns
            if column.role not in NO_ROLES and column.confidence >= TAKE
        ]
        return (f"No known layout: HotelML read as: {'; '.join(parts)}.", *self.remarks)

    def as_dict(self) -> dict[str, object]:
        """Return the proposal as JSON-ready fields."""
        return {
            "file": self.file_name,
            "sheet": self.sheet,
            "header_line": self.header_line,
            "certain": self.certain,
            "columns": [
                {
                    "header": column.header,
                    "role": "" if column.role in NO_ROLES else column.role,
                    "meaning": role_words(column.role),
                    "confidence": round(column.confidence, 2),
                    "why": column.why,
                    "samples": list(column.samples),
                    "masked": column.masked,
                }
                for column in self.columns
            ],
            "questions": [{"role": one.role, "text": one.text} for one in self.questions],
            "dates": self.date_order.value if self.date_order else "",
            "remarks": list(self.remarks),
            "status_words": [{"word": word, "rows": rows, "status": status} for word, rows, status in self.status_words],
        }


def _said(word: str, own: Mapping[str, BookingStatus]) -> str:
    status = own.get(plain_status(word))
    return status.name.lower() if status is not None else ""
