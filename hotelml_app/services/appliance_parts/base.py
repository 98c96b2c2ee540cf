"""What all parts of `Appliance` share: the property they are asked about, and who may change anything."""

from __future__ import annotations

from hotelml_app.services.asking.choose_property import the_one
from hotelml_app.services.errors import ReadingOnlyError
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels.properties import PropertyRow


class AppliancePart:
    """One subject of `Appliance`."""

    parts: Parts

    def _property(self, name: str) -> PropertyRow:
        """Return a property; where none is named it must be the only one. Raises UsageError, NoPropertyYetError."""
        return the_one(self.parts.store, name)

    def _ground(self, name: str) -> Ground:
        """Return what a page about the nights of a property stands on. Raises NothingKnownError as well."""
        return Ground(self.parts, self._property(name))

    def _owner_only(self, instead: str = "Do it there") -> None:
        """Raise ReadingOnlyError where another HotelML owns the home; ``instead`` says what to do in that one."""
        if not self.parts.writes:
            raise ReadingOnlyError("Another HotelML owns this home.", remedy=f"{instead}, or close that one first.")
