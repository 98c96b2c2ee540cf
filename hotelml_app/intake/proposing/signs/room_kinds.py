"""What hotels call their kinds of rooms: a column of such words is the room type, whatever its name."""

from __future__ import annotations

import re

from hotelml_app.intake.proposing.names.header_grammar import hints_of
from hotelml_app.intake.proposing.names.header_match import folded, matches
from hotelml_app.intake.proposing.names.header_parts import Part
from hotelml_app.intake.proposing.names.header_words import OTHER
from hotelml_app.intake.proposing.signs.assigning import Assignment
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.proposing.signs.fitting import may_be_room_type
from hotelml_app.intake.values.words import without_accents

_WORDS = (
    "single double twin triple quad queen king suite junior studio apartment apartament villa bungalow chalet cabin cottage "
    "dorm dormitory family deluxe superior standard classic comfort economy penthouse loft duplex bedroom sharing "
    "einzel doppel zweibett dreibett mehrbett familien ferienwohnung appartement komfort "
    "chambre simple familiale superieure mobilhome gite emplacement "
    "doble individual sencilla matrimonial cuadruple familiar habitacion estudio apartamento "
    "singola doppia matrimoniale tripla quadrupla camera monolocale bilocale familiare appartamento "
    "solteiro casal duplo triplo quarto individuais suite "
    "eenpersoons tweepersoons driepersoons gezins kamer "
    "enkelrum dubbelrum familjerum enkeltrom dobbeltrom enkeltvaerelse dobbeltvaerelse svit "
    "jednoosobowy dwuosobowy trzyosobowy rodzinny pokoj jednoluzkovy dvouluzkovy "
    "tek cift aile oda suit standart yhden kahden huone egyagyas ketagyas "
    "loft stellplatz parcela pitch jednokrevet dvokrevet trokrevet apartman soba δικλινο μονοκλινο τρικλινο σουιτα "
    "одноместн двухместн трехместн люкс"
)
_STEMS = tuple(sorted({word for word in _WORDS.split() if len(word) > 3}, key=len))
_CODE_WORDS = (
    "sgl dbl twn trp trpl qud dlx del std sup sui jsu jrs ste fam apt app stu ez dz zz ssv dus qn kg qq kng que twb tpl "
    "1br 2br 3br dhd tws dbb sgb dbs"
)
_CODES = frozenset(_CODE_WORDS.split())
_MOSTLY_KINDS, _HARDLY_KINDS = 0.7, 0.05
_SHORT_CODE = 8
_PARTS = re.compile(r"[^\W\d_]+|\d+[a-z]+")
_ANY_ROOM = ("room", "rooms", "zimmer")
_NO_KIND = frozenset(["only", "breakfast", "board", "rate", "incl", "including", "package", "nur", "mit"])
"""Words that make of a room a meal plan or a rate ("Room only")."""


def find_room_type(assignment: Assignment) -> None:
    """Find the room type: a column called room that holds a few words; else propose a few short codes."""
    if assignment.place("room_type") is not None:
        return
    columns, room = assignment.heading.columns, assignment.place("room")
    called = [room] if room is not None else []
    called += [place for place in assignment.free() if "room" in _named(assignment, place)]
    for position in called:
        if may_be_room_type(columns[position]):
            assignment.give(position, "room_type", 0.9, "called a room, and it holds kinds of rooms")
            return
    for position in (*called, *assignment.free()):
        seen = columns[position].without_room_numbers
        if seen is not None and may_be_room_type(seen) and (position in called or room_kind_share(seen) >= _MOSTLY_KINDS):
            assignment.give(position, "room_type", 0.9, "it holds kinds of rooms beside the numbers of the rooms")
            return
    kinds = {one: room_kind_share(columns[one]) for one in assignment.free() if may_be_room_type(columns[one])}
    best = max(kinds, key=lambda one: kinds[one], default=None)
    if best is not None and kinds[best] >= _MOSTLY_KINDS:
        assignment.give(best, "room_type", 0.9, "its words are those for kinds of rooms")
        return
    typed = [one for one in kinds if Part.TYPE in hints_of(folded(assignment.heading.header.cells[one]))]
    if len(typed) == 1:
        assignment.give(typed[0], "room_type", 0.7, "a few words, and called a kind of something")
        return
    given = assignment.place("assigned_room_type")
    if given is not None:
        assignment.give(given, "room_type", 0.85, "the only kind of room that the file tells")
        return
    for position in assignment.free():
        if may_be_room_type(columns[position]) and columns[position].longest <= _SHORT_CODE:
            assignment.give(position, "room_type", 0.4, "a few short codes")
            return


def prefer_kinds(assignment: Assignment) -> None:
    """Let a column that holds kinds of rooms be the room type where the one that is called so holds none ("Category")."""
    place, columns = assignment.place("room_type"), assignment.heading.columns
    if place is not None and room_kind_share(columns[place]) > _HARDLY_KINDS:
        return
    called = (assignment.place(role) for role in ("room", "property"))
    others = [one for one in (*assignment.free(), *called) if one is not None and may_be_room_type(columns[one])]
    best = max(others, key=lambda one: room_kind_share(columns[one]), default=None)
    if best is not None and room_kind_share(columns[best]) >= _MOSTLY_KINDS:
        if place is not None:
            assignment.give(place, OTHER, 0.9, "another column holds the kinds of rooms")
        assignment.give(best, "room_type", 0.9, "its words are those for kinds of rooms")


def _named(assignment: Assignment, position: int) -> set[str]:
    """Return the roles that a column's name may mean."""
    return {found.role for found in matches(assignment.heading.header.cells[position])}


def room_kind_share(seen: Evidence) -> float:
    """Return the share of rows, in [0, 1], that hold a word or a code for a kind of room."""
    hits = sum(rows for text, rows in zip(seen.words, seen.times.tolist(), strict=True) if text and _is_kind(text))
    return hits / max(1, seen.said)


def _is_kind(text: str) -> bool:
    parts = _PARTS.findall(without_accents(text.casefold()))
    if any(part in _CODES or part.startswith(_STEMS) for part in parts):
        return True
    return len(parts) > 1 and any(part in _ANY_ROOM for part in parts) and not any(part in _NO_KIND for part in parts)
