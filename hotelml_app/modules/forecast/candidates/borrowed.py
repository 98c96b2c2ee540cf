"""A forecast learned at other hotels: what of it holds everywhere, and for how long it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hotelml_app.ml.errors import OutdatedModelError
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules.forecast.candidates.features import NAMES
from hotelml_app.modules.forecast.on_books.books import first_night

OWN_NIGHTS = 140
"""Passed nights from which a hotel's own pickup says as much as other hotels' booking curves, and it can learn itself."""

WHY_BORROWED = "Booking curves of other hotels, applied to what is on the books here and corrected by the nights since."


def generalised(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters without what belongs to one hotel: its kinds of bookings, its past, its holidays."""
    return {
        **parameters,
        "trained_until": 0,
        "risk": None,
        "remembered": {"origins": [], "said": []},
        "special_days": {},
    }


def model_for(model: LoadedModel | None, history: History) -> LoadedModel | None:
    """Return the model to ask: one brought along only until enough nights have passed. Raises OutdatedModelError."""
    # As many features under other names, or in another order, would be answered with nonsense.
    if model is not None and tuple(model.card.get("features", NAMES)) != NAMES:
        raise OutdatedModelError("it looks at other features")
    if model is None or model.made_by is not MadeBy.BUNDLED:
        return model
    return model if _is_young(history) else None


def borrows(data: PropertyData) -> bool:
    """Tell whether a hotel is so young that a model brought along answers for it."""
    return _is_young(data.history)


def _is_young(history: History) -> bool:
    return history.today - first_night(history) < OWN_NIGHTS
