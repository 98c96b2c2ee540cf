"""Have a module learn once from a property's data as they were on a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.ml.contract import ModuleManifest, TrainingContext
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import TrainedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.registry.bundled import BundledModels
from hotelml_app.training.errors import NotEnoughDataError
from hotelml_app.training.specification import TrainingSpecification


def learn(
    specification: TrainingSpecification,
    data: PropertyData,
    as_of: date,
    progress: ProgressCallback,
    bundled: LoadedModel | None,
) -> TrainedModel:
    """Return what the module learns from ``data``, which end on ``as_of``. Raises whatever the module raises."""
    train: Callable[[TrainingContext], TrainedModel] = specification.manifest.load(specification.manifest.train)  # type: ignore[assignment]
    return train(TrainingContext(data, as_of, specification.config, progress, specification.threads, specification.seed, bundled))


def counted_points(manifest: ModuleManifest, data: PropertyData, needed: int) -> int:
    """Return how many examples there are to learn from. Raises NotEnoughDataError below ``needed``."""
    count: Callable[[PropertyData], int] = manifest.load(manifest.count_points)  # type: ignore[assignment]
    points = count(data)
    if points < needed:
        raise NotEnoughDataError.of(manifest.data_point, points, needed)
    return points


def bundled_model(specification: TrainingSpecification, as_of: date) -> LoadedModel | None:
    """Return the model brought along, where there is one that knew nothing after ``as_of``."""
    if specification.bundled is None:
        return None
    return BundledModels(specification.bundled.parent).model(specification.manifest.name, as_of)
