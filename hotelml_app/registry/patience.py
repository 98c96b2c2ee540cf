"""How long files of a model that cannot be read are waited for: another program lets go of them in a while, or never."""

from __future__ import annotations

from collections.abc import Hashable

from hotelml_app.core.clock import Clock
from hotelml_app.ml.errors import DamagedModelError, UnreadableModelError

GIVEN_UP_AFTER_S = 600.0
"""By then it is no virus scanner and no backup: somebody took the right to read them away."""

_ANOTHER_TIME_S = 43_200.0
"""After so long without an error, the next one is of its own."""


class Patience:
    """Remembers from when to when which model could not be read. Any thread may ask."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._since: dict[Hashable, tuple[float, float]] = {}

    def lasts(self, model: Hashable, error: DamagedModelError) -> bool:
        """Tell whether an error of a model may pass by itself, and has not lasted too long for that."""
        if not isinstance(error, UnreadableModelError):
            return False
        now = self._clock.monotonic()
        first, last = self._since.get(model, (now, now))
        first = first if now - last < _ANOTHER_TIME_S else now
        self._since[model] = first, now
        return now - first < GIVEN_UP_AFTER_S

    def forget(self, model: Hashable) -> None:
        """Take note that a model can be read."""
        self._since.pop(model, None)
