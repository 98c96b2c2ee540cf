"""Values as JSON-ready data, the one form that the database, the command line, the API and files share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path


def json_ready(value: object) -> object:
    """Return ``value`` as dicts, lists, texts and numbers; dates as ISO text, NaN and infinities as None, arrays as lists."""
    if isinstance(value, Enum):
        return json_ready(value.value)
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if hasattr(value, "tolist"):
        # NumPy's numbers and arrays; the core does not import it.
        return json_ready(value.tolist())
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: json_ready(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): json_ready(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [json_ready(item) for item in value]
    return str(value)
