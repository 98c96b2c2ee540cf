"""How guests respond to the rate: the share that still books as it rises, from the usual rate on.

Of those who look, the share 1 / (1 + exp(x)) books, with x = reluctance + steepness * log(rate / usual rate): the rates that
guests are ready to pay spread as a log-logistic distribution. The elasticity at a rate is steepness * exp(x) / (1 + exp(x)).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotelml_app.modules.pricing.history.leads import Floats

PRIOR_ELASTICITY, PRIOR_ELASTICITY_SPREAD = 1.4, 0.6
PRIOR_STEEPNESS, PRIOR_STEEPNESS_SPREAD = 4.0, 0.7
"""What is assumed of guests who pay the rate of the day until the house's own rates show it: at the usual rate one per cent
dearer costs about 1.4 per cent of them, far above it about four. Studies of hotels find elasticities from below one to two."""

SEASON_SPREAD, WEEKDAY_SPREAD, SPECIAL_SPREAD = 0.3, 0.12, 0.4
"""How far reluctance may differ with the time of year, in the same logs: 0.3 is some 7 per cent of the rate."""


@dataclass(frozen=True)
class Prior:
    """What is assumed of guests before the house's own rates are looked at: the elasticity at the usual rate and its spread."""

    elasticity: float = PRIOR_ELASTICITY
    spread: float = PRIOR_ELASTICITY_SPREAD

    @property
    def reluctance(self) -> float:
        """The reluctance at the usual rate that goes with the elasticity."""
        return float(np.log(self.elasticity / (PRIOR_STEEPNESS - self.elasticity)))

    @property
    def reluctance_spread(self) -> float:
        """The spread of the reluctance that goes with that of the elasticity."""
        share = self.elasticity / PRIOR_STEEPNESS
        return self.spread / (PRIOR_STEEPNESS * share * (1 - share))


@dataclass(frozen=True)
class Response:
    """``reluctance`` per arrival day at the usual rate, ``steepness``, and ``own_share``: how far the house's own rates show it.

    ``because`` says in words what stands in the way of more.
    """

    reluctance: Floats
    steepness: float
    own_share: float
    because: str = ""

    @property
    def elasticity(self) -> Floats:
        """Per arrival day at the usual rate: by how many per cent demand falls where the rate rises by one."""
        found: Floats = self.steepness / (1 + np.exp(-self.reluctance))
        return found


def books_share(reluctance: Floats) -> Floats:
    """Return the share of those who look that books, 1 / (1 + exp(reluctance))."""
    found: Floats = 1.0 / (1.0 + np.exp(np.clip(reluctance, -30, 30)))
    return found
