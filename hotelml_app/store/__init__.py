"""The property's memory: one SQLite file, one writer, nothing ever lost."""

from hotelml_app.store.sqlite.database import Store
from hotelml_app.store.sqlite.lock import HomeLock

__all__ = ["HomeLock", "Store"]
