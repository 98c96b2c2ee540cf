"""How much a notice matters."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """What a notice is: something that was done, something for a person to look at, or something that failed."""

    NEWS = "news"
    WARNING = "warning"
    FAILURE = "failure"

    def reaches(self, least: Severity) -> bool:
        """Return whether it matters at least as much as ``least``."""
        order = list(Severity)
        return order.index(self) >= order.index(least)
