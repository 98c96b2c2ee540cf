"""A map as a TOML file, or as the same values from a dialog, checked key by key.

dates = "day first"                 # only where nothing in the file tells; or "month first"
blanks = ["NA", "unbekannt"]        # this system's words for "not said"
rows = "rooms"                      # what rows of one booking number are: rooms, nights, or bookings (the last one counts)

[columns]                           # role = "column name"; several names are added up
reservation_id = "Buchungs-Nr."
arrival = "Anreise"
nights = ["Nächte WE", "Nächte Woche"]
status = "Zustand"                  # or false: the file tells none, all bookings stand

[statuses]                          # words that HotelML does not know, or that mean something else in this house
"fix" = "reserved"

Without [columns] a map completes how HotelML reads the file anyway: one line, dates = "day first", may be all there is to say.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.paths import never_ends
from hotelml_app.intake.mapping.column_map import ADDED_UP, BOOKING_ROLES, ColumnMap
from hotelml_app.intake.mapping.errors import MapError
from hotelml_app.intake.profile import Grain
from hotelml_app.intake.proposing.names.header_match import matches
from hotelml_app.intake.proposing.proposal import ROLE_WORDS
from hotelml_app.intake.values.dates import DateOrder
from hotelml_app.intake.values.statuses import plain_status, read_status
from hotelml_app.intake.values.words import header_word

Choice = TypeVar("Choice")

KEYS = ("name", "dates", "blanks", "rows", "columns", "statuses")
_ORDERS = {
    "day first": DateOrder.DAY_FIRST,
    "month first": DateOrder.MONTH_FIRST,
    "dmy": DateOrder.DAY_FIRST,
    "mdy": DateOrder.MONTH_FIRST,
}
_ROWS = {"bookings": Grain.BOOKING, "nights": Grain.NIGHT, "rooms": Grain.ROOM}
_MAX_BYTES = 2**20


def read_map(path: Path) -> ColumnMap:
    """Return the map in a file. Raises MapError naming the key that makes no sense."""
    try:
        if never_ends(path):
            raise MapError(f"The map file {path} is a pipe or a device.", remedy="Save the map as a file and name that.")
        data = path.read_bytes()[:_MAX_BYTES]
        values = tomllib.loads(data.decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise MapError(f"There is no map file {path}.", remedy="Check the name and the folder.") from error
    except OSError as error:
        raise MapError(f"The map file {path} cannot be read ({error.strerror or error}).", remedy="Check its rights.") from error
    except UnicodeDecodeError as error:
        raise MapError(f"The map file {path.name} is not UTF-8 text.", remedy="Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise MapError(
            f"The map file {path.name} is no valid TOML: {error}.", remedy="Put names and values in quotes."
        ) from error
    return checked_map(values)


def checked_map(values: Mapping[str, object]) -> ColumnMap:
    """Return a map made of such values as the file holds. Raises MapError naming the key that makes no sense."""
    for key in values:
        if key not in KEYS:
            hint = f"Put {key} below [columns]. " if _role(key) == key else _did_you_mean(key, KEYS)
            raise MapError(f"A map has no key {key!r}.", remedy=f"{hint}There are: {', '.join(KEYS)}.")
    columns, no_status = _columns(_table(values, "columns"))
    if "columns" in values or not {"dates", "statuses", "blanks"} & values.keys():
        _check_complete(columns, no_status, values.get("rows") == "nights" and "stay_date" in columns)
    elif senseless := [key for key in ("rows", "name") if key in values]:
        raise MapError(f"{senseless[0]} makes no sense without [columns].", remedy="Say what the columns are, or leave it out.")
    return ColumnMap(
        columns=columns,
        date_order=_choice(values, "dates", _ORDERS),
        statuses=_statuses(_table(values, "statuses")),
        no_status=no_status,
        blanks=frozenset(_names("blanks", values.get("blanks", []))),
        grain=_choice(values, "rows", _ROWS) or Grain.BOOKING,
        label=_text(values, "name"),
    )


def _table(values: Mapping[str, object], key: str) -> Mapping[str, object]:
    table = values.get(key, {})
    if not isinstance(table, Mapping):
        raise MapError(f"{key} must be a table.", remedy=f"Begin it with [{key}], one line below for each entry.")
    return table


def _text(values: Mapping[str, object], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise MapError(f"{key} must be a text, not {value!r}.", remedy="Put it in quotes.")
    return value.strip()


def _choice(values: Mapping[str, object], key: str, choices: Mapping[str, Choice]) -> Choice | None:
    text = " ".join(_text(values, key).casefold().replace("-", " ").replace("_", " ").split())
    if text and text not in choices:
        raise MapError(f"{key} = {text!r} is not known.", remedy=f"Write one of: {', '.join(choices)}.")
    return choices.get(text)


def _names(key: str, value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, (list, tuple)) or not all(isinstance(name, str) for name in names):
        raise MapError(f"{key} must be a text or a list of texts, not {value!r}.", remedy='Write it like "Anreise".')
    return tuple(str(name) for name in names)


def _columns(table: Mapping[str, object]) -> tuple[dict[str, tuple[str, ...]], bool]:
    columns: dict[str, tuple[str, ...]] = {}
    no_status = table.get("status") is False
    for key, value in table.items():
        role = _role(key)
        if role is None:
            raise MapError(
                f"[columns] has no role {key!r}.", remedy=f"{_nearest_role(key)}There are: {', '.join(BOOKING_ROLES)}."
            )
        if role == "status" and no_status:
            continue
        names = tuple(name for name in _names(f"[columns] {key}", value) if name.strip())
        if len(names) > 1 and role not in ADDED_UP:
            raise MapError(f"[columns] {key} can be one column only.", remedy=f"Only these are added up: {', '.join(ADDED_UP)}.")
        if names:
            columns[role] = names
    return columns, no_status


def _role(key: str) -> str | None:
    plain = "_".join(key.casefold().replace("-", " ").split())
    if plain in BOOKING_ROLES:
        return plain
    spoken = key.casefold().replace("_", " ")
    return next((role for role, words in ROLE_WORDS.items() if words == spoken and role in BOOKING_ROLES), None)


def _nearest_role(key: str) -> str:
    known = [found.role for found in matches(key) if found.role in BOOKING_ROLES]
    return f"Did you mean {known[0]}? " if known else _did_you_mean(key, BOOKING_ROLES)


def _did_you_mean(given: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(given.casefold(), list(names), n=1)
    return f"Did you mean {near[0]}? " if near else ""


def _check_complete(columns: Mapping[str, tuple[str, ...]], no_status: bool, by_nights: bool) -> None:
    """Raise MapError where a booking would lack its stay or its status; the nights of a stay tell when it begins and ends."""
    if not by_nights and "arrival" not in columns and not {"arrival_year", "arrival_month", "arrival_day"} <= columns.keys():
        raise MapError("[columns] names no arrival.", remedy='Add a line like: arrival = "Check-in".')
    if not by_nights and "departure" not in columns and "nights" not in columns:
        raise MapError("[columns] names neither a departure nor the nights.", remedy='Add a line like: departure = "Check-out".')
    if "status" not in columns and "cancelled_on" not in columns and not no_status:
        raise MapError(
            "[columns] names no status.",
            remedy='Add status = "name of the column", or cancelled_on, or status = false if the file tells none.',
        )
    seen: dict[str, str] = {}
    for role, names in columns.items():
        for name in names:
            other = seen.setdefault(header_word(name), role)
            if other != role:
                raise MapError(f"The column {name!r} cannot be both {other} and {role}.", remedy="Name it once.")


def _statuses(table: Mapping[str, object]) -> dict[str, BookingStatus]:
    statuses = {}
    for word, value in table.items():
        status = read_status(value) if isinstance(value, str) else None
        if not isinstance(status, BookingStatus):
            known = ", ".join(one.name.lower() for one in BookingStatus)
            raise MapError(f"[statuses] {word!r} = {value!r} is no status.", remedy=f"Write one of: {known}.")
        statuses[plain_status(word)] = status
    return statuses
