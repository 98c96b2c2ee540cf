"""Card numbers and e-mail addresses that staff typed where they do not belong."""

from __future__ import annotations

import re

CARD_MARK = "[card number removed]"
MAIL_MARK = "[e-mail removed]"

_CARD = re.compile(r"(?<![\d.])\d(?:[ \-]?\d){12,18}(?![\d.])")
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_LONG_DIGITS = re.compile(r"\d(?:[ \-]?\d){12,18}")


def passes_luhn(digits: str) -> bool:
    """Return whether the check digit is right (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def holds_card(text: str) -> bool:
    """Return whether a text holds something that may be a card number."""
    return any(_is_card(match[0]) for match in _CARD.finditer(text))


def has_long_digits(text: str) -> bool:
    """Return whether a text holds as many digits in a row as a card number has."""
    return _LONG_DIGITS.search(text) is not None


def without_secrets(text: str) -> tuple[str, int]:
    """Return the text with card numbers and e-mail addresses taken out, and how many there were."""
    if len(text) < 5 or not (text.count("@") or sum(character.isdecimal() for character in text) >= 13):
        return text, 0
    found = 0

    def mask_card(match: re.Match[str]) -> str:
        nonlocal found
        if not _is_card(match[0]):
            return match[0]
        found += 1
        return CARD_MARK

    masked, mails = _MAIL.subn(MAIL_MARK, _CARD.sub(mask_card, text))
    return masked, found + mails


def _is_card(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return digits[0] in "23456" and len(set(digits)) > 1 and passes_luhn(digits)
