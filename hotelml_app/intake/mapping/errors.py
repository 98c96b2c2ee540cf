"""What can be wrong with a map, and the one question an unknown layout leads to.

HotelMLError
└── IntakeError
    ├── MapError                   a map makes no sense                              exit code 2
    ├── MapDoesNotFitError         the file has no such columns
    └── UnknownLayoutError
        └── NeedsMappingError      somebody must say what the columns are; the file waits
"""

from __future__ import annotations

from hotelml_app.core.errors import EXIT_USAGE
from hotelml_app.intake.errors import AmbiguousDatesError, IntakeError, UnknownLayoutError
from hotelml_app.intake.proposing.proposal import Proposal


class MapError(IntakeError):
    """A map file, or an answer in the mapping dialog, makes no sense."""

    exit_code = EXIT_USAGE
    title = "The column map cannot be used"


class MapDoesNotFitError(IntakeError):
    """The file has no such columns."""

    title = "The column map does not fit the file"


class NeedsMappingError(UnknownLayoutError):
    """The file may be bookings, but somebody must say what its columns are. ``proposal`` is what HotelML makes of it."""

    title = "Waiting for you to say what the columns are"

    def __init__(self, proposal: Proposal) -> None:
        asked = " ".join(question.text for question in proposal.questions)
        self.question = proposal.questions[0].text
        super().__init__(
            f"{proposal.file_name} is waiting for you to say what its columns are. {asked}",
            remedy="Answer it on the Data page of the window. Or see what HotelML makes of the file with: "
            "hotelml import --propose FILE, and answer with: hotelml import --map MAP.toml FILE.",
        )
        self.proposal = proposal

    def as_dict(self) -> dict[str, object]:
        """Return the error with the proposal as JSON-ready fields."""
        return {**super().as_dict(), "proposal": self.proposal.as_dict()}


ANSWERABLE = (NeedsMappingError, AmbiguousDatesError)
"""What one answer of a person settles, for this file and all later ones like it; the file waits for it."""
