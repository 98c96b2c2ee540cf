"""Keeping settings: written first, counted after."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime

from hotelml_app.intake.owners import keep_set_up
from hotelml_app.services.home.keeping_backups import settle_what_is_off
from hotelml_app.services.home.list_properties import LOOK_AT_HOUSE, predict_anew
from hotelml_app.services.parts import Parts
from hotelml_app.services.report.daily import settle_if_off
from hotelml_app.settings.model import PropertySettings, Settings
from hotelml_app.store import currencies, properties
from hotelml_app.store.properties import PropertyRow


def save(parts: Parts, settings: Settings) -> None:
    """Write the settings and let them count at once. Raises SettingsError, after which the former ones hold."""
    change(parts, lambda _: settings)


def change(parts: Parts, changed: Callable[[Settings], Settings]) -> None:
    """Write what ``changed`` makes of the settings of the moment, and let it count at once. Raises SettingsError."""
    before, settings = parts.change_settings(changed)
    if parts.trainer is not None:
        parts.trainer.use_settings(settings)
    settle_what_is_off(parts)
    settle_if_off(parts)
    know_set_up(parts)
    if before.properties != settings.properties or before.intake != settings.intake:
        parts.folders.apply(settings)
    with parts.store.write() as connection:
        moved = [
            known.id
            for one in settings.properties
            if (known := properties.find(connection, one.name)) is not None and _tell(connection, known, one, parts.clock.now())
        ]
    for property_id in moved:
        predict_anew(parts, property_id, LOOK_AT_HOUSE)


def know_set_up(parts: Parts) -> None:
    """Tell the intake which properties are set up, before it reads an export. Raises StoreError."""
    keep_set_up(parts.store, [one.name for one in parts.settings.properties])


def _tell(connection: sqlite3.Connection, known: PropertyRow, told: PropertySettings, now: datetime) -> bool:
    """Keep what the settings say of a property, and return whether it is in another country now: there are other holidays."""
    if told.country:
        properties.update(connection, known.id, country=told.country)
    if told.currency:
        currencies.tell(connection, known.id, told.currency, now)
    return bool(told.country) and told.country != known.country
