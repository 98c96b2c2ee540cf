"""Whatever a row of the export is - a booking, a night, a sharer, several rooms in one cell - made one booking with its rooms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.profile import Grain
from hotelml_app.intake.proposing.signs import prices
from hotelml_app.intake.readers.tables.table import Column, column_of
from hotelml_app.intake.rows.booking_rows import BookingRows
from hotelml_app.intake.rows.report_rows import flags
from hotelml_app.intake.rows.typed import Typed
from hotelml_app.intake.rows.verdicts import DAMAGE_SHARE
from hotelml_app.intake.values.date_order import NO_DAY

Indices = NDArray[np.intp]

_COUNTED_ROOM = re.compile(r"(\d{1,2})\s?[xX×]\s?([^\W\d_].{2,})")
_BETWEEN_ROOMS = re.compile(r"\s*[,;|\n]\s*")
FEWEST_LISTS, MOSTLY_LISTS = 3, 0.9
_NOT_FIRST = frozenset({"0", "n", "no", "false"})
_MISSED = re.compile(r"no[\s_-]?show", re.IGNORECASE)


def settle_rooms(rows: BookingRows) -> None:
    """Find guests, rooms and no-shows as the layout tells them; sharers of a room are set aside."""
    _count_guests(rows)
    _ignore_sharers(rows)
    if "reason" in rows.typed.words:
        _find_no_shows(rows)
    _count_rooms(rows)
    if rows.typed.claim.profile.lists:
        _split_rooms(rows, rows.typed.claim.profile.lists)
    elif _lists_rooms(rows):
        _split_rooms(rows, ("room_type",))


def keep_one_row_each(rows: BookingRows) -> None:
    """Bring the good rows of a table to one per booking; the further ones are set aside, by name and number."""
    grain = rows.typed.claim.profile.grain
    if "reservation_id" not in rows.typed.words:
        return
    if grain in (Grain.ROOM, Grain.BOOKING):
        number_rooms(rows, rows.taken if grain is Grain.ROOM else _rooms_of_one_stay(rows))
    elif grain is not Grain.BOOKING:
        _group(rows, grain)


def _count_guests(rows: BookingRows) -> None:
    """Take a number of guests as that of the adults, less the children where these are among them.

    They are not where families are no more than their children: no child comes alone.
    """
    guests = rows.typed.numbers.get("guests")
    if guests is None:
        return
    children = np.nan_to_num(rows.numbers["children"])
    beside = (children > 0) & (guests <= children)
    if beside.sum() > DAMAGE_SHARE * (children > 0).sum():
        beside[:] = True
    adults = np.where(beside, guests, guests - children)
    rows.numbers["adults"] = np.where(np.isnan(rows.numbers["adults"]), adults, rows.numbers["adults"])


def _ignore_sharers(rows: BookingRows) -> None:
    """Set aside the further guests of a room; its first guest's row is the booking."""
    sharer = np.zeros(len(rows), dtype=bool)
    if "primary" in rows.typed.words:
        sharer |= flags(rows.typed.words["primary"], lambda text: text.casefold() in _NOT_FIRST)
    if rows.typed.claim.profile.shares:
        nobody = (rows.numbers["adults"] == 0) & (np.nan_to_num(rows.numbers["children"]) == 0)
        price = np.where(np.isnan(rows.numbers["adr"]), rows.numbers["total"], rows.numbers["adr"])
        sharer |= nobody & (price == 0)
    rows.typed.verdicts.ignore(sharer, "rows of guests who share a room that another row holds")


def _find_no_shows(rows: BookingRows) -> None:
    """Some systems know no no-show: they cancel, and the reason tells."""
    missed = flags(rows.typed.words["reason"], lambda text: _MISSED.search(text) is not None)
    rows.status[missed & (rows.status == BookingStatus.CANCELLED)] = BookingStatus.NO_SHOW


