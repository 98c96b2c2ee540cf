"""What the hotel's PMS and review site would export on the night of a day, in HotelML's own CSV layout."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import IO

import numpy as np

from hotelml_app.core import held_files
from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.bookings import UNKNOWN, Ints, State, Words
from hotelml_app.simulator.errors import SimulationError
from hotelml_app.simulator.guests import address_of, name_of
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.reviews import SyntheticReview

BOOKING_COLUMNS = (
    "property",
    "reservation_id",
    "booked_on",
    "arrival",
    "departure",
    "status",
    "status_date",
    "room_type",
    "assigned_room_type",
    "room",
    "channel",
    "segment",
    "rate_code",
    "adr",
    "total",
    "currency",
    "adults",
    "children",
    "customer_type",
    "deposit_type",
    "agent",
    "company",
    "country",
    "meal",
    "special_requests",
    "previous_cancellations",
    "previous_stays",
    "repeated_guest",
    "guest_name",
    "guest_email",
    "business_date",
)
REVIEW_COLUMNS = (
    "property",
    "review_id",
    "review_date",
    "score",
    "scale",
    "title",
    "positive",
    "negative",
    "text",
    "language",
    "guest_name",
)
STATUS_WORDS = {
    BookingStatus.RESERVED: "Reserved",
    BookingStatus.IN_HOUSE: "In-House",
    BookingStatus.CHECKED_OUT: "Checked Out",
    BookingStatus.CANCELLED: "Cancelled",
    BookingStatus.NO_SHOW: "No-Show",
}


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a name to write to and put the file in its place once it is whole; watchers never see half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        held_files.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    delimiter: str = ",",
    encoding: str = "utf-8",
    newline: str = "\r\n",
    quote_all: bool = False,
) -> None:
    """Write a CSV file whole."""
    with written_whole(path) as part, part.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(
            file, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
        )
        writer.writerow(header)
        writer.writerows(rows)


def write_text(path: Path, write: Callable[[IO[str]], None], *, encoding: str = "utf-8") -> None:
    """Write a text file whole."""
    with written_whole(path) as part, part.open("w", newline="", encoding=encoding) as file:
        write(file)


def dates_as(hotel: SyntheticHotel, days: Ints, pattern: str = "%Y-%m-%d") -> list[str]:
    """Return days counted from the opening as text."""
    if not len(days):
        return []
    low = int(days.min())
    names = [(hotel.start + timedelta(days=day)).strftime(pattern) for day in range(low, int(days.max()) + 1)]
    return [names[day - low] for day in days.tolist()]


def type_codes(hotel: SyntheticHotel, types: Ints) -> Words:
    """Return room type codes; UNKNOWN gives the empty word."""
    codes = np.array([*(room_type.code for room_type in hotel.plan.room_types), ""], dtype=object)
    return np.asarray(codes[types], dtype=object)


def room_numbers(hotel: SyntheticHotel, rooms: Ints) -> Words:
    """Return room numbers; UNKNOWN gives the empty word."""
    return np.asarray(np.array([*hotel.rooms, ""], dtype=object)[rooms], dtype=object)


def booking_rows(hotel: SyntheticHotel, state: State) -> Iterator[tuple[object, ...]]:
    """Return the rows of an export, one per booking, in the order of BOOKING_COLUMNS."""
    b, rows, count = hotel.bookings, state.rows, len(state.rows)
    words = {name: column[rows].tolist() for name, column in b.words.items()}
    words["country"] = np.where(state.assigned == UNKNOWN, "", b.words["country"][rows]).tolist()
    people = b.person[rows].tolist()
    return zip(
        [hotel.property_name] * count,
        b.reservation_id[rows].tolist(),
        dates_as(hotel, b.booked_on[rows]),
        dates_as(hotel, state.arrival),
        dates_as(hotel, state.departure),
        [STATUS_WORDS[BookingStatus(code)] for code in state.status.tolist()],
        dates_as(hotel, state.status_on),
        type_codes(hotel, b.room_type[rows]).tolist(),
        type_codes(hotel, state.assigned).tolist(),
        room_numbers(hotel, state.room).tolist(),
        words["channel"],
        words["segment"],
        state.rate_code.tolist(),
        [f"{rate:.2f}" for rate in state.adr.tolist()],
        [f"{total:.2f}" for total in state.total.tolist()],
        [hotel.plan.currency] * count,
        b.adults[rows].tolist(),
        b.children[rows].tolist(),
        words["customer_type"],
        words["deposit_type"],
        words["agent"],
        words["company"],
        words["country"],
        words["meal"],
        b.wishes[rows].tolist(),
        b.previous_cancellations[rows].tolist(),
        b.previous_stays[rows].tolist(),
        b.regular[rows].astype(int).tolist(),
        [" ".join(name_of(person)) for person in people],
        [address_of(person) for person in people],
        [hotel.date_of(state.day).isoformat()] * count,
        strict=True,
    )


def export_bookings(hotel: SyntheticHotel, day: date, path: Path, changed_since: date | None = None) -> int:
    """Write the bookings as the PMS knows them at the end of ``day`` and return how many.

    What happens later does not show; assigned room type, room and country are blank before arrival. With
    ``changed_since`` only bookings made or changed after that day are written. Raises SimulationError for a day that was
    not simulated.
    """
    state = hotel.state(day, changed_since)
    write_csv(path, BOOKING_COLUMNS, booking_rows(hotel, state))
    return len(state.rows)


def reviews_until(hotel: SyntheticHotel, day: date, changed_since: date | None = None) -> list[SyntheticReview]:
    """Return the reviews written by ``day``, with ``changed_since`` only those after that day."""
    hotel.number(day)
    return [r for r in hotel.reviews if r.reviewed_on <= day and (changed_since is None or r.reviewed_on > changed_since)]


def export_reviews(hotel: SyntheticHotel, day: date, path: Path, changed_since: date | None = None) -> int:
    """Write the reviews known at the end of ``day`` and return how many."""
    found = reviews_until(hotel, day, changed_since)
    rows = [
        (
            hotel.property_name,
            r.review_id,
            r.reviewed_on.isoformat(),
            f"{r.score:g}",
            r.scale,
            r.title,
            r.positive,
            r.negative,
            r.text,
            r.language,
            r.guest_name,
        )
        for r in found
    ]
    write_csv(path, REVIEW_COLUMNS, rows)
    return len(found)


def slug(name: str) -> str:
    """Return a property's name as part of a file name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "hotel"


