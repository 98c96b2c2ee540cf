"""``hotelml predict``: a module's answers for one or all properties, kept in the store and written as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING

from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.contract import ModuleManifest, Prediction
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.registry import answers, run_options
from hotelml_app.registry.answers import PredictionRun
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.as_of import look_from, newest_day, refuse_empty
from hotelml_app.services.asking.choose_property import chosen, the_one
from hotelml_app.services.asking.options_file import read_options, refuse_unknown_types
from hotelml_app.services.files.own_files import output_path
from hotelml_app.services.files.written_files import csv_text, write_csv
from hotelml_app.services.parts import Parts
from hotelml_app.services.rates.decided import follow
from hotelml_app.services.rates.kept import MODULE as PRICING
from hotelml_app.services.rooms import kept as rooms_kept
from hotelml_app.services.rooms.fewer_to_sell import follow_closures
from hotelml_app.services.rooms.kept import MODULE as ROOMS
from hotelml_app.services.rooms.kept import after_other_changes
from hotelml_app.store.hotels.properties import PropertyRow

if TYPE_CHECKING:
    from datetime import date


LOOKING_ONLY = "The predictions were not kept for the track record, because another HotelML owns this home."
NOT_WRITABLE = "The predictions were not kept for the track record, because nothing can be written in this home."
SPLIT_OTHERWISE = "These predictions are not kept for the track record, which goes by room type."
LOOKING_BACK = "The predictions were not kept for the track record, because they look from a day before the business date."


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Predict for the named property or all; every one of them must be able to answer, or nothing is written."""
    manifest = manifest_of(arguments.needed("module"))
    horizon = arguments.number("horizon", default=manifest.horizon_days, low=1, high=manifest.max_horizon_days)
    wanted, out = arguments.day("as_of"), output_path(parts.layout, arguments)
    options = read_options(arguments.path("options"), manifest)
    by = _breakdown(manifest, arguments.text("by"))
    rows = _rows(parts, arguments, options)
    newest = [newest_day(parts.store, row, manifest) for row in rows]
    days = [look_from(row, day, wanted) for row, day in zip(rows, newest, strict=True)]
    runs = []
    for number, (row, day) in enumerate(zip(rows, days, strict=True)):
        progress(number / len(rows), f"Predicting {row.name}")
        cancel.check()
        refuse_empty(manifest.data_of(parts.property_data(row)), day)
        with after_other_changes(cancel) if manifest.name == ROOMS and options is not None else nullcontext():
            runs.append(run(parts, row, manifest, day, horizon, options, by=by))
            if options is not None and parts.writes:
                _keep(parts, row, manifest, options)
    columns = manifest.breakdowns[by] if by else manifest.columns
    if arguments.text("full"):
        columns = (*columns, *_further(runs, columns))
    header = ("property", "as_of", *columns, "model")
    why = SPLIT_OTHERWISE if by else _why_not_stored(parts, back=days != newest)
    told: dict[str, object] = {
        "module": manifest.name,
        "horizon": horizon,
        "out": str(out) if out else None,
        "stored": not why,
        "why_not_stored": why,
        "properties": [_told(parts, row, one, manifest, horizon) for row, one in zip(rows, runs, strict=True)],
    }
    lines = list(_lines(runs, columns, horizon))
    if out is not None:
        return {**told, "rows": write_csv(out, header, lines)}
    if arguments.text("rows"):
        return {**told, "rows": len(lines), "columns": header, "predictions": lines}
    return {**told, "rows": len(lines), "csv": csv_text(header, lines)[0]}


def _keep(parts: Parts, row: PropertyRow, manifest: ModuleManifest, options: Mapping[str, object]) -> None:
    """Keep what is asked of every run, and what follows from it for rates and rooms decided on: together or not at all."""
    if manifest.name == ROOMS:
        follow_closures(parts, row, *rooms_kept.follow(parts, row, options))
        return
    with parts.store.write():
        run_options.keep_options(parts.store, row.id, manifest.name, options)
        if manifest.name == PRICING:
            follow(parts, row, options)


