"""Words of guests and staff: cleaned, and without card numbers and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.intake.values.secrets import (
    ACCOUNT_MARK,
    CARD_MARK,
    MAIL_MARK,
    PHONE_MARK,
    passes_luhn,
    without_secrets,
)
from hotelml_app.intake.values.words import header_word, word


def test_words_are_cleaned_but_not_changed() -> None:
    assert word(" Deluxe  King\u00a0 ") == "Deluxe King"
    assert word("NULL") == word("n/a") == word(" - ") == ""
    assert word("NA") == "NA"
    assert word("NA", {"na"}) == ""
    assert header_word("\ufeff Check-in\u00b9 *") == "check-in"
    assert header_word("Check-in (1)") == header_word("Check-in [2]*") == "check-in"
    assert header_word("Rate (net)") == "rate (net)"


def test_card_numbers_and_addresses_are_taken_out_of_words() -> None:
    assert without_secrets("card 4111 1111 1111 1111 exp 12/27") == (f"card {CARD_MARK} exp 12/27", 1)
    assert without_secrets("write to ada@example.org") == (f"write to {MAIL_MARK}", 1)
    assert without_secrets("booking 4111111111111112") == ("booking 4111111111111112", 0)
    assert without_secrets("0.1234567890123456789") == ("0.1234567890123456789", 0)
    assert passes_luhn("4111111111111111")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("4111 1111 1111 1111.", f"{CARD_MARK}."),
        ("room 102 4111-1111-1111-1111, 378282246310005", f"room 102 {CARD_MARK}, {CARD_MARK}"),
        ("no.4111111111111111", f"no.{CARD_MARK}"),
        ("3782 822463 10005", CARD_MARK),
        ("call +49 170 5551234 or 0170/555 12 34.", f"call {PHONE_MARK} or {PHONE_MARK}."),
        ("(555) 123-4567, 555.123.4567", f"{PHONE_MARK}, {PHONE_MARK}"),
        ("IBAN DE89 3704 0044 0532 0130 00", f"IBAN {ACCOUNT_MARK}"),
    ],
)
def test_secrets_are_found_in_whatever_way_they_are_typed(text: str, kept: str) -> None:
    assert without_secrets(text)[0] == kept


@pytest.mark.parametrize(
    "text",
    [
        "2025-06-10 2025-06-12 2025-06-14",
        "01/02/2024 - 05/06/2024, 10:00-18:00",
        "0800-1800",
        "1.234.567,89 EUR",
        "DBL-SEA 2 x 1,250.00",
        "XX00 1234 5678 9012 3456",
        "2025061020250612",
        "48.137154, 11.576124",
    ],
)
def test_dates_amounts_and_codes_are_no_secrets(text: str) -> None:
    assert without_secrets(text) == (text, 0)


@given(st.text(st.sampled_from("0123456789 -+.()@aZ"), max_size=60))
def test_taking_out_twice_takes_out_no_more(text: str) -> None:
    assert without_secrets(without_secrets(text)[0])[1] == 0
