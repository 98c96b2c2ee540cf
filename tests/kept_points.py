"""The training data points that a database holds, whole: the product itself only counts them."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime

from hotelml_app.core.data_points import Source, TrainingDataPoint


def kept_points(
    connection: sqlite3.Connection, module: str, property_name: str | None = None, source: Source | None = None
) -> list[TrainingDataPoint]:
    """A module's points, oldest first."""
    rows = connection.execute(
        "SELECT id, timestamp, module, input, output, accuracy, source, property_name FROM training_data_points"
        " WHERE module = ?1 AND (?2 IS NULL OR property_name = ?2) AND (?3 IS NULL OR source = ?3) ORDER BY timestamp, id",
        (module, property_name, str(source) if source is not None else None),
    )
    return [
        TrainingDataPoint(
            one[0], datetime.fromisoformat(one[1]), one[2], json.loads(one[3]), json.loads(one[4]), one[5], Source(one[6]), one[7]
        )
        for one in rows
    ]
