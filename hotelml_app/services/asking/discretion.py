"""What may be told of an error nobody foresaw: where it happened and of what kind, never the cell it stumbled over."""

from __future__ import annotations

import copy
import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

_NEAR_GUESTS = "hotelml_app.intake"
"""The package that has guests' cells in its hands; messages of errors that passed through it may repeat one."""


class DiscreetFormatter(logging.Formatter):
    """Writes tracebacks without the messages that may repeat a cell."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a record as lines; a traceback that another handler made into words before is not taken over."""
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return a traceback as lines."""
        chain = list(_chain(ei[1]))
        hidden = any(map(_passed_near_guests, chain))
        return "\nwhich led to:\n".join("\n".join(_lines(error, hidden)) for error in reversed(chain))


def in_short(error: BaseException) -> str:
    """Return an error's kind, with its message where that cannot repeat a guest."""
    return _kind(error, any(map(_passed_near_guests, _chain(error))))


def _kind(error: BaseException, hidden: bool) -> str:
    return f"{type(error).__name__}: {'' if hidden else error}".removesuffix(": ")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and those that led to it, the last first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _lines(error: BaseException, hidden: bool) -> Iterator[str]:
    yield "Traceback (most recent call last):"
    for entry in traceback.extract_tb(error.__traceback__):
        yield f'  File "{entry.filename}", line {entry.lineno}, in {entry.name}'
    yield _kind(error, hidden)


def _passed_near_guests(error: BaseException) -> bool:
    modules = (str(frame.f_globals.get("__name__", "")) for frame, _ in traceback.walk_tb(error.__traceback__))
    return any(module.startswith(_NEAR_GUESTS) for module in modules)
