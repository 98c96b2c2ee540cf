"""How good a module is, in words that need no statistics."""

from __future__ import annotations

import re

from hotelml_app.gui.place import Place
from hotelml_app.services.learning.views import ModuleView

NAMES = {
    "wape": "Average error",
    "mae": "Average error",
    "brier": "Risk error",
    "type_brier": "Room type error",
    "accuracy": "Right answers",
    "auc": "Tells lost from kept",
    "refused_share": "Arrivals without a room",
    "macro_f1": "Right answers",
    "f1": "Right answers",
}
"""Measure names and what staff call them."""


_NAME = re.compile(rf"\b(?:{'|'.join(NAMES)})\b", re.IGNORECASE)
_LONG = re.compile(r"(?<![\w.\-])\d+\.\d{2,}(?![\w.])")


def measure_name(name: str) -> str:
    """Return what staff call a measure."""
    return NAMES.get(name.casefold(), name.replace("_", " ").capitalize())


def in_plain_words(place: Place, text: str) -> str:
    """Return how a training ended with the names of measures as staff call them, and no more decimals than are worth reading."""
    named = _NAME.sub(lambda match: measure_name(match[0]), text)
    return place.dated(place.spoken(_LONG.sub(lambda match: f"{float(match[0]):.{1 if float(match[0]) >= 1 else 3}f}", named)))


def figure(place: Place, value: float | None, unit: str) -> str:
    """Return a measure with its unit; more decimals the smaller it is."""
    if value is None:
        return place.number(None)
    size = abs(value)
    decimals = 3 if size < 1 else 1 if size < 100 else 0
    if unit == "%":
        return f"{place.number(value, 1)} %"
    return f"{place.number(value, decimals)} {unit}".strip()


def verdict(place: Place, module: ModuleView) -> str:
    """Return how much better or worse than the baseline a module is, or "" where one of the two is unknown."""
    gain = improvement(module)
    if gain is None:
        return ""
    if abs(gain) < 0.005:
        return f"as good as {module.baseline_name}"
    word = "better" if gain > 0 else "worse"
    return f"{place.share(abs(gain))} {word} than {module.baseline_name}"


def improvement(module: ModuleView) -> float | None:
    """Return the share by which a module beats its baseline; negative where it loses."""
    mine, theirs = module.measure, module.baseline_measure
    if mine is None or theirs is None:
        return None
    if module.lower_is_better:
        return (theirs - mine) / theirs if theirs else None
    return (mine - theirs) / theirs if theirs else None
