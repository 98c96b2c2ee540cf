"""What HotelML has against a file, and what somebody said to that: kept by the file's contents."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from hotelml_app.intake.errors import AnotherHotelError, IntakeError, NewNumbersError, OtherBookingsError
from hotelml_app.store.decided import data_settings

_NAME = "objection: "
_TO, _OVERRULED, _TAKEN_IN = "to", "overruled", "taken in"


class Objection(StrEnum):
    """Why a file was refused that somebody may know better about."""

    NUMBERS = "numbers"
    """Its bookings may be the known ones under other numbers."""
    HOTEL = "hotel"
    """Its bookings may be of another hotel."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a file: that the known bookings have other numbers in it, or which hotel it is of."""

    new_numbers: bool = False
    owner: bool = False


NOTHING_SAID = Said()


def keep(connection: sqlite3.Connection, sha256: str, error: IntakeError) -> None:
    """Note why a file was refused, where somebody may know better."""
    objection = _objection(error)
    if objection is not None:
        data_settings.put(connection, _NAME + sha256, {_TO: objection.value, _OVERRULED: False})


def standing(connection: sqlite3.Connection, sha256: str) -> Objection | None:
    """Return what stands against a file."""
    kept = _kept(connection, sha256)
    return Objection(str(kept[_TO])) if kept and not kept.get(_TAKEN_IN) else None


def overrule(connection: sqlite3.Connection, sha256: str) -> None:
    """Have a file taken in in spite of what stands against it, the next time it is read."""
    kept = _kept(connection, sha256)
    if kept:
        data_settings.put(connection, _NAME + sha256, {**kept, _OVERRULED: True})


def said_of(connection: sqlite3.Connection, sha256: str) -> Said:
    """Return what somebody said by overruling."""
    kept = _kept(connection, sha256)
    if not kept.get(_OVERRULED):
        return NOTHING_SAID
    # Whose numbers are known again is of this hotel.
    return Said(new_numbers=kept[_TO] == Objection.NUMBERS, owner=True)


def settle(connection: sqlite3.Connection, sha256: str) -> None:
    """Note that a file was taken in: nothing stands against it any more. What somebody said counts where it is read again."""
    kept = _kept(connection, sha256)
    if kept.get(_OVERRULED):
        data_settings.put(connection, _NAME + sha256, {**kept, _TAKEN_IN: True})
    else:
        forget(connection, sha256)


def forget(connection: sqlite3.Connection, sha256: str) -> None:
    """Forget all of it: the file should not have been taken in."""
    data_settings.remove(connection, _NAME + sha256)


def _objection(error: IntakeError) -> Objection | None:
    if isinstance(error, AnotherHotelError):
        return Objection.HOTEL
    return Objection.NUMBERS if isinstance(error, (NewNumbersError, OtherBookingsError)) else None


def _kept(connection: sqlite3.Connection, sha256: str) -> dict[str, object]:
    kept = data_settings.get(connection, _NAME + sha256, {})
    return kept if isinstance(kept, dict) else {}
