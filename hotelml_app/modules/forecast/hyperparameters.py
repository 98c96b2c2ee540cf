"""The settings of a forecast training that may be changed, checked."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields

from hotelml_app.modules.forecast.errors import HyperparameterError

_LIMITS = {"rounds": (10, 2000), "folds": (1, 12), "network_epochs": (1, 200), "seed": (0, 2**31 - 1)}


@dataclass(frozen=True)
class Hyperparameters:
    """``rounds`` of boosting, ``folds`` of four weeks each in the backtest, epochs of the network's first fit, ``seed``."""

    rounds: int = 240
    folds: int = 8
    network_epochs: int = 14
    seed: int = 7


def hyperparameters(given: Mapping[str, object], seed: int) -> Hyperparameters:
    """Return checked settings. Raises HyperparameterError naming the setting."""
    known = {one.name for one in fields(Hyperparameters)}
    checked: dict[str, int] = {"seed": seed}
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise HyperparameterError(
                f"The forecast has no setting called {name!r}.", remedy=f"{hint}There are: {', '.join(sorted(known))}."
            )
        low, high = _LIMITS[name]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise HyperparameterError(
                f"The setting {name} cannot be {value!r}.", remedy=f"Give a whole number from {low} to {high}."
            )
        checked[name] = value
    return Hyperparameters(**checked)
