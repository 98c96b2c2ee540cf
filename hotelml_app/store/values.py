"""How days, moments and JSON are written in the database: ISO text that sorts in the order of time."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime


def moment_text(moment: datetime) -> str:
    """Return an aware moment as UTC text of fixed width. Raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment must carry its time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment_or_none(text: str | None) -> datetime | None:
    """Return the moment a text of ``moment_text`` stands for."""
    return datetime.fromisoformat(text) if text else None


def day_text(day: date | None) -> str | None:
    """Return a day as YYYY-MM-DD."""
    return day.isoformat() if day is not None else None


def day_or_none(text: str | None) -> date | None:
    """Return the day a text YYYY-MM-DD stands for."""
    return date.fromisoformat(text) if text else None


def json_text(value: object) -> str:
    """Return ``value`` as compact JSON. Raises ValueError for NaN and infinities, which JSON does not know."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
