"""A change of the database and of the settings file that belong together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from hotelml_app.services.parts import Parts


@contextmanager
def both_or_neither(parts: Parts) -> Iterator[sqlite3.Connection]:
    """Write in the database; where that fails, settings that were changed within the block are as they were before it."""
    before = parts.settings
    try:
        with parts.store.write() as connection:
            yield connection
    except BaseException:
        if parts.settings is not before:
            parts.change_settings(lambda _: before)
        raise
