"""How good something was, in words that need no statistics."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from hotelml_app.ml.contract import ModuleManifest
from hotelml_app.monitor.records import Record
from hotelml_app.services.asking.words import count
from hotelml_app.services.learning.plain_rules import in_staff_words

_CODE = re.compile(r"[A-Z]{3}")

Measure = Mapping[str, object]
"""A measure as model cards keep it: name, value, unit, bucket, baseline, baseline_value, lower_is_better."""


def primary_measure(manifest: ModuleManifest, card: Mapping[str, object]) -> Measure | None:
    """Return the figure that a model card is judged by, or None where it has none."""
    measures = card.get("measures")
    if not isinstance(measures, Sequence):
        return None
    wanted = manifest.primary_measure.casefold()
    named = [one for one in measures if isinstance(one, Mapping) and str(one.get("name")).casefold() == wanted]
    return named[0] if named else None


def figure(measure: Measure | None, name: str) -> float | None:
    """Return a number of a measure, or None where it has none."""
    value = measure.get(name) if measure else None
    return float(value) if isinstance(value, (int, float)) else None


def how_good(manifest: ModuleManifest, value: float | None, baseline: float | None, unit: str | None = None) -> str:
    """Return "off by 3.1 % against 5.2 % for plain pickup", or "8 % closer ... than" where the figure has no plain unit.

    ``unit`` is the figure's, where it is another than the module's.
    """
    if value is None:
        return ""
    said_in = manifest.unit if unit is None else unit
    if not said_in:
        return closer(value, baseline, manifest.baseline, lower_is_better=manifest.lower_is_better)
    said = amount(value, said_in)
    against = f" against {amount(baseline, said_in)} for {in_staff_words(manifest.baseline)}" if baseline is not None else ""
    return f"off by {said}{against}" if manifest.lower_is_better else f"{said} right{against}"


def how_good_lately(manifest: ModuleManifest, record: Record, currency: str | None) -> str:
    """Return the same of a track record.

    Single answers may have an error, but not the measure of the model card: then only how the errors compare can be said.
    """
    if record.measure.casefold() == manifest.primary_measure.casefold():
        return how_good(manifest, record.value, record.baseline_value, said_unit(record.unit, currency))
    return closer(record.value, record.baseline_value, manifest.baseline)


def lately_judged(manifest: ModuleManifest, record: Record) -> str:
    """Return "last 21 nights", or "last 3 days with reviews" where it is those that a module speaks of."""
    of = ("day with reviews", "days with reviews") if manifest.reads_reviews else ("night",)
    return f"last {count(record.nights, *of)}"


def said_unit(unit: str, currency: str | None) -> str:
    """Return a unit with the property's currency in place of the word; where that is not told, an amount has no sign."""
    return unit.replace("currency", currency or "").strip()


def unit_then(manifest: ModuleManifest, measure: Measure | None, currency: str | None) -> str:
    """Return the unit of a model card's figure: an amount is in the currency that the property had when it was judged.

    Where that was not told, or there is no figure, it is the present one.
    """
    told = str(measure.get("unit") or "") if measure else ""
    return said_unit(manifest.unit, told if _CODE.fullmatch(told) else currency)


def amount(value: float, unit: str) -> str:
    """Return a figure with its unit, as precise as is worth reading."""
    digits = 0 if abs(value) >= 1000 else 1 if unit == "%" or abs(value) >= 1 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def closer(value: float | None, baseline: float | None, than: str, *, lower_is_better: bool = True) -> str:
    """Return "8% closer to what happened than ..." for a figure without a plain unit, "" where there is nothing to compare."""
    if value is None or baseline is None or baseline <= 0:
        return ""
    gain = 1 - value / baseline if lower_is_better else value / baseline - 1
    if round(100 * gain) == 0:
        return f"as close to what happened as {in_staff_words(than)}"
    side = "closer to" if gain >= 0 else "further from"
    return f"{abs(gain):.0%} {side} what happened than {in_staff_words(than)}"
