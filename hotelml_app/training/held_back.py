"""The live model beside the same training of today on the same nights: the newest nights are held back for it once.

What is learned in the end knows every night there is, and so none that it could be judged on. The same training without the
newest nights is as good at most, and can be asked about them as the live model can, which is older still.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, timedelta

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.ml.errors import DamagedModelError, NotEnoughToLearnError
from hotelml_app.ml.onnx.artifacts import read_artifact, read_card, write_artifact
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.training.duel import head_to_head
from hotelml_app.training.gates import MIN_COMMON_NIGHTS, HeadToHead
from hotelml_app.training.learning import bundled_model, counted_points, learn
from hotelml_app.training.specification import TrainingSpecification

log = logging.getLogger(__name__)

MOST_NIGHTS = 28
"""More nights would cost the training what is newest, and the models live less long than that where one trains weekly."""

SHARE_OF_TIME = 0.25
"""Of the training's time limit: what takes longer is left, so that a slow PC has time for what is to be learned in the end."""

_FOLDER = "held-back"
_STEP = "First without the newest nights, to be compared on them: {}"


class _TakesTooLongError(Cancelled):
    """The comparison would take the time that the training itself needs."""


def nights_to_hold_back(specification: TrainingSpecification, whole: PropertyData, as_of: date) -> int:
    """Return how many of the newest nights are to be held back; 0 where the live model knows them or none need be.

    None need be where the training was asked for as of a day that lies as far back.
    """
    manifest = specification.manifest
    if specification.champion is None or manifest.outcomes is None or not manifest.errors_by_model:
        return 0
    try:
        until = date.fromisoformat(str(read_card(specification.champion)["as_of"])[:10])
    except DamagedModelError as error:
        log.warning("the live model cannot be compared with: %s", error)
        return 0
    if (whole.as_of - max(as_of, until)).days >= MIN_COMMON_NIGHTS:
        return 0
    nights = min((as_of - until).days, MOST_NIGHTS)
    return nights if nights >= MIN_COMMON_NIGHTS else 0


def duel_on_held_back(
    specification: TrainingSpecification, data: PropertyData, nights: int, clock: Clock, progress: ProgressCallback
) -> HeadToHead | None:
    """Train without the newest ``nights`` of ``data`` and compare with the live model on them.

    Returns None where there is too little to learn from without them, it takes too long, or there is nothing to compare.
    """
    assert specification.champion is not None, "held back for its sake"
    cut = data.as_of - timedelta(days=nights)
    earlier, folder = data.at(cut), specification.folder / _FOLDER
    ends = clock.monotonic() + SHARE_OF_TIME * specification.config.time_limit_s

    def tell(done: float, step: str) -> None:
        if clock.monotonic() > ends:
            raise _TakesTooLongError(f"it took more than {SHARE_OF_TIME:.0%} of the time limit")
        progress(done, _STEP.format(step))

    try:
        counted_points(specification.manifest, earlier, specification.config.min_data_points)
        known = bundled_model(specification, cut)
        trained = learn(specification, earlier, cut, tell, known)
        write_artifact(folder, trained, {**specification.card, "module": specification.manifest.name, "as_of": cut})
        duel = head_to_head(specification.manifest, data, cut, read_artifact(specification.champion), read_artifact(folder))
    except (NotEnoughToLearnError, DamagedModelError, _TakesTooLongError) as error:
        log.info("the live model is not compared with on the newest nights: %s", error)
        return None
    return replace(duel, held_back=nights) if duel is not None else None
