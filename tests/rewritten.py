"""Exports whose rows a test writes anew."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

Rows = list[dict[str, str]]


def rewritten(export: Path, change: Callable[[Rows], Rows], target: Path) -> Path:
    """Write what ``change`` makes of the rows of an export, with the columns that are left, and return ``target``."""
    with export.open(encoding="utf-8", newline="") as file:
        rows = change(list(csv.DictReader(file)))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return target
