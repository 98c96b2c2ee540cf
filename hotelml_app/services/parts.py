"""The parts an appliance is made of, as the wiring puts them together, and what is remembered between questions."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from hotelml_app.collector import DataCollector
from hotelml_app.core.clock import Clock
from hotelml_app.core.events import EventBus
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.services.errors import only_looking
from hotelml_app.services.exports.drop_folders import DropFolders
from hotelml_app.services.process.network_calls import NetworkCalls
from hotelml_app.settings.files import save
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.model import Settings
from hotelml_app.store import Store
from hotelml_app.store.corrected import missing
from hotelml_app.store.decided import room_type_names
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow

if TYPE_CHECKING:
    from hotelml_app.schedule.upkeep import Upkeep
    from hotelml_app.services.handover.exchange import Waiting
    from hotelml_app.training.trainer import Trainer

Derived = TypeVar("Derived")

KEPT_PROPERTIES = 1
"""Histories kept in memory; one of 66,000 bookings takes about 40 MB."""


class Closes(Protocol):
    """Anything that must be let go of at the end."""

    def close(self) -> None:
        """Let go."""


@dataclass
class Parts:
    """Everything behind one home. ``collector``, ``trainer`` and ``upkeep`` are None where this process only looks.

    ``came`` is what took the place of the home's contents as it was opened. ``holds`` is let go of at the end, last one first:
    the lock of the home, the log file, the store, the collector, the trainer.

    ``started`` while the watcher, the triggers and the API work; ``owned_elsewhere`` where another HotelML works on the home;
    ``has_window`` where a window shows it.
    """

    layout: HomeLayout
    clock: Clock
    bus: EventBus
    store: Store
    settings: Settings
    registry: ModelRegistry
    folders: DropFolders
    network: NetworkCalls
    collector: DataCollector | None = None
    trainer: Trainer | None = None
    upkeep: Upkeep | None = None
    holds: tuple[Closes, ...] = ()
    came: Waiting | None = None
    started: bool = False
    owned_elsewhere: bool = False
    has_window: bool = False
    memory: Memory = field(default_factory=lambda: Memory())
    _settings_change: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False, compare=False)

    @property
    def writes(self) -> bool:
        """True where this process owns the home."""
        return self.store.writable

    @property
    def running(self) -> bool:
        """True while some HotelML works on this home, be it this one or the one that owns it."""
        return self.started or self.owned_elsewhere

    @property
    def owned_trainer(self) -> Trainer:
        """The trainer. Raises ReadingOnlyError where this process only looks."""
        if self.trainer is None:
            raise only_looking()
        return self.trainer

    def change_settings(self, change: Callable[[Settings], Settings]) -> tuple[Settings, Settings]:
        """Write what ``change`` makes of the settings, let it count, and return the former and the new ones.

        One change at a time: none undoes another of the same moment, nor what a person wrote into the file meanwhile, which
        counts from the next start on. Raises SettingsError, after which the former ones hold.
        """
        with self._settings_change:
            before = self.settings
            changed = change(before)
            save(self.layout.home, changed, before)
            self.settings = changed
        return before, changed

    def property_data(self, row: PropertyRow) -> PropertyData:
        """Return a property's data as of its business date; kept until a newer export comes."""
        return self.memory.property_data(self.store, row)

    def property_data_of(self, property_id: int) -> PropertyData:
        """Return the same for a property that is known by its number."""
        with self.store.read() as connection:
            return self.property_data(properties.get(connection, property_id))


class Memory:
    """What was loaded for one question and serves the next: the data of ``KEPT_PROPERTIES``, newest use last.

    ``one_at_a_time`` is held by whoever computes something large.
    """

    def __init__(self) -> None:
        self.one_at_a_time = threading.Lock()
        self._last_use_s = 0.0
        self._kept: OrderedDict[int, tuple[object, PropertyData]] = OrderedDict()
        self._derived: dict[tuple[object, ...], tuple[object, object]] = {}
        self._lock = threading.Lock()

    def property_data(self, store: Store, row: PropertyRow) -> PropertyData:
        """Return a property's data, to be loaded anew where an import or staff changed it; the history comes on first use."""
        from hotelml_app.ml.property.reading import property_data

        stand = stand_of(store, row)
        with self._lock:
            self._last_use_s = store.clock.monotonic()
            known = self._kept.get(row.id)
            if known is None or known[0] != stand:
                known = self._kept[row.id] = (stand, property_data(store, row.id))
            self._kept.move_to_end(row.id)
            while len(self._kept) > KEPT_PROPERTIES:
                self._kept.popitem(last=False)
            return known[1]

    def derived(self, about: tuple[object, ...], stand: object, compute: Callable[[], Derived]) -> Derived:
        """Return what was computed for the same stand of the data, or compute it now."""
        with self._lock:
            known = self._derived.get(about)
        if known is not None and known[0] == stand:
            return known[1]  # type: ignore[return-value]
        value = compute()
        with self._lock:
            self._derived[about] = (stand, value)
        return value

    def found(self, about: tuple[object, ...], stand: object) -> object:
        """Return what was computed for this stand of the data, None where nobody asked for it yet."""
        with self._lock:
            known = self._derived.get(about)
        return known[1] if known is not None and known[0] == stand else None

    def idle_s(self, now_s: float) -> float | None:
        """Return for how many seconds nobody asked for what is kept; None where nothing is."""
        with self._lock:
            return now_s - self._last_use_s if self._kept else None

    def forget(self, property_id: int | None = None) -> None:
        """Let go of one property's data, or of all."""
        with self._lock:
            if property_id is None:
                self._kept.clear()
            else:
                self._kept.pop(property_id, None)


def stand_of(store: Store, row: PropertyRow) -> tuple[object, ...]:
    """Return what changes when the data of a property do: an import, or what staff say of the house and of missing bookings."""
    with store.read() as connection:
        last = imports.last_done(connection, row.id)
        missing_cancelled = missing.may_be_cancelled(connection, row.id)
        renamed = tuple(room_type_names.renamed(connection, row.id).items())
    return (last, row.business_date, row.country, row.rooms, missing_cancelled, renamed)
