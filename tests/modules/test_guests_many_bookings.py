"""A house of 600 rooms looks back on half a million bookings, which are of some thousand kinds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from types import FrameType
from typing import Any

import numpy as np
import pytest
from synthetic_property import small_history

from hotelml_app.ml.property.history import Category
from hotelml_app.modules.guests.examples import examples
from hotelml_app.modules.guests.lookups import Lookups

TODAY = date(2024, 5, 1)


def booking(name: str, segment: str) -> dict[str, object]:
    first = TODAY + timedelta(days=5)
    told = {"reservation_id": name, "arrival": first, "departure": first + timedelta(days=2), "room_type": "DBL"}
    return {**told, "segment": segment, "adults": 2.0, "channel": "Web"}


def test_bookings_like_those_before_them_are_counted_at_once() -> None:
    rows = [booking(f"{segment}{n}", segment) for segment in ("Direct", "Corporate") for n in range(20)]
    few = examples(small_history(rows, TODAY), "segment")
    many = few.take(np.tile(np.arange(len(few)), 50))
    assert lines_run(lambda: Lookups(many)) == lines_run(lambda: Lookups(few))
    assert "1000 of 1999 bookings" in Lookups(many).answers(few)[0].reason


def lines_run(work: Callable[[], object]) -> int:
    """Return how many lines of the lookups are run."""
    ran = 0

    def count(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal ran
        if not frame.f_code.co_filename.endswith("lookups.py"):
            return None
        ran += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return ran


def test_some_of_many_bookings_are_taken_without_writing_out_the_words_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    booked = examples(small_history([booking(f"d{n}", "Direct") for n in range(40)], TODAY), "segment")
    written, words = [], Category.words

    def note(column: Category) -> object:
        written.append(len(column.codes))
        return words(column)

    monkeypatch.setattr(Category, "words", note)
    assert booked.take(np.arange(3)).words["channel"].tolist() == ["Web"] * 3
    assert written == [3]
