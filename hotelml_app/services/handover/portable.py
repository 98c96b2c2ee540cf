"""Settings that go to another PC, and how they meet what that PC has already."""

from __future__ import annotations

from pathlib import Path

from hotelml_app.core.property_names import folded
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.files import parse, refuse_folders, written
from hotelml_app.settings.model import ApiSettings, PropertySettings, Settings
from hotelml_app.settings.upgrades import upgrade


def portable(settings: Settings) -> str:
    """Return the settings as text without paths of this PC; its channels are off until somebody enters their secrets there."""
    return written(_of_no_pc(settings))


def _of_no_pc(settings: Settings) -> Settings:
    notifications = settings.notifications
    off = {
        "email": notifications.email.model_copy(update={"enabled": False}),
        "webhook": notifications.webhook.model_copy(update={"enabled": False}),
    }
    changes = {
        "properties": tuple(_without_folder(one) for one in settings.properties),
        "backup": settings.backup.model_copy(update={"copy_to": ""}),
        "report": settings.report.model_copy(update={"folder": ""}),
        "notifications": notifications.model_copy(update=off),
        "api": ApiSettings(),
    }
    return settings.model_copy(update=changes)


def read_portable(text: str, path: Path) -> Settings:
    """Return settings that were brought along. Raises SettingsError.

    What a file that somebody made up says of folders, ports and channels does not hold: a channel would take the password
    that is kept here to a server of theirs.
    """
    try:
        return _of_no_pc(Settings.model_validate(upgrade(parse(text, path))))
    except ValueError as error:
        raise SettingsError(f"The settings in {path.name} cannot be used.", remedy="Write the hand-over file anew.") from error


def merged(brought: Settings, present: Settings, home: Path) -> Settings:
    """Return the settings that were brought along, with what belongs to this PC: its folders, port and channels."""
    mine = {folded(one.name): one for one in present.properties}
    if len(brought.properties) == len(present.properties) == 1:
        # A PC that was set up for this hotel under another name has its folder already.
        mine = {folded(brought.properties[0].name): present.properties[0]}
    changes = {
        "properties": tuple(_with_folder(one, mine.get(folded(one.name))) for one in brought.properties),
        "backup": brought.backup.model_copy(update={"copy_to": present.backup.copy_to}),
        "report": brought.report.model_copy(update={"folder": present.report.folder}),
        "api": present.api,
    }
    if present.notifications.email.enabled or present.notifications.webhook.enabled:
        changes["notifications"] = present.notifications
    wanted = brought.model_copy(update=changes)
    try:
        refuse_folders(home, wanted)
    except SettingsError:
        # Folders that do not go together would keep HotelML from starting; they are chosen anew in the window.
        return brought
    return wanted


def _without_folder(one: PropertySettings) -> PropertySettings:
    return one.model_copy(update={"drop_folder": "", "polling": False})


def _with_folder(one: PropertySettings, mine: PropertySettings | None) -> PropertySettings:
    return one.model_copy(update={"drop_folder": mine.drop_folder, "polling": mine.polling}) if mine is not None else one
