"""What a plan changes, in a few plain sentences: who changes rooms, who is upgraded, who has none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from hotelml_app.ml.contract import Prediction
from hotelml_app.modules.allocation.plans.exact import Status
from hotelml_app.modules.allocation.reasons import Move

MOST_NAMED = 8

Values = Mapping[str, object]


def in_words(predictions: Sequence[Prediction]) -> list[str]:
    """Return the changes of a run, the most urgent first: refused, moved, waiting, upgraded, and how good the plan is."""
    rows = [one.values for one in predictions]
    if not rows:
        return ["Nobody arrives in these days."]
    by_move = {move: [row for row in rows if row["move"] == move] for move in Move}
    refused, moved = by_move[Move.REFUSED], by_move[Move.MOVED]
    said = [
        f"{_count(len(refused), 'booking has', 'bookings have')} no room: {_listed(refused, _stay)}." if refused else "",
        f"{_count(len(moved), 'room changes', 'rooms change')}: {_listed(moved, _change)}." if moved else "No room changes.",
        f"{_count(len(by_move[Move.WAITING]), 'booking waits', 'bookings wait')} for a room." if by_move[Move.WAITING] else "",
        f"{_count(len(by_move[Move.UPGRADE]), 'upgrade')}: {_listed(by_move[Move.UPGRADE], _upgrade)}."
        if by_move[Move.UPGRADE]
        else "",
        _how_good(rows[0]) if any(row["suggested_room"] for row in rows) else "",
    ]
    return [sentence for sentence in said if sentence]


def _how_good(row: Values) -> str:
    if row["status"] == Status.OPTIMAL:
        return "There is no better plan."
    if row["status"] == Status.PLAIN_RULE:
        return "The solver is not installed, so this is the plain rule's plan: there may be better ones."
    return f"The time was up: a better plan could save at most {float(str(row['gap'])):.1%} of what this one costs."


def _listed(rows: Sequence[Values], words: Callable[[Values], str]) -> str:
    named = [words(row) for row in rows[:MOST_NAMED]]
    more = len(rows) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _stay(row: Values) -> str:
    return f"{row['reservation_id']} ({row['room_type'] or 'no type'}, {_day(row['arrival'])} to {_day(row['departure'])})"


def _change(row: Values) -> str:
    return f"{row['reservation_id']} from {row['current_room']} to {row['suggested_room']} ({_day(row['arrival'])})"


def _upgrade(row: Values) -> str:
    return f"{row['reservation_id']} from {row['room_type']} to {row['suggested_type']} ({_day(row['arrival'])})"


def _day(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"
