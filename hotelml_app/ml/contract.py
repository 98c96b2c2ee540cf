"""The contract between a module's folder and everything that trains, judges, deploys and asks it.

A module is a folder below ``hotelml_app/modules/`` whose ``__init__`` holds ``MANIFEST`` and imports nothing heavy.
The manifest names functions as ``"package.module:function"``; they are imported at the moment they are needed:

    train(TrainingContext) -> TrainedModel                          in the training child only; may import scikit-learn, Keras
    predict(PredictionRequest) -> list[Prediction]                  NumPy and ONNX Runtime alone
    outcomes(PropertyData, list[StoredPrediction]) -> list[Outcome] what came of predictions whose day has passed
    evaluate(TrainingContext) -> Leaderboard                        the rolling-origin backtest, candidates beside baselines
    in_words(list[Prediction]) -> list[str]                         a run in plain sentences, where there is more than rows
    count_points(PropertyData) -> int                               how much there is to learn from
    generalise(Mapping) -> dict                                     parameters without what belongs to one property alone
    borrows(PropertyData) -> bool                                   whether a model brought along is asked for this property
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.core.training_config import ModuleTrainingConfig
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.property_data import PropertyData


class ErrorsAre(StrEnum):
    """What the errors of a module's outcomes are, and so how its measure follows from them."""

    AMOUNTS = "amounts"
    """How far off, in the prediction's unit."""
    SQUARED = "squared"
    """Squared errors of probabilities: their mean is the Brier score, which is the module's measure."""
    MISSES = "misses"
    """1 where the answer was wrong and 0 where it was right: the share that is right is the module's measure, in per cent."""


@dataclass(frozen=True)
class ModuleManifest:
    """What the rest of the program must know of a module before it runs any of its code.

    ``columns`` are the CSV columns of its predictions after ``property, as_of`` and before ``model``.
    ``primary_measure`` is the one number it is judged by, ``baseline`` the plain rule it must beat, ``rule`` the one by which it
    answers without a model, where that is another.
    ``remembers`` is a value of its last answers that it is handed again as the option ``previous``, by key.
    ``in_words`` tells a run in a few plain sentences, from ``words_days`` days of it where these are more than was asked for.
    ``judged_on`` narrows its track record to the predictions with these values, e.g. rooms sold of the whole house.
    ``errors_are`` says what the errors of its outcomes are; ``errors_by_model`` is False where every model has the same.
    ``generalise`` makes a trained model's parameters fit for a model brought along; without it there can be none.
    ``borrows`` tells whether such a model answers for a property without its own; without it, it always does.
    ``breakdowns`` are other ways to split the answers, asked for by ``options["by"]``, each with its own columns.
    ``reads_reviews`` is for a module whose newest day is that of the newest review, however old the bookings are.
    ``options`` are the names that a file of the user's wishes may hold, None where the module does not say.
    Entry points that are None are things the module cannot do yet; it then answers by its statistical rule.
    """

    name: str
    title: str
    question: str
    columns: tuple[str, ...]
    predict: str
    count_points: str
    primary_measure: str
    lower_is_better: bool
    unit: str
    baseline: str
    horizon_days: int
    max_horizon_days: int
    train: str | None = None
    evaluate: str | None = None
    outcomes: str | None = None
    in_words: str | None = None
    words_days: int = 0
    generalise: str | None = None
    borrows: str | None = None
    remembers: str = ""
    data_point: str = "booking"
    hyperparameters: Mapping[str, object] = field(default_factory=dict)
    judged_on: Mapping[str, object] = field(default_factory=dict)
    errors_are: ErrorsAre = ErrorsAre.AMOUNTS
    errors_by_model: bool = True
    breakdowns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: tuple[str, ...] | None = None
    reads_reviews: bool = False
    rule: str = ""

    @property
    def answers_by(self) -> str:
        """What answers without a model: not always what models are held against, which it may beat itself."""
        return self.rule or self.baseline

    def is_whole(self, values: Mapping[str, object]) -> bool:
        """Return whether a kept answer holds all columns; one by an earlier version of HotelML may lack those that came later."""
        return all(name in values for name in self.columns)

    def data_of(self, data: PropertyData) -> PropertyData:
        """Return a property's data as far as this module's newest day."""
        return data.up_to_newest_review() if self.reads_reviews else data

    def load(self, entry: str | None) -> Callable[..., object]:
        """Import and return one of the entry points named above."""
        if entry is None:
            raise LookupError(f"the module {self.name} does not offer this")
        path, _, name = entry.partition(":")
        function: Callable[..., object] = getattr(importlib.import_module(path), name)
        return function


@dataclass(frozen=True)
class TrainingContext:
    """Everything a training run may use. ``data`` is cut at ``as_of``; ``progress`` raises ``Cancelled``.

    ``bundled`` is the model HotelML brings along for the module, where there is one: a candidate on the same nights.
    """

    data: PropertyData
    as_of: date
    config: ModuleTrainingConfig
    progress: ProgressCallback = no_progress
    threads: int = 1
    seed: int = 7
    bundled: LoadedModel | None = None


@dataclass(frozen=True)
class PredictionRequest:
    """Predict the ``horizon`` days after ``as_of`` (night ``as_of + 1`` is one day ahead).

    ``model`` is None where there is none to use: then the module answers by its statistical rule.
    """

    data: PropertyData
    as_of: date
    horizon: int
    model: LoadedModel | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    cancel: CancelToken = field(default_factory=CancelToken, compare=False, repr=False)
    """A module that takes seconds asks it now and then; ``check`` raises Cancelled."""


@dataclass(frozen=True)
class Prediction:
    """One answer. ``values`` holds the manifest's columns by name; ``key`` is unique per target date and module.

    ``made_by`` may differ row by row: a module that has no ground for an answer of its own says so there.
    """

    key: str
    target_date: date
    values: Mapping[str, object]
    made_by: MadeBy
    why: str = ""


@dataclass(frozen=True)
class StoredPrediction:
    """A prediction as it was kept, with its identity in the store."""

    id: int
    as_of: date
    target_date: date
    key: str
    made_by: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Outcome:
    """What came of a prediction; errors are 0 or more, of the kind that the manifest's ``errors_are`` names."""

    prediction_id: int
    actual: float
    error: float
    known_on: date
    baseline_error: float | None = None
