"""What must not happen to a property while it is learned from or predicted for."""

from __future__ import annotations

import sqlite3

from hotelml_app.core.jobs import TRAIN
from hotelml_app.modules import title_of
from hotelml_app.services.errors import PropertyAtWorkError
from hotelml_app.store import jobs
from hotelml_app.store.properties import PropertyRow


def refuse_at_work(connection: sqlite3.Connection, *rows: PropertyRow) -> None:
    """Raise PropertyAtWorkError where a training or prediction of any of the properties runs or waits."""
    names = {row.id: row.name for row in rows}
    busy = next(iter(jobs.under_way(connection, names)), None)
    if busy is not None:
        learning = busy.kind == TRAIN
        what = f"learning {title_of(busy.module)}" if learning else "predicting"
        remedy = "Try again once it is done." if not learning else "Try again once it is done, or stop it on the Models page."
        raise PropertyAtWorkError(f"HotelML is {what} for {names[busy.property_id or 0]}.", remedy=remedy)
