"""What `Appliance` answers about rates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.appliance_parts.base import AppliancePart

if TYPE_CHECKING:
    from hotelml_app.services.rates.ledger_views import LedgerView
    from hotelml_app.services.rates.views import RatesChange, RatesView


class RatePages(AppliancePart):
    """The Rates page, and what staff decide on it."""

    def rates(self, property_name: str, month: date | None = None, room_type: str = "") -> RatesView:
        """Return the Rates page of a month and room type; without them of the next night's month and the type that earns most."""
        from hotelml_app.services.rates import rates_page

        return rates_page.build(self._ground(property_name), month, room_type)

    def rate_ledger(self, property_name: str) -> LedgerView:
        """Return what staff decided about rates of past nights, beside what had been suggested, and what came."""
        from hotelml_app.services.rates import ledger as rate_ledger

        return rate_ledger.build(self._ground(property_name))

    def keep_table(self, target: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
        """Write a table of the page to a file that staff chose and return its rows. Raises FileNotWrittenError."""
        from hotelml_app.services.files.own_files import refuse_own
        from hotelml_app.services.files.written_files import write_csv_for_people

        refuse_own(self.parts.layout, target)
        return write_csv_for_people(target, header, rows)

    def change_rates(
        self,
        property_name: str,
        change: RatesChange,
        month: date | None = None,
        room_type: str = "",
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> RatesView:
        """Accept, set, lock or unlock rates, and return the page as it is then. Only the owner of the home may."""
        from hotelml_app.services.rates import rates_page

        self._owner_only("Change the rates there")
        rates_page.change(self._ground(property_name), change, progress, cancel or CancelToken())
        return rates_page.build(self._ground(property_name), month, room_type)
