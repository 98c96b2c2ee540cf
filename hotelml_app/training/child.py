"""The training process: reads its specification, trains one module on one property, leaves an ONNX model, and ends.

``python -m hotelml_app training-child SPEC.json``. It opens the database for reading alone; what it leaves behind lies
in its staging folder, so that a run that dies costs nothing but itself.
"""

from __future__ import annotations

import io
import logging
import math
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from hotelml_app.core.clock import SystemClock
from hotelml_app.core.disk import is_out_of_room
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.jobs import ProgressCallback
from hotelml_app.core.judged_on import judged_on
from hotelml_app.ml.contract import ModuleManifest, Prediction, PredictionRequest
from hotelml_app.ml.errors import DamagedModelError, NotEnoughToLearnError
from hotelml_app.ml.onnx.artifacts import read_artifact, read_card, write_artifact
from hotelml_app.ml.onnx.trained import TrainedModel
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.training.duel import head_to_head, matches
from hotelml_app.training.errors import ModelCannotAnswerError
from hotelml_app.training.gates import HeadToHead
from hotelml_app.training.held_back import duel_on_held_back, nights_to_hold_back
from hotelml_app.training.learning import bundled_model, counted_points, learn
from hotelml_app.training.priority import step_back
from hotelml_app.training.rival import bundled_ratio
from hotelml_app.training.specification import TrainingSpecification
from hotelml_app.training.wire import Wire, end_with_parent

log = logging.getLogger(__name__)

Counted = Callable[[int, date], None]
"""Hears from how many examples a training learns, and up to which day."""

