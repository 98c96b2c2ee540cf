"""Segments and ways to book in words that hold at any hotel, whatever its own exports call them."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.str_]

ONLINE, AGENT, GROUP, CORPORATE, DIRECT = "Online travel agent", "Travel agent", "Group", "Corporate", "Direct"
SEGMENTS = (CORPORATE, DIRECT, GROUP, ONLINE, AGENT)
"""The segments a model brought along tells apart, in the order of its scores."""

_SEGMENT_WORDS = (
    (r"online|\bota\b", ONLINE),
    (r"group|mice|conference|wedding|crew|\btour\b(?!.*operator)", GROUP),
    (r"offline|agent|agency|operator|wholesale|ta/to", AGENT),
    (r"corpo|compan|business|aviation|government|contract", CORPORATE),
    (r"direct|walk|individual|leisure|transient|website|\bbar\b|\brack\b", DIRECT),
)

CHANNELS = ("agency", "corporate", "gds", "direct")
_CHANNEL_WORDS = (
    (r"\bgds\b|amadeus|sabre|galileo", "gds"),
    (r"ta/to|agen|operator|wholesale|hotelbeds|\bota\b|online t", "agency"),
    (r"booking\.?com|expedia|agoda|airbnb|\bhrs\b|hotels\.com|hostelworld|trip\.com", "agency"),
    (r"corpo|compan|business", "corporate"),
    (r"direct|web|site|engine|walk", "direct"),
)


def segment_of(word: str) -> str:
    """Return the segment anywhere that a hotel's own word means, "" where it means none of them."""
    return _meaning(word, _SEGMENT_WORDS)


def channel_of(word: str) -> str:
    """Return the kind of channel a hotel's own word means, "" where it tells none: companies and groups write and call too."""
    return _meaning(word, _CHANNEL_WORDS)


def _meaning(word: str, words: tuple[tuple[str, str], ...]) -> str:
    folded = word.casefold()
    return next((meaning for pattern, meaning in words if folded and re.search(pattern, folded)), "")
