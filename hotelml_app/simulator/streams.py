"""Random numbers by concern, so that changing one concern of a hotel leaves the others as they were."""

from __future__ import annotations

import zlib

import numpy as np

from hotelml_app.simulator.errors import SimulationError

MAX_SEED = 2**63 - 1


class Streams:
    """Independent generators named by what they decide, e.g. ``of("lead time", "Online TA")``."""

    def __init__(self, seed: int) -> None:
        if not 0 <= seed <= MAX_SEED:
            raise SimulationError(f"The seed {seed} is out of range.", remedy="Use a whole number from 0 upwards.")
        self.seed = seed

    def of(self, *names: str) -> np.random.Generator:
        """Return a fresh generator; the same names give the same numbers in every run and on every system."""
        return np.random.default_rng([self.seed, *(zlib.crc32(name.encode("utf-8")) for name in names)])
