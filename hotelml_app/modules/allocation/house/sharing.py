"""Bookings that share one room: one of them is given it, the others go along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hotelml_app.core.clock import day_of
from hotelml_app.ml.contract import Prediction
from hotelml_app.ml.property.history import History
from hotelml_app.modules.allocation.house.inventory import natural
from hotelml_app.modules.allocation.house.stays import Stay


def sharing(history: History, stays: Sequence[Stay], locks: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return who goes along with whom: {reservation: the reservation whose room it shares}.

    A PMS that shows one room for several bookings of the very same days means guests who share it, where each is booked
    for one adult or all but one of them cost nothing; anything else is a mistake to be told. ``locks`` are rooms that
    staff hold bookings in: they part those who are held in different rooms.
    """
    groups: dict[tuple[str, int, int], list[Stay]] = {}
    for stay in stays:
        held = tuple(locks.get(stay.reservation_id, ()))
        room = held[0] if len(held) == 1 else stay.room
        if room and stay.room and stay.rooms == 1:
            groups.setdefault((room, stay.arrival, stay.departure), []).append(stay)
    found: dict[str, str] = {}
    for group in groups.values():
        if len(group) > 1 and len({stay.room for stay in group}) == 1 and _are_sharers(history, group):
            first, *others = sorted(group, key=lambda stay: (stay.reservation_id not in locks, natural(stay.reservation_id)))
            found.update({other.reservation_id: first.reservation_id for other in others})
    return found


def _are_sharers(history: History, group: Sequence[Stay]) -> bool:
    rows = [stay.spell for stay in group]
    alone = history.numbers["adults"][rows] == 1
    children = history.numbers["children"][rows] > 0
    free = history.numbers["adr"][rows] == 0
    return bool((alone & ~children).all() or free.sum() >= len(group) - 1)


def gone_along(leader: Prediction, stay: Stay) -> Prediction:
    """Return the answer for a booking that shares the room of another one."""
    with_whom = f"Shares the room with {leader.key}."
    values = {
        **leader.values,
        "reservation_id": stay.reservation_id,
        "departure": day_of(stay.departure),
        "room_type": stay.room_type,
        "reason": f"{with_whom} {leader.values['reason']}".strip(),
    }
    return replace(leader, key=stay.reservation_id, values=values)
