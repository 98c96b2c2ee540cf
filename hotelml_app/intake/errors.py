"""What can go wrong on the way from a dropped file to checked bookings, in words for the front office.

HotelMLError
└── IntakeError
    ├── NoSuchFileError            nothing lies at that path
    ├── NotAFileError              a folder was given
    ├── EmptyFileError             no bytes, or nothing but a header
    ├── DamagedFileError           cut off, broken or not what its name says
    ├── TooLargeError              beyond what this PC can read safely
    ├── ForbiddenContentError      an XML or zip that tries tricks
    ├── EndsTheProgramError        the program ended again and again while it read the file
    ├── LockedFileError            another program has it open; it will be tried again
    ├── UnreadableFileError        the disk, the share or the rights say no; it will be tried again
    ├── UnknownLayoutError         no profile knows these columns
    ├── AmbiguousLayoutError       two profiles claim the file
    ├── UnknownProfileError        a profile was asked for that does not exist            exit code 2
    ├── WrongProfileError          the file is not in the layout that was asked for
    ├── BrokenProfileError         a profile's folder does not keep the contract
    ├── AmbiguousDatesError        somebody must say whether day or month comes first; the file waits
    ├── MixedDatesError            one column has dates in both orders of day and month
    ├── OtherNumbersError          the bookings are known already under other numbers
    ├── NewNumbersError            the bookings to come seem to have new numbers, and nothing tells which is which
    ├── OtherBookingsError         the numbers are known, but mean other bookings
    ├── AnotherHotelError          many bookings to come, and none of those that are known
    ├── NoPropertyError            neither the file nor the user says which property it is
    └── NothingUsableError         every single row was rejected
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hotelml_app.core.errors import EXIT_USAGE, HotelMLError

if TYPE_CHECKING:
    from hotelml_app.intake.values.date_order import OpenDate


class IntakeError(HotelMLError):
    """A file could not be taken in; nothing of it was stored."""

    title = "The file could not be imported"


class NoSuchFileError(IntakeError):
    """Nothing lies at that path."""

    title = "There is no such file"


class NotAFileError(IntakeError):
    """A folder, a device or the like was given."""

    title = "That is not a file"


class EmptyFileError(IntakeError):
    """There is nothing in the file."""

    title = "The file is empty"


class DamagedFileError(IntakeError):
    """The file is cut off, broken or not what its name says."""

    title = "The file is damaged"


class TooLargeError(IntakeError):
    """The file is beyond what can be read safely."""

    title = "The file is too large"


class ForbiddenContentError(IntakeError):
    """The file carries constructs that no PMS writes and attackers do."""

    title = "The file was refused for safety"


class EndsTheProgramError(IntakeError):
    """The program ended again and again while it read this file."""

    title = "HotelML does not get through the file"


class LockedFileError(IntakeError):
    """Another program has the file open; trying again later helps."""

    title = "The file is in use"


class UnreadableFileError(IntakeError):
    """The disk, the network share or the rights prevent reading; trying again later may help."""

    title = "The file cannot be read"


class UnknownLayoutError(IntakeError):
    """No profile knows these columns."""

    title = "The layout of the file is not known"


class AmbiguousLayoutError(IntakeError):
    """Two profiles claim the same file."""

    title = "Two layouts fit the file"


class UnknownProfileError(IntakeError):
    """A profile was asked for that does not exist."""

    exit_code = EXIT_USAGE
    title = "There is no profile of that name"


class WrongProfileError(IntakeError):
    """The file is not in the layout that was asked for."""

    title = "The file is in another layout"


class BrokenProfileError(IntakeError):
    """A profile's folder has no manifest, or one that makes no sense."""

    title = "An export profile is damaged"


class AmbiguousDatesError(IntakeError):
    """Nothing in the file tells whether the day or the month comes first; ``example`` is a date of it in both readings."""

    title = "Waiting for you to say what comes first, day or month"

    def __init__(self, column: str, example: OpenDate | None) -> None:
        self.column = column
        self.example = example
        self.question = example.question if example else "Do the dates begin with the day or with the month?"
        super().__init__(
            f"{self.question} Nothing in the file tells what is day and what is month in the column {column!r}.",
            remedy="Answer it on the Data page of the window, or with: hotelml import --map MAP.toml FILE, where MAP.toml has"
            ' one line: dates = "day first" (or "month first"). It is asked once for this layout.',
            question=self.question,
            column=column,
        )


