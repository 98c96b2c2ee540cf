"""``hotelml overbooking``: how many rooms to sell beyond the house, and whom to walk first if too many come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from hotelml_app.cli.call import AsJson, Call, Home, Property
from hotelml_app.cli.output import note, say, say_table

Nights = Annotated[str, typer.Option("--nights", help="Nights ahead, 1 to 28; otherwise 14.", show_default=False)]

ByType = Annotated[bool, typer.Option("--room-types", help="Tell how many rooms of each type to sell still as well.")]

FIRST_TO_WALK = 5


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command("overbooking")(overbooking)


def overbooking(
    context: typer.Context,
    nights: Nights = "",
    room_types: ByType = False,
    property_name: Property = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Weigh empty rooms against walked guests: how many rooms to sell per night, and a walk plan."""
    call = Call.of(context, home, as_json)
    result = call.ask("overbooking", {"nights": nights, "property": property_name})
    if not call.answer(result):
        return
    for house in result["properties"]:
        say(f"{house['property_name']}, from the export of {house['as_of']}")
        _say_nights(house)
        if room_types:
            _say_room_types(house)
        in_money = all(one["costs"]["in_money"] for one in house["nights"])
        for walk in house["walk_plan"][:FIRST_TO_WALK]:
            why = ", ".join(walk["reasons"])
            cost = f", {walk['cost']:.0f}" if in_money else ""
            say(f"  If too many come on {house['walk_night']}: {walk['reservation_id']}{cost} ({why})")
        if not all(one["costs"]["walk_cost_told"] for one in house["nights"]):
            unknown = "" if in_money else ", but no rate is known"
            note(f"A walk is assumed to cost twice the rate{unknown}; set what it costs you as walk_cost in settings.toml.")


def _say_nights(house: Mapping[str, Any]) -> None:
    say_table(
        ("Night", "Rooms", "On the books", "Likely lost", "Sell up to", "Risk of a walk", "Empty room", "Walk"),
        [
            (
                one["night"],
                _rooms(one),
                f"{one['on_books']:.0f}",
                f"{one['expected_lost']:.1f}",
                one["advice"]["sell_up_to"],
                f"{_chance_of_walking(one):.0%}",
                *_costs(one["costs"]),
            )
            for one in house["nights"]
        ],
    )


def _say_room_types(house: Mapping[str, Any]) -> None:
    rows = [(night["night"], one) for night in house["nights"] for one in night["room_types"]]
    if not rows:
        note("No booking tells which room types the house has.")
        return
    say("Of these, by room type:")
    say_table(
        ("Night", "Room type", "Rooms", "On the books", "Likely lost", "Sell more", "Risk of a move"),
        [
            (
                night,
                one["room_type"] or "no type told",
                _rooms(one) if one["room_type"] else "-",
                one["on_books"],
                f"{one['expected_lost']:.1f}",
                one["advice"]["sell_more"],
                f"{one['advice']['chance_of_another']:.0%}",
            )
            for night, one in rows
        ],
    )


def _rooms(night: Mapping[str, Any]) -> str:
    """Return how many rooms can be sold."""
    closed = night["out_of_order"]
    return f"{night['rooms']} + {closed} out of order" if closed else str(night["rooms"])


def _chance_of_walking(night: Mapping[str, Any]) -> float:
    """Return the chance that guests are walked if as many are sold as is advised, or with the books where they hold more."""
    if night["on_books"] <= night["advice"]["sell_up_to"]:
        return float(night["advice"]["chance_of_walking"])
    return float(sum(night["lost"][: int(night["on_books"] - night["rooms"])]))


def _costs(costs: Mapping[str, Any]) -> tuple[str, str]:
    """Return what an empty room and a walk cost; where no rate is known, their amounts are none."""
    return (f"{costs['room_value']:.0f}", f"{costs['walk_cost']:.0f}") if costs["in_money"] else ("-", "-")
