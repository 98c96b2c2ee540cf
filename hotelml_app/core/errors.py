"""The root of every error the user may see.

    HotelMLError
    ├── UsageError            the request itself makes no sense           exit code 2
    └── (each package declares its own children beside its code)          exit code 1

An error says what happened (``title``), where and why (``message``) and what to do next (``remedy``).
"""

from __future__ import annotations

EXIT_FAILED = 1
EXIT_USAGE = 2

_PLAIN = (int, float, str, type(None))
"""What JSON has a form of its own for: the number of a process is a number, one that is not known is null."""


class HotelMLError(Exception):
    """A failure told in words: what happened, where, and what to do next."""

    exit_code = EXIT_FAILED
    title = "Something went wrong"

    def __init__(self, message: str, *, remedy: str = "", title: str | None = None, **fields: object) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.title = title or type(self).title
        self.fields = fields

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()

    def as_dict(self) -> dict[str, object]:
        """Return the error as JSON-ready fields."""
        return {
            "error": type(self).__name__,
            "title": self.title,
            "message": self.message,
            "remedy": self.remedy,
            **{name: value if isinstance(value, _PLAIN) else str(value) for name, value in self.fields.items()},
        }


class UsageError(HotelMLError):
    """The request cannot be understood as it stands."""

    exit_code = EXIT_USAGE
    title = "That request cannot be understood"


class Cancelled(HotelMLError):
    """The user, or the end of the program, stopped the work."""

    title = "Stopped on request"
