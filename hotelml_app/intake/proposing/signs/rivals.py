"""Of several columns that may play one role, the one that does: booking numbers, kinds of rooms, prices."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hotelml_app.intake.proposing.names.header_grammar import FARTHEST, hints_of
from hotelml_app.intake.proposing.names.header_match import folded, matches, parts_of
from hotelml_app.intake.proposing.names.header_parts import Part
from hotelml_app.intake.proposing.names.header_words import OTHER
from hotelml_app.intake.proposing.signs import prices
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.proposing.signs.fitting import counts_rows, fit, may_be_price, may_be_room_type

MORE_DIFFERENT = 0.02
NEARLY_UNIQUE = 0.99
_OF_A_PARTY = ("booking", "buchung", "boeking", "order")
"""How systems call what holds several reservations, where they tell the two apart."""
_OF_A_ROOM = ("reserv", "resv", "rsv", "res", "confirm", "conf", "bestatig", "bevestig")
_NUMBERS = frozenset({"id", "number", "no", "nr", "num", "nummer", "code", "n"})

_ROOM_PRICE = frozenset({Part.ROOM, Part.PRICE, Part.RATE, Part.WHOLE, Part.BOOK, Part.STAY, Part.INCLUDED, Part.EXCLUDED})
_FEWEST_ROWS = 12
_SMALLEST_PART = 0.2
"""Of what guests pay the room is at least this part; less is a fee or a deposit."""

_MOST_OF_IT = 0.6
_ENOUGH_ROWS, _NEARLY_ALWAYS, _A_CENT = 100, 0.95, 0.011

_PRICES = (prices.PER_STAY, prices.PER_NIGHT)
_CALLED_A_PRICE = frozenset({Part.PRICE, Part.RATE, Part.NIGHT, Part.WHOLE})
_UNDECIDED = ("room", "room_type", "assigned_room_type", OTHER)
_MUCH_SHORTER = 0.6


def prefer_number(assignment: Assignment) -> None:
    """Take another column that is called a booking number, too, where the first one holds several bookings together."""
    place, columns = assignment.place("reservation_id"), assignment.heading.columns
    if place is None or assignment.place("stay_date") is not None:
        return
    shared = 1.0 - columns[place].unique > 0 or counts_rows(columns[place])
    others = [position for position in other_numbers(assignment, place) if not shared or _tells_more(columns, position, place)]
    if not shared:
        others = [position for position in others if _is_of_a_room(assignment, position)] if _is_party(assignment, place) else []
    if others:
        why = "several rows share it" if shared else "another column numbers the reservations"
        assignment.give(place, OTHER, 0.9, why)
        assignment.give(others[0], "reservation_id", 0.9, "its name, and no two rows share it")


def _tells_more(columns: dict[int, Evidence], position: int, place: int) -> bool:
    """Return whether a column tells more rows apart than the one that was taken for the number, or more than their order."""
    more = columns[position].unique > columns[place].unique + MORE_DIFFERENT
    return columns[position].unique == 1.0 or more


def other_numbers(assignment: Assignment, place: int, least: float = NEARLY_UNIQUE) -> list[int]:
    """Return the other columns called booking numbers, of which at least this share differ, the plainest name first."""
    found = []
    for position, seen in assignment.heading.columns.items():
        ranks = [
            match.rank
            for match in matches(assignment.heading.header.cells[position])
            if match.role == "reservation_id" and match.rank < FARTHEST
        ]
        fits = fit("reservation_id", seen) > (0.9 if seen.unique >= NEARLY_UNIQUE else 0.0)
        if position != place and ranks and seen.unique >= least and fits:
            found.append((not _is_of_a_room(assignment, position), min(ranks), position))
    return [position for _, _, position in sorted(found)]


def _is_party(assignment: Assignment, position: int) -> bool:
    return folded(assignment.heading.header.cells[position]).startswith(_OF_A_PARTY)


def _is_of_a_room(assignment: Assignment, position: int) -> bool:
    words = folded(assignment.heading.header.cells[position]).split()
    return all(word in _NUMBERS or word.startswith(_OF_A_ROOM) for word in words)


def prefer_booked_type(assignment: Assignment) -> None:
    """Let the kind of room that was booked be the room type, the other one the assigned; of a code and its words the code."""
    place = assignment.place("room_type")
    if place is None or not may_be_room_type(assignment.heading.columns[place]):
        return
    rivals = list(_other_types(assignment, place))
    best = min(rivals, key=lambda position: _when(assignment, position), default=place)
    if _when(assignment, best) < _when(assignment, place):
        _take_type(assignment, best, place)
        place = best
    booked = [position for position in rivals if position != place and _when(assignment, position) == _when(assignment, place)]
    for position in booked:
        if _is_code_of(assignment, position, place):
            assignment.give(place, OTHER, 0.9, "says in words what the code beside it says")
            assignment.give(position, "room_type", 0.9, "the code of the room type")
            return


def _other_types(assignment: Assignment, place: int) -> Iterator[int]:
    """Yield the other columns that are called kinds of rooms, or rooms, and hold such."""
    for position, seen in assignment.heading.columns.items():
        found = assignment.roles.get(position)
        if position == place or (found is not None and found.role not in _UNDECIDED):
            continue
        parts = parts_of(assignment.heading.header.cells[position])
        if any(part & {Part.ROOM, Part.TYPE} for part in parts) and may_be_room_type(seen):
            yield position


def _when(assignment: Assignment, position: int) -> int:
    """Return 0 for what was booked, 1 for what is charged, 2 where the name does not tell, 3 for what the guest was given."""
    said = frozenset[Part]().union(*parts_of(assignment.heading.header.cells[position]))
    order = (Part.RESERVED, Part.CHARGED)
    told = next((place for place, part in enumerate(order) if part in said), len(order))
    return len(order) + 1 if Part.ASSIGNED in said else told


def _take_type(assignment: Assignment, booked: int, given: int) -> None:
    """Make one column the room type; the one that was it is the assigned type where it has the same words."""
    columns = assignment.heading.columns
    words = [{text.casefold() for text in columns[position].words if text} for position in (booked, given)]
    alike = len(words[0] & words[1]) >= 0.5 * min(map(len, words))
    others = [one for one, found in assignment.roles.items() if found.role == "assigned_room_type" and one != booked]
    assignment.give(booked, "room_type", 0.95, "its name: the kind of room that was booked")
    if alike and not others:
        assignment.give(given, "assigned_room_type", 0.9, "the room type beside the one that was booked")
    else:
        assignment.give(given, OTHER, 0.9, "another column is the room type that was booked")


def _is_code_of(assignment: Assignment, position: int, place: int) -> bool:
    """Return whether a column is the code of what another one says in words: one for one, and its name or its length says so."""
    code, words = assignment.heading.columns[position], assignment.heading.columns[place]
    pairs = np.unique(np.stack([code.column.codes, words.column.codes]), axis=1).shape[1]
    if not code.different == words.different == pairs:
        return False
    named = [frozenset[Part]().union(*parts_of(assignment.heading.header.cells[one])) for one in (position, place)]
    called = (Part.NUMBER in named[0] or Part.NAME in named[1]) and Part.NAME not in named[0]
    longer = code.longest > words.longest
    return not longer and (called or code.longest < _MUCH_SHORTER * words.longest)


def prefer_room_revenue(assignment: Assignment, nights: prices.Numbers | None) -> None:
    """Take the price of the room where the total holds taxes and extras, too."""
    total, columns = assignment.place("total"), assignment.heading.columns
    if total is None or _says_room_price(assignment, total):
        return
    whole = columns[total].per_row()
    for position, seen in columns.items():
        role = assignment.roles[position].role if position in assignment.roles else ""
        room = seen.per_row()
        if position == total or role not in ("", "adr", "room", OTHER) or fit("total", seen) < 1.0:
            continue
        if not (role == "adr" or _says_room_price(assignment, position)) or not _is_part_of(room, whole):
            continue
        if role == "adr" and (nights is None or not _grow_alike(room, whole, nights)):
            continue
        kinds = [prices.kind_of_price(amounts, nights) if nights is not None else None for amounts in (room, whole)]
        per_night = kinds[0] == prices.PER_NIGHT and kinds[1] != prices.PER_NIGHT
        if per_night and assignment.place("adr") is not None:
            continue
        if not per_night:
            assignment.give(total, OTHER, 0.9, "more than the price of the room, which is told, too")
        why = "the price of the room, without what else was paid"
        assignment.give(position, prices.PER_NIGHT if per_night else prices.PER_STAY, 0.9, why)
        return


def find_prices(assignment: Assignment, nights: prices.Numbers | None) -> None:
    """Propose amounts that grow with the nights as the total, the highest of them, where no name tells a price."""
    if nights is None or any(assignment.place(role) is not None for role in (prices.PER_STAY, prices.PER_NIGHT)):
        return
    columns, free = assignment.heading.columns, assignment.free()
    amounts = {one: columns[one].per_row() for one in free if may_be_price(columns[one]) and columns[one].date_share < 0.5}
    for kind in (prices.PER_STAY, prices.PER_NIGHT):
        alike = [one for one, values in amounts.items() if prices.kind_of_price(values, nights) == kind]
        if alike:
            best = max(alike, key=lambda one: float(np.nanmedian(amounts[one])))
            whole = kind == prices.PER_STAY and _is_the_whole(assignment, best)
            why = "its amounts grow with the nights, and no other is more" if whole else "its amounts against the nights"
            called = bool(hints_of(folded(assignment.heading.header.cells[best])) & _CALLED_A_PRICE)
            assignment.give(best, kind, 0.75 if whole or (called and len(alike) == 1) else 0.5, why)
            return


def _is_the_whole(assignment: Assignment, position: int) -> bool:
    """Return whether amounts stand in every row and are, in nearly all, no less than those of any other column."""
    columns = assignment.heading.columns
    whole = columns[position].per_row()
    if len(whole) < _ENOUGH_ROWS or (whole > 0).mean() < _NEARLY_ALWAYS:
        return False
    decided = {one for one, found in assignment.roles.items() if found.role not in (OTHER, *_PRICES)}
    rivals = (one for one in columns if one != position and one not in decided)
    others = [columns[one].per_row() for one in rivals if may_be_price(columns[one])]
    return all((np.nan_to_num(other) <= whole + _A_CENT).mean() >= _NEARLY_ALWAYS for other in others)


def find_rate(assignment: Assignment, nights: prices.Numbers | None) -> None:
    """Find the price per night by its amounts where only the total is named: times the nights it makes most of the total."""
    total, columns = assignment.place("total"), assignment.heading.columns
    if total is None or nights is None or assignment.place("adr") is not None:
        return
    whole = columns[total].per_row()
    if prices.kind_of_price(whole, nights) != prices.PER_STAY:
        return
    for position in assignment.free():
        seen = columns[position]
        room = seen.per_row()
        if fit("adr", seen) < 1.0 or seen.different < _FEWEST_ROWS or prices.kind_of_price(room, nights) != prices.PER_NIGHT:
            continue
        if _is_part_of(room * nights, whole, _MOST_OF_IT):
            assignment.give(position, "adr", 0.85, "times the nights it makes most of the total")
            return


def _says_room_price(assignment: Assignment, position: int) -> bool:
    """Return whether a name speaks of the price of the room and of nothing else."""
    parts = parts_of(assignment.heading.header.cells[position])
    if not parts or not all(part & _ROOM_PRICE for part in parts) or not any(Part.ROOM in part for part in parts):
        return False
    priced = any(part & {Part.PRICE, Part.RATE, Part.WHOLE} for part in parts)
    values = assignment.heading.columns[position].values
    return priced or bool((values[~np.isnan(values)] % 1).any())


def _grow_alike(room: prices.Numbers, whole: prices.Numbers, nights: prices.Numbers) -> bool:
    """Return whether what looks like a rate is for the stay as well: longer stays leave its share of the whole as it is."""
    good = (room > 0) & (whole > 0)
    return prices.kind_of_price(whole[good] / room[good], nights[good]) == prices.PER_NIGHT


def _is_part_of(room: prices.Numbers, whole: prices.Numbers, least: float = _SMALLEST_PART) -> bool:
    good = (room > 0) & (whole > 0)
    if good.sum() < _FEWEST_ROWS:
        return False
    share = room[good] / whole[good]
    return bool((share <= 1.001).mean() >= 0.95 and np.median(share) >= least and (share < 0.999).any())
