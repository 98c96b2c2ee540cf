"""What can go wrong when a model version or an answer is asked for.

HotelMLError
├── UsageError
│   ├── UnknownVersionError     there is no such version
│   └── OutsideHorizonError     so many days, or such a day, cannot be predicted
└── RegistryError
    ├── DamagedVersionError     the version's files are not what was written
    ├── WithdrawnVersionError   the version learned from what counts no more
    ├── NothingToRollBackError  nothing else was ever live
    └── ModelFolderError        the models folder cannot be written
"""

from __future__ import annotations

from hotelml_app.core.errors import HotelMLError, UsageError


class UnknownVersionError(UsageError):
    """A version was named that does not exist."""

    title = "There is no such model version"


class OutsideHorizonError(UsageError):
    """A number of days, or a day to look from, that no answer can be given for."""

    title = "That cannot be predicted"


class RegistryError(HotelMLError):
    """The model registry did not do what was asked of it."""

    title = "The model versions have a problem"


class DamagedVersionError(RegistryError):
    """The files of a version are not what was written, so it cannot go live."""

    title = "This model version is damaged"


class WithdrawnVersionError(RegistryError):
    """The version learned from an export that was taken back."""

    title = "This model version is withdrawn"


class NothingToRollBackError(RegistryError):
    """There is no earlier state to go back to."""

    title = "There is nothing to go back to"


class ModelFolderError(RegistryError):
    """A model folder cannot be moved or written."""

    title = "The models folder cannot be written"
