"""The file behind ``hotelml predict --options``: what the user wants of a module's predictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.property.property_data import PropertyFacts
from hotelml_app.services.asking.arguments import nearest
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import parse, read_text

_BY_TYPE, _BY_NIGHT_AND_TYPE = ("floor", "ceiling", "overbooking"), ("locked", "current")
"""Options whose tables name room types, at once or in a table per night."""


def read_options(path: Path | None, manifest: ModuleManifest) -> dict[str, object] | None:
    """Return the tables of a TOML file, None where none was given.

    Raises SettingsError where it cannot be read or holds a name that the module does not know, for it is a typo.
    """
    if path is None:
        return None
    if not path.exists():
        raise SettingsError(f"The options file {path} does not exist.", remedy="Check the path after --options.")
    told = dict(parse(read_text(path), path))
    unknown = next((name for name in told if manifest.options is not None and name not in manifest.options), None)
    if unknown is not None:
        known = manifest.options or ()
        remedy = f"{nearest(unknown, known)}Known options: {', '.join(known)}." if known else "Leave --options out."
        raise SettingsError(f"{path}: {manifest.name} has no option {unknown!r}.", remedy=remedy)
    return told


def refuse_unknown_types(path: Path | None, options: Mapping[str, object] | None, facts: PropertyFacts) -> None:
    """Raise SettingsError where a limit is for a room type that the property does not have: nothing would ever keep it."""
    told = options or {}
    rooms = told.get("rooms")
    listed = {str(kind) for kind in rooms.values()} if isinstance(rooms, Mapping) else set[str]()
    # No type says that a number is no room of the house.
    known = sorted((listed | {one.code for one in facts.room_types}) - {""})
    for name, kind in _types_named(told):
        if kind not in known:
            raise SettingsError(
                f"{path}: {name} names the room type {kind!r}, which {facts.name} does not have.",
                remedy=f"{nearest(kind, known)}There are: {', '.join(known) or 'none'}.",
            )


def _types_named(told: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name in (*_BY_TYPE, *_BY_NIGHT_AND_TYPE):
        table = told.get(name)
        inner = list(table.values()) if isinstance(table, Mapping) and name in _BY_NIGHT_AND_TYPE else [table]
        yield from ((name, str(kind)) for one in inner if isinstance(one, Mapping) for kind in one)
