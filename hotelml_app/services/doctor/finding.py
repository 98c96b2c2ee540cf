"""One finding of ``hotelml doctor``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; ``state`` is ok, warning or problem."""

    name: str
    state: str
    found: str
    remedy: str = ""
