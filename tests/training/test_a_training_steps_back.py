"""A training lets everything else on the PC go first, also where Linux shares the processor between sessions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hotelml_app.training.priority import NICENESS, SESSION_NICENESS, step_back_as_session

STEPPING_BACK = """
import os
from hotelml_app.training.priority import SESSION_NICENESS, step_back
step_back()
print(os.nice(0), SESSION_NICENESS.read_text().split()[-1])
"""


def told(*, own_session: bool) -> list[str]:
    command = [sys.executable, "-c", STEPPING_BACK]
    return subprocess.run(command, capture_output=True, text=True, check=True, start_new_session=own_session).stdout.split()


@pytest.mark.skipif(not SESSION_NICENESS.exists(), reason="only Linux counts by sessions, and not everywhere")
def test_the_whole_session_of_a_training_steps_back_but_never_the_one_that_asked() -> None:
    before = SESSION_NICENESS.read_text(encoding="ascii").split()[-1]
    process, session = told(own_session=True)
    assert int(process) >= NICENESS
    assert session == str(NICENESS)
    assert told(own_session=False)[1] == before
    assert SESSION_NICENESS.read_text(encoding="ascii").split()[-1] == before


def test_a_system_that_does_not_count_by_sessions_or_keeps_them_is_no_error(tmp_path: Path) -> None:
    step_back_as_session(tmp_path / "proc" / "autogroup")
    step_back_as_session(tmp_path)
    assert list(tmp_path.iterdir()) == []
