"""Bookings that go on under other numbers than before: a new PMS, or another column of the same one."""

from __future__ import annotations

from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.file_content import FileContent


def new_numbers(content: FileContent, property_id: int) -> list[Finding]:
    """Return what to say where known bookings of a property got the numbers of an export."""
    return [
        Finding(
            FindingKind.NEW_NUMBERS,
            f"The export gives {taken.bookings:,} known bookings other numbers: {taken.known_as!r} is now {taken.number!r}. They "
            f"are the same bookings and count once, with all that is known of them.{_left_over(taken.cancelled)}",
            "If this is a new PMS, look through the coming nights on the Forecast page once; drop no more exports of the former "
            "PMS. If it is not, put the column with the former numbers back into the report.",
            wants_person=True,
            was=taken.known_as,
            now=taken.number,
        )
        for taken in content.new_numbers
        if taken.property_id == property_id
    ]


def _left_over(cancelled: int) -> str:
    if not cancelled:
        return ""
    what = "1 booking to come is" if cancelled == 1 else f"{cancelled:,} bookings to come are"
    return f" {what} not in it under any number: taken as cancelled."
