"""What the form of the Settings page says, put together from its cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hotelml_app.gui.context import Notice
from hotelml_app.gui.port import AppliancePort
from hotelml_app.services.views import PropertyView
from hotelml_app.settings.model import PropertySettings, Settings


@dataclass(frozen=True)
class Changed:
    """The settings and the facts of the property as they stand in the form."""

    settings: Settings
    property: PropertyView


def with_property(
    properties: tuple[PropertySettings, ...], kept: PropertySettings, wanted: PropertySettings, facts: PropertyView
) -> tuple[PropertySettings, ...]:
    """Return the properties with one of them as wanted; one that has no settings yet gets some only where it needs them."""
    if kept in properties:
        wanted = wanted.model_copy(update={"country": facts.country, "currency": facts.currency})
        return tuple(wanted if one == kept else one for one in properties)
    return properties if wanted == kept else (*properties, wanted)


def keep(appliance: AppliancePort, changed: Changed) -> None:
    """Keep what the form said."""
    appliance.save_settings(changed.settings)
    appliance.update_property(changed.property)


def left_unsaved(name: str) -> Notice:
    """Tell that somebody went to another property before saving."""
    return Notice(f"Changes to {name} were not saved", "Another property was chosen before.", "Make them again.", urgent=True)


def with_channels(settings: Settings, kept: Mapping[str, object]) -> Settings:
    """Return the settings with channels as they were kept by their own windows."""
    return settings.model_copy(update={"notifications": settings.notifications.model_copy(update=dict(kept))})


def rooms_words(view: PropertyView) -> str:
    """Return how large the property is, in words."""
    kinds = f" of {len(view.room_types)} types" if len(view.room_types) > 1 else ""
    if view.rooms:
        return f"{view.rooms} rooms{kinds}"
    if view.rooms_stated:
        return f"{view.rooms_stated['']} rooms{kinds}, as its exports say"
    if view.rooms_seen:
        return f"at least {view.rooms_seen} rooms{kinds}, as seen in the bookings; say how many there are"
    return "say how many rooms there are"
