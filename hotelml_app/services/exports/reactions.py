"""What follows from an import in a command that ends at once: earlier predictions are held against what happened.

In the running appliance the schedule does this, and renews predictions and models beside it.
"""

from __future__ import annotations

import logging

from hotelml_app.core.errors import HotelMLError
from hotelml_app.modules import discover
from hotelml_app.monitor.outcomes import match_outcomes
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels import properties

log = logging.getLogger(__name__)


def judge_past_predictions(parts: Parts) -> None:
    """Match stored predictions with outcomes; a module that cannot is logged and does not spoil the import."""
    with parts.store.read() as connection:
        rows = [row for row in properties.all(connection) if row.business_date is not None]
    for row in rows:
        data = parts.property_data(row)
        for manifest in discover().values():
            try:
                match_outcomes(parts.store, manifest, row.id, data, parts.collector)
            except HotelMLError as error:
                log.warning("%s of %s could not be judged: %s", manifest.name, row.name, error)
            except Exception:
                log.exception("%s of %s could not be judged", manifest.name, row.name)
