"""What can go wrong with a model and its files.

HotelMLError
├── DamagedModelError    a model on disk is not what was written
└── ArtifactError        a freshly trained model cannot be written
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class DamagedModelError(HotelMLError):
    """A model on disk is missing, changed, or cannot be opened."""

    title = "A model is damaged"


class ArtifactError(HotelMLError):
    """A freshly trained model cannot be written."""

    title = "The new model cannot be saved"
