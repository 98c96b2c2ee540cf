"""Bookings as plain records, and the truth about a file written from them: what a layout's writer starts and ends with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.bookings import Bookings
from hotelml_app.simulator.guests import address_of, name_of
from hotelml_app.simulator.hotel import SyntheticHotel

SYMBOLS = {"EUR": "€", "BRL": "R$", "USD": "$", "GBP": "£"}
COUNTRIES = {
    "PRT": ("pt", "Portugal"),
    "ESP": ("es", "Spain"),
    "DEU": ("de", "Germany"),
    "FRA": ("fr", "France"),
    "GBR": ("gb", "United Kingdom"),
    "ITA": ("it", "Italy"),
    "USA": ("us", "United States"),
    "BRA": ("br", "Brazil"),
    "NLD": ("nl", "Netherlands"),
    "AUT": ("at", "Austria"),
    "CHE": ("ch", "Switzerland"),
}
"""ISO 3166 alpha-2 in lower case, and the English name, by alpha-3 code."""
TEST_CARD_NUMBER = "4111 1111 1111 1111"
"""The card number every payment provider reserves for tests; it must never survive an import."""


@dataclass(frozen=True, slots=True)
class Record:
    """One booked room as the PMS knows it on the night of an export.

    ``number`` is the digits of the reservation id. ``assigned``, ``room`` are "" before arrival. ``country`` is the
    guest's own, alpha-3, whether or not the front desk has asked yet. ``party`` numbers the booking party.
    """

    reservation_id: str
    number: int
    booked_on: date
    arrival: date
    departure: date
    status: BookingStatus
    status_on: date
    room_type: str
    assigned: str
    room: str
    channel: str
    segment: str
    rate_code: str
    adr: float
    adults: int
    children: int
    deposit_type: str
    agent: str
    company: str
    country: str
    meal: str
    first_name: str
    last_name: str
    email: str
    party: int

    @property
    def nights(self) -> int:
        """Nights of the stay."""
        return (self.departure - self.arrival).days

    @property
    def total(self) -> float:
        """Room revenue of the stay."""
        return round(self.adr * self.nights, 2)

    @property
    def arrived(self) -> bool:
        """True where the guest is or was in the house."""
        return self.status in (BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT)

    @property
    def cancelled_on(self) -> date | None:
        """The day of the cancellation, or None."""
        return self.status_on if self.status == BookingStatus.CANCELLED else None


@dataclass(frozen=True)
class Written:
    """The truth about a file: what a correct import of it must find.

    ``bookings``, ``nights`` and ``reviews`` hold one mapping per thing with the fields the layout carries, in the words of
    core.bookings (dates as ``date``, status as BookingStatus). ``rows`` counts data rows in the file, ``not_bookings`` those
    that are none (share rows, posting masters, totals). ``card_numbers`` counts card numbers in notes.
    """

    paths: tuple[Path, ...]
    rows: int
    bookings: tuple[Mapping[str, object], ...] = ()
    nights: tuple[Mapping[str, object], ...] = ()
    reviews: tuple[Mapping[str, object], ...] = ()
    not_bookings: int = 0
    card_numbers: int = 0
    business_date: date | None = None

    @property
    def path(self) -> Path:
        """The file, the first where there are several."""
        return self.paths[0]


def records_at(hotel: SyntheticHotel, day: date, changed_since: date | None = None) -> list[Record]:
    """Return the bookings known at the end of ``day``, in order of booking."""
    state, b = hotel.state(day, changed_since), hotel.bookings
    types = [*(room_type.code for room_type in hotel.plan.room_types), ""]
    rooms = [*hotel.rooms, ""]
    low = min(int(b.booked_on.min()), 0) if len(b) else 0
    days = [hotel.start + timedelta(days=number) for number in range(low, hotel.market.nights + 1)]
    shown = (
        state.rows,
        state.status,
        state.status_on,
        state.arrival,
        state.departure,
        state.rate_code,
        state.adr,
        state.assigned,
    )
    columns = [column.tolist() for column in (*shown, state.room)]
    return [
        Record(
            status=BookingStatus(status),
            status_on=days[status_on - low],
            arrival=days[arrival - low],
            departure=days[departure - low],
            rate_code=code,
            adr=adr,
            # UNKNOWN is -1 and so finds the empty word at the end.
            assigned=types[assigned],
            room=rooms[room],
            booked_on=days[int(b.booked_on[row]) - low],
            room_type=types[int(b.room_type[row])],
            **_unchanging(b, row),  # type: ignore[arg-type]
        )
        for row, status, status_on, arrival, departure, code, adr, assigned, room in zip(*columns, strict=True)
    ]


def _unchanging(b: Bookings, row: int) -> dict[str, object]:
    """Return what never changes about a booking."""
    person, identity = int(b.person[row]), str(b.reservation_id[row])
    first, last = name_of(person)
    return {
        "reservation_id": identity,
        "number": int(identity[1:]),
        "adults": int(b.adults[row]),
        "children": int(b.children[row]),
        "first_name": first,
        "last_name": last,
        "email": address_of(person),
        "party": int(b.party[row]),
        **{name: str(b.words[name][row]) for name in WORDS},
    }


WORDS = ("channel", "segment", "deposit_type", "agent", "company", "country", "meal")


def expected(record: Record, fields: Iterable[str], **others: object) -> dict[str, object]:
    """Return what an import must find of a record: the named fields, and others as given."""
    return {**{name: getattr(record, name) for name in fields}, **others}


def together(records: Sequence[Record]) -> list[list[Record]]:
    """Return records by party where they stand alike: the rooms of one reservation in layouts with one row for all rooms."""

    def alike(record: Record) -> tuple[object, ...]:
        return (record.party, record.status, record.status_on, record.arrival, record.departure, record.rate_code)

    ordered = sorted(records, key=lambda record: (*alike(record)[:2], *map(str, alike(record)[2:]), record.number))
    parties = [list(rows) for _, rows in groupby(ordered, key=alike)]
    return sorted(parties, key=lambda rows: rows[0].number)


def money(amount: float, currency: str) -> str:
    """Return an amount with currency symbol and thousands comma, e.g. R$1,256.10."""
    return f"{SYMBOLS.get(currency, currency)}{amount:,.2f}"


def oracle_day(day: date, *, upper: bool = True) -> str:
    """Return a date as Oracle writes it, e.g. 05-DEC-25, in English whatever the system's language."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    text = f"{day.day:02d}-{months[day.month - 1]}-{day.year % 100:02d}"
    return text.upper() if upper else text


def oracle_number(value: float) -> str:
    """Return a number as Oracle writes it: no zero before the point, none at the end, e.g. -.89."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return (text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text) or "0"


def guarantee(record: Record) -> str:
    """Return the OPERA guarantee code of a booking that has not arrived."""
    if record.deposit_type in ("Non Refund", "Refundable"):
        return "DP-REC" if record.segment != "Groups" else "DF-GRP"
    by_segment = {"Corporate": "CO-GTD", "Offline TA/TO": "TA-GTD", "Online TA": "CC-GTD"}
    return by_segment.get(record.segment, "NON-GTD")
