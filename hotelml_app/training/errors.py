"""What can go wrong in training.

HotelMLError
├── UsageError
│   └── UnknownJobError       there is no such job
├── TrainingError
│   ├── ModelCannotAnswerError    the new model fails at its first question
│   └── TrainerClosedError        training was asked for while HotelML shuts down
└── NotEnoughToLearnError     (of the floor below) told as skipped, not as failed
    └── NotEnoughDataError        fewer examples than the settings ask for
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError, UsageError
from hotelml_app.ml.errors import NotEnoughToLearnError


class UnknownJobError(UsageError):
    """A job was named that does not exist."""

    title = "There is no such job"


class TrainingError(HotelMLError):
    """A training run did not reach its end."""

    title = "Training failed"


class ModelCannotAnswerError(TrainingError):
    """The freshly trained model failed at its first question."""

    title = "The new model cannot answer"


class TrainerClosedError(TrainingError):
    """Training was asked for while the program shuts down."""

    title = "HotelML is shutting down"


class NotEnoughDataError(NotEnoughToLearnError):
    """There is too little to learn from yet. ``points`` is how much there is."""

    title = "Too little data yet"

    def __init__(self, message: str, *, points: int, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy, points=points)
        self.points = points

    @classmethod
    def of(cls, data_point: str, points: int, needed: int) -> NotEnoughDataError:
        """Return that there are so many of the examples needed; ``data_point`` says what one is."""
        told = f"Too little data: {points:,} of the {needed:,} examples needed ({data_point})."
        return cls(told, points=points, remedy="Import more history; training then starts by itself.")
