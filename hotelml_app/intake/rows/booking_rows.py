"""The bookings of one table as columns of equal length."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hotelml_app.intake.readers.tables.table import Column
from hotelml_app.intake.rows.typed import Typed
from hotelml_app.intake.values.date_order import Days


@dataclass
class BookingRows:
    """The bookings of one table, one per row; rows that are not taken hold whatever was read."""

    typed: Typed
    ids: Column
    status: NDArray[np.int8]
    booked_on: Days
    arrival: Days
    departure: Days
    status_on: Days
    booked_said: NDArray[np.bool_]
    words: dict[str, Column] = field(default_factory=dict)
    numbers: dict[str, NDArray[np.float64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.typed)

    @property
    def taken(self) -> NDArray[np.bool_]:
        """Which rows are good bookings."""
        return self.typed.verdicts.taken
