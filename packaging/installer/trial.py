"""Try a packed HotelML as a new PC would run it: an empty home, nothing else of ours within reach, no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from release import program_name

DAYS = "500"
"""Of the invented hotel: enough for every module that learns from bookings."""

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("its health", ("doctor",)),
    ("a hotel from an empty home", ("demo", "--no-window", "--days", DAYS)),
    ("training all modules", ("train",)),
    ("90 nights", ("predict", "forecast", "--horizon", "90", "--out", "{home}/forecast.csv")),
    ("risks", ("predict", "noshow", "--horizon", "28", "--out", "{home}/noshow.csv")),
    ("rates", ("predict", "pricing", "--out", "{home}/pricing.csv")),
    ("rooms", ("predict", "allocation", "--out", "{home}/allocation.csv")),
    ("models", ("export", "--output", "{home}/export")),
    ("a report", ("report", "--out", "{home}/report.xlsx")),
    ("pictures of every page", ("screenshots", "--out", "{home}/pages")),
    ("a copy", ("backup", "{home}/copy.db")),
)
"""What is tried, in order, as arguments of the program."""


class TrialError(Exception):
    """The packed program did not do what it should."""


def run(folder: Path, say: Callable[[str], None]) -> None:
    """Run every step with the program in ``folder``; raise TrialError with what it said where one fails."""
    with tempfile.TemporaryDirectory(prefix="hotelml-trial-", ignore_cleanup_errors=True) as home:
        for what, arguments in STEPS:
            say(f"trying {what}")
            told = [argument.format(home=home) for argument in arguments]
            answer = _ask(folder, [*told, "--json"], Path(home))
            for note in _worth_telling(answer):
                say(f"  {note}")


def _ask(folder: Path, arguments: Sequence[str], home: Path) -> dict[str, object]:
    command = [*_without_network(), str(folder / program_name()), *arguments]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=_environment(home), cwd=home, check=False, timeout=1800
    )
    said = f"{done.stdout[-800:]} {done.stderr[-2000:]}"
    if done.returncode:
        raise TrialError(f"hotelml {' '.join(arguments)} ended with {done.returncode}: {said}")
    try:
        return dict(json.loads(done.stdout))
    except ValueError as error:
        raise TrialError(f"hotelml {' '.join(arguments)} did not answer in JSON: {said}") from error


def _worth_telling(answer: dict[str, object]) -> list[str]:
    """Return what trained how."""
    reports = answer.get("reports")
    return [str(one["sentence"]) for one in reports] if isinstance(reports, list) else []


def _environment(home: Path) -> dict[str, str]:
    """Return an environment without Python, this project or a display in it."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP", "PATHEXT", "COMSPEC") if name in os.environ}
    system = f"{os.environ.get('SYSTEMROOT', '')}\\System32" if sys.platform == "win32" else "/usr/bin:/bin"
    return kept | {
        "PATH": system,
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LANG": "C.UTF-8",
        "HOTELML_HOME": str(home / "hotel"),
    }


def _without_network() -> list[str]:
    """Return what takes the network away from a command, where this system can and lets us."""
    command = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0:
        return command
    return []
