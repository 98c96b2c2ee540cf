"""Damage in a file: rows slipped by a cell and garbled cells are set aside, never stored wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store

HOUSE = "Harbour House"
HEADER = ["Booking number", "Booked on", "Arrival", "Departure", "Nights", "Room type", "Rate", "Total", "Status", "Channel"]
ROWS = 300
SPOILED = range(7, ROWS, 40)

Cells = list[str]


def hotel() -> list[Cells]:
    draw, rows = random.Random(2), []
    for number in range(ROWS):
        booked = date(2025, 1, 1) + timedelta(number // 3)
        arrival, nights, rate = booked + timedelta(draw.randrange(1, 90)), draw.randrange(1, 6), draw.randrange(70, 130)
        days = [booked.isoformat(), arrival.isoformat(), (arrival + timedelta(nights)).isoformat()]
        prices = [f"{rate}.50", f"{(rate + 0.5) * nights:.2f}"]
        state, channel = draw.choice(["Confirmed", "Confirmed", "Cancelled"]), draw.choice(["Phone", "Portal", "Walk-in"])
        rows.append([f"B-{number:05}", *days, str(nights), draw.choice(["DBL", "SGL"]), *prices, state, channel])
    return rows


def take_in(store: Store, path: Path, spoil: Callable[[Cells], Cells]) -> tuple[ImportReport, dict[str, dict[str, object]]]:
    rows = [spoil(row) if number in SPOILED else row for number, row in enumerate(hotel())]
    path.write_text("\n".join(";".join(row) for row in [HEADER, *rows]), encoding="utf-8")
    report = import_file(path, store=store, settings_property=HOUSE, clock=store.clock)
    return report, newest(store)


def wrong(known: dict[str, dict[str, object]]) -> list[str]:
    """Return the numbers of bookings that are stored otherwise than they are; a blank price or room type is not wrong."""
    truth = {row[0]: row for row in hotel()}
    found = [number for number in known if number not in truth]
    for number, state in known.items():
        _, booked, arrival, departure, _, kind, rate, total, status, _ = truth.get(number, [""] * 10)
        stands = (booked, arrival, departure) == (state["booked_on"], state["arrival"], state["departure"])
        meant = BookingStatus.CANCELLED if status == "Cancelled" else BookingStatus.RESERVED
        prices = state["adr"] in (None, float(rate or 0)) and state["total"] in (None, float(total or 0))
        if not (stands and state["status"] == meant and state["room_type"] in ("", kind) and prices):
            found.append(number)
    return found


@pytest.mark.parametrize("at", range(1, len(HEADER) - 1))
@pytest.mark.parametrize("left", [True, False])
def test_a_row_that_slipped_by_a_cell_is_never_stored_wrong(at: int, left: bool, store: Store, tmp_path: Path) -> None:
    def slip(row: Cells) -> Cells:
        return [*row[:at], *row[at + 1 :], ""] if left else [*row[:at], "", *row[at:-1]]

    report, known = take_in(store, tmp_path / "a.csv", slip)
    assert wrong(known) == []
    assert report.rejected <= len(SPOILED)
    assert report.accepted >= ROWS - len(SPOILED)


@pytest.mark.parametrize(
    ("column", "text", "rejected"),
    [
        ("Room type", "q?9x", False),
        ("Rate", "99999", False),
        ("Total", "0", False),
        ("Status", "q?9", True),
        ("Status", "", True),
        ("Booking number", "?", True),
    ],
)
def test_a_garbled_cell_is_left_blank_or_its_row_set_aside(
    column: str, text: str, rejected: bool, store: Store, tmp_path: Path
) -> None:
    place, marks = HEADER.index(column), iter("?" * number if "?" in text else "" for number in range(len(SPOILED)))

    def garble(row: Cells) -> Cells:
        return [*row[:place], f"{text}{next(marks)}", *row[place + 1 :]]

    report, known = take_in(store, tmp_path / "a.csv", garble)
    assert wrong(known) == []
    assert report.rejected == (len(SPOILED) if rejected else 0)


@pytest.mark.parametrize(("text", "rejected"), [("q?9x", 0), ("0", 0), ("", 0), ("Foo Bar", 1)])
def test_a_garbled_property_founds_no_hotel(text: str, rejected: int, store: Store, tmp_path: Path) -> None:
    lines = [";".join(["Property", *HEADER])]
    lines += [";".join([text if number == 50 else HOUSE, *row]) for number, row in enumerate(hotel())]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    report = import_file(tmp_path / "a.csv", store=store, settings_property=HOUSE, clock=store.clock)
    assert ([share.name for share in report.properties], report.rejected) == ([HOUSE], rejected)


def test_what_is_unusual_but_in_order_stays(store: Store, tmp_path: Path) -> None:
    def rare(row: Cells) -> Cells:
        return [*row[:5], "QDP" if row[0] == "B-00007" else row[5], *row[6:9], "Fax"]

    report, known = take_in(store, tmp_path / "a.csv", rare)
    assert (report.accepted, report.rejected) == (ROWS, 0)
    assert known["B-00007"]["room_type"] == "QDP"


def test_rooms_let_by_day_keep_their_price(store: Store, tmp_path: Path) -> None:
    report, known = take_in(store, tmp_path / "a.csv", lambda row: [*row[:3], row[2], "0", row[5], "60.50", "60.50", *row[8:]])
    assert report.rejected == 0
    assert {(known[f"B-{n:05}"]["adr"], known[f"B-{n:05}"]["total"]) for n in SPOILED} == {(60.5, 60.5)}
    assert not any("price per night" in note for note in report.notes if note.startswith("In "))
