"""Keeping settings: written first, counted after."""

from __future__ import annotations

from hotelml_app.services.home.keeping_backups import settle_what_is_off
from hotelml_app.services.parts import Parts
from hotelml_app.services.report.daily import settle_if_off
from hotelml_app.settings.files import save as save_file
from hotelml_app.settings.model import Settings
from hotelml_app.store import properties


def save(parts: Parts, settings: Settings) -> None:
    """Write the settings and let them count at once. Raises SettingsError, after which the former ones hold."""
    save_file(parts.layout.home, settings)
    before, parts.settings = parts.settings, settings
    if parts.trainer is not None:
        parts.trainer.use_settings(settings)
    settle_what_is_off(parts)
    settle_if_off(parts)
    if before.properties != settings.properties or before.intake != settings.intake:
        parts.folders.apply(settings)
    with parts.store.write() as connection:
        for one in settings.properties:
            known = properties.find(connection, one.name)
            if known is not None and (one.country or one.currency):
                properties.update(connection, known.id, country=one.country or None, currency=one.currency or None)
