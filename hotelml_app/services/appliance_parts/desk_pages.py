"""What `Appliance` answers the front desk: a night in detail, a past day, rooms, calls, events and reviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.appliance_parts.base import AppliancePart

if TYPE_CHECKING:
    from hotelml_app.services.nights.event_views import EventView
    from hotelml_app.services.nights.night_views import NightDetailView
    from hotelml_app.services.replay.views import ReplayView
    from hotelml_app.services.reviews.views import ReviewsView
    from hotelml_app.services.rooms.list_views import RoomListView
    from hotelml_app.services.rooms.views import RoomsChange, RoomsView


class DeskPages(AppliancePart):
    """Nights, rooms, the call list, events and reviews, and what staff decide about them."""

    def night(self, property_name: str, night: date, room_type: str = "", segment: str = "") -> NightDetailView:
        """Return one night of the forecast in detail: the whole house, one room type or one segment. Raises UsageError."""
        from hotelml_app.services.nights import night_page

        return night_page.build(self._ground(property_name), night, room_type, segment)

    def replay(
        self,
        property_name: str,
        day: date | None = None,
        nights: int = 14,
        *,
        work_out: bool = False,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> ReplayView:
        """Return a past day: what was said then against what happened. Raises DayOutsideDataError.

        ``work_out`` asks the modules now where nothing was kept of that day; that is not kept either.
        """
        from hotelml_app.services.replay import day as replay_day

        ground = self._ground(property_name)
        return replay_day.build(ground, day, nights, work_out=work_out, progress=progress, cancel=cancel)

    def rooms(self, property_name: str) -> RoomsView:
        """Return the Rooms page."""
        from hotelml_app.services.rooms import rooms_page

        return rooms_page.build(self._ground(property_name))

    def room_list(self, property_name: str) -> RoomListView:
        """Return which rooms there are, as exports show them and as staff listed them."""
        from hotelml_app.services.rooms import room_list

        return room_list.build(self._ground(property_name))

    def change_rooms(
        self,
        property_name: str,
        change: RoomsChange,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> RoomsView:
        """Take suggestions on, lock, close or give a room, and return the page as it is then. Only the owner of the home may."""
        from hotelml_app.services.rooms import rooms_page

        self._owner_only("Change the rooms there")
        ground = self._ground(property_name)
        return rooms_page.change(ground, change, progress, cancel or CancelToken())

    def tick_call(self, property_name: str, reservation: str, arrival: date, *, called: bool) -> None:
        """Note that a guest of the call list was reached, or was not. Only the owner of the home may."""
        from hotelml_app.services.arrivals import call_list

        self._owner_only("Tick the call off there")
        call_list.tick(self.parts, self._property(property_name), reservation, arrival, called=called)

    def event_calendar(self, property_name: str) -> tuple[EventView, ...]:
        """Return the events that staff told, by first night."""
        from hotelml_app.services.nights import own_events

        return own_events.told(self.parts, self._property(property_name))

    def keep_events(self, property_name: str, events: Sequence[EventView]) -> tuple[EventView, ...]:
        """Keep these events and no others, and return them. Only the owner of the home may. Raises UsageError."""
        from hotelml_app.services.nights import own_events

        self._owner_only("Change the events there")
        row = self._property(property_name)
        own_events.keep(self.parts, row, events)
        return own_events.told(self.parts, row)

    def reviews(self, property_name: str, language: str = "") -> ReviewsView:
        """Return the Reviews page, of all languages or of one."""
        from hotelml_app.services.reviews import reviews_page

        return reviews_page.build(self.parts, self._property(property_name), language)
