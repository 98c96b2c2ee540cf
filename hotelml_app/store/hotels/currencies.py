"""In which currency the amounts of a property were meant when they were kept: nothing is converted when staff name another."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from hotelml_app.store.decided import data_settings
from hotelml_app.store.hotels import properties
from hotelml_app.store.values import moment_text

_NAME = "former currencies"


@dataclass(frozen=True, slots=True)
class Currencies:
    """``present`` is the property's currency now; ``former`` are earlier ones with the moment each was given up, oldest first."""

    present: str
    former: tuple[tuple[datetime, str], ...] = ()

    def other_at(self, moment: datetime | None) -> str:
        """Return the currency that held at a moment where it is another than now, else ""."""
        if moment is None:
            return ""
        then = next((code for until, code in self.former if moment < until), self.present)
        return then if then != self.present else ""


def tell(connection: sqlite3.Connection, property_id: int, currency: str, now: datetime) -> None:
    """Keep what the user says is a property's currency, and until when the one before held; a first one is no change."""
    former = properties.get(connection, property_id).currency
    if former and former != currency:
        told = data_settings.get(connection, _NAME, [], property_id=property_id)
        earlier = told if isinstance(told, list) else []
        data_settings.put(connection, _NAME, [*earlier, [moment_text(now), former]], property_id=property_id)
    properties.update(connection, property_id, currency=currency)


def of(connection: sqlite3.Connection, property_id: int) -> Currencies:
    """Return the currencies of a property."""
    told = data_settings.get(connection, _NAME, [], property_id=property_id)
    former = ((datetime.fromisoformat(str(until)), str(code)) for until, code in (told if isinstance(told, list) else []))
    return Currencies(properties.get(connection, property_id).currency, tuple(former))
