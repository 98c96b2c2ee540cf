"""What must not happen to a property while it is learned from or predicted for, and how to bring that to an end."""

from __future__ import annotations

import sqlite3

from hotelml_app.core.jobs import TRAIN
from hotelml_app.modules import title_of
from hotelml_app.services.errors import PropertyAtWorkError
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import jobs

PATIENCE_S = 60.0
"""How long is waited for a prediction that runs, and for a training that was stopped."""


def stop_learning(parts: Parts, *rows: PropertyRow) -> None:
    """Stop the trainings of properties that run or wait, and wait until nothing is predicted for any, for a while."""
    if parts.upkeep is not None:
        # First, for it may ask for more of them.
        parts.upkeep.wait_idle(PATIENCE_S)
    if parts.trainer is None:
        return
    own = {job.id for job in parts.trainer.jobs()}
    with parts.store.read() as connection:
        under_way = [job for job in jobs.under_way(connection, [row.id for row in rows]) if job.id in own]
    for job in under_way:
        parts.trainer.cancel(job.id)
    for job in under_way:
        parts.trainer.wait(job.id, PATIENCE_S)


def refuse_at_work(connection: sqlite3.Connection, *rows: PropertyRow) -> None:
    """Raise PropertyAtWorkError where a training or prediction of any of the properties runs or waits."""
    names = {row.id: row.name for row in rows}
    busy = next(iter(jobs.under_way(connection, names)), None)
    if busy is not None:
        learning = busy.kind == TRAIN
        what = f"learning {title_of(busy.module)}" if learning else "predicting"
        remedy = "Try again once it is done." if not learning else "Try again once it is done, or stop it on the Models page."
        raise PropertyAtWorkError(f"HotelML is {what} for {names[busy.property_id or 0]}.", remedy=remedy)
