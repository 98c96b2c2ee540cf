"""How good forecasts so many days ahead were: lately, else when the live model was judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta

from hotelml_app.modules import manifest as manifest_of
from hotelml_app.monitor import records
from hotelml_app.services.asking.words import count
from hotelml_app.services.learning.measure_words import figure, how_good, how_good_lately
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.store.learned import models

MODULE = "forecast"
LEAST_NIGHTS = 7
SPREAD_DAYS = 3
_DAYS_AHEAD = re.compile(r"(\d+)-(\d+) days ahead")


def track(ground: Ground, ahead: int) -> str:
    """Return a sentence about forecasts asked ``ahead`` days before; "" where none was judged."""
    manifest = manifest_of(MODULE)
    leads = (max(ahead - SPREAD_DAYS, 1), ahead + SPREAD_DAYS)
    since = ground.as_of - timedelta(days=records.RECENT_DAYS - 1)
    rows = records.judged(ground.parts.store, manifest, ground.row.id, since, ground.as_of, leads)
    record = records.record_of(manifest, rows)
    # Of nights that sold nothing, as while a hotel is closed, no share can be told.
    good = how_good_lately(manifest, record, ground.row.currency)
    if record.nights >= LEAST_NIGHTS and good:
        return f"Forecasts {leads[0]} to {leads[1]} days ahead of the last {count(record.nights, 'night')} were {good}."
    with ground.parts.store.read() as connection:
        champion = models.champion(connection, ground.row.id, MODULE)
    measure = _of_bucket(champion.card, ahead) if champion else None
    if measure is None:
        return ""
    good = how_good(manifest, figure(measure, "value"), figure(measure, "baseline_value"))
    return f"Judged on past nights, forecasts {measure['bucket']} were {good}." if good else ""


def _of_bucket(card: Mapping[str, object], ahead: int) -> Mapping[str, object] | None:
    """Return the primary measure of the narrowest stretch of days that holds ``ahead``."""
    manifest, found = manifest_of(MODULE), []
    for one in _measures(card):
        days = _DAYS_AHEAD.fullmatch(str(one.get("bucket")))
        named = str(one.get("name")).casefold() == manifest.primary_measure.casefold()
        if named and days and int(days[1]) <= ahead <= int(days[2]):
            found.append((int(days[2]) - int(days[1]), one))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _measures(card: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    told = card.get("measures")
    return (one for one in (told if isinstance(told, (list, tuple)) else ()) if isinstance(one, Mapping))
