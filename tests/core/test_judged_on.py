"""Over which days a backtest was taken is said in one phrase, so that nobody compares figures of other weeks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hotelml_app.core.judged_on import judged_on

FIRST = date(2016, 6, 8)


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((), ""),
        ((0,), "asked on 2016-06-08"),
        ((0, 7, 14), "asked on 3 days, weekly from 2016-06-08 to 2016-06-22"),
        ((14, 0, 7, 7), "asked on 3 days, weekly from 2016-06-08 to 2016-06-22"),
        ((0, 1, 2), "asked on 3 days from 2016-06-08 to 2016-06-10"),
        (tuple(range(0, 2400, 2)), "asked on 1,200 days from 2016-06-08 to 2023-01-01"),
    ],
)
def test_days_are_said_in_one_phrase(steps: tuple[int, ...], said: str) -> None:
    assert judged_on(FIRST + timedelta(step) for step in steps) == said
