"""The plain rules that models are judged against, as hotel staff would call them.

Model cards and kept reports name them as statisticians do; pages and commands put those names into these words.
"""

from __future__ import annotations

STAFF_WORDS = (
    # The longer name first: it holds the shorter one.
    ("base rate by days to arrival and segment", "the usual share lost in the segment"),
    ("base rate by days to arrival", "the usual share lost"),
    ("the share by booked type", "the usual changes of type"),
)
"""Names as they are kept, and what to call them."""


def in_staff_words(text: str) -> str:
    """Return a name or a sentence with every plain rule in it called as staff would call it."""
    for kept, said in STAFF_WORDS:
        text = text.replace(kept, said)
    return text