_READ, _TRAINED, _CHECKED = 0.05, 0.85, 0.92
"""Done fractions at which the steps end."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one training; ``arguments`` are those after ``training-child``. Return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if isinstance(sys.stderr, io.TextIOWrapper):
        # The supervisor reads it as UTF-8; packed, it would come in the code page of the PC, whatever the environment says.
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    wire = Wire()
    end_with_parent()
    try:
        step_back()
        wire.say({"report": train(TrainingSpecification.read(Path(given[-1])), wire.progress, wire.counted)})
    except NotEnoughToLearnError as error:
        wire.say({"skipped": error.message, "remedy": error.remedy, "points": getattr(error, "points", None)})
    except HotelMLError as error:
        log.exception("the training failed")
        wire.say({"error": error.message, "remedy": error.remedy})
        return 1
    except Exception as error:
        log.exception("the training failed")
        wire.say({"error": _in_words(error), "remedy": _remedy_for(error)})
        return 1
    finally:
        wire.close()
    return 0


def train(specification: TrainingSpecification, progress: ProgressCallback, counted: Counted) -> dict[str, Any]:
    """Train, check and write one model as specified and return the report's fields; ``counted`` hears what there is to learn.

    Raises NotEnoughDataError, ParityError, ModelCannotAnswerError and whatever the module raises.
    """
    from hotelml_app.ml.property.reading import property_data
    from hotelml_app.store import Store

    progress(0.0, "Reading the bookings")
    with Store.open(specification.database, SystemClock(), writer=False) as store:
        known = property_data(store, specification.property_id)
        return _train_on(specification.manifest.data_of(known), specification, progress, counted)


def _train_on(
    whole: PropertyData, specification: TrainingSpecification, progress: ProgressCallback, counted: Counted
) -> dict[str, Any]:
    manifest = specification.manifest
    as_of = min(specification.as_of or whole.as_of, whole.as_of)
    data = whole if as_of == whole.as_of else whole.at(as_of)
    points = counted_points(manifest, data, specification.config.min_data_points)
    counted(points, as_of)
    held_back = nights_to_hold_back(specification, whole, as_of)
    begun = (_READ + _TRAINED) / 2 if held_back else _READ
    first = _between(progress, _READ, begun)
    rehearsed = duel_on_held_back(specification, data, held_back, SystemClock(), first) if held_back else None
    bundled = bundled_model(specification, as_of)
    trained = learn(specification, data, as_of, _between(progress, begun, _TRAINED), bundled)
    progress(_TRAINED, "Checking the exported model against the trained one")
    card = _write(specification, trained, as_of)
    progress(_CHECKED, "Asking the new model its first questions")
    _first_questions(manifest, data, specification.artifact)
    duel = rehearsed or _duel(specification, whole, as_of)
    # Once a model of its own is live, that is who a new one has to beat.
    rival = bundled_ratio(manifest, trained.evaluation, data, bundled) if specification.champion is None else None
    progress(1.0, "Done")
    return {
        "points": points,
        "as_of": as_of.isoformat(),
        "data_points": trained.data_points,
        "kind": trained.kind,
        "size_bytes": card["size_bytes"],
        "measures": card["measures"],
        "notes": card["notes"],
        "duel": asdict(duel) if duel is not None else None,
        "bundled_ratio": rival,
        "asked": judged_on(trained.evaluation.origins),
        "peak_memory_bytes": _peak_memory_bytes(),
    }


def _write(specification: TrainingSpecification, trained: TrainedModel, as_of: date) -> dict[str, Any]:
    """Write the model once its graphs are known to answer as it does. Raises ParityError."""
    from hotelml_app.ml.onnx.parity import check_parity

    parity = check_parity(trained)
    manifest = specification.manifest
    fields = {
        **specification.card,
        "module": manifest.name,
        "as_of": as_of,
        "config": asdict(specification.config),
        "primary_measure": manifest.primary_measure,
        "baseline": manifest.baseline,
        "parity": asdict(parity),
    }
    return write_artifact(specification.artifact, trained, fields)


def _first_questions(manifest: ModuleManifest, data: PropertyData, folder: Path) -> None:
    """Load the model as prediction will and let it answer once. Raises ModelCannotAnswerError."""
    predict: Callable[[PredictionRequest], Sequence[Prediction]] = manifest.load(manifest.predict)  # type: ignore[assignment]
    model = read_artifact(folder)
    try:
        answers = predict(PredictionRequest(data, data.as_of, manifest.horizon_days, model))
    except Exception as error:
        raise ModelCannotAnswerError(
            f"The new {manifest.name} model failed at its first question: {error}", remedy="Please report this with the log."
        ) from error
    # A figure may be unknown for some nights (a rate where nothing was ever sold); what the module is judged on may not.
    judged = [one for one in answers if matches(manifest, one.values)] if manifest.judged_on else []
    if any(_unknown(value) for one in judged for value in one.values.values()) or (answers and all(map(_says_nothing, answers))):
        raise ModelCannotAnswerError(
            f"The new {manifest.name} model gives no numbers where it must.", remedy="Please report this with the log."
        )


def _unknown(value: object) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _says_nothing(answer: Prediction) -> bool:
    numbers = [value for value in answer.values.values() if isinstance(value, float)]
    return bool(numbers) and all(map(_unknown, numbers))


def _duel(specification: TrainingSpecification, whole: PropertyData, as_of: date) -> HeadToHead | None:
    if specification.champion is None:
        return None
    challenger = read_artifact(specification.artifact)
    try:
        until = date.fromisoformat(read_card(specification.champion)["as_of"])
        champion = read_artifact(specification.champion)
        return head_to_head(specification.manifest, whole, max(as_of, until), champion, challenger)
    except DamagedModelError as error:
        log.warning("the live model cannot be compared with: %s", error)
        return None


def _between(progress: ProgressCallback, start: float, stop: float) -> ProgressCallback:
    return lambda fraction, step: progress(start + (stop - start) * min(max(fraction, 0.0), 1.0), step)


def _peak_memory_bytes() -> int:
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    status = Path("/proc/self/status")
    if status.exists():
        # getrusage would tell the size of the process that started this one, where that was larger.
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)


def _in_words(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "There was not enough memory to train."
    if isinstance(error, ModuleNotFoundError):
        return f"The training package {error.name} is not installed."
    if is_out_of_room(error):
        return "There is no room left on the disk for the new model."
    return f"The training stopped at an error: {type(error).__name__}: {error}"


def _remedy_for(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "Close other programs and train again."
    if isinstance(error, ModuleNotFoundError):
        return "Install HotelML with its training packages, for example: pip install hotelml[train]"
    if is_out_of_room(error):
        return "Free some space and train again."
    return f"Nothing was changed. The log has the details; process {os.getpid()}."


if __name__ == "__main__":
    sys.exit(main())
