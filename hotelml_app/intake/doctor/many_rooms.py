"""Bookings on the books for more rooms than the house can have: the number does not count, and somebody is to correct it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date

import numpy as np

from hotelml_app.core.clock import day_number
from hotelml_app.core.written_days import said_day
from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.ml.property.untold.room_counts import NEVER_DOUBTED, HeldStays, most_in_one_booking
from hotelml_app.store.exported import statistics
from hotelml_app.store.exported.known_stays import HeldRooms, held_rooms
from hotelml_app.store.hotels import properties

NAMES_TOLD = 8
REMEDY = "Correct the number in the PMS. If it is right, say in Settings how many rooms the house has."


def too_many_rooms(connection: sqlite3.Connection, property_id: int) -> list[Finding]:
    """Return what to say of bookings of a property, in house or to come, whose number of rooms is beyond belief."""
    row = properties.get(connection, property_id)
    today = row.business_date or date.min
    large = list(held_rooms(connection, property_id, beyond=NEVER_DOUBTED, after=today))
    if not large:
        return []
    told = row.rooms or statistics.rooms_stated(connection, property_id).get("")
    most = most_in_one_booking(_stays(list(held_rooms(connection, property_id))), told)
    beyond = sorted((one for one in large if one.rooms > most), key=lambda one: -one.rooms)
    return [_finding(beyond)] if beyond else []


def _stays(held: Sequence[HeldRooms]) -> HeldStays:
    arrival, departure = (
        np.array([day_number(day) for day in days], dtype=np.int32)
        for days in ((one.arrival for one in held), (one.departure for one in held))
    )
    return HeldStays(arrival, departure, np.array([one.rooms for one in held], dtype=np.float64))


def _finding(beyond: Sequence[HeldRooms]) -> Finding:
    most = beyond[0]
    if len(beyond) == 1:
        which = f"Booking {most.reservation_id}, arriving {said_day(most.arrival)}, is for {most.rooms:,.0f} rooms"
        sentence = f"{which}, more than the house can have. That number does not count."
    else:
        which = f"{most.rooms:,.0f} (booking {most.reservation_id}, arriving {said_day(most.arrival)})"
        sentence = (
            f"{len(beyond)} bookings are for more rooms than the house can have, the largest for {which}. "
            "Those numbers do not count."
        )
    details = tuple(one.reservation_id for one in beyond[:NAMES_TOLD])
    now = f"{most.rooms:,.0f} rooms in one booking"
    return Finding(FindingKind.TOO_MANY_ROOMS, sentence, REMEDY, wants_person=True, details=details, now=now)
