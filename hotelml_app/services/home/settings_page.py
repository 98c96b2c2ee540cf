"""Keeping settings: written first, counted after."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

from hotelml_app.core.events import ImportFinished
from hotelml_app.core.money import rate_step
from hotelml_app.intake.owners import keep_set_up
from hotelml_app.services.backups.nightly import settle_what_is_off
from hotelml_app.services.parts import Parts
from hotelml_app.services.properties.list_properties import LOOK_AT_HOUSE, predict_anew
from hotelml_app.services.report.daily import settle_if_off
from hotelml_app.settings.model import PropertySettings, Settings
from hotelml_app.store.hotels import currencies, properties
from hotelml_app.store.hotels.properties import PropertyRow


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
            if _says_more(one, before.property(one.name))
            and (known := properties.find(connection, one.name)) is not None
            and _tell(connection, known, one, parts.clock.now())
        ]
    for property_id in moved:
        predict_anew(parts, property_id, LOOK_AT_HOUSE)


def know_set_up(parts: Parts) -> None:
    """Tell the intake which properties are set up, before it reads an export. Raises StoreError."""
    keep_set_up(parts.store, [one.name for one in parts.settings.properties])


def tell_when_known(parts: Parts) -> ExitStack:
    """Tell properties their country and currency, now and as soon as an import makes them known; closing the answer ends that.

    Only what nobody has said yet: what was said last holds.
    """
    _tell_unsaid(parts)
    listening = ExitStack()
    listening.callback(parts.bus.subscribe(lambda event: _tell_unsaid(parts) if isinstance(event, ImportFinished) else None))
    return listening


def _tell_unsaid(parts: Parts) -> None:
    with parts.store.read() as connection:
        anything = _unsaid(connection, parts.settings)
    if not anything:
        return
    with parts.store.write() as connection:
        # Somebody may have said it since.
        for row, one in _unsaid(connection, parts.settings):
            _tell(connection, row, one, parts.clock.now())


def _unsaid(connection: sqlite3.Connection, settings: Settings) -> list[tuple[PropertyRow, PropertySettings]]:
    """Return what the settings say of known properties and nobody has said yet."""
    known = [(properties.find(connection, one.name), one) for one in settings.properties]
    told = [
        (row, one.model_copy(update={name: "" for name in ("country", "currency") if getattr(row, name)}))
        for row, one in known
        if row is not None
    ]
    return [(row, one) for row, one in told if one.country or one.currency]


def _says_more(now: PropertySettings, before: PropertySettings | None) -> bool:
    """Return whether the country or currency was changed; what stays as it was may have been overtaken by what was said since."""
    return before is None or (now.country, now.currency) != (before.country, before.currency)


def _tell(connection: sqlite3.Connection, known: PropertyRow, told: PropertySettings, now: datetime) -> bool:
    """Keep what the settings say of a property, and return whether its nights look different now.

    Another country has other holidays, and with another currency rates may be written in other steps.
    """
    if told.country:
        properties.update(connection, known.id, country=told.country)
    if told.currency:
        currencies.tell(connection, known.id, told.currency, now)
    other_steps = bool(told.currency) and rate_step(told.currency) != rate_step(known.currency or "")
    return (bool(told.country) and told.country != known.country) or other_steps
