"""A training lets everything else on the PC go first, also where Linux shares the processor between sessions."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hotelml_app.training.priority import NICENESS, SESSION_NICENESS, step_back_as_session

STEPPING_BACK = """
import json, os
from hotelml_app.training.priority import SESSION_NICENESS, step_back
before = SESSION_NICENESS.read_text()
step_back()
print(json.dumps({"process": os.nice(0), "before": before, "after": SESSION_NICENESS.read_text()}))
"""


def told(*, own_session: bool) -> dict[str, Any]:
    """What a process that steps back finds: its own niceness, and what Linux says of its session before and after."""
    command = [sys.executable, "-c", STEPPING_BACK]
    run = subprocess.run(command, capture_output=True, text=True, check=True, start_new_session=own_session)
    return dict(json.loads(run.stdout))


def needs_sessions_counted() -> None:
    if sys.platform == "win32" or not SESSION_NICENESS.exists():
        pytest.skip("only Linux counts by sessions, and not everywhere")


def test_the_whole_session_of_a_training_steps_back() -> None:
    needs_sessions_counted()
    training = told(own_session=True)
    assert training["process"] >= NICENESS
    if not training["before"]:
        pytest.skip("Linux counts no sessions apart here")
    assert training["after"].split()[-1] == str(NICENESS)


def test_the_session_that_asked_stays_as_it_was() -> None:
    needs_sessions_counted()
    ours = SESSION_NICENESS.read_text(encoding="ascii")  # empty where the tests run in the first session of a container
    assert told(own_session=False)["after"] == ours
    told(own_session=True)
    assert SESSION_NICENESS.read_text(encoding="ascii") == ours


class Busy(type(Path())):  # type: ignore[misc]  # the class of paths differs by system
    """A file of the kernel's that another session has just written, as often as told."""

    refusals: int

    def write_text(self, *args: Any, **kwargs: Any) -> int:
        if self.refusals:
            self.refusals -= 1
            raise BlockingIOError(errno.EAGAIN, "another session was lowered a moment ago")
        return int(super().write_text(*args, **kwargs))


@pytest.mark.parametrize(("refusals", "written"), [(0, True), (2, True), (1000, False)])
def test_two_trainings_that_start_together_both_step_back(tmp_path: Path, refusals: int, written: bool) -> None:
    niceness = Busy(tmp_path / "autogroup")
    niceness.refusals = refusals
    step_back_as_session(niceness)
    assert niceness.exists() is written
    assert not written or niceness.read_text(encoding="ascii") == f"{NICENESS}\n"


def test_a_system_that_does_not_count_by_sessions_or_keeps_them_is_no_error(tmp_path: Path) -> None:
    step_back_as_session(tmp_path / "proc" / "autogroup")
    step_back_as_session(tmp_path)
    assert list(tmp_path.iterdir()) == []
