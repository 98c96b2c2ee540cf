"""With all networking cut off, a hotel goes the whole way from an empty home to predictions."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from command_line import answer, hotelml

from hotelml_app.modules import discover


def cut_off() -> Sequence[str]:
    """Return the command that runs another in an empty network namespace, where this machine may make one."""
    if sys.platform.startswith("linux") and shutil.which("unshare"):
        for command in (["unshare", "-n"], ["unshare", "-rn"]):
            if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
                return command
    return ()


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_demonstration_needs_no_network(home: Path) -> None:
    told = answer(home, "demo", "--no-window", "--days", "240", before=cut_off())
    assert str(told["sentence"]).endswith(f"{told['bookings']:,} bookings, 2 modules trained.")
    with closing(sqlite3.connect(home / "hotelml.db")) as database:
        answered = {module for (module,) in database.execute("SELECT DISTINCT module FROM predictions")}
    assert answered == set(discover()), "every page opens with its answers, and Today with all there is to decide"
    status = answer(home, "status", before=cut_off())
    assert status["network_calls"] == 0
    predicted = hotelml(home, "predict", "forecast", "--horizon", 7, "--out", home / "f.csv", before=cut_off())
    assert predicted.returncode == 0, predicted.stderr
    assert (home / "f.csv").read_text(encoding="utf-8").startswith("property,as_of,stay_date,room_type,metric,p10,p50,p90")