def write_days(
    hotel: SyntheticHotel, folder: Path, first: date, last: date, *, every_days: int = 1, reviews: bool = True
) -> list[Path]:
    """Write a full export as of ``first``, then one delta every ``every_days`` days up to ``last``; return the files in order.

    A day on which nothing changed has no file. Raises SimulationError where the days are out of order.
    """
    if last < first or every_days < 1:
        raise SimulationError("The days to write are out of order.", remedy="Give a last day that is not before the first.")
    written: list[Path] = []
    before: date | None = None
    day = first
    while day <= last:
        jobs: list[tuple[str, Callable[[SyntheticHotel, date, Path, date | None], int]]] = [("bookings", export_bookings)]
        if reviews:
            jobs.append(("reviews", export_reviews))
        for kind, export in jobs:
            path = folder / f"{slug(hotel.property_name)}_{kind}_{day.isoformat()}.csv"
            if before is None or _anything(hotel, kind, day, before):
                export(hotel, day, path, before)
                written.append(path)
        before, day = day, day + timedelta(days=every_days)
    return written


def _anything(hotel: SyntheticHotel, kind: str, day: date, before: date) -> bool:
    """True where an export of the days after ``before`` would have a row."""
    return bool(len(hotel.state(day, before).rows) if kind == "bookings" else reviews_until(hotel, day, before))
