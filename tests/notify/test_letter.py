"""What a letter says."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from hotelml_app.core.events import ExportMissing
from hotelml_app.notify.letter import Letter, trial_letter
from hotelml_app.notify.told import told_of

AT = datetime(2016, 5, 1, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("country", "head", "day"),
    [("PT", "28 Nov 2026 23:35", "Fri 27 Nov 2026"), ("US", "Nov 28, 2026 11:35 PM", "Fri Nov 27, 2026")],
)
def test_a_letter_writes_days_as_the_country_of_the_hotel_does(country: str, head: str, day: str) -> None:
    missing = told_of(ExportMissing("Grand", date(2026, 11, 27), 2))
    assert missing is not None
    letter = Letter("1", "Grand", ((missing, datetime(2026, 11, 28, 23, 35).astimezone()),), country)
    assert letter.text.startswith(f"{head}  Last night's export is missing")
    assert f"the newest export is from the end of {day}, 2 days ago." in letter.text


def test_the_letter_of_a_test_says_that_it_is_one() -> None:
    assert trial_letter("1", "", AT).subject == "HotelML: This is a test"
