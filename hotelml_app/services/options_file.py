"""The file behind ``hotelml predict --options``: what the user wants of a module's predictions."""

from __future__ import annotations

from pathlib import Path

from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import parse, read_text


def read_options(path: Path | None) -> dict[str, object] | None:
    """Return the tables of a TOML file, None where none was given. Raises SettingsError where it cannot be read."""
    if path is None:
        return None
    if not path.exists():
        raise SettingsError(f"The options file {path} does not exist.", remedy="Check the path after --options.")
    return dict(parse(read_text(path), path))
