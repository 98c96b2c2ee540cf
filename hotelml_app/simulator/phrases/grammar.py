"""The shape of a language's phrases about hotels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Grammar:
    """How guests of one language praise and complain.

    ``good`` and ``bad`` map each aspect to whole sentences; ``{very}`` in them is replaced by one of ``very``. ``but``
    joins two sentences; only a sentence that begins with one of ``small`` may follow it (its first letter is lowered).
    """

    code: str
    very: tuple[str, ...]
    but: str
    small: tuple[str, ...]
    good: Mapping[str, tuple[str, ...]]
    bad: Mapping[str, tuple[str, ...]]
    openers: tuple[str, ...]
    glad: tuple[str, ...]
    sorry: tuple[str, ...]
    titles_good: tuple[str, ...]
    titles_mixed: tuple[str, ...]
    titles_bad: tuple[str, ...]
