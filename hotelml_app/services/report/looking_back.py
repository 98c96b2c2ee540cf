"""The ground of a report about a past day: what was known then, and what was said then, or is said now of it."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from hotelml_app.core.jobs import CancelToken
from hotelml_app.ml.property.property_data import PropertyData
from hotelml_app.services.arrivals.arrivals_page import DAYS_SHOWN
from hotelml_app.services.asking.as_of import look_from, refuse_empty
from hotelml_app.services.exports.data_views import Freshness
from hotelml_app.services.exports.freshness import today_of
from hotelml_app.services.learning.views import MadeByView
from hotelml_app.services.nights.given import Given
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.replay.said import Said, kept, origin_words, worked_out
from hotelml_app.store.hotels import currencies

REACH = {"forecast": 90, "noshow": DAYS_SHOWN}
"""How far the modules look ahead that can be asked about a past day."""


class LookingBack(Ground):
    """One property on a day before its business date. Raises DayOutsideDataError."""

    def __init__(self, now: Ground, day: date, cancel: CancelToken) -> None:
        super().__init__(now.parts, now.row)
        look_from(now.row, now.as_of, day)
        refuse_empty(now.data, day)
        self._now, self._cancel = now, cancel
        self.as_of = day
        self._said: dict[str, Said] = {}

    @cached_property
    def data(self) -> PropertyData:
        """The property's data as known at the end of that day."""
        return self._now.data.at(self.as_of)

    @cached_property
    def freshness(self) -> Freshness:
        """How long ago that was."""
        return Freshness(self.as_of, "", None, (today_of(self.parts.clock) - self.as_of).days)

    @cached_property
    def currency(self) -> str:
        """The currency the property had when what is told of that day was kept: nothing is converted where another was named."""
        made = [row.made_at for row in self._answers("forecast").rows if row.made_at is not None]
        with self.parts.store.read() as connection:
            meant = currencies.of(connection, self.row.id)
        return meant.other_at(max(made, default=None)) or super().currency

    def given(self, module: str, horizon: int = 0) -> Given:
        """Return what was kept of that day, else what is worked out now; that is not kept."""
        return Given(self._answers(module).rows)

    def made_by(self, module: str) -> MadeByView:
        """Say where the answers come from."""
        said = self._answers(module)
        kind, _, version = said.maker.partition(":")
        last = max((row.target_date for row in said.rows), default=self.as_of)
        return MadeByView(kind, version, origin_words(said, last, self._now.as_of))

    def _answers(self, module: str) -> Said:
        if module not in self._said:
            found = kept(self._now, module, self.as_of)
            if not found.rows:
                found = worked_out(self._now, module, self.as_of, REACH[module], self._cancel)
            self._said[module] = found
        return self._said[module]
