"""What is said of a night's rate, in words."""

from __future__ import annotations

from collections.abc import Sequence

from hotelml_app.gui.place import Place
from hotelml_app.services.rates_views import RateDay

MARKS = {"locked": "locked", "accepted": "accepted"}


def standing_mark(one: RateDay) -> str:
    """Return the short word for what staff decided, else the event of the night."""
    return MARKS.get(one.standing, "") or one.event


def day_words(place: Place, one: RateDay | None) -> str:
    """Return everything about a night in a sentence or two."""
    if one is None:
        return ""
    now, then = place.money(one.current_rate), place.money(one.suggested_rate)
    event = f" ({one.event})" if one.event else ""
    what = {"locked": f"locked at {then}", "accepted": f"accepted at {then}"}.get(one.standing, f"now {now}, suggested {then}")
    gain = f", worth about {place.money(one.gain)}" if one.standing == "open" and round(one.gain) else ""
    return f"{place.day(one.night)}{event}: {what}{gain}."


def range_words(place: Place, days: Sequence[RateDay]) -> str:
    """Return what is chosen: one night, or so many with what they would bring."""
    if len(days) == 1:
        event = f", {days[0].event}" if days[0].event else ""
        return f"{place.day(days[0].night)}{event}"
    return f"{place.day(days[0].night)} to {place.day(days[-1].night)}, {len(days)} nights"
