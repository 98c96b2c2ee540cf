"""Several rows of one booking number: its nights, its rooms, its guests, or its versions?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.profile import Grain
from hotelml_app.intake.proposing.names.header_words import GUEST
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.stays import AGREES, Calendar
from hotelml_app.intake.values.date_order import NO_DAY

DAMAGE = 0.01
"""Up to this share of bookings in several rows is damage of the file, not its way."""
NEARLY_ALL = 0.95
MOST = 0.9
"""The first year of a PMS is seldom a whole one, and counts less far."""
_SEVERAL, _FEWEST_GROUPS, _MOST_GROUPS, _SHARING = 3, 5, 0.2, 0.2
"""Same rows of one number, such numbers, their share of all, and the share of single rows that tell several guests."""
_BOOKED_APART, _ARRIVE_APART = 180, 60
"""Days between what is of one number where it was given again; people book some weeks or months ahead, now more, now less."""
_STAY_ROLES = ("arrival", "departure", "arrival_year", "arrival_month", "arrival_day", "nights", "booked_on", "status")
_ROOM_ROLES = ("room", "room_type", "assigned_room_type", "adr", "total")

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Repeats:
    """What rows of one number are; where somebody must say (``asked``), ``grain`` is the likelier answer."""

    grain: Grain = Grain.BOOKING
    asked: bool = False


def repeats_of(assignment: Assignment, calendar: Calendar) -> Repeats:
    """Return what several rows of one booking number are, by what they have in common."""
    place = assignment.place("reservation_id")
    if place is None:
        return Repeats()
    numbers = _codes(assignment, place)
    said = np.array([bool(text) for text in assignment.heading.columns[place].words], dtype=bool)[numbers]
    rows = _without_copies(assignment, np.flatnonzero(said))
    _, group, sizes = np.unique(numbers[rows], return_inverse=True, return_counts=True)
    several = sizes[group] > 1
    if not len(sizes) or (sizes > 1).mean() <= DAMAGE:
        return Repeats(Grain.ROOM) if _copies_are_rooms(assignment, numbers, said) else Repeats()
    rows, group = rows[several], group[several]
    if _are_nights(assignment, calendar):
        return Repeats(Grain.NIGHT)
    if _are_given_again(assignment, calendar, rows, group):
        return Repeats()
    same_stay = all(_agree(_codes(assignment, one)[rows], group) >= NEARLY_ALL for one in _places(assignment, _STAY_ROLES))
    differ = any(_agree(_codes(assignment, one)[rows], group) < 1 - DAMAGE for one in _places(assignment, _ROOM_ROLES))
    if same_stay and not _as_many_as_nights(assignment, calendar, rows, group):
        return Repeats(Grain.ROOM, asked=not differ)
    return Repeats(asked=True)


def _are_given_again(assignment: Assignment, calendar: Calendar, rows: NDArray[np.intp], group: NDArray[np.intp]) -> bool:
    """Return whether rows of one number are other bookings: made, or arriving, in another season, as where each year begins at 1.

    The rooms, the nights and the versions of one booking were all booked on the same day or nearly so.
    """
    for role, apart in (("booked_on", _BOOKED_APART), ("arrival", _ARRIVE_APART)):
        place = assignment.place(role)
        if place is not None and place in calendar.days:
            days = calendar.days[place][rows].astype(np.int64)
            order = np.lexsort((days, group))
            same = group[order][1:] == group[order][:-1]
            gaps = np.diff(days[order])[same & (days[order][1:] != NO_DAY) & (days[order][:-1] != NO_DAY)]
            return bool(len(gaps)) and float((gaps >= apart).mean()) >= MOST
    return False


def _codes(assignment: Assignment, place: int) -> Codes:
    return assignment.heading.columns[place].column.codes.astype(np.int64)


def _places(assignment: Assignment, roles: tuple[str, ...]) -> list[int]:
    return [place for role in roles if (place := assignment.place(role)) is not None]


def _without_copies(assignment: Assignment, rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the rows without those that are the very same as an earlier one, the guests' names apart."""
    kept = [place for place in assignment.heading.columns if place not in assignment.roles or _role(assignment, place) != GUEST]
    cells = np.stack([_codes(assignment, place)[rows] for place in kept], axis=1)
    _, first = np.unique(cells, axis=0, return_index=True)
    return np.asarray(rows[np.sort(first)])


def _copies_are_rooms(assignment: Assignment, numbers: Codes, said: NDArray[np.bool_]) -> bool:
    """Return whether the rows that are the very same are rooms of groups: they are more than the guests that each tells.

    A row for each guest is as often there as there are guests, or tells one guest alone, as then all rows do; and where most
    bookings stand there several times a file was put together from others.
    """
    adults, children = (assignment.numbers(role) for role in ("adults", "children"))
    if adults is None:
        return False
    guests = np.nan_to_num(adults) + (np.nan_to_num(children) if children is not None else 0)
    _, first, times = np.unique(numbers[said], return_index=True, return_counts=True)
    guests = guests[said][first]
    many = times >= _SEVERAL
    if many.sum() < _FEWEST_GROUPS or (times > 1).mean() > _MOST_GROUPS or (guests[times == 1] > 1).mean() < _SHARING:
        return False
    return bool((times > guests)[many].mean() >= NEARLY_ALL)


def _role(assignment: Assignment, place: int) -> str:
    return assignment.roles[place].role


def _agree(values: Codes, group: NDArray[np.intp]) -> float:
    """Return the share of groups whose rows all have the same value."""
    if not len(group):
        return 1.0
    lowest, highest = np.full(group.max() + 1, np.iinfo(np.int64).max), np.full(group.max() + 1, -1)
    np.minimum.at(lowest, group, values)
    np.maximum.at(highest, group, values)
    there = highest >= 0
    return float((lowest[there] == highest[there]).mean())


def _are_nights(assignment: Assignment, calendar: Calendar) -> bool:
    night, arrival = assignment.place("stay_date"), assignment.place("arrival")
    if night in calendar.days and arrival is None:
        return True
    known = night is not None and arrival is not None and {night, arrival} <= calendar.days.keys()
    return known and calendar.share(int(arrival or 0), int(night or 0)) >= AGREES


def _as_many_as_nights(assignment: Assignment, calendar: Calendar, rows: NDArray[np.intp], group: NDArray[np.intp]) -> bool:
    """Return whether bookings have a row for each night, though no column says which."""
    arrival, departure = assignment.place("arrival"), assignment.place("departure")
    nights = assignment.numbers("nights")
    if arrival in calendar.days and departure in calendar.days and arrival is not None and departure is not None:
        first, last = calendar.days[arrival].astype(np.int64), calendar.days[departure].astype(np.int64)
        nights = np.where((first == NO_DAY) | (last == NO_DAY), np.nan, last - first)
    if nights is None:
        return False
    sizes = np.bincount(group)[group]
    return float((sizes == nights[rows]).mean()) >= NEARLY_ALL
