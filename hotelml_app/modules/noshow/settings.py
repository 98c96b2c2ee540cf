"""The settings of the no-show training, checked before any work begins."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields

from hotelml_app.modules.noshow.errors import HyperparameterError


@dataclass(frozen=True)
class NoshowSettings:
    """What may be set under ``hyperparameters``; the forest's three are the ones it was first published with."""

    forest_trees: int = 100
    forest_depth: int = 10
    forest_min_split: int = 5
    boosting_rounds: int = 120
    boosting_rate: float = 0.055
    network_epochs: int = 6
    logistic_c: float = 0.01


DEFAULTS = NoshowSettings()
_HIGHEST = {"forest_trees": 500, "forest_depth": 16, "boosting_rounds": 1000, "network_epochs": 60}


def settings_from(hyperparameters: Mapping[str, object]) -> NoshowSettings:
    """Return the settings with what was set by hand. Raises HyperparameterError naming the nearest valid key."""
    known = {one.name: type(getattr(DEFAULTS, one.name)) for one in fields(NoshowSettings)}
    chosen: dict[str, float] = {}
    for name, value in hyperparameters.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise HyperparameterError(f"noshow has no setting {name!r}.", remedy=f"{hint}There are: {', '.join(known)}.")
        chosen[name] = _checked(name, value, known[name])
    return NoshowSettings(**chosen)  # type: ignore[arg-type]


def _checked(name: str, value: object, kind: type) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    highest = _HIGHEST.get(name, 1000)
    if not number or not 0 < float(value) <= highest or (kind is int and float(value) != int(value)):  # type: ignore[arg-type, call-overload]
        what = "a whole number" if kind is int else "a number"
        raise HyperparameterError(f"noshow: {name} cannot be {value!r}.", remedy=f"Give {what} above 0 and up to {highest}.")
    return kind(value)  # type: ignore[no-any-return]
