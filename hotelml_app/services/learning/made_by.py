"""What made a number, since when, and how good it was lately: in words that anyone at the front desk understands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.monitor import records
from hotelml_app.services.asking.as_of import newest_day
from hotelml_app.services.asking.words import plain_day
from hotelml_app.services.learning.measure_words import figure, how_good, how_good_lately, lately_judged, primary_measure
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.learning.views import MadeByView
from hotelml_app.services.parts import Parts
from hotelml_app.store.hotels.properties import PropertyRow
from hotelml_app.store.learned import models
from hotelml_app.store.learned.models import VersionRow

BROUGHT = "the model HotelML brings along"
LEAST_NIGHTS = 3
"""Fewer judged nights than this are no track record."""


def made_by_view(
    parts: Parts,
    row: PropertyRow,
    manifest: ModuleManifest,
    champion: VersionRow | None,
    makers: Collection[str] | None = None,
) -> MadeByView:
    """Say what answers for a module; ``makers`` is what made the answers at hand: a module may know better than its model."""
    own = f"{MadeBy.OWN}:{champion.version}" if champion is not None else ""
    if champion is not None and (not makers or own in makers):
        # With what the versions before it answered: in its first days a new one is judged on the nearest nights alone.
        lately = _lately(parts, row, manifest, f"{MadeBy.OWN}:")
        return MadeByView(
            kind=str(MadeBy.OWN),
            version=champion.version,
            sentence=_own_sentence(manifest, champion, row.business_date, lately),
            track_record=lately,
        )
    brought = brought_answers(parts, row, manifest, makers)
    if brought is not None:
        lately = _lately(parts, row, manifest, f"{MadeBy.BUNDLED}:{brought.version}")
        return MadeByView(str(MadeBy.BUNDLED), brought.version, _brought_sentence(brought, lately), lately)
    return MadeByView(
        kind=str(MadeBy.STATISTICAL),
        version="",
        sentence=_rule_sentence(manifest, learned=champion is not None, has_versions=_has_versions(parts, row, manifest)),
        track_record=_lately(parts, row, manifest, str(MadeBy.STATISTICAL)),
    )


def brought_along(parts: Parts, row: PropertyRow, module: str) -> LoadedModel | None:
    """Return the model HotelML brings along for a module where it may be asked at the property's business date."""
    return parts.registry.bundled.model(module, row.business_date)


def recent_errors(parts: Parts, row: PropertyRow, manifest: ModuleManifest) -> tuple[float, ...]:
    """Return the mean error of each recent night, oldest first."""
    until = newest_day(parts.store, row, manifest)
    return records.recent_errors(parts.store, manifest, row.id, until) if until is not None else ()


def _own_sentence(manifest: ModuleManifest, champion: VersionRow, today: date | None, lately: str) -> str:
    until = champion.card.get("data_until") or champion.card.get("as_of")
    of_reviews = "sentence" in manifest.data_point
    what = "reviews" if of_reviews else "bookings"
    learned = f" up to {plain_day(date.fromisoformat(str(until)[:10]), today)}" if until else ""
    measure = primary_measure(manifest, champion.card)
    unit, asked = (str(measure.get(name) or "") if measure else "" for name in ("unit", "bucket"))
    # Some are judged night by night, others by the bookings made lately.
    judged = f"past {what if of_reviews or what in asked else 'nights'}"
    promised = how_good(manifest, figure(measure, "value"), figure(measure, "baseline_value"), unit or None)
    rest = lately or (f"{judged} {promised}" if promised else "")
    return f"Learned from this hotel's own {what}{learned}{f'; {rest}' if rest else ''}."


def brought_answers(
    parts: Parts, row: PropertyRow, manifest: ModuleManifest, makers: Collection[str] | None
) -> LoadedModel | None:
    """Return the model brought along where it answers and none of the property's own does.

    ``makers`` is what made the answers at hand; before there are any, it is what would answer.
    """
    if not makers:
        return would_answer(parts, row, manifest)
    brought = brought_along(parts, row, manifest.name)
    return brought if brought is not None and f"{MadeBy.BUNDLED}:{brought.version}" in makers else None


def would_answer(parts: Parts, row: PropertyRow, manifest: ModuleManifest) -> LoadedModel | None:
    """Return the model brought along where it would answer for a property without a model of its own."""
    brought = brought_along(parts, row, manifest.name)
    if brought is None or row.business_date is None or manifest.borrows is None:
        return brought
    return brought if manifest.load(manifest.borrows)(parts.property_data(row)) else None


def answers_otherwise(parts: Parts, row: PropertyRow, manifest: ModuleManifest) -> str:
    """Return what answers while no version of the property's own is live."""
    if would_answer(parts, row, manifest) is not None:
        return BROUGHT
    return f"the plain rule ({in_staff_words(manifest.answers_by)})"


def _brought_sentence(model: LoadedModel, lately: str) -> str:
    return f"Learned from {model.card.get('learned_from')}, brought along by HotelML{f'; {lately}' if lately else ''}."


def _has_versions(parts: Parts, row: PropertyRow, manifest: ModuleManifest) -> bool:
    with parts.store.read() as connection:
        return bool(models.versions(connection, row.id, manifest.name))


def _rule_sentence(manifest: ModuleManifest, *, learned: bool, has_versions: bool) -> str:
    if manifest.train is None:
        reason = "it does not learn yet"
    elif learned:
        reason = "what was learned does not cover these days"
    elif has_versions:
        reason = "no version that learned from your own data is live"
    else:
        reason = "it has not learned from your own data yet"
    return f"A plain rule ({in_staff_words(manifest.answers_by)}): {reason}."


def _lately(parts: Parts, row: PropertyRow, manifest: ModuleManifest, maker: str) -> str:
    """Return "last 21 nights off by 3.1 % against 5.2 % for plain pickup", or "" where too little was judged."""
    until = newest_day(parts.store, row, manifest)
    if until is None:
        return ""
    record = records.track_record(parts.store, manifest, row.id, until, made_by=maker)
    if record.nights < LEAST_NIGHTS:
        return ""
    good = how_good_lately(manifest, record, row.currency)
    return f"{lately_judged(manifest, record)} {good}" if good else ""
