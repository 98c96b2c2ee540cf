"""Exports of two real hotels as their PMS would have written them on past nights, and the scores of what was predicted."""

from __future__ import annotations

import csv
import importlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

from shared_data import BOOKINGS, TOOLS


def replay() -> ModuleType:
    if str(TOOLS) not in sys.path:
        sys.path.append(str(TOOLS))
    sys.dont_write_bytecode = True
    return importlib.import_module("replay")


def write_exports(folder: Path, nights: list[date]) -> list[Path]:
    """Write the full export of the first night and what changed by each later one."""
    tool = replay()
    rows = list(tool.read(BOOKINGS))
    files = []
    for number, night in enumerate(nights):
        path = folder / f"{night}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\r\n")
            writer.writeheader()
            for row in rows:
                known = tool.as_known_on(row, night)
                if known is not None and not (number and known == tool.as_known_on(row, nights[number - 1])):
                    writer.writerow(known)
        files.append(path)
    return files


def score(module: str, predictions: list[Path]) -> dict[str, dict[str, dict[str, float]]]:
    """Return the figures of the scoring tool: property, days ahead, measure."""
    command = [sys.executable, "-B", str(TOOLS / "score.py"), module, str(BOOKINGS), *map(str, predictions)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    print(result.stdout)
    return json.loads(result.stdout.splitlines()[-1])
