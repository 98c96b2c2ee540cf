"""What every page about the coming nights stands on: one property, its history, and the predictions made from it."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from hotelml_app.intake import profiles
from hotelml_app.intake.profile import Kind
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.modules import manifest
from hotelml_app.services.errors import NothingKnownError
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.exports.freshness import freshness
from hotelml_app.services.learning.made_by import made_by_view
from hotelml_app.services.learning.views import MadeByView
from hotelml_app.services.nights import own_events
from hotelml_app.services.nights.event_days import named_days
from hotelml_app.services.nights.event_views import EventView
from hotelml_app.services.nights.given import Given, given
from hotelml_app.services.parts import Parts
from hotelml_app.store.decided import room_type_names
from hotelml_app.store.exported import bookings, imports
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import models

_NO_BOOKINGS = {Kind.REVIEWS: "reviews", Kind.STATISTICS: "nightly figures alone"}
"""What exports hold from which no page about the coming nights can be made."""


class Ground:
    """One property on its business date. What is loaded is kept for as long as the page is being built."""

    def __init__(self, parts: Parts, row: PropertyRow) -> None:
        with parts.store.read() as connection:
            known = bookings.count(connection, row.id)
        # Reviews or nightly figures alone give a property a day, but nothing that these pages could speak of.
        if row.business_date is None or not known:
            raise nothing_known(parts, row)
        self.parts = parts
        self.row = row
        self.as_of = row.business_date
        self._given: dict[str, Given] = {}

    @cached_property
    def data(self) -> PropertyData:
        """The property's data as known at the end of the business date."""
        return self.parts.property_data(self.row)

    @cached_property
    def books(self) -> History:
        """The bookings that hold a room and have not arrived."""
        return self.data.history.on_the_books(self.as_of)

    @cached_property
    def freshness(self) -> Freshness:
        """How old all of this is."""
        return freshness(self.parts.store, self.parts.clock, self.row)

    @cached_property
    def currency(self) -> str:
        """The currency that amounts about the nights are in, "" where it is not told."""
        return self.row.currency or ""

    @cached_property
    def room_types(self) -> tuple[str, ...]:
        """The room types that bookings speak of, by code."""
        return tuple(sorted(label for label in self.data.history.categories["room_type"].labels if label))

    def present_type(self, room_type: str) -> str:
        """Return what a room type is called now: a page may have been opened under its former name."""
        with self.parts.store.read() as connection:
            return room_type_names.renamed(connection, self.row.id).get(room_type, room_type)

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The market segments that bookings speak of."""
        return tuple(sorted(label for label in self.data.history.categories["segment"].labels if label))

    def given(self, module: str, horizon: int = 0) -> Given:
        """Return a module's predictions as of the business date; they are made and kept where there are none yet."""
        wanted = horizon or manifest(module).horizon_days
        if module not in self._given:
            self._given[module] = given(self.parts, self.row, module, wanted)
        return self._given[module]

    def made_by(self, module: str) -> MadeByView:
        """Say what made a module's predictions and how good that is."""
        with self.parts.store.read() as connection:
            champion = models.champion(connection, self.row.id, module)
        return made_by_view(self.parts, self.row, manifest(module), champion, self.given(module).makers)

    def events(self, first: date, nights: int) -> dict[date, str]:
        """Return the events that staff told and the public holidays, by night."""
        found = named_days(self.row.country, first, nights)
        for night, event in own_events.by_night(self.own_events, first, nights).items():
            found[night] = f"{event}, {found[night]}" if night in found else event
        return found

    @cached_property
    def own_events(self) -> tuple[EventView, ...]:
        """The events that staff told, by first night."""
        return own_events.told(self.parts, self.row)


def nothing_known(parts: Parts, row: PropertyRow) -> NothingKnownError:
    """Return what to tell of a property whose bookings were not read yet.

    Its first export may be on its way in, may wait for an answer, or may have failed.
    """
    waiting = parts.folders.waiting(row.name)
    asking = next((one for one in waiting if one.question), None)
    if asking is not None:
        return NothingKnownError(f"{asking.name} waits for your answer.", remedy=asking.question, file=asking.path)
    if waiting:
        remedy = "Numbers appear here once it was read; the Data page says how far it is."
        return NothingKnownError(f"{waiting[0].name} came in: {waiting[0].why}.", remedy=remedy, came_in=True)
    with parts.store.read() as connection:
        newest = next(iter(imports.recent(connection, 1, row.id)), None)
    if newest is not None and newest.status == imports.FAILED:
        return NothingKnownError(f"{newest.file_name} could not be read.", remedy=newest.message, came_in=True)
    held = f": {newest.file_name} holds {what}" if newest is not None and (what := _held_instead(newest)) else ""
    remedy = "Drop a PMS export into its folder; see the Data page."
    return NothingKnownError(f"No bookings of {row.name} were read yet{held}.", remedy=remedy)


def _held_instead(file: imports.ImportRow) -> str:
    layout = profiles.discover().get(file.profile)
    return _NO_BOOKINGS.get(layout.kind, "") if layout is not None and file.rows_read else ""
