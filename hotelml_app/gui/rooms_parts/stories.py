"""The suggestions and changes of the Rooms page, told in plain words."""

from __future__ import annotations

import re

from hotelml_app.gui.place import Place
from hotelml_app.gui.widgets.tables.story_list import Story
from hotelml_app.services.rooms.views import PlannedView, RoomsView, Standing, SuggestionView

_MOVED = re.compile(r"^Moved from [^:]+ to [^:]+: ")
TABS = {"decide": "To decide", "give": "To give", "carry out": "For the PMS"}
_TONES = {Standing.REFUSED: "urgent", Standing.WAITING: "risk", Standing.MOVED: "risk", Standing.GIVEN: "accent"}


def stories_of(view: RoomsView, place: Place, tab: str) -> list[Story]:
    """Return the entries of a list, the most pressing first."""
    if tab == "decide":
        conflicts = [
            Story(f"{one.reservations[0]}|{number}", f"Conflict in room {one.room}", place.with_days(one.sentence), "urgent")
            for number, one in enumerate(view.conflicts)
            if not one.settled_by
        ]
        ended: dict[str, str] = {}
        for each in view.conflicts:
            ended.setdefault(each.settled_by, each.sentence)
        wanted = [one for one in view.suggestions if one.standing is not Standing.GIVEN]
        return [*conflicts, *(_suggested(place, one, ended.get(one.reservation_id, "")) for one in wanted)]
    if tab == "give":
        return [_suggested(place, one) for one in view.suggestions if one.standing is Standing.GIVEN]
    return [_planned(place, one) for one in view.planned]


def taken_on_by(view: RoomsView, tab: str) -> tuple[str, ...]:
    """Return the bookings of a list whose suggestion can be taken on."""
    wanted = {"decide": Standing.MOVED, "give": Standing.GIVEN}.get(tab)
    return tuple(one.reservation_id for one in view.suggestions if one.standing is wanted)


def _suggested(place: Place, one: SuggestionView, conflict: str = "") -> Story:
    """Tell a suggestion; ``conflict`` is what it ends, in words, and makes it pressing."""
    when = place.day(one.arrival)
    match one.standing:
        case Standing.REFUSED:
            head = f"{one.reservation_id}, {when}: no room"
        case Standing.WAITING:
            head = f"{one.reservation_id}, {when}: waits for a room"
        case Standing.MOVED:
            head = f"{one.reservation_id}, {when}: {one.before} → {one.after}"
        case _:
            head = f"{one.reservation_id}, {when}: room {one.after}"
    nights = (one.departure - one.arrival).days
    stay = f"{one.room_type or 'no type'}, {nights} night{'' if nights == 1 else 's'}."
    text = place.with_days(f"{stay} {conflict or plain_reason(one.reason)}")
    return Story(one.reservation_id, head, text, "urgent" if conflict else _TONES.get(one.standing, ""))


def plain_reason(reason: str) -> str:
    """Return a reason without the two rooms of a move at its begin, where they are named already."""
    rest = _MOVED.sub("", reason)
    return f"{rest[:1].upper()}{rest[1:]}"


def _planned(place: Place, one: PlannedView) -> Story:
    what = f"{one.before} → {one.after}" if one.before else f"room {one.after}"
    head, why = f"{one.reservation_id}, {place.day(one.arrival)}: {what}", place.with_days(plain_reason(one.reason))
    return Story(one.reservation_id, head, why, "accent")
