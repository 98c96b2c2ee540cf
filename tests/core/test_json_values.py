"""What is shown, written or stored is the same as JSON."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.core.json_values import json_ready


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Night:
    day: date
    rooms: float
    colour: Colour


def test_views_become_fields_with_dates_as_text_and_nan_as_null() -> None:
    night = Night(date(2016, 9, 1), float("nan"), Colour.RED)
    assert json_ready({"nights": (night,)}) == {"nights": [{"day": "2016-09-01", "rooms": None, "colour": "red"}]}


def test_arrays_paths_and_moments_are_understood() -> None:
    moment = datetime(2016, 9, 1, 6, 0, tzinfo=UTC)
    assert json_ready([np.array([1.5, np.inf]), np.int64(3), Path("a"), moment]) == [
        [1.5, None],
        3,
        "a",
        "2016-09-01T06:00:00+00:00",
    ]


class Band(StrEnum):
    HIGH = "high"


def test_values_become_json_whatever_module_they_come_from() -> None:
    values = {
        "a": np.float32(1.5),
        "b": math.nan,
        "c": np.array([1, 2]),
        "d": date(2016, 1, 2),
        "e": (Band.HIGH, None),
        "f": np.str_("x"),
        "g": np.float64("inf"),
        "h": datetime(2016, 1, 2, 3),  # noqa: DTZ001
        "i": True,
    }
    assert json_ready(values) == {
        "a": 1.5,
        "b": None,
        "c": [1, 2],
        "d": "2016-01-02",
        "e": ["high", None],
        "f": "x",
        "g": None,
        "h": "2016-01-02T03:00:00",
        "i": True,
    }


LEAVES = st.none() | st.booleans() | st.floats() | st.text() | st.dates()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_whatever_comes_can_be_written_as_strict_json(value: object) -> None:
    json.dumps(json_ready(value), allow_nan=False)
