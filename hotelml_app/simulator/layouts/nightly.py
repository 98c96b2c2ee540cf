"""House statistics per night and room type as of a day, for layouts that carry no bookings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.records import Record, records_at

Key = tuple[date, str]


@dataclass
class NightFigures:
    """What a statistics report says of one night and room type ("" is the whole house)."""

    night: date
    room_type: str
    rooms: int
    out_of_order: int = 0
    sold: int = 0
    persons: int = 0
    arrivals: int = 0
    departures: int = 0
    walk_ins: int = 0
    no_shows: int = 0
    group_rooms: int = 0
    group_revenue: float = 0.0
    revenue: float = 0.0

    @property
    def adr(self) -> float:
        """Average daily rate of the rooms sold; 0 where none was."""
        return self.revenue / self.sold if self.sold else 0.0

    @property
    def occupancy(self) -> float:
        """Rooms sold as a percentage of the rooms in order."""
        return 100 * self.sold / max(self.rooms - self.out_of_order, 1)

    def expected(self) -> dict[str, object]:
        """Return what an import must find."""
        return {
            "stay_date": self.night,
            "room_type": self.room_type,
            "rooms_sold": self.sold,
            "capacity": self.rooms - self.out_of_order,
            "out_of_order": self.out_of_order,
            "arrivals": self.arrivals,
            "revenue": round(self.revenue, 2),
            "adr": round(self.adr, 2),
        }


def figures(hotel: SyntheticHotel, day: date, first: date, last: date, *, by_type: bool) -> list[NightFigures]:
    """Return the figures of nights ``first`` to ``last`` as known at the end of ``day``.

    A room counts for the type it was given, before arrival for the type booked.
    """
    nights = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    types = {t.code: t.rooms for t in hotel.plan.room_types} if by_type else {"": hotel.plan.rooms}
    table = {(night, code): NightFigures(night, code, rooms) for night in nights for code, rooms in types.items()}
    type_of_room = dict(zip(hotel.rooms, (hotel.plan.room_types[n].code for n in hotel.room_type_of_room), strict=True))
    for spell in hotel.out_of_order:
        if spell.from_day <= hotel.number(day):
            for number in range(spell.from_day, spell.to_day):
                found = table.get((hotel.date_of(number), type_of_room[spell.room] if by_type else ""))
                if found is not None:
                    found.out_of_order += 1
    for record in records_at(hotel, day):
        _count(record, table, (record.assigned or record.room_type) if by_type else "")
    return list(table.values())


def _count(record: Record, table: dict[Key, NightFigures], code: str) -> None:
    """Add one booking to the nights it touches."""
    at: Callable[[date], NightFigures | None] = lambda night: table.get((night, code))  # noqa: E731
    if record.status == BookingStatus.NO_SHOW and (missed := at(record.arrival)) is not None:
        missed.no_shows += 1
    if record.status in (BookingStatus.CANCELLED, BookingStatus.NO_SHOW):
        return
    for number in range(record.nights):
        found = at(record.arrival + timedelta(days=number))
        if found is not None:
            found.sold += 1
            found.persons += record.adults + record.children
            found.revenue += record.adr
            found.group_rooms += record.segment == "Groups"
            found.group_revenue += record.adr if record.segment == "Groups" else 0.0
    if (came := at(record.arrival)) is not None:
        came.arrivals += 1
        came.walk_ins += record.segment == "Walk-in"
    if (left := at(record.departure)) is not None:
        left.departures += 1
