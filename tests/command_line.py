"""The program as IT runs it: real processes, real exit codes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

COMMAND = (sys.executable, "-m", "hotelml_app")
PATIENCE_S = 900
"""A training child runs at low priority; on a busy machine it waits for everybody else."""


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "HOTELML_HOME": str(home), "OMP_NUM_THREADS": "1", "QT_QPA_PLATFORM": "offscreen"}


def hotelml(home: Path, *arguments: object, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; ``before`` is put in front of it, for instance to cut the network off."""
    command = [*before, *COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, env=environment(home), capture_output=True, text=True, check=False, timeout=PATIENCE_S, encoding="utf-8"
    )


IN_TURN = """
import json, sys
from hotelml_app.__main__ import main
for command in json.loads(sys.argv[1]):
    code = main(command)
    if code:
        sys.exit(f"hotelml {' '.join(command)} ended with {code}")
"""


def hotelml_in_turn(home: Path, *commands: Sequence[object]) -> None:
    """Run commands one after the other in one process, which starts and imports once, and insist that each succeeds."""
    told = json.dumps([[str(word) for word in command] for command in commands])
    result = subprocess.run(
        [sys.executable, "-c", IN_TURN, told],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
        encoding="utf-8",
    )
    assert result.returncode == 0, f"{result.stdout}\n{result.stderr}"


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file that a command wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answer(home: Path, *arguments: object, before: Sequence[str] = ()) -> dict[str, object]:
    """Run one command with --json, insist that it succeeded, and return its answer."""
    result = hotelml(home, *arguments, "--json", before=before)
    assert result.returncode == 0, f"{arguments}: {result.stdout}\n{result.stderr}"
    return json.loads(result.stdout)


def start(home: Path, *arguments: object) -> subprocess.Popen[str]:
    """Start a command that goes on by itself."""
    log = (home.parent / "serve.log").open("a", encoding="utf-8")
    with log:
        return subprocess.Popen([*COMMAND, *map(str, arguments)], env=environment(home), stdout=log, stderr=log, text=True)


def until(true: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Wait until something is so, or fail naming it."""
    deadline = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < deadline, f"waited {patience_s:.0f} s in vain: {what}"
        time.sleep(0.2)
