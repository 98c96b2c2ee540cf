"""Exports of other systems import by themselves: what is stored is the truth about the hotel they were written from."""

from __future__ import annotations

import csv
import math
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from hotelml_app.core.clock import FixedClock
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.simulator import SyntheticHotel, simulate
from hotelml_app.simulator.layouts import LAYOUTS, Written
from hotelml_app.simulator.layouts.records import TEST_CARD_NUMBER
from hotelml_app.store import Store
from hotelml_app.store.exported import bookings, reviews, statistics
from hotelml_app.store.hotels import properties

State = Mapping[str, object]

BOOKING_LAYOUTS = (
    *("opera_cloud", "opera_giratecheck", "opera_res_detail", "opera_email", "mews", "mews_json", "cloudbeds", "protel"),
    *("hotelsoft", "booking_com", "booking_com_es", "booking_com_de", "expedia", "airbnb"),
)
STATISTICS_LAYOUTS = ("opera_history_forecast", "opera_tsa04")
REVIEW_LAYOUTS = ("booking_com_reviews", "google_reviews")
PROFILE_OF = {"mews_json": "mews", "booking_com_es": "booking_com", "booking_com_de": "booking_com"}
DATES = ("booked_on", "arrival", "departure")


@pytest.fixture(scope="module")
def hotel() -> SyntheticHotel:
    """A small house with groups and families."""
    return simulate(seed=21, property_name="Praia Clara", days=150, rooms=30, preset="resort")


@pytest.fixture(scope="module")
def day(hotel: SyntheticHotel) -> date:
    return hotel.last_day - timedelta(days=20)


@pytest.fixture
def home(tmp_path: Path, day: date) -> Iterator[Store]:
    clock = FixedClock(datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1, hours=6))
    with Store.open(tmp_path / "home" / "hotelml.db", clock) as opened:
        yield opened


def written(name: str, hotel: SyntheticHotel, day: date, folder: Path) -> Written:
    return LAYOUTS[name].write(hotel, day, folder / f"{name}{LAYOUTS[name].suffix}")


def take_in(home: Store, truth: Written, profile: str) -> list[ImportReport]:
    reports = [import_file(path, store=home, settings_property="Praia Clara", clock=home.clock) for path in truth.paths]
    assert {report.profile for report in reports} == {profile}
    for report in reports:
        assert report.accepted + report.rejected + report.ignored == report.rows_read
    return reports


def newest_states(home: Store) -> dict[str, State]:
    with home.read() as connection:
        (only,) = properties.all(connection)
        return {
            row[1]: dict(zip(bookings.STATE_ROW_COLUMNS[1:], row[1:], strict=True))
            for chunk in bookings.iterate_states(connection, only.id)
            for row in chunk
        }


def differs(fact: State, state: State) -> list[str]:
    """Return in which of the facts an import must find, a stored booking differs."""
    wrong = []
    for name, value in fact.items():
        if name == "guests":
            found: object = (state["adults"] or 0) + (state["children"] or 0)  # type: ignore[operator]
        else:
            found = state[{"shown_room_type": "room_type", "cancelled_on": "status_on"}.get(name, name)]
        if isinstance(value, date):
            same = found == value.isoformat()
        elif isinstance(value, float):
            same = isinstance(found, float) and math.isclose(found, value, abs_tol=0.011)
        else:
            same = found == value or (name == "cancelled_on" and value is None)
        if not same:
            wrong.append(f"{name}: {found!r} is not {value!r}")
    return wrong


@pytest.mark.parametrize("name", BOOKING_LAYOUTS)
def test_every_booking_arrives_as_it_is(name: str, hotel: SyntheticHotel, day: date, home: Store, tmp_path: Path) -> None:
    truth = written(name, hotel, day, tmp_path)
    reports = take_in(home, truth, PROFILE_OF.get(name, name))
    assert sum(report.rows_read for report in reports) == truth.rows
    assert sum(report.rejected for report in reports) == 0
    states = newest_states(home)
    assert len(truth.bookings) > 5
    assert set(states) == {str(fact["reservation_id"]) for fact in truth.bookings}
    wrong = {str(fact["reservation_id"]): differs(fact, states[str(fact["reservation_id"])]) for fact in truth.bookings}
    assert not {key: found for key, found in wrong.items() if found}
    if truth.business_date is not None:
        assert reports[-1].business_date == truth.business_date
    if truth.not_bookings:
        assert sum(report.ignored for report in reports) == truth.not_bookings


@pytest.mark.parametrize("name", STATISTICS_LAYOUTS)
def test_every_night_arrives_as_it_is(name: str, hotel: SyntheticHotel, day: date, home: Store, tmp_path: Path) -> None:
    truth = written(name, hotel, day, tmp_path)
    (report,) = take_in(home, truth, name)
    assert (report.kind, report.rejected, report.business_date) == ("statistics", 0, truth.business_date)
    with home.read() as connection:
        (only,) = properties.all(connection)
        found = {(row.stay_date, row.room_type): row for row in statistics.all(connection, only.id)}
    assert only.business_date == day
    for fact in truth.nights:
        row = found.pop((fact["stay_date"], fact["room_type"]))  # type: ignore[index]
        for figure in ("rooms_sold", "capacity", "out_of_order", "arrivals", "revenue", "adr"):
            assert getattr(row, figure) == pytest.approx(fact[figure], abs=0.011)
    assert not found


