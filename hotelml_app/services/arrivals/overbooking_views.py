"""What is told about selling beyond the house: plain values, money in the property's currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from hotelml_app.modules.noshow.lost_rooms.by_room_type import TypeAdvice
from hotelml_app.modules.noshow.lost_rooms.overbooking import Advice
from hotelml_app.modules.noshow.lost_rooms.walking import Walk


@dataclass(frozen=True, slots=True)
class Costs:
    """What either mistake costs per room and night, in the property's currency, and whether staff said so.

    Where neither staff nor a rate tells, not ``in_money``: the amounts stand only for how the two compare.
    """

    room_value: float
    walk_cost: float
    room_value_told: bool
    walk_cost_told: bool
    in_money: bool


@dataclass(frozen=True, slots=True)
class OverbookingType:
    """The advice for a room type on one night: ``rooms`` of it can be sold, more are ``out_of_order``.

    Guests in the house count as ``on_books`` with the type of room they have, all others with the type they booked.
    ``lost`` is the probability of losing 0, 1, 2… rooms of the type. Where ``room_type`` is "", the bookings name none.
    """

    room_type: str
    rooms: int
    on_books: int
    expected_lost: float
    lost: tuple[float, ...]
    advice: TypeAdvice
    out_of_order: int = 0


@dataclass(frozen=True, slots=True)
class OverbookingNight:
    """The advice for one night. ``lost`` is the probability of losing 0, 1, 2… rooms, ``by_room_type`` the expected number.

    ``rooms`` can be sold, more are ``out_of_order``. Where they are not ``rooms_told``, they are the most sold on one night so
    far, less those. The ``room_types`` come from the simplest to the best, as far as rates tell.
    """

    night: date
    rooms: int
    on_books: float
    expected_lost: float
    lost: tuple[float, ...]
    by_room_type: Mapping[str, float]
    costs: Costs
    advice: Advice
    sentence: str
    rooms_told: bool = True
    out_of_order: int = 0
    room_types: tuple[OverbookingType, ...] = ()

    @property
    def sell_more(self) -> int:
        """How many rooms the house is to sell still."""
        return max(self.advice.sell_up_to - round(self.on_books), 0)

    @property
    def chance_too_many(self) -> float:
        """The chance that more come than there are rooms, with the books as they are."""
        spare = int(np.floor(self.on_books - self.rooms))
        return float(sum(self.lost[:spare])) if spare > 0 else 0.0


@dataclass(frozen=True, slots=True)
class OverbookingAdvice:
    """One night's advice, and its arrivals in the order in which walking them costs least."""

    night: OverbookingNight
    walk_plan: tuple[Walk, ...]


@dataclass(frozen=True, slots=True)
class OverbookingView:
    """All nights, and the walk plan of the first night on which too many may come (of the first night where there is none)."""

    property_name: str
    as_of: date
    nights: tuple[OverbookingNight, ...]
    walk_night: date
    walk_plan: tuple[Walk, ...]
