"""A past day as lines for people: what was said then, what happened, night by night."""

from __future__ import annotations

from typing import Any

from hotelml_app.cli.output import say, say_table

HEADER = ("Night", "On the books then", "Expected", "8 of 10", "Came", "Off by", "Pickup", "Last year")


def say_replay(one: dict[str, Any]) -> None:
    """Print one property's past day."""
    say(f"{one['property_name']}: {one['sentence']}")
    for words in (one["detail"], one["origin"], one["lost_sentence"], one["lost_origin"]):
        if words:
            say(f"  {words}")
    say_table(HEADER, [_cells(night) for night in one["nights"]])


def _cells(night: dict[str, Any]) -> tuple[object, ...]:
    came, expected = night["came"], night["p50"]
    off = None if came is None or expected is None else came - expected
    span = None if night["p10"] is None else f"{night['p10']:.0f} to {night['p90']:.0f}"
    figures = (came, off, night["pickup"], night["last_year"])
    return (night["night"], round(night["on_books"]), _whole(expected), span, *(_whole(one) for one in figures))


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)
