"""What the user asks of every run of a module, kept among the data settings, and the options of one run."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import date

from hotelml_app.core.json_values import json_ready
from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings
from hotelml_app.store.decided.staff_decisions import options_of
from hotelml_app.store.learned import predictions


def keep_options(store: Store, property_id: int, module: str, options: Mapping[str, object]) -> None:
    """Remember what the user asks of every run of a module; nothing forgets it."""
    with store.write() as connection:
        if options:
            data_settings.put(connection, options_of(module), json_ready(options), property_id)
        else:
            data_settings.remove(connection, options_of(module), property_id)


def kept_options(store: Store, property_id: int, module: str) -> dict[str, object]:
    """Return what the user asks of every run of a module."""
    with store.read() as connection:
        return options_in(connection, property_id, module)


def options_in(connection: sqlite3.Connection, property_id: int, module: str) -> dict[str, object]:
    """Return the same from a block of reading, for whoever reads more that must be of the same moment."""
    kept = data_settings.get(connection, options_of(module), {}, property_id)
    return dict(kept) if isinstance(kept, dict) else {}


def options_of_run(
    store: Store, manifest: ModuleManifest, property_id: int, day: date, asked: Mapping[str, object] | None
) -> Mapping[str, object]:
    """Return the options of a run: those asked for, else the kept ones, and what the module said the last time before."""
    options = dict(asked) if asked is not None else kept_options(store, property_id, manifest.name)
    if not manifest.remembers or "previous" in options:
        return options
    with store.read() as connection:
        last = predictions.latest_as_of(connection, property_id, manifest.name, before=day)
        rows = predictions.of_run(connection, property_id, manifest.name, last) if last is not None else []
    previous = {row.key: str(row.payload[manifest.remembers]) for row in rows if row.payload.get(manifest.remembers)}
    return {**options, "previous": previous}