def _count_rooms(rows: BookingRows) -> None:
    """Take the number of rooms from before their kind ("2x Suite") where that kind stands with another number, or alone, too."""
    column, said = rows.words["room_type"], rows.numbers["rooms"]
    counted = [_COUNTED_ROOM.fullmatch(label) for label in column.labels]
    if not any(counted):
        return
    kinds = [match[2] if match else label for match, label in zip(counted, column.labels, strict=True)]
    times = Counter(kinds)
    mostly = sum(match is not None for match in counted) >= MOSTLY_LISTS * sum(map(bool, column.labels))
    if not mostly and not any(match and times[match[2]] > 1 for match in counted):
        return
    numbers = np.array([float(match[1]) if match else np.nan for match in counted])[column.codes]
    rows.numbers["rooms"] = np.where(np.isnan(said), numbers, said)
    rows.words["room_type"] = column_of([kinds[code] for code in column.codes.tolist()])


def _lists_rooms(rows: BookingRows) -> bool:
    """Return whether the room types of a layout nobody described are lists, as many long as the booking has rooms."""
    column, said = rows.words["room_type"], rows.numbers["rooms"]
    pieces = np.array([len(_BETWEEN_ROOMS.split(label)) for label in column.labels])[column.codes] if column.labels else said
    several = (pieces > 1) & (said > 1)
    return bool(several.sum() >= FEWEST_LISTS and (pieces[several] == said[several]).mean() >= MOSTLY_LISTS)


def _split_rooms(rows: BookingRows, roles: Sequence[str]) -> None:
    """Keep the first of several rooms in one cell, and their number where no column tells it."""
    said = rows.numbers["rooms"]
    for role in roles:
        column = rows.words[role]
        alone = {label.casefold() for label in column.labels if not _BETWEEN_ROOMS.search(label)}
        # Room numbers have no commas in them, names of room types may.
        rows.words[role], counts = _first_of_each(column, said, None if role == "room" else alone)
        said = np.where(np.isnan(said), counts, said)
    rows.numbers["rooms"] = said


def _first_of_each(column: Column, said: NDArray[np.float64], alone: set[str] | None) -> tuple[Column, NDArray[np.float64]]:
    """Return the first room of each cell and how many it names; ``said`` is the number of rooms where the export tells it."""
    if not any(_BETWEEN_ROOMS.search(label) for label in column.labels):
        blank = np.array([not label for label in column.labels], dtype=bool)
        return column, np.where(blank[column.codes] if len(column) else np.zeros(0, bool), np.nan, 1.0)
    found: dict[tuple[int, float], tuple[str, float]] = {}
    texts, counts = [], []
    for code, rooms in zip(column.codes.tolist(), np.nan_to_num(said).tolist(), strict=True):
        if (code, rooms) not in found:
            found[code, rooms] = _first_room(column.labels[code], int(rooms), alone)
        text, count = found[code, rooms]
        texts.append(text)
        counts.append(count)
    return column_of(texts), np.array(counts, dtype=np.float64)


def _first_room(text: str, rooms: int, alone: set[str] | None) -> tuple[str, float]:
    """Return the first room a cell names and how many it names; ``rooms`` is 0 where that is not told.

    A comma may be part of a name ("Double Room, Sea View"). Then the pieces are no multiple of the rooms; or, where their
    number is not told, none of them is a name elsewhere and none comes twice (``alone`` None: every comma separates).
    """
    pieces = [piece for piece in _BETWEEN_ROOMS.split(text) if piece]
    if not pieces:
        return "", np.nan
    if rooms:
        together = len(pieces) // rooms if len(pieces) % rooms == 0 else 0
        return (", ".join(pieces[:together]) if together else text if rooms == 1 else pieces[0]), float(rooms)
    listed = alone is None or len(set(pieces)) < len(pieces) or any(piece.casefold() in alone for piece in pieces)
    return (pieces[0], float(len(pieces))) if listed else (text, 1.0)


