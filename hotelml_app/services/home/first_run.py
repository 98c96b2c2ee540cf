"""The first start: the property's name and its drop folder, and nothing else."""

from __future__ import annotations

from pathlib import Path

from hotelml_app.core import held_files
from hotelml_app.core.errors import UsageError
from hotelml_app.core.paths import unquoted
from hotelml_app.core.property_names import folded
from hotelml_app.services.home import settings_page
from hotelml_app.services.parts import Parts
from hotelml_app.settings.model import PropertySettings, Settings
from hotelml_app.store.hotels import properties


def needed(parts: Parts) -> bool:
    """Return whether no property is set up and none ever spoke."""
    if parts.settings.properties:
        return False
    with parts.store.read() as connection:
        return not properties.all(connection)


def complete(parts: Parts, property_name: str, drop_folder: Path) -> None:
    """Make the folder, keep both, and begin to watch it. Raises UsageError for an empty name."""
    name = property_name.strip()
    if not name:
        raise UsageError("The property has no name yet.", remedy="Write the name of your hotel.")
    folder = Path(unquoted(str(drop_folder))).expanduser().absolute()
    make_drop_folder(folder)
    kept = PropertySettings(name=name, drop_folder="" if folder == parts.layout.drop else str(folder))

    def with_property(settings: Settings) -> Settings:
        others = tuple(one for one in settings.properties if folded(one.name) != folded(name))
        return settings.model_copy(update={"properties": (*others, kept)})

    settings_page.change(parts, with_property)
    with parts.store.write() as connection:
        properties.ensure(connection, name, parts.clock.now())


def make_drop_folder(folder: Path) -> None:
    """Make a drop folder and try to write in it. Raises UsageError naming what is in the way."""
    probe = folder / ".hotelml-can-write"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_text("", encoding="utf-8")
        held_files.removed(probe)
    except OSError as error:
        raise UsageError(
            f"The folder {folder} cannot be used ({error.strerror or error}).",
            remedy="Choose a folder that exists or can be made, and that this user may write in.",
        ) from error
