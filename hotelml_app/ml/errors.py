"""What can go wrong with a model, its files, and a question asked of it.

HotelMLError
├── NothingKnownError    the day asked about lies before, or after, all data
├── NotEnoughToLearnError  what is known is too little, or too much alike, to learn from yet; each module has its own
├── DamagedModelError    a model on disk is not what was written
│   ├── OutdatedModelError   it is, but another version of HotelML made it
│   └── UnreadableModelError it may be; its files cannot be read at this moment
├── ArtifactError        a freshly trained model cannot be written
├── ParityError          an exported model does not answer as the trained one did
└── ExportError          a trained model has no faithful ONNX form
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError


class DamagedModelError(HotelMLError):
    """A model on disk is missing, changed, or cannot be opened."""

    title = "A model is damaged"


class OutdatedModelError(DamagedModelError):
    """A model is as it was written, but another version of HotelML made it: this one asks and computes other things."""

    title = "A model is of another version of HotelML"

    def __init__(self, what: str) -> None:
        """``what`` says where the two differ: "it looks at other features"."""
        super().__init__(
            f"The model was made by another version of HotelML: {what}.",
            remedy="Train this module again; until then what would answer without the model does.",
        )


class UnreadableModelError(DamagedModelError):
    """The files of a model are there, and cannot be read at this moment; a later try may well succeed."""

    title = "A model cannot be read now"


class ArtifactError(HotelMLError):
    """A freshly trained model cannot be written."""

    title = "The new model cannot be saved"


class NothingKnownError(HotelMLError):
    """A prediction was asked for a day on which nothing was known yet."""

    title = "Nothing is known of that day"


class NotEnoughToLearnError(HotelMLError):
    """What is known of a property is too little, or too much alike, for a module to learn from yet; nothing went wrong."""

    title = "Too little to learn from yet"


class ParityError(HotelMLError):
    """An exported model does not answer as the trained one did."""

    title = "The exported model is not the trained one"


class ExportError(HotelMLError):
    """A trained model has no faithful ONNX form."""

    title = "The model cannot be exported"
