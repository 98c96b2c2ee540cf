"""Card, account and phone numbers and e-mail addresses that staff typed where they do not belong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

CARD_MARK = "[card number removed]"
MAIL_MARK = "[e-mail removed]"
PHONE_MARK = "[phone number removed]"
ACCOUNT_MARK = "[account number removed]"

SHORTEST = 9
"""Letters that the shortest of them has, the e-mail apart."""

SHORTEST_CARD = 13
CARD_LIKE = r"\d(?:[ \-]?\d){12}"

_DIGIT_RUN = re.compile(r"(?<!\d)(?<!\d\.)\d(?:[ \-]?\d){12,}(?!\.?\d)")
_GROUP = re.compile(r"\d+")
_MOST_GROUPS, _SHORTEST_GROUP = 7, 4
_MAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w+])\+\d{1,3}[ ./()-]*\d(?:[ ./()-]{0,3}\d){6,12}(?!\d)"
    r"|(?<!\w)(?<!\d[.,-])0\d{1,4}[ /-]\d{2,4}(?:[ /-]?\d{2,4}){1,3}(?![.,-]?\d)"
    r"|(?<!\w)(?<!\d[.,-])\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?![.,-]?\d)"
)
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_LONG_DIGITS = re.compile(CARD_LIKE)
_FEWEST_PHONE_DIGITS = 9
_LONGEST_NAME = 80
_WITHOUT_DIGIT = re.compile(r"^[^\d\n]+$", re.MULTILINE)
_NAME = re.compile(r"(?=.*[a-zà-öø-ÿ])[^\W\d_]+|[^\W\d_]+(?:[\s,.'’-]+[^\W\d_]+)+")


def passes_luhn(digits: str) -> bool:
    """Return whether the check digit is right (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def passes_account_check(account: str) -> bool:
    """Return whether the check digits of an IBAN are right (ISO 13616: the remainder by 97 is 1)."""
    plain = account.replace(" ", "")
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def holds_card(text: str) -> bool:
    """Return whether a text holds something that may be a card number."""
    return cards_in(text) > 0


def cards_in(text: str) -> int:
    """Return how many card numbers a text holds."""
    return sum(len(_cards_among(match[0])) for match in _DIGIT_RUN.finditer(text))


def _cards_among(digits: str) -> list[tuple[int, int]]:
    """Return where in a run of digits and single blanks or hyphens card numbers begin and end: with a group, never in one."""
    groups = [match.span() for match in _GROUP.finditer(digits)]
    found: list[tuple[int, int]] = []
    for first, (start, first_end) in enumerate(groups):
        if first_end - start < _SHORTEST_GROUP or (found and start < found[-1][1]):
            continue
        ends = (end for _, end in groups[first : first + _MOST_GROUPS] if _is_card(digits[start:end]))
        found += [(start, end) for end in ends][:1]
    return found


def has_long_digits(text: str) -> bool:
    """Return whether a text holds as many digits in a row as a card number has."""
    return _LONG_DIGITS.search(text) is not None


def is_like_a_name(text: str) -> bool:
    """Return whether a booking number is none: words of letters, as people's names are; codes are capitals in one piece."""
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None


def guests_among(labels: Sequence[str]) -> set[str]:
    """Return those of many booking numbers that are e-mail addresses, telephone numbers or names."""
    joined = "\n".join(labels)
    signs = "@" in joined or "+" in joined or joined.count("\n") >= len(labels)
    # There are as many as bookings, and all but a few have a digit.
    doubtful = labels if signs else _WITHOUT_DIGIT.findall(joined)
    return {label for label in doubtful if "@" in label or label.startswith("+") or is_like_a_name(label)}


def without_secrets(text: str) -> tuple[str, int]:
    """Return the text with card, account and phone numbers and e-mail addresses taken out, and how many there were."""
    if len(text) < 5 or not (text.count("@") or sum(character.isdecimal() for character in text) >= _FEWEST_PHONE_DIGITS):
        return text, 0
    found = 0

    def masking(mark: str, test: Callable[[str], bool]) -> Callable[[re.Match[str]], str]:
        def mask(match: re.Match[str]) -> str:
            nonlocal found
            if not test(match[0]):
                return match[0]
            found += 1
            return mark

        return mask

    def mask_cards(match: re.Match[str]) -> str:
        nonlocal found
        masked = match[0]
        for start, end in reversed(_cards_among(match[0])):
            found += 1
            masked = f"{masked[:start]}{CARD_MARK}{masked[end:]}"
        return masked

    text = _DIGIT_RUN.sub(mask_cards, _ACCOUNT.sub(masking(ACCOUNT_MARK, passes_account_check), text))
    for pattern, mark, test in _KINDS:
        text = pattern.sub(masking(mark, test), text)
    return text, found


def _is_card(text: str) -> bool:
    """Tell a card number from dates in a row by its groups, which are never of two digits."""
    groups = re.split(r"[ \-]", text)
    if len(groups) > 1 and (len(groups[0]) < _SHORTEST_GROUP or min(map(len, groups)) < 3):
        return False
    digits = re.sub(r"\D", "", text)
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and len(set(digits)) > 1 and passes_luhn(digits)


def _is_phone(text: str) -> bool:
    return sum(character.isdecimal() for character in text) >= _FEWEST_PHONE_DIGITS


_KINDS: tuple[tuple[re.Pattern[str], str, Callable[[str], bool]], ...] = (
    (_PHONE, PHONE_MARK, _is_phone),
    (_MAIL, MAIL_MARK, bool),
)