def first_and_last_nights(typed: Typed) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return arrival and departure per row where the export has only the nights: the first, and the day after the last."""
    nights, number = typed.days["stay_date"], typed.words.get("reservation_id")
    if number is None:
        return nights, np.where(nights == NO_DAY, NO_DAY, nights + 1).astype(np.int32)
    said = nights != NO_DAY
    _, stay = np.unique(_apart(number.codes, typed.words.get("property")), return_inverse=True)
    first = np.full(len(stay), np.iinfo(np.int32).max, dtype=np.int32)
    last = np.full(len(stay), NO_DAY, dtype=np.int32)
    np.minimum.at(first, stay[said], nights[said])
    np.maximum.at(last, stay[said], nights[said])
    arrival = np.where(last == NO_DAY, NO_DAY, first)
    departure = np.where(last == NO_DAY, NO_DAY, last + 1)
    return arrival.astype(np.int32)[stay], departure.astype(np.int32)[stay]


def _rooms_of_one_stay(rows: BookingRows) -> NDArray[np.bool_]:
    """Return the rows that repeat a number with the same stay and state, each in another room or kind of room."""
    found = np.zeros(len(rows), dtype=bool)
    taken = np.flatnonzero(rows.taken & flags(rows.ids, bool))
    if not len(taken):
        return found
    keys = _keys(rows, taken)
    _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    several = sizes[group] > 1
    if not several.any():
        return found
    taken, group = taken[several], group[several]
    told_on = rows.typed.days.get("business_date", rows.arrival)
    stay = np.stack([days[taken] for days in (rows.arrival, rows.departure, rows.booked_on, rows.status, told_on)], axis=1)
    rooms = np.stack([rows.words[name].codes[taken] for name in ("room_type", "room")], axis=1)
    stays, kinds = (np.bincount(np.unique(np.c_[group, values], axis=0)[:, 0], minlength=len(sizes)) for values in (stay, rooms))
    are_rooms = (stays == 1) & (kinds == sizes) & (sizes > 1)
    unsaid = flags(rows.words["room_type"], lambda text: not text)[taken]
    are_rooms[np.unique(group[unsaid])] = False
    found[taken[are_rooms[group]]] = True
    return found


def number_rooms(rows: BookingRows, which: NDArray[np.bool_]) -> None:
    """Give each further room of a booking a number of its own; the rooms are counted in an order that exports keep."""
    taken = np.flatnonzero(which)
    if not len(taken):
        return
    keys, price = _keys(rows, taken), np.nan_to_num(rows.numbers["adr"][taken])
    room, kind = (_rank_of_labels(rows.words[name])[rows.words[name].codes[taken]] for name in ("room", "room_type"))
    # The numbers of rooms come last: they are given, and changed, long after the booking.
    sorting: tuple[NDArray[Any], ...] = (taken, room, price, kind, rows.arrival[taken], keys)
    order = np.lexsort(sorting)
    ordered = keys[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    place = np.arange(len(ordered)) - np.repeat(first, np.diff(np.r_[first, len(ordered)]))
    ids = [rows.ids.text(row) for row in range(len(rows))]
    for row, number in zip(taken[order].tolist(), place.tolist(), strict=True):
        ids[row] += f"/{number + 1}" if number else ""
    rows.ids = column_of(ids)


def _rank_of_labels(column: Column) -> NDArray[np.int64]:
    """Return the place of each label in the alphabet: codes follow the order of the file, which changes."""
    ranks = np.empty(len(column.labels), dtype=np.int64)
    ranks[np.argsort(np.array(column.labels, dtype=object), kind="stable")] = np.arange(len(column.labels))
    return ranks


def _keys(rows: BookingRows, taken: Indices) -> NDArray[np.int64]:
    """Return a number per row that tells bookings apart, those of two properties too."""
    owner = rows.typed.words.get("property")
    return _apart(rows.ids.codes[taken], owner.take(taken) if owner is not None else None)


def _apart(numbers: NDArray[np.int32], owner: Column | None) -> NDArray[np.int64]:
    """Return a number per row that tells booking numbers apart, those of two properties too."""
    keys = numbers.astype(np.int64)
    return keys if owner is None else keys * max(1, len(owner.labels)) + owner.codes


def _group(rows: BookingRows, grain: Grain) -> None:
    """Leave one row of each number: the latest version's first; prices of its nights or instalments add up on it."""
    taken = np.flatnonzero(rows.taken & flags(rows.ids, bool))
    if not len(taken):
        return
    keys = _keys(rows, taken)
    order = np.lexsort((taken, -rows.status_on[taken].astype(np.int64), keys))
    ordered, groups = taken[order], keys[order]
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    heads = ordered[starts]
    number = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(ordered)]))
    total = _total_by_night if grain is Grain.NIGHT else _total_by_instalment
    total(rows, heads, ordered, number)
    further = np.zeros(len(rows), dtype=bool)
    further[ordered] = True
    further[heads] = False
    what = "nights" if grain is Grain.NIGHT else "payments"
    rows.typed.verdicts.ignore(further, f"rows of further {what} of a booking that is counted once")


