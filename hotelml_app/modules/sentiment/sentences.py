"""The texts of a review and their sentences."""

from __future__ import annotations

import re
from functools import lru_cache

from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.spelling import AT_HAND, words_of
from hotelml_app.modules.sentiment.word_lists import nothing_to_say

TITLE, POSITIVE, NEGATIVE, BODY = "title", "positive", "negative", "body"
PARTS = (TITLE, POSITIVE, NEGATIVE, BODY)
"""The fields of a review, in the order in which guests read them."""

_ADDRESS = re.compile(r"(?<!\S)\S+@\S+|(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d(?:[\s().\-/]?\d){6,}")
_SENTENCE_END = re.compile(r"(?<=[.!?…。！？।؟])\s*(?=\s|[^\s\d.!?])|[\r\n]+|\s*[;•؛]\s*")


@lru_cache(AT_HAND)
def split_sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text that hold a word."""
    return tuple(part.strip() for part in _SENTENCE_END.split(text) if words_of(part))


def is_statement(text: str) -> bool:
    """Tell whether a text says one thing in one sentence, rather than adding up praise and complaints as a review does."""
    return len(split_sentences(text)) <= 1


def said_in(review: Review, part: str) -> str:
    """Return the text of a field, or "" where the guest wrote that there is nothing to say."""
    text: str = getattr(review, part).strip()
    return "" if part in (POSITIVE, NEGATIVE) and _says_nothing(text) else text


@lru_cache(AT_HAND)
def _says_nothing(text: str) -> bool:
    return " ".join(words_of(text)) in nothing_to_say()


def whole_text(review: Review) -> str:
    """Return all a review says, one field after the other; fields in which there is nothing to say are left out."""
    texts = (said_in(review, part) for part in PARTS)
    return ". ".join(text.rstrip(".") for text in texts if text)


def without_contacts(text: str) -> str:
    """Return a sentence that may be kept and shown: what looks like an address on the net or a phone number is left out."""
    return _NUMBER.sub("…", _ADDRESS.sub("…", text))
