"""Cells to show beside a proposal: what could be a guest is masked, so that a screen or a log never names one."""

from __future__ import annotations

from hotelml_app.intake.proposing.names.header_words import GUEST
from hotelml_app.intake.proposing.proposal import SURE, TAKE
from hotelml_app.intake.proposing.signs.evidence import Evidence
from hotelml_app.intake.proposing.signs.fitting import MOSTLY
from hotelml_app.intake.values.secrets import is_like_a_name, without_secrets

SHOWN = 4
MAX_LENGTH = 32

_REPEATED = 3.0
"""Codes stand in at least so many rows each, on average; a guest's name does not."""


def samples_of(seen: Evidence, role: str, confidence: float) -> tuple[tuple[str, ...], bool]:
    """Return some of a column's cells and whether they were masked."""
    texts = list(dict.fromkeys(text for text in seen.words if text))[:SHOWN]
    if _harmless(seen, role, confidence):
        own = _of_its_kind(seen, role)
        shown = (text if text in own else masked(text) for text in texts)
        return tuple(without_secrets(text)[0][:MAX_LENGTH] for text in shown), False
    return tuple(masked(text)[:MAX_LENGTH] for text in texts), bool(texts)


def masked(text: str) -> str:
    """Return a text with every letter as x and every digit as 9."""
    return "".join("9" if one.isdecimal() else "x" if one.islower() else "X" if one.isalpha() else one for one in text)


def _harmless(seen: Evidence, role: str, confidence: float) -> bool:
    if role == GUEST:
        return False
    if role == "reservation_id":
        return confidence >= SURE
    if seen.date_share >= MOSTLY and not seen.bare:
        return True
    if seen.number_share >= MOSTLY and seen.longest <= 9 and (seen.whole_share >= MOSTLY or not seen.bare or _has_decimals(seen)):
        return True
    codes = seen.few_words and seen.said >= _REPEATED * seen.different
    return codes and (confidence >= TAKE or not any(may_be_name(text) for text in seen.words))


def _of_its_kind(seen: Evidence, role: str) -> set[str]:
    """Return the texts that are what most of their column is: a name may have slipped among dates, numbers or codes."""
    if role == "reservation_id":
        return {text for text in seen.words if not is_like_a_name(text)}
    if seen.date_share >= MOSTLY and not seen.bare:
        return {text for text, day in zip(seen.words, seen.dates.read, strict=True) if day is not None}
    if seen.number_share >= MOSTLY:
        return {text for text, value in zip(seen.words, seen.values.tolist(), strict=True) if value == value}
    return {text for text, rows in zip(seen.words, seen.times.tolist(), strict=True) if rows > 1}


def may_be_name(text: str) -> bool:
    """Return whether a text is several words of letters alone, as people's names are."""
    parts = text.replace(",", " ").split()
    return len(parts) > 1 and all(part.replace("-", "").replace(".", "").replace("'", "").isalpha() for part in parts)


def _has_decimals(seen: Evidence) -> bool:
    return any(value % 1 for value in seen.values.tolist() if value == value)
