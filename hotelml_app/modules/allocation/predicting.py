"""A room for every arrival: solved exactly, with what this hotel usually gives, and a reason for every choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hotelml_app.core.clock import day_number, day_of
from hotelml_app.ml.asking import known_bookings
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules.allocation import MANIFEST
from hotelml_app.modules.allocation.desk import Desk, DeskBuilder, Need
from hotelml_app.modules.allocation.house.inventory import Inventory, inventory, natural
from hotelml_app.modules.allocation.house.sharing import gone_along, sharing
from hotelml_app.modules.allocation.house.stays import Stay, arriving, in_house
from hotelml_app.modules.allocation.house.wishes import wishes_in
from hotelml_app.modules.allocation.plans import costs
from hotelml_app.modules.allocation.plans.exact import Solved, Status, solve
from hotelml_app.modules.allocation.plans.problem import NO_ROOM
from hotelml_app.modules.allocation.reasons import Move, Reasons
from hotelml_app.modules.allocation.room_types.upgrades import Chance, chances_of

BY_MODEL = "Solved for the whole house, with who was given which type here so far."
BY_BORROWED = (
    "Solved for the whole house, with how often each booked type was given another so far, and whom other hotels rather give one."
)
BY_SHARE = "Solved for the whole house, with how often each booked type was given another so far."
BY_RULE = "Solved for the whole house: the booked type, a better one only where it is full; who is usually upgraded is not known."
PLAIN = "Best fit by room type: the solver is not installed, so nothing is moved to make room."

SHORT_LIMIT_S, ROOMS_IN_SHORT, PER_ROOM_S = 1.5, 300, 0.018
"""How long the solver may take: 1.5 seconds for up to 300 rooms, 14 for a thousand."""


def predict(request: PredictionRequest) -> list[Prediction]:
    """Return a room, or the reason why there is none, for every booking that arrives within the horizon.

    Options: ``rooms`` {number: type}, ``room_features`` {number: [feature]}, ``locks`` {reservation: room number},
    ``out_of_order`` [{room, from, to}], ``wishes`` {reservation: {feature: weight}}, ``together`` [[reservation,
    reservation]], ``connecting`` [[room, room]], ``overbooking`` {type: rooms}, ``previous`` {reservation: room number},
    ``move_guests``, ``time_limit_s``.
    """
    history = known_bookings(request, MANIFEST)
    today = day_number(request.as_of)
    house = inventory(history, request.data.facts, request.options)
    wishes = wishes_in(request.options, house)
    arrivals, staying = arriving(history, today, today + request.horizon), in_house(history, today)
    chances = chances_of(request.model, history, arrivals, house.ladder)
    limit = wishes.time_limit_s or time_limit(len(house.rooms))
    builder = DeskBuilder(house, wishes, today + 1, request.horizon, lambda stay: type_points(house, stay, chances))
    along = sharing(history, arrivals, wishes.locks)
    heads = [stay for stay in arrivals if stay.reservation_id not in along]
    desk = builder.build(heads, staying)
    solved = solve(desk.problem, limit, request.cancel)
    answers = _Answers(request, desk, solved, chances, today + 1)
    told = {stay.reservation_id: answers.arrival(stay) for stay in heads}
    others = (gone_along(told[along[stay.reservation_id]], stay) for stay in arrivals if stay.reservation_id in along)
    return [*told.values(), *others, *answers.guests_moved()]


def time_limit(rooms: int) -> float:
    """Return how many seconds the solver may take for a house of so many rooms."""
    return SHORT_LIMIT_S + PER_ROOM_S * max(rooms - ROOMS_IN_SHORT, 0)


def type_points(house: Inventory, stay: Stay, chances: Mapping[str, Chance]) -> dict[str, float]:
    """Return the points of every type a stay may be given; who names no type may have any, the simplest first."""
    if not stay.room_type:
        return {kind: costs.UPGRADE_STEP * step for step, kind in enumerate(house.types)}
    nights = stay.last_day - stay.arrival
    chance = chances.get(stay.reservation_id)
    return costs.of_types(stay.room_type, house.better_than(stay.room_type), chance.types if chance else None, nights)


@dataclass(frozen=True)
class _Found:
    """What was found for one booking: positions of its rooms, those it was told, and what is to be said."""

    rooms: list[int]
    told: list[int]
    said: list[str]


class _Answers:
    """Turns a solved desk into predictions, one per booking."""

    def __init__(
        self, request: PredictionRequest, desk: Desk, solved: Solved, chances: Mapping[str, Chance], first_night: int
    ) -> None:
        self._request, self._desk, self._solved, self._chances = request, desk, solved, chances
        self._reasons = Reasons(desk, solved.plan, first_night, chances)
        self._needs: dict[str, list[int]] = {}
        for index, need in enumerate(desk.needs):
            self._needs.setdefault(need.stay.reservation_id, []).append(index)
        self._locked: dict[str, list[tuple[Need, int]]] = {}
        for need, room in desk.locked:
            self._locked.setdefault(need.stay.reservation_id, []).append((need, room))

    def arrival(self, stay: Stay) -> Prediction:
        """Return the answer for a booking that arrives."""
        found = self._found(stay)
        move = self._reasons.kind_of(stay, found.rooms, found.told)
        said = found.said
        if len(found.rooms) < stay.rooms:
            said = [*said, self._reasons.refused(stay, stay.rooms - len(found.rooms))]
        return self._prediction(stay, found, move, said)

    def guests_moved(self) -> list[Prediction]:
        """Return the answers for guests in the house who are to change rooms or can stay in none, where staff allow moves."""
        rooms_of = {
            name: [(index, self._desk.needs[index].told, int(self._solved.plan[index])) for index in indices]
            for name, indices in self._needs.items()
            if all(self._desk.needs[index].guest and self._desk.needs[index].told != NO_ROOM for index in indices)
        }
        return [self._guest_moved(of_stay) for of_stay in rooms_of.values() if any(told != room for _, told, room in of_stay)]

    def _guest_moved(self, of_stay: Sequence[tuple[int, int, int]]) -> Prediction:
        """Return the answer for a guest: the need of each of his rooms, the room he is in and the one he is to have."""
        stay = self._desk.needs[of_stay[0][0]].stay
        said = ["A guest who was to have arrived." if stay.due else "A guest in the house."]
        for index, told, room in of_stay:
            if told != room:
                said += [self._reasons.out_of(index)] if room == NO_ROOM else self._reasons.given(index)
        rooms = [room for *_, room in of_stay if room != NO_ROOM]
        one = _Found(rooms, [told for _, told, _ in of_stay], said)
        return self._prediction(stay, one, Move.MOVED if len(rooms) == len(of_stay) else Move.REFUSED, said)

    def _found(self, stay: Stay) -> _Found:
        rooms, told, said = [], [], []
        for number in self._desk.refused_locks.get(stay.reservation_id, ()):
            said.append(f"Room {number} is not free for this stay.")
        locked = self._locked.get(stay.reservation_id, ())
        for need, room in locked:
            rooms.append(room)
            said.append(self._reasons.kept(need, room))
        for index in self._needs.get(stay.reservation_id, ()):
            need, room = self._desk.needs[index], int(self._solved.plan[index])
            if need.stay is not stay:
                continue
            if need.told != NO_ROOM:
                told.append(need.told)
            if room != NO_ROOM:
                rooms.append(room)
                said += self._reasons.given(index)
        if locked:
            # A room of the PMS that staff locked the booking out of is what it changes from.
            shown = sorted(set(self._desk.in_pms(stay)) - set(told), key=lambda room: room not in rooms)
            told += shown[: stay.rooms - len(told)]
        named = all(self._desk.rooms[room].named for room in rooms if not self._desk.waiting(room))
        return _Found(rooms, told, said if named else [*said, "The house's own room number is not known yet."])

    def _prediction(self, stay: Stay, found: _Found, move: Move, said: Sequence[str]) -> Prediction:
        rooms = sorted((self._desk.rooms[room] for room in found.rooms), key=lambda room: natural(room.number))
        told = sorted((self._desk.rooms[room].number for room in found.told), key=natural)
        tomorrow = day_of(day_number(self._request.as_of) + 1)
        chance = self._chances.get(stay.reservation_id)
        values = {
            "reservation_id": stay.reservation_id,
            "arrival": day_of(stay.arrival),
            "departure": day_of(stay.departure),
            "room_type": stay.room_type,
            "suggested_type": ", ".join(dict.fromkeys(room.room_type for room in rooms)),
            "suggested_room": ", ".join(room.number for room in rooms if room.number),
            "current_room": ", ".join(told),
            "move": str(move),
            "reason": " ".join(dict.fromkeys(said)),
            "gap": round(self._solved.gap, 4),
            "status": str(self._solved.status),
            "p_as_booked": round(chance.as_booked, 5) if chance else None,
            "p_as_booked_by_share": round(chance.plain, 5) if chance else None,
        }
        made_by, why = self._maker(chance)
        return Prediction(stay.reservation_id, max(day_of(stay.arrival), tomorrow), values, made_by, why)

    def _maker(self, chance: Chance | None) -> tuple[MadeBy, str]:
        if self._solved.status is Status.PLAIN_RULE:
            return MadeBy.STATISTICAL, PLAIN
        model = self._request.model
        if model is None or chance is None or not chance.by_model:
            return MadeBy.STATISTICAL, BY_RULE if chance is None else BY_SHARE
        return model.made_by, BY_BORROWED if model.made_by is MadeBy.BUNDLED else BY_MODEL
