"""What is warned of other hotels of the same home: one line each on a hotel's page, so that its own day stays in sight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hotelml_app.core.property_names import folded
from hotelml_app.intake.drop.names import FILE_KEY, FOLDER_KEY, WATCHES_KEY
from hotelml_app.services.home.status_views import WarningView
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.today.views import DecisionView
from hotelml_app.store.hotels import properties
from hotelml_app.store.hotels.properties import PropertyRow


def own_and_others(ground: Ground, warned: Iterable[WarningView]) -> tuple[tuple[WarningView, ...], dict[str, list[WarningView]]]:
    """Return the warnings of the hotel and of the home as a whole, and those of each other hotel."""
    with ground.parts.store.read() as connection:
        rows = properties.all(connection)
    own: list[WarningView] = []
    others: dict[str, list[WarningView]] = {}
    for one in warned:
        row = _hotel_of(ground, one.key, rows)
        (own if row is None or row.id == ground.row.id else others.setdefault(row.name, [])).append(one)
    return tuple(own), others


def lines(others: Mapping[str, Iterable[WarningView]]) -> tuple[DecisionView, ...]:
    """Return one thing to decide per other hotel: to look at its own page."""
    said = {name: "; ".join(dict.fromkeys(one.title for one in found)) for name, found in sorted(others.items())}
    return tuple(DecisionView(f"{name} wants a look", f"{what}.", "See it", "today", hotel=name) for name, what in said.items())


def _hotel_of(ground: Ground, key: str, rows: Sequence[PropertyRow]) -> PropertyRow | None:
    """Return the hotel that a warning is of, None where it is of none that has a page."""
    kind, _, rest = key.partition(":")
    if kind == "export":
        return next((row for row in rows if str(row.id) == rest.partition(":")[0]), None)
    if f"{kind}:" in (FILE_KEY, FOLDER_KEY, WATCHES_KEY):
        folder = Path(rest).parent if f"{kind}:" == FILE_KEY else Path(rest)
        owner = folded(ground.parts.folders.owner_of(folder))
        return next((row for row in rows if folded(row.name) == owner), None)
    named = [row for row in rows if f":{row.name}:" in f":{key}:"]
    return max(named, key=lambda row: len(row.name), default=None)
