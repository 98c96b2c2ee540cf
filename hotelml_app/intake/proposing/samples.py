"""Cells to show beside a proposal: what could be a guest is masked, so that a screen or a log never names one."""

from __future__ import annotations

import re

from hotelml_app.intake.proposing.evidence import Evidence
from hotelml_app.intake.proposing.fitting import MOSTLY
from hotelml_app.intake.proposing.header_words import GUEST
from hotelml_app.intake.proposing.proposal import SURE
from hotelml_app.intake.values.cards import without_secrets

SHOWN = 4
MAX_LENGTH = 32

_REPEATED = 3.0
"""Codes stand in at least so many rows each, on average; a guest's name does not."""

_UPPER, _LOWER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"[a-zß-ÿ]"), re.compile(r"\d")


def samples_of(seen: Evidence, role: str, confidence: float) -> tuple[tuple[str, ...], bool]:
    """Return some of a column's cells and whether they were masked."""
    texts = list(dict.fromkeys(text for text in seen.words if text))[:SHOWN]
    if _harmless(seen, role, confidence):
        return tuple(without_secrets(text)[0][:MAX_LENGTH] for text in texts), False
    return tuple(masked(text)[:MAX_LENGTH] for text in texts), bool(texts)


def masked(text: str) -> str:
    """Return a text with every letter as x and every digit as 9."""
    return _DIGIT.sub("9", _UPPER.sub("X", _LOWER.sub("x", text)))


def _harmless(seen: Evidence, role: str, confidence: float) -> bool:
    if role == GUEST:
        return False
    if role == "reservation_id":
        return confidence >= SURE
    if seen.date_share >= MOSTLY and not seen.bare:
        return True
    if seen.number_share >= MOSTLY and seen.longest <= 9 and (seen.whole_share >= MOSTLY or not seen.bare or _has_decimals(seen)):
        return True
    return seen.few_words and seen.said >= _REPEATED * seen.different


def _has_decimals(seen: Evidence) -> bool:
    return any(value % 1 for value in seen.values.tolist() if value == value)
