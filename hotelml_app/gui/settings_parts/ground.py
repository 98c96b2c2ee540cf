"""What the Settings page is about: asked in one go, so that its cards agree with one another."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from hotelml_app.core.errors import HotelMLError
from hotelml_app.gui.module_order import place_in_list
from hotelml_app.gui.port import AppliancePort
from hotelml_app.services.backups.views import BackupsView
from hotelml_app.services.channels.views import ChannelsView
from hotelml_app.services.exports.data_views import ShelfView
from hotelml_app.services.home.status_views import StatusView
from hotelml_app.services.nights.event_views import EventView
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.settings.model import Settings

AT_ONCE, UNSAVED = "Changes take effect as soon as they are saved", "Not saved yet"


@dataclass(frozen=True)
class SettingsGround:
    """The settings, the property they are about, how the appliance is, and the modules by name and title."""

    settings: Settings
    property: PropertyView
    status: StatusView
    modules: tuple[tuple[str, str], ...]
    events: tuple[EventView, ...]
    backups: BackupsView
    originals: tuple[ShelfView, ...]
    channels: ChannelsView
    version: str
    others: tuple[str, ...]
    """The other properties of the home."""


def ask(appliance: AppliancePort, property_name: str) -> SettingsGround:
    """Ask the appliance; runs in the background. Raises HotelMLError."""
    status = appliance.status()
    known = appliance.properties()
    named = [one for one in known if one.name == property_name]
    others = tuple(one.name for one in known if one.name != property_name) if named else ()
    chosen = named[0] if named else PropertyView(property_name, "", "", None, None, None, ())
    events = appliance.event_calendar(property_name)
    modules, settings = _modules(appliance, property_name, status), appliance.settings()
    originals = appliance.kept_originals(property_name)
    backups, channels = appliance.backups(), appliance.channels()
    return SettingsGround(settings, chosen, status, modules, events, backups, originals, channels, program_version(), others)


def _modules(appliance: AppliancePort, property_name: str, status: StatusView) -> tuple[tuple[str, str], ...]:
    try:
        modules = sorted(appliance.models(property_name).modules, key=place_in_list)
        return tuple((one.name, one.title) for one in modules if one.can_train)
    except HotelMLError:
        # Before the first export there is nothing to train; the card then says so.
        return ()


def program_version() -> str:
    """Return the version of HotelML, which stands in a file."""
    try:
        return version("hotelml")
    except PackageNotFoundError:
        return "not installed as a package"
