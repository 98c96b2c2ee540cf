"""Reading exports on request: one transaction per file; the files stay where they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from hotelml_app.core.errors import Cancelled, HotelMLError, UsageError
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.json_values import json_ready
from hotelml_app.core.property_names import folded
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.objections import NOTHING_SAID, Said
from hotelml_app.intake.owners import find_or_former
from hotelml_app.intake.report import ImportReport
from hotelml_app.services.asking.arguments import Arguments, nearest
from hotelml_app.services.errors import UnknownPropertyError
from hotelml_app.services.exports.data_views import ImportView
from hotelml_app.services.exports.import_views import SUMMED, failed_view, report_view
from hotelml_app.services.exports.map_columns import named_files, wanted_layout
from hotelml_app.services.exports.reactions import judge_past_predictions
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels import properties


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Import the named files in their order; what failed is told at the end, what was read before and after stays."""
    paths, wanted = named_files(arguments), wanted_layout(arguments)
    failures = dict[Path, HotelMLError]()
    property_name = _known_property(parts, arguments.text("property"))
    said = Said(new_numbers=arguments.flag("new_numbers"), owner=bool(property_name))
    views = _import(parts, paths, property_name, wanted, progress, cancel, failures, said)
    if not parts.started:
        judge_past_predictions(parts)
    if len(paths) == 1 and failures:
        raise failures[paths[0]]
    told = _summed(views)
    if failures:
        first = next(iter(failures.values()))
        told |= {"error": type(first).__name__, "message": first.message, "remedy": first.remedy}
    return told


def import_all(
    parts: Parts, paths: Sequence[Path], property_name: str, profile: str, progress: ProgressCallback, cancel: CancelToken
) -> tuple[ImportView, ...]:
    """Import files in their order and say what came of each; one that fails is told as failed. Raises Cancelled."""
    return tuple(_import(parts, paths, property_name, profile, progress, cancel, {}))


def _import(
    parts: Parts,
    paths: Sequence[Path],
    property_name: str,
    wanted: str | ColumnMap | None,
    progress: ProgressCallback,
    cancel: CancelToken,
    failures: dict[Path, HotelMLError],
    said: Said = NOTHING_SAID,
) -> list[ImportView]:
    default = property_name or (parts.settings.properties[0].name if len(parts.settings.properties) == 1 else None)
    views = []
    for number, path in enumerate(paths):
        cancel.check()

        def advance(fraction: float, step: str, number: int = number) -> None:
            progress((number + fraction) / len(paths), step)

        try:
            report = import_file(
                path,
                store=parts.store,
                settings_property=default,
                profile=wanted or None,
                clock=parts.clock,
                progress=advance,
                cancel=cancel,
                bus=parts.bus,
                said=said,
            )
        except (Cancelled, UsageError):
            raise
        except HotelMLError as error:
            if error.exit_code == UsageError.exit_code:
                raise
            failures[path] = error
            views.append(failed_view(path, wanted if isinstance(wanted, str) else "", error))
        else:
            views.append(_remarked(report_view(parts, report), report, property_name))
    return views


def _remarked(view: ImportView, report: ImportReport, named: str) -> ImportView:
    """Add that the property somebody named was not used, where the export itself names others."""
    names = [share.name for share in report.properties]
    if not named or not names or folded(named) in map(folded, names):
        return view
    remark = f"The export itself names its property, {', '.join(names)}: nothing was stored under {named}."
    return replace(view, notes=(remark, *view.notes), elsewhere=remark)


def _summed(views: Iterable[ImportView]) -> dict[str, object]:
    views = list(views)
    dates = [view.business_date for view in views if view.business_date is not None]
    told: dict[str, object] = {name: sum(getattr(view, name) for view in views) for name in SUMMED}
    return {**told, "business_date": max(dates, default=None), "files": json_ready(views)}


def _known_property(parts: Parts, name: str) -> str:
    """Return the name given, or that of the property it became part of.

    Raises UnknownPropertyError where it looks like a typing mistake in one that is known.
    """
    with parts.store.read() as connection:
        known = {row.name for row in properties.all(connection)} | {one.name for one in parts.settings.properties}
        former = find_or_former(connection, name) if name else None
    if not name or folded(name) in map(folded, known):
        return name
    if former is not None:
        return former.name
    hint = nearest(name, known)
    if hint:
        remedy = f"{hint}A new one needs a name unlike those there are."
        raise UnknownPropertyError(f"There is no property called {name!r}.", remedy=remedy)
    return name
