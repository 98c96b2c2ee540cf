"""The settings of the training, checked before any work begins: what is assumed of guests until the rates show it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from hotelml_app.modules.pricing import MANIFEST
from hotelml_app.modules.pricing.demand_model.response import PRIOR_STEEPNESS, Prior
from hotelml_app.modules.pricing.errors import HyperparameterError

HIGHEST_SHARE = 0.9
"""The elasticity at the usual rate stays below this share of the one far above it."""


def prior_from(hyperparameters: Mapping[str, object]) -> Prior:
    """Return the prior with what was set by hand. Raises HyperparameterError naming the nearest valid key."""
    known = dict(MANIFEST.hyperparameters)
    for name, value in hyperparameters.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise HyperparameterError(f"pricing has no setting {name!r}.", remedy=f"{hint}There are: {', '.join(known)}.")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        highest = HIGHEST_SHARE * PRIOR_STEEPNESS
        if not number or not 0 < float(str(value)) <= highest:
            raise HyperparameterError(
                f"pricing: {name} cannot be {value!r}.", remedy=f"Give a number above 0 and up to {highest:g}."
            )
        known[name] = value
    return Prior(float(str(known["prior_elasticity"])), float(str(known["prior_elasticity_spread"])))