def _summed(values: NDArray[np.float64], number: NDArray[np.intp], groups: int) -> NDArray[np.float64]:
    return np.asarray(np.bincount(number, weights=np.nan_to_num(values), minlength=groups), dtype=np.float64)


def _total_by_instalment(rows: BookingRows, heads: Indices, ordered: Indices, number: Indices) -> None:
    said = rows.numbers["total"][ordered]
    amounts = _summed(said, number, len(heads))
    told = _summed((~np.isnan(said)).astype(np.float64), number, len(heads)) > 0
    rows.numbers["total"][heads] = np.where(told, np.round(amounts, 2), np.nan)


def _total_by_night(rows: BookingRows, heads: Indices, ordered: Indices, number: Indices) -> None:
    """Add up the nights of the head's version; where a night is missing, the total is not known, but the usual rate is."""
    price = rows.typed.numbers.get("night_price")
    if price is None:
        return
    if prices.kind_of_price(price, rows.numbers["rooms"]) == prices.PER_NIGHT:
        # It does not grow with the rooms of the row: it is the price of one of them.
        price = price * np.nan_to_num(rows.numbers["rooms"], nan=1.0)
    head = heads[number]
    same = (rows.arrival[ordered] == rows.arrival[head]) & (rows.departure[ordered] == rows.departure[head])
    same &= (rows.status_on[ordered] == rows.status_on[head]) & ~np.isnan(price[ordered])
    ordered, number = ordered[same], number[same]
    night = rows.typed.days.get("stay_date", np.full(len(rows), NO_DAY, dtype=np.int32))[ordered]
    nights = _distinct(number, night, len(heads))
    quantity = np.nan_to_num(rows.numbers["rooms"][ordered], nan=1.0)
    rooms = np.round(_summed(quantity, number, len(heads)) / np.maximum(nights, 1))
    amount = _summed(price[ordered], number, len(heads))
    stay = rows.departure[heads].astype(np.int64) - rows.arrival[heads]
    known = nights > 0
    rows.numbers["rooms"][heads] = np.where(known, np.maximum(rooms, 1), rows.numbers["rooms"][heads])
    rows.numbers["adr"][heads] = np.where(known, np.round(amount / np.maximum(nights * np.maximum(rooms, 1), 1), 2), np.nan)
    rows.numbers["total"][heads] = np.where(known & (nights == stay), np.round(amount, 2), np.nan)


def _distinct(number: Indices, night: NDArray[np.int32], groups: int) -> NDArray[np.float64]:
    """Return how many different nights each group has."""
    pairs = np.unique(np.stack([number.astype(np.int64), night.astype(np.int64)]), axis=1)
    return np.asarray(np.bincount(pairs[0], minlength=groups), dtype=np.float64)