class MixedDatesError(IntakeError):
    """A column has dates with the day first and dates with the month first; many may be either."""

    title = "The file has dates in two orders"

    def __init__(self, column: str, example: str, count: int, others: int, first: str) -> None:
        super().__init__(
            f"In the column {column!r} the {first} comes first in {count:,} dates, like {example}, and not in {others:,} others. "
            "Dates that may be read either way would come out wrong without a sign of it.",
            remedy="Export it again from the PMS, without opening it in a spreadsheet. Drop files of two systems one by one.",
        )


class OtherNumbersError(IntakeError):
    """Most bookings of the file are known already, under other numbers; taken in, each would count twice."""

    title = "The bookings have other numbers than before"

    def __init__(self, alike: int, rows: int, number: str, known_as: str) -> None:
        self.alike, self.rows = alike, rows
        super().__init__(
            f"{alike:,} of {rows:,} bookings are known already under other numbers: what this file calls {named(number)} "
            f"is known as {named(known_as)}. Taken in, each of them would count twice.",
            remedy="Put the column with the numbers of the earlier exports back into the report. If the PMS really numbers anew, "
            "drop a report of all its bookings to come: the known ones then get their new numbers. If they are other bookings, "
            "import the file with --profile and the name of its layout.",
        )


class NewNumbersError(IntakeError):
    """An export has as many bookings to come for the same nights as are known, none of them under its number."""

    title = "All bookings to come have new numbers"

    def __init__(self, alike: int, known: int) -> None:
        self.alike, self.known = alike, known
        super().__init__(
            f"The file has bookings for the nights of {alike:,} of the {known:,} bookings to come that are known, but none of "
            "them under its number. Taken in, nearly every booking would count twice.",
            remedy="If this is a new PMS, choose the file on the Data page and say that they are the same bookings, or import it "
            "once with: hotelml import --new-numbers FILE. The known bookings then get the numbers of the new PMS, and its later "
            "exports need nothing of the kind. If it is not, put the column with the former numbers back into the report.",
        )


class OtherBookingsError(IntakeError):
    """Most numbers of an export are known, and mean other bookings."""

    title = "The numbers mean other bookings than before"

    def __init__(self, others: int, number: str, known: date, told: date) -> None:
        super().__init__(
            f"{others:,} bookings of the file have numbers that are known, but neither their day of booking nor their stay: "
            f"{named(number)} is known to arrive on {known}, in the file on {told}. Taken in, they would overwrite each other.",
            remedy="If the file is of another hotel, drop it into the folder of that one, or name it with: hotelml import "
            "--property NAME FILE. If this hotel has a new PMS, drop a report of all its bookings to come, choose it on the Data "
            "page and say that they are the same bookings, or import it once with: hotelml import --new-numbers FILE.",
        )


class AnotherHotelError(IntakeError):
    """An export has many bookings to come that are not known, and none of those that are."""

    title = "These seem to be bookings of another hotel"

    def __init__(self, new: int, known: int, hotel: str) -> None:
        super().__init__(
            f"The file has {new:,} bookings to come that are not known, and none of the {known:,} that are known of {hotel}. "
            "Taken in, the hotel would be that much fuller at once.",
            remedy="If the file is of another hotel, drop it into the folder of that one, or name it with: hotelml import "
            f"--property NAME FILE. If all of these are further bookings of {hotel}, choose the file on the Data page and say "
            "so, or name that hotel in the same way.",
        )


def named(number: str) -> str:
    """Return a booking number for a sentence; those that HotelML makes up itself mean nothing to anybody."""
    return "a booking without a number" if number.startswith("~") else repr(number)


class NoPropertyError(IntakeError):
    """Neither the file nor the user says which property it belongs to."""

    title = "Which property is this?"


class NothingUsableError(IntakeError):
    """Every row of the file was rejected."""

    title = "No row could be used"


class FolderAwayError(IntakeError):
    """The drop folder does not answer: a share that is gone, a folder that was renamed."""

    title = "The drop folder cannot be reached"
