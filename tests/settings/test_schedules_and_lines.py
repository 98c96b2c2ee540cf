from __future__ import annotations

import pytest

from hotelml_app.settings.crontab import check_crontab
from hotelml_app.settings.lines import line_of

TEXT = """\
version = 1
[intake]   # how the folder is watched
"stable_after_s" = 5
[[properties]]
name = "A"
[[properties]]

name = "B"
[training.modules.forecast]
hyperparameters = { layers = [1, 2] }
appearance.theme = "x"
[training.modules."no show"]
enabled = false
"""


@pytest.mark.parametrize("text", ["30 3 * * *", "*/15 0-6 1,15 jan-mar mon-fri", "0 0 1 1 0", "0 0 * * 7", "5/10 * * * *"])
def test_schedules_that_cron_knows_are_taken(text: str) -> None:
    assert check_crontab(text) == text


@pytest.mark.parametrize(
    "text", ["often", "1 2 3", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * foo *", "5-1 * * * *", "*/0 * * * *"]
)  # fmt: skip
def test_schedules_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"schedule|field"):
        check_crontab(text)


@pytest.mark.parametrize("part", ["sat-sun", "5-1"])
def test_a_span_that_ends_before_it_begins_is_called_that(part: str) -> None:
    with pytest.raises(ValueError, match=f"the weekday field '{part}' of the schedule ends before it begins"):
        check_crontab(f"0 3 * * {part}")


@pytest.mark.parametrize("days", ["31 2 *", "30 feb *", "31 4,jun,9-9 *", "31 2,11 *"])
def test_a_schedule_that_never_comes_is_told(days: str) -> None:
    with pytest.raises(ValueError, match="the schedule never comes"):
        check_crontab(f"0 3 {days}")


@pytest.mark.parametrize("days", ["29 2 *", "31 2 mon", "30,31 2,4 *", "31 */2 *", "15/16 4 *"])
def test_a_schedule_that_comes_now_and_then_is_taken(days: str) -> None:
    assert check_crontab(f"0 3 {days}")


def test_no_schedule_is_a_schedule() -> None:
    assert check_crontab("  ") == ""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("version",), 1),
        (("intake",), 2),
        (("intake", "stable_after_s"), 3),
        (("intake", "missing"), 2),
        (("properties", 0, "name"), 5),
        (("properties", 1, "name"), 8),
        (("properties", 1, "country"), 6),
        (("training", "modules", "forecast", "hyperparameters", "layers"), 10),
        (("training", "modules", "forecast", "appearance", "theme"), 11),
        (("training", "modules", "no show", "enabled"), 13),
        (("nothing",), None),
    ],
)
def test_the_line_of_a_key_is_found(path: tuple[str | int, ...], line: int | None) -> None:
    assert line_of(TEXT, path) == line
