"""The Rooms page: who gets which room on the coming nights, what has to move for it, and what staff want of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.modules import manifest
from hotelml_app.modules.allocation.predicting import time_limit
from hotelml_app.modules.allocation.reasons import Move
from hotelml_app.services.asking.words import count
from hotelml_app.services.errors import RoomsChangedError
from hotelml_app.services.exports.freshness import ahead_words
from hotelml_app.services.learning.predict import run
from hotelml_app.services.nights.given import as_rows
from hotelml_app.services.nights.on_books import count_nights
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.nights.rooms_seen import count_rooms
from hotelml_app.services.rooms import kept as rooms_kept
from hotelml_app.services.rooms.fewer_to_sell import follow_closures
from hotelml_app.services.rooms.kept import MODULE, Kept, after_other_changes
from hotelml_app.services.rooms.list_views import ListRooms, UndoList
from hotelml_app.services.rooms.plan import (
    NIGHTS,
    Answer,
    House,
    answers_of,
    conflicts_of,
    free_rooms,
    house_of,
    room_views,
    stay_views,
    suggestions_of,
)
from hotelml_app.services.rooms.room_changes import RoomChanges, brought_up
from hotelml_app.services.rooms.room_list import listed_anew
from hotelml_app.services.rooms.views import (
    ConflictView,
    PlannedView,
    RoomsChange,
    RoomsView,
    Standing,
    StayView,
    SuggestionView,
)
from hotelml_app.store.exported import imports
from hotelml_app.store.learned import predictions
from hotelml_app.store.learned.predictions import PredictionRow

UPKEEP_MAY_TAKE_S = 30.0

ARRIVING = "arriving booking"
"""Elsewhere arrivals are rooms; here a booking is housed with all its rooms, or not."""


def build(ground: Ground) -> RoomsView:
    """Return the page."""
    kept, house = _as_it_stands(ground)
    return _view(ground, kept, house, _stays(ground, kept, house))


def change(ground: Ground, wanted: RoomsChange, progress: ProgressCallback, cancel: CancelToken) -> RoomsView:
    """Change something, solve the rooms again where that may move others, and return the page.

    Raises HotelMLError for what cannot be; then, and where it is cancelled, nothing was changed.
    """
    with after_other_changes(cancel):
        kept, house = _as_it_stands(ground)
        stays = _stays(ground, kept, house)
        changes = RoomChanges(house, kept, stays, ground.as_of)
        after = listed_anew(ground, kept, wanted) if isinstance(wanted, ListRooms | UndoList) else changes.applied(wanted)
        if changes.must_solve(after):
            progress(0.0, f"Solving {count(len(house.inventory.rooms), 'room')} anew")
            _solve(ground, after, stays, cancel)
        with ground.parts.store.write():
            if not _is_newest(ground):
                raise RoomsChangedError("An export came in meanwhile.", remedy="Look at the page again (F5), then repeat it.")
            solved_on = rooms_kept.read(ground.parts, ground.row).solved_on
            rooms_kept.write(ground.parts, ground.row, replace(after, solved_on=solved_on))
        follow_closures(ground.parts, ground.row, kept, after)
    return build(Ground(ground.parts, ground.row))


def conflicts(ground: Ground) -> tuple[ConflictView, ...]:
    """Return what cannot be as the PMS has it, without asking what would be better."""
    kept, house, _ = _brought_up(ground)
    planned = {name: Answer(one.after, "", one.reason) for name, one in kept.planned.items()}
    return conflicts_of(stay_views(house, planned, kept), kept.closed, ground.as_of + timedelta(days=1))


def changes_waiting(ground: Ground) -> int:
    """Return how many changes are still to be carried out in the PMS, by the newest export; nothing is solved or kept for it."""
    told = rooms_kept.read(ground.parts, ground.row)
    return len(_brought_up(ground)[0].planned) if told.planned else 0


def turned_away(ground: Ground) -> tuple[str, ...]:
    """Return who arrives next and has no room by what was solved last; nothing is solved for it."""
    night = ground.as_of + timedelta(days=1)
    with ground.parts.store.read() as connection:
        solved = predictions.of_run(connection, ground.row.id, MODULE, ground.as_of)
    refused = {one.key for one in solved if one.target_date == night and one.payload.get("move") == Move.REFUSED}
    house = house_of(ground, rooms_kept.read(ground.parts, ground.row)) if refused else None
    if house is None or not any(room.named for room in house.inventory.rooms):
        return ()
    arriving = {stay.reservation_id for stay in house.arrivals}
    return tuple(one.key for one in solved if one.key in refused & arriving)


def _stays(ground: Ground, kept: Kept, house: House) -> tuple[StayView, ...]:
    """Return who is where, solved for the bookings of the last import."""
    stays = stay_views(house, answers_of(ground.given(MODULE).rows, house), kept)
    if _is_solved(ground, kept):
        return stays
    again = Ground(ground.parts, ground.row)
    if ground.parts.upkeep is None or not ground.parts.upkeep.wait_idle(UPKEEP_MAY_TAKE_S) or not _is_solved(again, kept):
        found = _solve(ground, kept, stays, CancelToken())
        return stay_views(house, answers_of(found, house), kept)
    return stay_views(house, answers_of(again.given(MODULE).rows, house), kept)


def _is_solved(ground: Ground, kept: Kept) -> bool:
    """Tell whether what is kept was solved after the last import: one of the same or an older day changes the bookings too."""
    with ground.parts.store.read() as connection:
        last = imports.get(connection, imports.last_done(connection, ground.row.id))
    if last is None or last.id == kept.solved_on or last.finished_at is None:
        return True
    return all(one.made_at is None or one.made_at > last.finished_at for one in ground.given(MODULE).rows)


def _solve(ground: Ground, kept: Kept, stays: Sequence[StayView], cancel: CancelToken) -> Sequence[PredictionRow]:
    """Find the rooms anew; what is shown now is kept where nothing speaks against it. Raises Cancelled."""
    shown: dict[str, list[str]] = {}
    for stay in stays:
        if stay.room and stay.standing is not Standing.GUEST:
            shown.setdefault(stay.reservation_id, []).append(stay.room)
    options = {**kept.options, "previous": shown}
    module = manifest(MODULE)
    with ground.parts.memory.one_at_a_time:
        found = run(ground.parts, ground.row, module, ground.as_of, module.horizon_days, options, cancel=cancel)
    with ground.parts.store.read() as connection:
        last = imports.last_done(connection, ground.row.id)
    if ground.parts.writes and last and last != kept.solved_on:
        with ground.parts.store.write():
            rooms_kept.write(ground.parts, ground.row, replace(rooms_kept.read(ground.parts, ground.row), solved_on=last))
    return as_rows(found)


def _as_it_stands(ground: Ground) -> tuple[Kept, House]:
    """Return what staff decided, brought up to the newest export, and the house."""
    kept, house, is_news = _brought_up(ground)
    if ground.parts.writes and is_news and _is_newest(ground):
        with ground.parts.store.write():
            # Anew, as nobody else can write now: a page that opens must not undo what is changed at the same moment.
            kept, house, is_news = _brought_up(ground)
            if is_news and _is_newest(ground):
                rooms_kept.write(ground.parts, ground.row, kept)
    return kept, house


def _is_newest(ground: Ground) -> bool:
    """Tell whether no export came since the bookings were read: by its numbers, what staff decided would be of nobody."""
    with ground.parts.store.read() as connection:
        return imports.last_done(connection, ground.row.id) == ground.data.facts.newest_import


def _brought_up(ground: Ground) -> tuple[Kept, House, bool]:
    """Return what staff decided, brought up to the newest export, the house, and whether that is other than what is kept."""
    told = rooms_kept.read(ground.parts, ground.row)
    house = house_of(ground, told)
    books = ground.books
    kept = brought_up(told, house, [str(books.reservation_ids[number]) for number in books.booking], ground.as_of)
    return kept, house, kept != told or kept.noted_on != told.noted_on


def _view(ground: Ground, kept: Kept, house: House, stays: tuple[StayView, ...]) -> RoomsView:
    first = ground.as_of + timedelta(days=1)
    suggestions = suggestions_of(stays)
    conflicts = conflicts_of(stays, kept.closed, first)
    arrivals = {stay.reservation_id: stay.arrival for stay in stays}
    planned = [
        PlannedView(name, arrivals.get(name, first), ", ".join(one.before), ", ".join(one.after), one.reason)
        for name, one in kept.planned.items()
    ]
    return RoomsView(
        property_name=ground.row.name,
        sentence=sentence(house, suggestions, conflicts, len(planned), ahead_words(ground.freshness, NIGHTS))
        + _oversold(ground, house),
        freshness=ground.freshness,
        made_by=ground.made_by(MODULE),
        first=first,
        nights=NIGHTS,
        arrivals=len(house.arrivals),
        rooms=room_views(house),
        stays=stays,
        suggestions=suggestions,
        planned=tuple(sorted(planned, key=lambda one: (one.arrival, one.reservation_id))),
        closed=kept.closed,
        conflicts=conflicts,
        free=free_rooms(house, stays, kept.closed, first),
        notes=kept.notes,
        undo=kept.past[-1][0] if kept.past else "",
        limit_s=time_limit(len(house.inventory.rooms)),
    )


def _oversold(ground: Ground, house: House) -> str:
    """Return a word on nights for which more is booked than staff said there are rooms, while the plan reckons with more.

    Without rooms per type it reckons with the most of each type that was ever in use, and these do not all fall on one night.
    """
    rooms, planned = count_rooms(ground.parts, ground.row), len(house.inventory.rooms)
    if not rooms.told or rooms.count is None or rooms.count >= planned:
        return ""
    booked = count_nights(ground.data.history, ground.as_of + timedelta(days=1), NIGHTS).on_books
    nights = int((booked > rooms.count).sum())
    if not nights:
        return ""
    why = "the most of each type so far. Say in the settings how many of each type there are"
    if all(room.named for room in house.inventory.rooms):
        why = "all that are known by number. Correct the rooms of the house, or how many there are in the settings"
    there_are = count(rooms.count, "room there is", "rooms there are")
    more = f"{count(nights, 'night holds', 'nights hold')} more rooms on the books than the {there_are}"
    return f" But {more}: the plan reckons with {planned}, {why}."


def sentence(
    house: House, suggestions: Sequence[SuggestionView], conflicts: Sequence[ConflictView], planned: int, ahead: str
) -> str:
    """Return the page's first line; ``ahead`` names the nights it is about, such as "next 14 nights"."""
    arrivals = len(house.arrivals)
    by = {one: [s for s in suggestions if s.standing is one] for one in Standing}
    refused, moved, given, waiting = (
        len(by[one]) for one in (Standing.REFUSED, Standing.MOVED, Standing.GIVEN, Standing.WAITING)
    )
    nights = f"the {ahead}"
    if not arrivals:
        return f"0 arrivals in {nights}: there is nothing to give out."
    if not house.inventory.rooms:
        return f"{count(arrivals, ARRIVING)} in {nights}: which rooms the house has is not known, so none can be given out."
    begin = _housed(arrivals, refused, moved, waiting, nights)
    if conflicts:
        return f"{begin}; the PMS has {count(len(conflicts), 'conflict')}."
    to_do = f"{count(planned, 'change waits', 'changes wait')} for the PMS" if planned else ""
    if given:
        # Whoever is on the list for the PMS has no room in it either, but is not to be given one again.
        none = f"{count(given, 'has', 'have')} no room"
        return f"{begin}; {none} yet, {to_do}." if to_do else f"{begin}; {none} in the PMS yet."
    return f"{begin}; {to_do}." if to_do else f"{begin}."


def _housed(arrivals: int, refused: int, moved: int, waiting: int, nights: str) -> str:
    """Return how many can be housed, by how many moves; who waits for a room that a no-show would free has none yet."""
    others, waits = "all others", ""
    everyone = f"{'all ' if arrivals > 1 else 'the '}{count(arrivals, ARRIVING)} of {nights}"
    if waiting:
        others, waits = f"all others but {waiting:,}", f"; {count(waiting, 'waits', 'wait')} for a room"
        everyone = f"{arrivals - waiting:,} of {count(arrivals, ARRIVING)} of {nights}"
    if refused and moved:
        return f"{count(refused, ARRIVING)} of {nights} cannot be housed; {count(moved, 'move')} would let in {others}{waits}"
    if refused:
        return f"{count(refused, ARRIVING)} of {nights} cannot be housed, and no move would help{waits}"
    if moved:
        return f"{count(moved, 'move')} would let in {everyone}{waits}; 0 cannot be housed"
    return f"{everyone[0].upper()}{everyone[1:]} can be housed without a move{waits}"
