"""What the form of the Settings page says, put together from its cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from hotelml_app.gui.context import Notice
from hotelml_app.gui.port import AppliancePort
from hotelml_app.services.asking.words import count
from hotelml_app.services.properties.views import PropertyView
from hotelml_app.settings.model import PropertySettings, Settings
from hotelml_app.settings.one_property import renamed

if TYPE_CHECKING:
    from hotelml_app.gui.settings_parts.backup_card import BackupCard
    from hotelml_app.gui.settings_parts.costs_card import CostsCard
    from hotelml_app.gui.settings_parts.folder_card import FolderCard
    from hotelml_app.gui.settings_parts.ground import SettingsGround
    from hotelml_app.gui.settings_parts.look_card import LookCard
    from hotelml_app.gui.settings_parts.notices_card import NoticesCard
    from hotelml_app.gui.settings_parts.property_card import PropertyCard
    from hotelml_app.gui.settings_parts.report_card import ReportCard
    from hotelml_app.gui.settings_parts.training_card import TrainingCard


@dataclass(frozen=True)
class Changed:
    """The settings, the facts of the property, and what it is to be called, as they stand in the form.

    Settings and facts name the property as it is called until then.
    """

    settings: Settings
    property: PropertyView
    name: str

    def called(self, name: str) -> Changed:
        """Return the same of a property that is called ``name`` now."""
        settings = renamed(self.settings, self.property.name, name)
        return replace(self, settings=settings, property=replace(self.property, name=name))


class Cards(Protocol):
    """The cards of the page that are kept by its one button."""

    house: PropertyCard
    costs: CostsCard
    folder: FolderCard
    training: TrainingCard
    notices: NoticesCard
    backup: BackupCard
    report: ReportCard
    look: LookCard


def collect(cards: Cards, ground: SettingsGround) -> Changed:
    """Return what the cards say."""
    settings, facts = ground.settings, cards.folder.collect_facts(cards.house.collect(ground.property))
    kept = settings.property(facts.name) or PropertySettings(name=facts.name)
    wanted = cards.costs.collect(cards.folder.collect(kept))
    theme = cards.look.theme.choice or settings.appearance.theme
    changes = {
        "properties": with_property(settings.properties, kept, wanted, facts),
        "training": cards.training.collect(settings.training),
        "notifications": cards.notices.collect(settings.notifications),
        "backup": cards.backup.collect(settings.backup),
        "report": cards.report.collect(settings.report),
        "appearance": settings.appearance.model_copy(update={"theme": theme}),
    }
    return Changed(settings.model_copy(update=changes), facts, cards.house.called)


def with_property(
    properties: tuple[PropertySettings, ...], kept: PropertySettings, wanted: PropertySettings, facts: PropertyView
) -> tuple[PropertySettings, ...]:
    """Return the properties with one of them as wanted; one that has no settings yet gets some only where it needs them."""
    if kept in properties:
        wanted = wanted.model_copy(update={"country": facts.country, "currency": facts.currency})
        return tuple(wanted if one == kept else one for one in properties)
    return properties if wanted == kept else (*properties, wanted)


def keep(appliance: AppliancePort, changed: Changed, before: PropertyView) -> None:
    """Keep what the form said, which began with the facts ``before``.

    The name comes first, for where that is refused nothing else is kept either.
    """
    if changed.name != changed.property.name:
        changed = changed.called(appliance.rename_property(changed.property.name, changed.name).name)
    appliance.save_settings(changed.settings)
    wanted = changed.property
    now = next((one for one in appliance.properties() if one.name == wanted.name), wanted)
    appliance.update_property(edited(now, wanted, before))


def edited(now: PropertyView, wanted: PropertyView, before: PropertyView) -> PropertyView:
    """Return the facts as they are now with what was changed in the form: an export may have told others meanwhile."""
    names = ("country", "currency", "rooms", "missing_cancelled")
    told = {name: getattr(wanted, name) for name in names if getattr(wanted, name) != getattr(before, name)}
    for name in ("country", "currency"):
        # The form may know these from the settings file alone.
        told.setdefault(name, getattr(now, name) or getattr(wanted, name))
    kinds = {one[0]: one[1] for one in set(wanted.room_types) - set(before.room_types)}
    return replace(now, **told, room_types=tuple((code, kinds.get(code, rooms), seen) for code, rooms, seen in now.room_types))


def left_unsaved(name: str) -> Notice:
    """Tell that somebody went to another property before saving."""
    return Notice(f"Changes to {name} were not saved", "Another property was chosen before.", "Make them again.", urgent=True)


def followed(ground: SettingsGround, name: str) -> SettingsGround:
    """Return the same of a property that is called ``name`` now."""
    settings = renamed(ground.settings, ground.property.name, name)
    return replace(ground, settings=settings, property=replace(ground.property, name=name))


def with_channels(settings: Settings, kept: Mapping[str, object]) -> Settings:
    """Return the settings with channels as they were kept by their own windows."""
    return settings.model_copy(update={"notifications": settings.notifications.model_copy(update=dict(kept))})


def rooms_words(view: PropertyView) -> str:
    """Return how large the property is, in words."""
    kinds = f" of {len(view.room_types)} types" if len(view.room_types) > 1 else ""
    if view.rooms:
        return f"{count(view.rooms, 'room')}{kinds}"
    if view.rooms_stated:
        return f"{count(view.rooms_stated[''], 'room')}{kinds}, as its exports say"
    if view.rooms_seen:
        return f"at least {count(view.rooms_seen, 'room')}{kinds}, as seen in the bookings; say how many there are"
    return "say how many rooms there are"
