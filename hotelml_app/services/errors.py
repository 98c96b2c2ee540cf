"""What can go wrong when something is asked of the appliance.

HotelMLError
├── UsageError
│   ├── UnknownOperationError   nothing of that name can be asked
│   ├── UnknownPropertyError    no property of that name in this home
│   ├── SamePropertyError       a property was to become part of itself
│   ├── PropertyNameError       a property cannot be called so
│   ├── WrongWayRoundError      the property that knows more was to become part of the one that knows less
│   ├── WhichPropertyError      the home holds several and none was named
│   ├── DayOutsideDataError     a day of which nothing was known
│   ├── RatesChangedError       rates that cannot be changed like that
│   ├── RoomsChangedError       a room or a booking that is not on the Rooms page (any more)
│   ├── RoomNotFreeError        a room that is taken by what nothing can move
│   └── NothingToUndoError      no change to go back from
├── NoPropertyYetError          nothing was ever imported
├── TwoHotelsError              two properties whose bookings say that they are no one hotel
├── PropertyAtWorkError         a property that is learned from or predicted at this moment
├── NothingKnownError           the property has no business date yet
├── NoRatesError                no booking says what is paid, so there is no rate to weigh
├── CannotLearnError            the module answers by a rule and has nothing to train or evaluate
├── TooLittleToLearnError       a training was started for which there are too few examples
├── NothingToExportError        no model of the property's own is live
├── RoomsUnknownError           nobody said how many rooms there are, and none was sold that could tell
├── AppliancesTalkError         the HotelML that runs on this home does not answer as it should
├── ToldByRunningError          the running HotelML's own error, passed on
├── HomeNotEmptyError          the demonstration was asked for in a home of a real hotel
├── NothingToShowError          HotelML runs without a window, or with one for another user
├── ShownElsewhereError         another HotelML owns the home and shows its window
├── FileNotWrittenError         the answer could not be put where it was asked for
└── ReadingOnlyError            this HotelML only looks; another one owns the home
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hotelml_app.core.errors import EXIT_FAILED, HotelMLError, UsageError


class UnknownOperationError(UsageError):
    """Nothing of that name can be asked."""

    title = "There is no such request"


class UnknownPropertyError(UsageError):
    """No property of that name is known in this home."""

    title = "There is no such property"


class SamePropertyError(UsageError):
    """A property cannot become part of itself."""

    title = "These are one property"


class PropertyNameError(UsageError):
    """A property cannot be called so."""

    title = "This name cannot be used"


class WrongWayRoundError(UsageError):
    """Of two properties that are one hotel, the one that knows more stays."""

    title = "The other property has to stay"


class WhichPropertyError(UsageError):
    """The home holds several properties, and the request is about one."""

    title = "Which property?"


class DayOutsideDataError(UsageError):
    """Nothing was known at the end of the day that was asked for."""

    title = "There is no data for that day"


class RatesChangedError(UsageError):
    """The request is about a night, room type or amount that cannot be."""

    title = "The rates cannot be changed like that"


class RoomsChangedError(UsageError):
    """The request is about a room or a booking that is not there."""

    title = "The rooms cannot be changed like that"


class RoomNotFreeError(UsageError):
    """A guest, a lock or a closure keeps the room."""

    title = "The room is not free"


class NothingToUndoError(UsageError):
    """There is no change to go back from."""

    title = "There is nothing to undo"


class NoPropertyYetError(HotelMLError):
    """Nothing was ever imported into this home."""

    title = "There is no data yet"


class TwoHotelsError(HotelMLError):
    """What is known of two properties says that they are no one hotel."""

    title = "These look like two hotels"


class OtherNumbersInBothError(HotelMLError):
    """Two properties have bookings of the same nights under different numbers, and nobody said that they are the same ones."""

    title = "The bookings to come have other numbers in the two"


class PropertyAtWorkError(HotelMLError):
    """A training or prediction of the property is under way."""

    title = "HotelML is at work on that property"


class NothingKnownError(HotelMLError):
    """The property exists, but no export of its bookings was read so far."""

    title = "No bookings are known yet"


class NoRatesError(HotelMLError):
    """The exports of the property hold no amount of money."""

    title = "There are no rates to weigh"


class CannotLearnError(HotelMLError):
    """The module answers by a fixed rule."""

    title = "This module does not learn yet"


class TooLittleToLearnError(HotelMLError):
    """Somebody started a training for which there are too few examples."""

    title = "Too little to learn from yet"


class NothingToExportError(HotelMLError):
    """No model of the property's own is live, so there is nothing to copy."""

    title = "There is no model to export"


class RoomsUnknownError(HotelMLError):
    """Nobody said how many rooms a property has, and no night has passed that could tell."""

    title = "The number of rooms is not known"


class AppliancesTalkError(HotelMLError):
    """The HotelML that owns the home could not be asked."""

    title = "The running HotelML does not answer"


class HomeNotEmptyError(HotelMLError):
    """A home that holds a real hotel's data is not for demonstrations."""

    title = "This home holds real data"


class NothingToShowError(HotelMLError):
    """The HotelML that owns the home has no window, or shows it to another user."""

    title = "HotelML cannot show its window"


class ShownElsewhereError(HotelMLError):
    """Another HotelML got hold of the home first; its window came forward."""

    title = "HotelML is open already"


class FileNotWrittenError(HotelMLError):
    """A file could not be put where it was asked for; what was there before is untouched."""

    title = "The file could not be written"


class ReadingOnlyError(HotelMLError):
    """A change was asked of a HotelML that only looks at the home."""

    title = "Another HotelML owns this home"


class ToldByRunningError(HotelMLError):
    """An error of the running HotelML, passed on with its own name, words and exit code."""

    def __init__(self, told: Mapping[str, object]) -> None:
        super().__init__(str(told.get("message", "")), remedy=str(told.get("remedy", "")), title=str(told.get("title", "")))
        self._told = {name: value for name, value in told.items() if name != "exit_code"}
        code = told.get("exit_code")
        self.exit_code = code if isinstance(code, int) else EXIT_FAILED

    def as_dict(self) -> dict[str, object]:
        """Return the error as it was told."""
        return dict(self._told)


def only_looking() -> ReadingOnlyError:
    """Return what to tell of a change that was asked of a HotelML that does not own the home."""
    return ReadingOnlyError("This HotelML only looks at the home.", remedy="Ask the one that owns it, or wait until it ends.")


def folder_trouble(error: HotelMLError | OSError, folder: Path) -> HotelMLError:
    """Return what to tell of a folder; a share that goes away, or lets nobody in, raises the system's own errors."""
    if isinstance(error, HotelMLError):
        return error
    return HotelMLError(
        f"The folder {folder} cannot be used ({error.strerror or error}).",
        remedy="Check that it is connected and that this user may write there.",
    )
