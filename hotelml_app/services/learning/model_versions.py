"""``hotelml models``: which versions there are, what stands in a model card, and choosing what is live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.modules import discover
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.registry.errors import UnknownVersionError
from hotelml_app.registry.lineage import WENT_BACK_BY_HAND, why_none_answers
from hotelml_app.services.asking.arguments import Arguments, nearest
from hotelml_app.services.asking.choose_property import chosen, the_one
from hotelml_app.services.asking.words import bytes_of, count, moment
from hotelml_app.services.exports.freshness import today_of
from hotelml_app.services.learning.comparisons import asked
from hotelml_app.services.learning.made_by import answers_otherwise, would_answer
from hotelml_app.services.learning.measure_words import figure, how_good, primary_measure, unit_then
from hotelml_app.services.learning.models_page import version_view
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned.models import DeploymentRow, VersionRow

HISTORY_LINES = 12
"""What was live is told so far back, about as far as versions are kept: a module that learns every night changes it daily."""


def list_versions(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return every version of one or all modules, newest first."""
    named = arguments.text("module")
    manifests = [manifest_of(named)] if named else list(discover().values())
    found = []
    for row in chosen(parts.store, arguments.text("property")):
        for manifest in manifests:
            for version in parts.registry.versions(row.id, manifest.name):
                told = json_ready(version_view(manifest, version))
                assert isinstance(told, dict)
                found.append({"property": row.name, "module": manifest.name, **told})
    return {"versions": found}


def show(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return the model card of a version, the live one unless another is named, and what was live when."""
    manifest = manifest_of(arguments.needed("module"))
    row = the_one(parts.store, arguments.text("property"))
    registry = parts.registry
    deployments = registry.deployments(row.id, manifest.name)
    name = arguments.text("version")
    version = _named(parts, row, manifest, name) if name else registry.champion(row.id, manifest.name)
    if version is None:
        return {
            "property": row.name,
            "module": manifest.name,
            "deployments": deployments,
            **_without_own(parts, row, manifest),
        }
    return {
        "property": row.name,
        "module": manifest.name,
        "version": version.version,
        "card": version.card,
        "lines": [*_lines(manifest, version, row.currency), *_history(parts, row, manifest, deployments)],
        "deployments": deployments,
    }


def _without_own(parts: Parts, row: PropertyRow, manifest: ModuleManifest) -> dict[str, object]:
    """Return what is told of a module without a model of the property's own: what is brought along, else the plain rule."""
    brought = would_answer(parts, row, manifest)
    registry = parts.registry
    has_versions = bool(registry.versions(row.id, manifest.name))
    why = why_none_answers(registry.deployments(row.id, manifest.name), has_versions=has_versions)
    if brought is None:
        lines = [
            ["Module", manifest.title],
            ["Live", f"the plain rule ({in_staff_words(manifest.answers_by)}); {why}"],
        ]
        return {"version": "", "card": {}, "lines": lines}
    card = brought.card
    lines = [
        ["Module", manifest.title],
        ["Version", f"{brought.version} (HotelML brings it along; {why})"],
        ["Kind", str(card.get("kind", ""))],
        ["Learned from", f"{card.get('learned_from')}: {card.get('source')} ({card.get('licence')})"],
        ["Made with", ", ".join(f"{name} {number}" for name, number in card["libraries"].items())],
        *(
            [
                "Judged",
                f"{one['name']} {one['value']:.3f}, {in_staff_words(str(one['baseline']))} {one['baseline_value']:.3f}"
                f" ({one['bucket']})",
            ]
            for one in card["measures"]
        ),
        *(["Note", str(note)] for note in card.get("notes", ())),
    ]
    return {"version": brought.version, "card": card, "lines": lines}


def promote(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Make a version the live one."""
    manifest = manifest_of(arguments.needed("module"))
    row = the_one(parts.store, arguments.text("property"))
    version = _named(parts, row, manifest, arguments.needed("version"))
    parts.registry.promote(row.id, manifest.name, version.version)
    sentence = f"{manifest.title} of {row.name}: version {version.version} is live."
    return {"property": row.name, "module": manifest.name, "version": version.version, "sentence": sentence}


def rollback(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Go back to what was live before."""
    manifest = manifest_of(arguments.needed("module"))
    row = the_one(parts.store, arguments.text("property"))
    version = parts.registry.rollback(row.id, manifest.name, WENT_BACK_BY_HAND)
    otherwise = answers_otherwise(parts, row, manifest)
    now = f"version {version} is live again" if version else f"{otherwise} answers again"
    return {
        "property": row.name,
        "module": manifest.name,
        "version": version,
        "sentence": f"{manifest.title} of {row.name}: {now}.",
    }


def _named(parts: Parts, row: PropertyRow, manifest: ModuleManifest, name: str) -> VersionRow:
    """Return a version by name. Raises UnknownVersionError naming the nearest."""
    versions = parts.registry.versions(row.id, manifest.name)
    found = next((one for one in versions if one.version == name), None)
    if found is None:
        names = [one.version for one in versions]
        known = f"There are: {', '.join(names)}." if names else "Nothing was trained yet."
        raise UnknownVersionError(
            f"{manifest.name} of {row.name} has no version {name!r}.", remedy=f"{nearest(name, names)}{known}"
        )
    return found


def _lines(manifest: ModuleManifest, version: VersionRow, currency: str | None) -> Iterator[list[str]]:
    card = version.card
    measure = primary_measure(manifest, card)
    yield ["Module", manifest.title]
    yield ["Version", f"{version.version} ({version.state})"]
    yield ["Kind", str(card.get("kind", ""))]
    yield ["Learned from", f"{card.get('data_points', 0):,} examples, {card.get('data_from')} to {card.get('data_until')}"]
    unit = unit_then(manifest, measure, currency)
    good = how_good(manifest, figure(measure, "value"), figure(measure, "baseline_value"), unit)
    if good:
        said = (good, str((measure or {}).get("bucket", "")), asked(card.get("evaluation")))
        yield ["In the replay of past nights", ", ".join(part for part in said if part)]
    size = card.get("size_bytes")
    yield ["Size", bytes_of(size if isinstance(size, int) else 0)]
    libraries = card.get("libraries")
    if isinstance(libraries, Mapping):
        yield ["Made with", ", ".join(f"{name} {number}" for name, number in libraries.items())]
    if card.get("verdict"):
        yield ["Verdict", in_staff_words(str(card["verdict"]))]
    notes = card.get("notes")
    for note in notes if isinstance(notes, list) else ():
        yield ["Note", in_staff_words(str(note))]


def _history(
    parts: Parts, row: PropertyRow, manifest: ModuleManifest, deployments: Sequence[DeploymentRow]
) -> Iterator[list[str]]:
    """Yield what was live when; without a version it was what answers without one now."""
    otherwise = answers_otherwise(parts, row, manifest) if any(not one.version for one in deployments) else ""
    # What was live goes back for years, and 3 Nov comes in each of them.
    today = today_of(parts.clock)
    for one in deployments[:HISTORY_LINES]:
        began = moment(one.live_from, today) if one.live_from else "?"
        until = moment(one.live_until, today) if one.live_until else "now"
        yield ["Live", f"{one.version or otherwise}, {began} to {until}: {in_staff_words(one.reason)}"]
    earlier = deployments[HISTORY_LINES:]
    if earlier and earlier[-1].live_from:
        times = count(len(earlier), "time")
        yield ["Before", f"what was live changed {times} since {moment(earlier[-1].live_from, today)}; --json has all of it"]
