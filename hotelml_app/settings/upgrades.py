"""How a settings file of an earlier version becomes one of today's: one small step per version, each tested for itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.model import SETTINGS_VERSION

Tables = dict[str, object]
Step = Callable[[Tables], Tables]

STEPS: Mapping[int, Step] = {}
"""``STEPS[n]`` turns the tables of version n into those of version n + 1; version 1 is the first."""


def upgrade(tables: Tables, steps: Mapping[int, Step] = STEPS, newest: int = SETTINGS_VERSION) -> Tables:
    """Return ``tables`` as version ``newest``; a file without a version is of the first. Raises SettingsError."""
    version = tables.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise SettingsError(
            f"The settings say version = {version!r}, which is not a version.",
            remedy=f"Write version = {newest}, or remove the line.",
        )
    if version > newest:
        raise SettingsError(
            f"The settings were written by a later HotelML (version {version}; this one knows {newest}).",
            remedy="Install the later HotelML again, or move settings.toml away to begin with fresh settings.",
        )
    while version < newest:
        tables = {**steps[version](dict(tables)), "version": version + 1}
        version += 1
    return {**tables, "version": newest}
