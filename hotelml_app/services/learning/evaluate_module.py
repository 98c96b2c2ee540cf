"""``hotelml evaluate``: the rolling backtest of a module, candidates beside the plain rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.contract import ModuleManifest, TrainingContext
from hotelml_app.modules import discover
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.as_of import look_from, newest_day, refuse_empty
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.errors import CannotLearnError
from hotelml_app.services.learning.comparisons import asked
from hotelml_app.services.learning.kept_evaluations import KeptEvaluations, name_of
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.parts import Parts
from hotelml_app.settings.model import training_config
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.training.environment import usable_cores


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Replay the past of one or all properties, unless that was done for the same data before.

    It loads the training packages into this process.
    """
    manifest = manifest_of(arguments.needed("module"))
    if manifest.evaluate is None:
        rule = in_staff_words(manifest.answers_by)
        raise CannotLearnError(
            f"{manifest.title} answers by its plain rule ({rule}); there is nothing to compare yet.",
            remedy=f"These learn: {_that_learn()}.",
        )
    wanted, again = arguments.day("as_of"), arguments.flag("again")
    rows = chosen(parts.store, arguments.text("property"))
    days = [look_from(row, newest_day(parts.store, row, manifest), wanted) for row in rows]
    kept = KeptEvaluations(parts.layout.cache, parts.clock)
    boards = []
    for number, (row, day) in enumerate(zip(rows, days, strict=True)):

        def advance(fraction: float, step: str, number: int = number, name: str = row.name) -> None:
            cancel.check()
            progress((number + fraction) / len(rows), f"{name}: {step}")

        judge = partial(_judge, parts, manifest, row, day, advance)
        board = kept.remembered(name_of(parts, manifest, row, day), judge, again)
        boards.append({"property": row.name, "as_of": day, "asked": asked(board), **board})
    return {"module": manifest.name, "leaderboards": boards}


def _that_learn() -> str:
    return ", ".join(one.name for one in discover().values() if one.evaluate)


def _judge(
    parts: Parts, manifest: ModuleManifest, row: PropertyRow, day: date, progress: ProgressCallback
) -> Mapping[str, object]:
    assert manifest.evaluate is not None, "asked only where there is one"
    data = manifest.data_of(parts.property_data(row))
    refuse_empty(data, day)
    context = TrainingContext(
        data=data.at(day),
        as_of=day,
        config=training_config(parts.settings, manifest.name),
        progress=progress,
        threads=usable_cores(),
        bundled=parts.registry.bundled.model(manifest.name, day),
    )
    board = json_ready(manifest.load(manifest.evaluate)(context))
    assert isinstance(board, dict), "a module's evaluate returns a leaderboard"
    return board
