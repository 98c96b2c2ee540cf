"""A training that staff start: queued, or refused at once where it could not begin."""

from __future__ import annotations

from hotelml_app.modules import manifest as manifest_of
from hotelml_app.services.asking.words import several
from hotelml_app.services.errors import TooLittleToLearnError
from hotelml_app.services.exports.data_counts import count_points
from hotelml_app.services.parts import Parts
from hotelml_app.settings.model import training_when_asked
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.training.trainer import Trainer


def start(parts: Parts, trainer: Trainer, module: str, row: PropertyRow) -> int:
    """Queue a training and return its job's id. Raises TooLittleToLearnError, which leaves no job behind."""
    manifest, config = manifest_of(module), training_when_asked(parts.settings, module)
    if manifest.train is not None:
        points, needed = count_points(parts, row, manifest), config.min_data_points
        if points < needed:
            raise TooLittleToLearnError(
                f"Learning needs {needed:,} {several(manifest.data_point)} and has {points:,} so far.",
                remedy="Import an export that reaches further back, or wait: each new one brings more.",
                title=f"{manifest.title}: too little to learn from yet",
            )
    return trainer.submit(module, row.id, asked_by="user", config=config)
