"""What follows from rooms that staff take out of order or put back: fewer or more can be sold."""

from __future__ import annotations

from hotelml_app.services.parts import Parts
from hotelml_app.services.properties.list_properties import predict_anew
from hotelml_app.services.rooms.kept import Kept
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import predictions

COUNT_ROOMS = frozenset({"forecast", "pricing"})
"""The modules that look at how many rooms can be sold."""


def follow_closures(parts: Parts, row: PropertyRow, before: Kept, after: Kept) -> None:
    """Have nights and rates predicted anew where other rooms are out of order than before, or rooms of other types are."""
    if before.closed == after.closed and (before.house == after.house or not after.closed):
        return
    will_be_made = predict_anew(parts, row.id, COUNT_ROOMS)
    if not will_be_made and row.business_date is not None:
        # Whoever asks next has them made.
        with parts.store.write() as connection:
            for module in COUNT_ROOMS:
                predictions.replace_run(connection, row.id, module, row.business_date, [], parts.clock.now())
