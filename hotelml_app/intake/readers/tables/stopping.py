"""Stopping in the middle of a large file: whoever closes the window does not wait until it is read.

Readers ask now and then; what they ask is set by whoever began the reading, for that thread alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_asked: ContextVar[Callable[[], None] | None] = ContextVar("asked", default=None)


@contextmanager
def asking(step: Callable[[], None]) -> Iterator[None]:
    """Have readers call ``step`` now and then; it may raise to stop them."""
    token = _asked.set(step)
    try:
        yield
    finally:
        _asked.reset(token)


def ask() -> None:
    """Go on, or raise what whoever wants to stop raises."""
    step = _asked.get()
    if step is not None:
        step()
