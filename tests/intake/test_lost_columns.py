"""A report that loses a column: what was known stays known, whichever column it is and in whatever order exports come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from dropped import newest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import known_stays

WriteExport = Callable[..., Path]
HEADER = (
    "property",
    "reservation_id",
    "booked_on",
    "arrival",
    "departure",
    "status",
    "status_date",
    "room_type",
    "rate_code",
    "adr",
    "total",
    "currency",
    "adults",
    "business_date",
)
DISPENSABLE = ("booked_on", "status", "status_date", "room_type", "rate_code", "adr", "total", "currency", "adults")
BOOKINGS = (
    {"status": "Cancelled", "status_date": "2025-05-20"},
    {"arrival": "2025-05-28", "departure": "2025-05-31", "status": "Checked out", "status_date": "2025-05-31", "adr": "80.5"},
    {"room_type": "SGL", "adults": "1", "rate_code": "CORP"},
    {"arrival": "2025-05-28", "departure": "2025-05-30", "status": "No show", "status_date": "2025-05-28", "total": "161"},
)
NEXT_DAY = {"business_date": "2025-06-02"}


def without(*columns: str) -> tuple[str, ...]:
    return tuple(name for name in HEADER if name not in columns)


def later(bookings: Sequence[dict[str, str]] = BOOKINGS, **changed: str) -> list[dict[str, str]]:
    return [{**one, **NEXT_DAY, **changed} for one in bookings]


@pytest.fixture
def take(store: Store, tmp_path: Path, write_export: WriteExport) -> Callable[..., ImportReport]:
    """Import bookings under a header."""

    def taken(bookings: Sequence[dict[str, str]], header: Sequence[str] = HEADER) -> ImportReport:
        path = write_export(tmp_path / f"{len(list(tmp_path.glob('*.csv')))}.csv", bookings, header=header)
        return import_file(path, store=store, clock=store.clock)

    return taken


@pytest.mark.parametrize("column", DISPENSABLE)
def test_a_full_export_without_a_column_changes_no_booking(store: Store, take: Callable[..., ImportReport], column: str) -> None:
    take(BOOKINGS)
    before = newest(store)
    report = take(later(), without(column))
    assert newest(store) == before
    assert (report.changed, report.unchanged) == (0, len(BOOKINGS))


def test_new_bookings_of_such_an_export_simply_lack_it_and_staff_are_told(
    store: Store, take: Callable[..., ImportReport]
) -> None:
    take(BOOKINGS)
    report = take([*later(), {**NEXT_DAY, "arrival": "2025-06-20", "departure": "2025-06-21"}], without("adr", "total"))
    found = newest(store)
    assert found["HH-5"]["adr"] is None
    assert found["HH-2"]["adr"] == 80.5
    assert any("does not say" in note and "of 4 bookings is kept" in note for note in report.notes), report.notes


def test_a_blank_cell_of_a_column_that_is_there_is_believed(store: Store, take: Callable[..., ImportReport]) -> None:
    take(BOOKINGS)
    take(later(rate_code=""))
    assert {row["rate_code"] for row in newest(store).values()} == {""}


def test_what_does_change_is_taken_beside_what_is_kept(store: Store, take: Callable[..., ImportReport]) -> None:
    take(BOOKINGS)
    report = take(later(BOOKINGS[2:3], reservation_id="HH-3", departure="2025-06-14"), without("adr", "total", "room_type"))
    row = newest(store)["HH-3"]
    assert (row["departure"], row["room_type"], row["adr"]) == ("2025-06-14", "SGL", 100.0)
    assert row["total"] is None, "a total price of other nights"
    assert report.changed == 1


def test_where_the_export_dates_cancellations_a_blank_day_takes_one_back(
    store: Store, take: Callable[..., ImportReport], tmp_path: Path
) -> None:
    take([*BOOKINGS, *({"arrival": f"2025-06-{day}", "departure": f"2025-06-{day + 2}"} for day in range(11, 26))])
    lines = ["Reservation number;Booked on;Arrival;Departure;Cancelled on"]
    lines += ["HH-1;2025-03-01;2025-06-10;2025-06-12;", "HH-2;2025-03-01;2025-05-28;2025-05-31;"]
    lines += [f"HH-{4 + n};2025-03-01;2025-06-{10 + n};2025-06-{12 + n};2025-05-{10 + n}" for n in range(1, 10)]
    path = tmp_path / "by day of cancellation 2025-06-02.csv"
    path.write_text("\n".join(lines))
    report = import_file(path, store=store, clock=store.clock)
    found = newest(store)
    assert found["HH-1"]["status"] == BookingStatus.RESERVED, report
    assert found["HH-2"]["status"] == BookingStatus.CHECKED_OUT
    assert found["HH-5"]["status"] == BookingStatus.CANCELLED


def test_a_price_is_kept_only_while_the_other_price_stands(store: Store, take: Callable[..., ImportReport]) -> None:
    take([{}, {}])
    take([NEXT_DAY, {**NEXT_DAY, "total": "260"}], without("adr"))
    found = newest(store)
    assert (found["HH-1"]["adr"], found["HH-1"]["total"]) == (100.0, 200.0)
    assert (found["HH-2"]["adr"], found["HH-2"]["total"]) == (None, 260.0)


def test_an_older_export_is_completed_from_what_was_known_then(store: Store, take: Callable[..., ImportReport]) -> None:
    take([{"adr": "100"}])
    take([{"adr": "150", "business_date": "2025-06-03"}])
    take([{"departure": "2025-06-13", "business_date": "2025-06-02"}], without("adr", "total"))
    with store.read() as connection:
        states = connection.execute("SELECT as_of, departure, adr FROM booking_states ORDER BY as_of").fetchall()
    assert [tuple(state) for state in states] == [
        ("2025-06-01", "2025-06-12", 100.0),
        ("2025-06-02", "2025-06-13", 100.0),
        ("2025-06-03", "2025-06-12", 150.0),
    ]


@pytest.mark.parametrize(("older_tells", "booked"), [(True, "2025-03-01"), (False, "2025-06-01")])
@pytest.mark.parametrize("older_first", [True, False])
def test_a_booking_was_made_by_the_day_that_tells_it_whichever_export_comes_first(
    store: Store, take: Callable[..., ImportReport], older_tells: bool, booked: str, older_first: bool
) -> None:
    silent = without("booked_on", "status_date")
    older = ([{}], HEADER if older_tells else silent)
    newer = ([{"business_date": "2025-06-05"}], silent)
    for bookings, header in (older, newer) if older_first else (newer, older):
        take(bookings, header)
    assert newest(store)["HH-1"]["booked_on"] == booked


@given(lost=st.lists(st.sets(st.sampled_from(DISPENSABLE), max_size=5), min_size=1, max_size=3))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_columns_come_and_go_nothing_known_is_lost(write_export: WriteExport, lost: list[set[str]]) -> None:
    clock = FixedClock(datetime(2025, 6, 9, 6, tzinfo=UTC))
    with TemporaryDirectory() as folder, Store.open(Path(folder) / "hotelml.db", clock) as store:
        import_file(write_export(Path(folder) / "full.csv", BOOKINGS), store=store, clock=clock)
        before = newest(store)
        for number, columns in enumerate(lost):
            path = write_export(
                Path(folder) / f"{number}.csv",
                [{**one, "business_date": f"2025-06-0{2 + number}"} for one in BOOKINGS],
                header=without(*columns),
            )
            import_file(path, store=store, clock=clock)
        assert newest(store) == before


def test_only_columns_of_a_state_can_be_asked_for(store: Store) -> None:
    with store.read() as connection, pytest.raises(ValueError, match="no columns"):
        known_stays.filled_columns(connection, 1, ["adr; DROP TABLE bookings"])


def test_staff_are_told_once_that_cancellations_come_without_their_day(take: Callable[..., ImportReport]) -> None:
    said = "The export does not say when 1 of the bookings were cancelled."
    assert any(note.startswith(said) for note in take(BOOKINGS, without("status_date")).notes)
    assert not any("were cancelled. HotelML assumes" in note for note in take(later(), without("status_date")).notes)


def test_nothing_is_said_of_cancellations_that_come_with_their_day(take: Callable[..., ImportReport]) -> None:
    assert not any("were cancelled. HotelML assumes" in note for note in take(BOOKINGS).notes)


def test_staff_are_told_once_that_the_days_of_booking_are_missing(take: Callable[..., ImportReport]) -> None:
    said = "does not say when its bookings were made"
    assert any(said in note for note in take(BOOKINGS, without("booked_on")).notes)
    assert not any(said in note for note in take(later(), without("booked_on")).notes)


@pytest.mark.parametrize(
    ("lost", "coming", "said"),
    [
        ({}, {}, None),
        (
            {"adr": "0", "total": "0", "departure": "2025-05-28"},
            {},
            "cancelled or did not come, the export leaves out: nights, price per night, total price.",
        ),
        ({"rate_code": ""}, {"rate_code": ""}, "Only for guests who have arrived, the export gives: rate code."),
    ],
)
def test_staff_are_told_what_the_export_empties_of_lost_bookings_or_fills_at_arrival(
    take: Callable[..., ImportReport], lost: dict[str, str], coming: dict[str, str], said: str | None
) -> None:
    past = {"arrival": "2025-05-28", "departure": "2025-05-30"}
    rows = [
        one for _ in range(40) for one in ({**past, "status": "Checked out"}, {**past, "status": "Cancelled", **lost}, coming)
    ]
    told = [note for note in take(rows).notes if "leaves out:" in note or "Only for guests" in note]
    assert (said in told[0]) if said else not told


@pytest.mark.parametrize(
    ("column", "first", "later"),
    [
        ("Storniert am", "", "20.05.2025"),
        ("Status", "", "Storniert"),
        ("Storniert", "", "X"),
        ("Storniert", "Nein", "Ja"),
        ("Storniert", "0", "1"),
    ],
)
def test_cancelled_bookings_are_told_by_a_column_that_had_none_to_tell_of_at_first(
    store: Store, tmp_path: Path, column: str, first: str, later: str
) -> None:
    for day, told in (("2025-06-01", first), ("2025-06-02", later)):
        lines = [f"Buchungsnr;Anreise;Abreise;Zimmertyp;Preis;{column};Gebucht am"]
        for number in range(60):
            stay = f"{number % 28 + 1:02}.07.2025;{number % 28 + 3:02}.07.2025;{('DZ', 'EZ')[number % 2]}"
            lines.append(f"{1000 + 7 * number};{stay};{90 + number},00;{first if number % 6 else told};01.05.2025")
        path = tmp_path / f"liste {day}.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        import_file(path, store=store, clock=store.clock)
    lost = {number for number, row in newest(store).items() if row["status"] == BookingStatus.CANCELLED}
    assert lost == {str(1000 + 7 * number) for number in range(0, 60, 6)}
