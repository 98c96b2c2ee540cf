"""What may be set per module about its training."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_MIN_DATA_POINTS = 1000
DEFAULT_VALIDATION_SPLIT = 0.2
DEFAULT_TIME_LIMIT_S = 1800.0


@dataclass(frozen=True)
class ModuleTrainingConfig:
    """Training settings of one module.

    ``schedule`` is a crontab expression in the property's local time, or "" for none; ``validation_split`` is the latest
    share of the time span held back, in (0, 0.5]; ``hyperparameters`` go to the module as they are and are checked there.
    """

    schedule: str = "30 3 * * *"
    min_data_points: int = DEFAULT_MIN_DATA_POINTS
    validation_split: float = DEFAULT_VALIDATION_SPLIT
    hyperparameters: Mapping[str, object] = field(default_factory=dict)
    time_limit_s: float = DEFAULT_TIME_LIMIT_S
    enabled: bool = True
