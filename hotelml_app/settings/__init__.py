"""What may be set, kept in one readable file."""

from hotelml_app.settings.errors import HomeError, SettingsError
from hotelml_app.settings.files import load, save
from hotelml_app.settings.home import HomeLayout, default_home
from hotelml_app.settings.model import PropertySettings, Settings, training_config
from hotelml_app.settings.training_file import load_training_config

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
