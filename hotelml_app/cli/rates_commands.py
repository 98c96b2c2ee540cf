"""``hotelml rates``: what staff decided about rates, and what came of it."""

from __future__ import annotations

from typing import Any

import typer

from hotelml_app.cli.call import AsJson, Call, Home, Out, Property, full_path
from hotelml_app.cli.output import say, say_table

HEADER = ("Night", "Room type", "Decided", "Rate", "Suggested", "Rooms", "Expected", "Brought", "Expected", "What can be said")

rates = typer.Typer(help="Rates that staff decided on.", no_args_is_help=False)


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.add_typer(rates, name="rates")


@rates.callback()
def rates_options(context: typer.Context, home: Home = None, as_json: AsJson = False) -> None:
    """Rates that staff decided on."""
    context.find_root().obj = Call.of(context, home, as_json)


@rates.command("ledger")
def ledger(
    context: typer.Context, out: Out = None, property_name: Property = "", home: Home = None, as_json: AsJson = False
) -> None:
    """Set rates that staff decided on against what had been suggested: what did the nights that have passed bring?"""
    call = Call.of(context, home, as_json)
    result = call.ask("rates.ledger", {"property": property_name, "out": full_path(out)})
    if not call.answer(result):
        return
    for one in result["ledgers"]:
        _say(one)
    if result["out"]:
        say(f"{result['rows']} decisions are in {result['out']}.")


def _say(one: dict[str, Any]) -> None:
    say(f"{one['property_name']}: {one['sentence']}")
    for words in (one["detail"], one["caution"]):
        if words:
            say(f"  {words}")
    rows = [_cells(judged) for judged in (*one["own"], *one["accepted"])]
    if rows:
        say_table(HEADER, rows)


def _cells(judged: dict[str, Any]) -> tuple[object, ...]:
    from hotelml_app.services.rates.rate_words import type_words

    one = judged["entry"]
    rooms, money, cost = one["suggested_rooms"], one["suggested_revenue"], one["room_cost"]
    return (
        one["night"],
        type_words(one["room_type"]),
        one["kind"],
        one["rate"],
        one["suggested_rate"],
        round(one["rooms"]),
        None if rooms is None else round(rooms, 1),
        round(one["revenue"] - cost * one["rooms"]),
        None if money is None else round(money - cost * (rooms or 0.0)),
        judged["verdict"],
    )
