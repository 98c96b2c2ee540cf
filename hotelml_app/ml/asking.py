"""The checks every module makes before it answers: a horizon it can look over, and a day it knows something of."""

from __future__ import annotations

from hotelml_app.core.clock import day_of
from hotelml_app.core.errors import UsageError
from hotelml_app.ml.contract import ModuleManifest, PredictionRequest
from hotelml_app.ml.errors import NothingKnownError
from hotelml_app.ml.property.history import History


def check_horizon(request: PredictionRequest, manifest: ModuleManifest) -> None:
    """Raise UsageError for a horizon below one day or beyond what the module looks ahead."""
    if not 1 <= request.horizon <= manifest.max_horizon_days:
        raise UsageError(
            f"A horizon of {request.horizon} days is not possible for {manifest.name}.",
            remedy=f"Ask for 1 to {manifest.max_horizon_days} days.",
        )


def known_bookings(request: PredictionRequest, manifest: ModuleManifest) -> History:
    """Return the booking history as known at the end of ``as_of``, after checking the request.

    Raises UsageError for an impossible horizon, NothingKnownError where the day lies before the first booking
    or after the newest export.
    """
    check_horizon(request, manifest)
    if request.as_of > request.data.as_of:
        raise NothingKnownError(
            f"{request.as_of} lies after the newest export of {request.data.facts.name}, which ends on {request.data.as_of}.",
            remedy="Import a newer export, or ask as of an earlier day.",
        )
    everything = request.data.history
    history = everything.as_of(request.as_of)
    if len(history):
        return history
    if len(everything):
        first = day_of(int(everything.known_from.min()))
        message = f"On {request.as_of} nothing was known of {request.data.facts.name} yet: its first booking was made on {first}."
        raise NothingKnownError(message, remedy=f"Ask as of {first} or a later day, or import an older export.")
    raise NothingKnownError(
        f"There are no bookings of {request.data.facts.name}.", remedy="Put an export of its bookings into the drop folder."
    )
