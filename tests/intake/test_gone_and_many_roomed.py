"""Bookings that are left out of the next export, several rooms under one number, and words that are no guest's booking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.doctor.findings import Finding, FindingKind
from hotelml_app.intake.errors import NothingUsableError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.values.statuses import Odd, read_status
from hotelml_app.store import Store

WriteExport = Callable[..., Path]


def coming(count: int, day: str) -> list[dict[str, str]]:
    first = date(2025, 6, 5)
    return [
        {
            "reservation_id": f"B{n}",
            "arrival": f"{first + timedelta(n):%Y-%m-%d}",
            "departure": f"{first + timedelta(n + 2):%Y-%m-%d}",
            "business_date": day,
        }
        for n in range(count)
    ]


def findings_after(store: Store, tmp_path: Path, write_export: WriteExport, kept: Callable[[int], bool]) -> list[Finding]:
    import_file(write_export(tmp_path / "a.csv", coming(40, "2025-06-01")), store=store, clock=store.clock)
    later = [row for n, row in enumerate(coming(40, "2025-06-02")) if kept(n)]
    report = import_file(write_export(tmp_path / "b.csv", later), store=store, clock=store.clock)
    return [one for one in report.findings if one.kind is FindingKind.GONE_BOOKINGS]


def test_bookings_to_come_that_a_full_export_leaves_out_want_a_person(
    store: Store, tmp_path: Path, write_export: WriteExport
) -> None:
    (finding,) = findings_after(store, tmp_path, write_export, lambda n: n % 6 > 0)
    assert finding.wants_person
    assert finding.sentence.startswith("7 bookings to come, in the last export, are not in this one, which holds 33 others.")
    assert sum(state["status"] == BookingStatus.RESERVED for state in newest(store).values()) == 40


def test_one_that_is_left_out_is_told_and_calls_nobody(store: Store, tmp_path: Path, write_export: WriteExport) -> None:
    (finding,) = findings_after(store, tmp_path, write_export, lambda n: n != 6)
    assert not finding.wants_person
    assert "1 booking to come, in the last export, is not" in finding.sentence


@pytest.mark.parametrize("kept", [lambda _: True, lambda n: n < 30, lambda n: n % 5 == 0])
def test_a_whole_export_a_shorter_one_and_one_of_changes_leave_nobody_out(
    store: Store, tmp_path: Path, write_export: WriteExport, kept: Callable[[int], bool]
) -> None:
    assert findings_after(store, tmp_path, write_export, kept) == []


CLOUDBEDS = (
    "Reservation Number,Third Party Confirmation Number,Check in Date,Check out Date,Reservation Date,Status,Room Type,"
    "Room Number,Accommodation Total,Adults"
)


def take_in(store: Store, path: Path, rows: list[str]) -> dict[str, dict[str, object]]:
    path.write_text("\n".join([CLOUDBEDS, *rows]), encoding="utf-8")
    import_file(path, store=store, settings_property="The Inn", clock=store.clock)
    return newest(store)


def test_rooms_of_one_number_each_in_a_row_are_all_kept_whatever_their_order(store: Store, tmp_path: Path) -> None:
    rows = [f"77,x,2025-06-10,2025-06-12,2025-05-20,Confirmed,{kind},{room},200.00,2" for kind, room in (("DBL", 1), ("SUI", 9))]
    found = take_in(store, tmp_path / "a.csv", rows)
    assert {number: state["room_type"] for number, state in found.items()} == {"77": "DBL", "77/2": "SUI"}
    assert take_in(store, tmp_path / "b.csv", rows[::-1]) == found


def rooms_of_77(*rooms: tuple[str, str, str]) -> list[str]:
    return [f"77,x,2025-06-10,2025-06-12,2025-05-20,{status},{kind},{room},200.00,2" for kind, room, status in rooms]


def test_rooms_of_one_number_stay_themselves_when_their_numbers_are_given(store: Store, tmp_path: Path) -> None:
    take_in(store, tmp_path / "2025-05-30.csv", rooms_of_77(("DBL", "", "Confirmed"), ("SUI", "", "Confirmed")))
    given = rooms_of_77(("DBL", "205", "Confirmed"), ("SUI", "101", "Confirmed"))
    found = take_in(store, tmp_path / "2025-05-31.csv", given)
    assert {number: (state["room_type"], state["room"]) for number, state in found.items()} == {
        "77": ("DBL", "205"),
        "77/2": ("SUI", "101"),
    }


@pytest.mark.parametrize("status", [BookingStatus.CANCELLED, BookingStatus.IN_HOUSE])
@pytest.mark.parametrize("turned", [1, -1])
def test_one_of_the_rooms_of_a_number_is_cancelled_or_comes_before_the_others(
    store: Store, tmp_path: Path, status: BookingStatus, turned: int
) -> None:
    take_in(store, tmp_path / "2025-05-30.csv", rooms_of_77(("DBL", "", "Confirmed"), ("SUI", "", "Confirmed")))
    word = {BookingStatus.CANCELLED: "Canceled", BookingStatus.IN_HOUSE: "In-House"}[status]
    rows = rooms_of_77(("DBL", "", word), ("SUI", "", "Confirmed"))[::turned]
    found = take_in(store, tmp_path / "2025-05-31.csv", rows)
    assert {number: (state["room_type"], state["status"]) for number, state in found.items()} == {
        "77": ("DBL", status),
        "77/2": ("SUI", BookingStatus.RESERVED),
    }


@pytest.mark.parametrize(
    "other",
    [
        "77,x,2025-06-10,2025-06-12,2025-05-20,Canceled,SUI,9,200.00,2",
        "77,x,2025-06-11,2025-06-13,2025-05-20,Confirmed,SUI,9,200.00,2",
        "77,x,2025-06-10,2025-06-12,2025-05-20,Confirmed,DBL,1,250.00,2",
        "77,x,2025-06-10,2025-06-12,2025-05-20,Confirmed,,,250.00,2",
    ],
)
def test_versions_of_a_booking_are_no_rooms(store: Store, tmp_path: Path, other: str) -> None:
    found = take_in(store, tmp_path / "a.csv", ["77,x,2025-06-10,2025-06-12,2025-05-20,Confirmed,DBL,1,200.00,2", other])
    assert found.keys() == {"77"}


def test_a_file_without_a_single_number_is_refused_in_words(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NothingUsableError, match="the booking has no number"):
        take_in(store, tmp_path / "a.csv", [",x,2025-06-10,2025-06-12,2025-05-20,Confirmed,DBL,1,200.00,2"])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Pre-checked-in", BookingStatus.RESERVED),
        ("Reinstated", BookingStatus.RESERVED),
        ("TEN", BookingStatus.TENTATIVE),
        ("W/L", BookingStatus.TENTATIVE),
        ("Optiert", BookingStatus.TENTATIVE),
        ("Liste d'attente", BookingStatus.TENTATIVE),
        ("Excluída", BookingStatus.CANCELLED),
        ("Option expired", BookingStatus.CANCELLED),
        ("I/H", BookingStatus.IN_HOUSE),
        ("DNS", BookingStatus.NO_SHOW),
        ("OOO", Odd.NO_BOOKING),
        ("Außer Betrieb", Odd.NO_BOOKING),
        ("Hors service", Odd.NO_BOOKING),
        ("Fuera de servicio", Odd.NO_BOOKING),
        ("Bloqueado", Odd.NO_BOOKING),
        ("Geblokkeerd", Odd.NO_BOOKING),
    ],
)
def test_words_of_the_desk_mean_what_it_means(text: str, status: BookingStatus | Odd) -> None:
    assert read_status(text) is status