def _rows(parts: Parts, arguments: Arguments, options: Mapping[str, object] | None) -> Sequence[PropertyRow]:
    """Return the properties that were asked for; options are for one. Raises UsageError, SettingsError."""
    named = arguments.text("property")
    if options is None:
        return chosen(parts.store, named)
    row = the_one(parts.store, named)
    refuse_unknown_types(arguments.path("options"), options, parts.property_data(row).facts)
    return (row,)


def run(
    parts: Parts,
    row: PropertyRow,
    manifest: ModuleManifest,
    day: date,
    horizon: int,
    options: Mapping[str, object] | None = None,
    by: str = "",
    cancel: CancelToken | None = None,
) -> PredictionRun:
    """Predict one property and keep the answers, where they look from the module's newest day and are split as usual.

    What is kept reaches at least as far as the module does by default, so that the pages never find too little.
    """
    data = parts.property_data(row)
    kept = parts.writes and day == newest_day(parts.store, row, manifest) and not by
    reach = max(horizon, manifest.horizon_days) if kept else horizon
    asked = {**(options or run_options.kept_options(parts.store, row.id, manifest.name)), "by": by} if by else options
    found = answers.predict(parts.store, parts.registry, row.id, manifest.name, day, reach, asked, data=data, cancel=cancel)
    if kept:
        if cancel is not None:
            cancel.check()
        answers.store_predictions(parts.store, found, parts.clock.now())
    return found


def _breakdown(manifest: ModuleManifest, by: str) -> str:
    """Return how else the answers are to be split, "" for as usual. Raises UsageError."""
    usual = ("", "room_type") if manifest.breakdowns else ("",)
    if by in usual:
        return ""
    if by not in manifest.breakdowns:
        ways = ", ".join((*usual[1:], *manifest.breakdowns))
        raise UsageError(f"{manifest.name} cannot be split by {by!r}.", remedy=f"Split by {ways}." if ways else "Leave --by out.")
    return by


def _further(runs: list[PredictionRun], columns: Sequence[str]) -> list[str]:
    """Return the names of what the answers hold beyond the usual columns, in their order."""
    names = dict.fromkeys(name for one in runs for prediction in one.predictions for name in prediction.values)
    return [name for name in names if name not in columns]


def _lines(runs: list[PredictionRun], columns: Sequence[str], horizon: int) -> Iterator[list[object]]:
    for one in runs:
        last = one.as_of + timedelta(days=horizon)
        for prediction in one.predictions:
            if prediction.target_date <= last:
                yield [one.property_name, one.as_of, *_values(prediction, columns), one.maker(prediction)]


def _values(prediction: Prediction, columns: Sequence[str]) -> list[object]:
    return [json_ready(prediction.values.get(column)) for column in columns]


def _told(parts: Parts, row: PropertyRow, one: PredictionRun, manifest: ModuleManifest, horizon: int) -> dict[str, object]:
    return {
        "property": one.property_name,
        "as_of": one.as_of,
        "made_by": one.made_by,
        "version": one.version,
        "sentence": one.why,
        "changes": _words(parts, row, one, manifest, horizon),
    }


def _words(parts: Parts, row: PropertyRow, one: PredictionRun, manifest: ModuleManifest, horizon: int) -> object:
    """Return a run in plain sentences: of what was asked for, or of as many days as the module tells them from."""
    if manifest.in_words is None:
        return []
    if manifest.words_days > one.horizon:
        data, days = parts.property_data(row), manifest.words_days
        one = answers.predict(parts.store, parts.registry, row.id, manifest.name, one.as_of, days, data=data)
    last = one.as_of + timedelta(days=horizon)
    asked = [prediction for prediction in one.predictions if prediction.target_date <= last]
    return manifest.load(manifest.in_words)(asked)


def _why_not_stored(parts: Parts, *, back: bool) -> str:
    if not parts.writes:
        return LOOKING_ONLY if parts.owned_elsewhere else NOT_WRITABLE
    return LOOKING_BACK if back else ""