@pytest.mark.parametrize("name", REVIEW_LAYOUTS)
def test_every_review_arrives_as_it_is(name: str, hotel: SyntheticHotel, day: date, home: Store, tmp_path: Path) -> None:
    truth = written(name, hotel, day, tmp_path)
    (report,) = take_in(home, truth, name)
    assert report.accepted == truth.rows
    with home.read() as connection:
        (only,) = properties.all(connection)
        stored = reviews.all(connection, only.id)
    texts = ("title", "positive", "negative", "body")

    def told(review: object) -> tuple[object, ...]:
        get = review.get if isinstance(review, Mapping) else lambda field, _: getattr(review, field)
        shown = [" ".join(str(get(text, "")).split()) for text in texts]
        return (str(get("reviewed_on", "")), round(float(str(get("score", 0))), 6), *shown)

    assert sorted(map(told, stored)) == sorted(map(told, truth.reviews))


@pytest.mark.parametrize("name", ["protel", "mews_json"])
def test_card_numbers_in_notes_do_not_survive(name: str, hotel: SyntheticHotel, day: date, home: Store, tmp_path: Path) -> None:
    truth = written(name, hotel, day, tmp_path)
    assert truth.card_numbers > 0
    take_in(home, truth, PROFILE_OF.get(name, name))
    for file in home.path.parent.rglob("*"):
        assert not file.is_file() or TEST_CARD_NUMBER.encode() not in file.read_bytes()


@pytest.mark.parametrize("name", ["cloudbeds", "opera_cloud", "hotelsoft"])
def test_an_export_saved_as_excel_gives_the_same_bookings(
    name: str, hotel: SyntheticHotel, day: date, home: Store, tmp_path: Path
) -> None:
    truth = written(name, hotel, day, tmp_path)
    book_path = tmp_path / "book.xlsx"
    with truth.path.open(newline="", encoding="utf-8") as file, xlsxwriter.Workbook(book_path) as book:
        sheet = book.add_worksheet("Export")
        for number, row in enumerate(csv.reader(file)):
            sheet.write_row(number, 0, row)
    (report,) = take_in(home, Written((book_path,), truth.rows), name)
    again = import_file(truth.path, store=home, settings_property="Praia Clara", clock=home.clock)
    assert (again.created, again.changed, again.unchanged) == (0, 0, report.accepted)


def test_a_night_audit_archive_is_opened(hotel: SyntheticHotel, day: date, home: Store, tmp_path: Path) -> None:
    truth = written("opera_giratecheck", hotel, day, tmp_path)
    archive = tmp_path / "giratecheck.aud"
    with zipfile.ZipFile(archive, "w") as package:
        package.write(truth.path, truth.path.name)
    (report,) = take_in(home, Written((archive,), truth.rows), "opera_giratecheck")
    assert report.accepted == len(truth.bookings)


def test_a_property_known_by_a_code_is_the_one_whose_exports_named_none(
    hotel: SyntheticHotel, day: date, home: Store, tmp_path: Path
) -> None:
    """The portal's list names no property, OPERA knows it by a code; another hotel's name is another hotel."""
    for name in ("expedia", "opera_tsa04"):
        import_file(written(name, hotel, day, tmp_path).path, store=home, settings_property="Praia Clara", clock=home.clock)
    with home.read() as connection:
        assert [row.name for row in properties.all(connection)] == ["Praia Clara"]
    other = simulate(seed=3, property_name="Vila Escura", days=120, rooms=10)
    import_file(written("opera_cloud", other, other.last_day, tmp_path).path, store=home, clock=home.clock)
    with home.read() as connection:
        assert [row.name for row in properties.all(connection)] == ["Praia Clara", "Vila Escura"]


@pytest.mark.parametrize("set_up_as", ["Praia Clara", "Praia"])
def test_a_property_whose_bookings_told_its_name_is_known_by_the_code_beside_it_in_its_nightly_figures(
    set_up_as: str, hotel: SyntheticHotel, day: date, home: Store, tmp_path: Path
) -> None:
    for name in ("opera_cloud", "opera_tsa04"):
        report = import_file(written(name, hotel, day, tmp_path).path, store=home, settings_property=set_up_as, clock=home.clock)
        assert [share.name for share in report.properties] == [set_up_as]
    with home.read() as connection:
        assert [row.name for row in properties.all(connection)] == [set_up_as]
    again = import_file(written("opera_tsa04", hotel, hotel.last_day, tmp_path).path, store=home, clock=home.clock)
    assert [share.name for share in again.properties] == [set_up_as]
