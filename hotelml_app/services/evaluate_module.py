"""``hotelml evaluate``: the rolling backtest of a module, candidates beside the plain rules."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.ml.contract import TrainingContext
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.services.arguments import Arguments
from hotelml_app.services.as_of import look_from
from hotelml_app.services.choose_property import chosen
from hotelml_app.services.errors import CannotLearnError
from hotelml_app.services.plain import plain
from hotelml_app.settings.model import training_config

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance


def answer(appliance: Appliance, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Replay the past of one or all properties. It loads the training packages into this process."""
    manifest = manifest_of(arguments.needed("module"))
    if manifest.evaluate is None:
        raise CannotLearnError(
            f"{manifest.title} answers by its plain rule ({manifest.baseline}); there is nothing to compare yet.",
            remedy="Evaluate forecast or noshow.",
        )
    wanted = arguments.day("as_of")
    rows = chosen(appliance.parts.store, arguments.text("property"))
    days = [look_from(row, wanted) for row in rows]
    boards = []
    for number, (row, day) in enumerate(zip(rows, days, strict=True)):

        def advance(fraction: float, step: str, number: int = number, name: str = row.name) -> None:
            cancel.check()
            progress((number + fraction) / len(rows), f"{name}: {step}")

        context = TrainingContext(
            data=appliance.parts.property_data(row).at(day),
            as_of=day,
            config=training_config(appliance.parts.settings, manifest.name),
            progress=advance,
            threads=os.cpu_count() or 1,
            bundled=appliance.parts.registry.bundled.model(manifest.name, day),
        )
        board = plain(manifest.load(manifest.evaluate)(context))
        assert isinstance(board, dict), "a module's evaluate returns a leaderboard"
        boards.append({"property": row.name, "as_of": day, **board})
    return {"module": manifest.name, "leaderboards": boards}
