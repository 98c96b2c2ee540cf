"""What may be set, kept in one readable file. Names are imported from their files when they are first used."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotelml_app.settings.errors import HomeError, SettingsError
    from hotelml_app.settings.files import load, save
    from hotelml_app.settings.home import HomeLayout, default_home
    from hotelml_app.settings.model import PropertySettings, Settings, training_config
    from hotelml_app.settings.training_file import load_training_config

_FILES = {
    "HomeError": "errors",
    "HomeLayout": "home",
    "PropertySettings": "model",
    "Settings": "model",
    "SettingsError": "errors",
    "default_home": "home",
    "load": "files",
    "load_training_config": "training_file",
    "save": "files",
    "training_config": "model",
}

__all__ = [
    "HomeError",
    "HomeLayout",
    "PropertySettings",
    "Settings",
    "SettingsError",
    "default_home",
    "load",
    "load_training_config",
    "save",
    "training_config",
]


def __getattr__(name: str) -> object:
    """Return a name from the file it lives in: whoever wants the home's folders need not wait for pydantic."""
    if name not in _FILES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_FILES[name]}"), name)
