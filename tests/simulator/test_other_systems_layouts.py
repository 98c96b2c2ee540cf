"""The hotel written in other systems' layouts: their headers, their quirks, and a truth that the file really holds."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
import python_calamine
from shared_data import PMS

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator import SyntheticHotel, simulate
from hotelml_app.simulator.layouts import LAYOUTS, Written, records_at
from hotelml_app.simulator.layouts.opera_cloud import ROWS_PER_FILE
from hotelml_app.simulator.layouts.records import TEST_CARD_NUMBER, oracle_number


@pytest.fixture(scope="module")
def hotel() -> SyntheticHotel:
    """A small house with groups, families and full nights."""
    return simulate(seed=21, property_name="Praia Clara", days=200, rooms=50, preset="resort")


@pytest.fixture(scope="module")
def day(hotel: SyntheticHotel) -> date:
    return hotel.last_day - timedelta(days=20)


@pytest.fixture(scope="module")
def files(hotel: SyntheticHotel, day: date, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Written]:
    """Every layout, written once."""
    folder = tmp_path_factory.mktemp("layouts")
    return {name: layout.write(hotel, day, folder / f"{name}{layout.suffix}") for name, layout in LAYOUTS.items()}


def csv_rows(path: Path, *, encoding: str = "utf-8", delimiter: str = ",") -> tuple[list[str], list[dict[str, str]]]:
    with path.open(newline="", encoding=encoding) as file:
        header, *rows = csv.reader(file, delimiter=delimiter)
    return header, [dict(zip(header, row, strict=True)) for row in rows]


def sheet(path: Path, name: str | int) -> list[list[object]]:
    book = python_calamine.load_workbook(str(path))
    found = book.get_sheet_by_index(name) if isinstance(name, int) else book.get_sheet_by_name(name)
    return found.to_python()


def known_header(name: str) -> list[str]:
    return json.loads((PMS / "pms_headers.json").read_text(encoding="utf-8"))[name]["header"]


def by_id(truth: Written) -> dict[str, dict[str, object]]:
    return {str(booking["reservation_id"]): dict(booking) for booking in truth.bookings}


@pytest.mark.parametrize(
    ("layout", "known"),
    [
        ("opera_cloud", "opera_cloud_manage_reservation_csv"),
        ("opera_email", "opera_reservation_email_xml"),
        ("opera_tsa04", "opera_tsa04_csv"),
        ("cloudbeds", "cloudbeds_reservations"),
        ("hotelsoft", "hotelsoft_stay_nights"),
        ("airbnb", "airbnb_reservations"),
        ("booking_com_reviews", "booking_com_reviews"),
    ],
)
def test_csv_headers_are_those_of_the_real_exports(layout: str, known: str, files: dict[str, Written]) -> None:
    header, rows = csv_rows(files[layout].path)
    assert header == known_header(known)
    assert len(rows) == min(files[layout].rows, ROWS_PER_FILE if layout == "opera_cloud" else files[layout].rows)


def test_headers_in_other_containers_are_those_of_the_real_exports(files: dict[str, Written]) -> None:
    assert csv_rows(files["protel"].path, encoding="cp1252", delimiter=";")[0] == known_header("protel_sql_list")
    assert csv_rows(files["expedia"].path, encoding="utf-8-sig")[0] == known_header("expedia_partner_central")
    assert sheet(files["mews"].path, "Reservations")[0] == known_header("mews_reservation_report")
    for language, known in (("", "booking_com_en"), ("_es", "booking_com_es"), ("_de", "booking_com_de_partial")):
        assert sheet(files[f"booking_com{language}"].path, 0)[0] == known_header(known)
    night = ElementTree.parse(files["opera_history_forecast"].path).getroot().find(".//G_CONSIDERED_DATE")
    assert night is not None
    assert [tag.tag for tag in night] == known_header("opera_history_forecast_xml")


def test_xml_records_have_the_tags_of_the_real_report(files: dict[str, Written]) -> None:
    ours = ElementTree.parse(files["opera_giratecheck"].path).getroot().find("LIST_G_RESERVATION/G_RESERVATION")
    real = ElementTree.parse(PMS / "opera_giratecheck.xml").getroot().find("LIST_G_RESERVATION/G_RESERVATION")
    assert ours is not None
    assert real is not None
    assert [tag.tag for tag in ours] == [tag.tag for tag in real]


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_layout_is_deterministic_whole_and_says_what_is_in_it(
    name: str, hotel: SyntheticHotel, day: date, files: dict[str, Written], tmp_path: Path
) -> None:
    truth = files[name]
    assert truth.rows > 0
    assert truth.bookings or truth.nights or truth.reviews
    again = LAYOUTS[name].write(hotel, day, tmp_path / truth.path.name)
    assert (again.rows, again.bookings, again.nights, again.reviews) == (truth.rows, truth.bookings, truth.nights, truth.reviews)
    assert not list(truth.path.parent.glob("*.part"))
    if truth.path.suffix not in (".xlsx", ".xls"):
        assert again.path.read_bytes() == truth.path.read_bytes()
    if truth.bookings:
        assert len(by_id(truth)) == len(truth.bookings)


def test_opera_cloud_splits_pages_and_holds_shares_and_posting_masters(files: dict[str, Written], day: date) -> None:
    truth = files["opera_cloud"]
    rows = [row for path in truth.paths for row in csv_rows(path)[1]]
    assert len(truth.paths) == -(-truth.rows // ROWS_PER_FILE) > 1
    assert len(rows) == truth.rows
    assert truth.path.read_bytes().startswith(b'"Display Color","I Want To..."')
    assert b"\r\n" not in truth.path.read_bytes()
    shares = [row for row in rows if row["Adults"] == "0"]
    masters = [row for row in rows if row["Room Type"] in ("PM", "PI")]
    assert len(shares) + len(masters) == truth.not_bookings
    assert all(row["Name"].startswith("* ") and row["Rate"] == "€0.00" for row in shares)
    facts = by_id(truth)
    for row in rows:
        if row in shares or row in masters:
            continue
        fact = facts.pop(row["Confirmation Number"])
        assert datetime.strptime(row["Arrival"], "%d/%m/%Y").date() == fact["arrival"]  # noqa: DTZ007
        assert row["Room Type to Charge"] == fact["room_type"]
        assert row["Room"] == (f"{fact['room']} " if fact["room"] else "")
        assert row["Rate"].removeprefix("Rate Changes") == f"€{fact['adr']:,.2f}"
        if fact["status"] == BookingStatus.IN_HOUSE:
            assert row["Reservation Type"] == ("Checked In" if fact["arrival"] == day else "In House")
            assert row["Room Type"] == fact["assigned_room_type"]
    assert not facts
    assert any(row["Rate"].startswith("Rate Changes") for row in rows)
    assert any(row["Balance"].startswith("'-€") for row in rows)


def test_giratecheck_lists_the_house_once_with_shares_beside(hotel: SyntheticHotel, day: date, files: dict[str, Written]) -> None:
    truth = files["opera_giratecheck"]
    records = ElementTree.parse(truth.path).getroot().findall("LIST_G_RESERVATION/G_RESERVATION")
    primary = [record for record in records if record.findtext("PRIMARY_01") == "1"]
    assert len(records) == truth.rows
    assert len(primary) == len(truth.bookings) == hotel.truth.on_books(day, day)
    facts = by_id(truth)
    for record in primary:
        fact = facts[str(record.findtext("RESV_NAME_ID"))]
        begin = datetime.strptime(str(record.findtext("TRUNC_BEGIN_DATE")).title(), "%d-%b-%y").date()  # noqa: DTZ007
        assert begin == fact["arrival"]
        assert record.findtext("ARRIVAL") == f"{fact['arrival']:%d/%m/%y}"
        assert float(str(record.findtext("SHARE_AMOUNT"))) == fact["adr"]
        assert record.findtext("ROOM_CATEGORY_LABEL") == fact["assigned_room_type"]
        assert record.findtext("BOOKED_ROOM_CATEGORY_LABEL") == fact["room_type"]
    assert any(r.findtext("ROOM_CATEGORY_LABEL") != r.findtext("BOOKED_ROOM_CATEGORY_LABEL") for r in primary)
    assert any(str(record.findtext("CF_RATE_VARIANCE")) == "-.89" for record in records)


def test_oracle_numbers_have_no_zero_before_the_point() -> None:
    assert [oracle_number(value) for value in (-0.89, 0.5, 0.0, 10.0, 107.0, 1256.1)] == [
        "-.89",
        ".5",
        "0",
        "10",
        "107",
        "1256.1",
    ]


def test_res_detail_groups_by_arrival_and_ends_short_statuses_as_opera_does(files: dict[str, Written]) -> None:
    truth = files["opera_res_detail"]
    root = ElementTree.parse(truth.path).getroot()
    path = "LIST_G_GROUP_BY1/G_GROUP_BY1/LIST_G_RESERVATION/G_RESERVATION"
    statuses: dict[BookingStatus, set[str]] = {}
    facts = by_id(truth)
    for record in root.findall(path):
        fact = facts.pop(str(record.findtext("RESV_NAME_ID")))
        statuses.setdefault(fact["status"], set()).add(str(record.findtext("SHORT_RESV_STATUS")))  # type: ignore[arg-type]
    assert not facts
    assert statuses[BookingStatus.CANCELLED] == {"CXL"}
    assert statuses[BookingStatus.IN_HOUSE] == {"CKIN", "DUOT"}
    assert statuses[BookingStatus.RESERVED] <= {"CO-G", "DP-R", "TA-G", "CC-G", "NON-", "DF-G"}


def test_statistics_add_up_to_the_truth(hotel: SyntheticHotel, day: date, files: dict[str, Written]) -> None:
    nights = [dict(night) for night in files["opera_history_forecast"].nights]
    assert len(nights) == 90
    for night in nights[::9]:
        assert night["rooms_sold"] == hotel.truth.on_books(night["stay_date"], day)  # type: ignore[arg-type]
    classes = Counter[object]()
    for row in files["opera_tsa04"].nights:
        classes[row["stay_date"]] += row["rooms_sold"]  # type: ignore[assignment]
    assert all(classes[night["stay_date"]] == night["rooms_sold"] for night in nights[:30])
    _, lines = csv_rows(files["opera_tsa04"].path)
    assert all(int(line["OCC_ROOM"]) <= int(line["AVAIL_ROOM"]) + int(line["OOO_ROOMS"]) for line in lines)


def test_mews_writes_a_workbook_and_the_same_as_json(hotel: SyntheticHotel, day: date, files: dict[str, Written]) -> None:
    header, *rows = sheet(files["mews"].path, "Reservations")
    facts = by_id(files["mews"])
    assert sheet(files["mews"].path, "Parameters")[0][:2] == ["Enterprise", "Praia Clara"]
    assert len(rows) == len(facts) == len(records_at(hotel, day))
    for row in rows[::20]:
        line = dict(zip(header, row, strict=True))
        fact = facts[str(int(line["Number"]))]  # type: ignore[call-overload]
        assert line["Arrival"].date() == fact["arrival"]  # type: ignore[union-attr]
        assert line["Average rate (nightly)"] == fact["adr"]
        assert line["Requested category"] == fact["room_type"]
        if fact["status"] == BookingStatus.NO_SHOW:
            assert (line["Status"], line["Cancellation reason"]) == ("Canceled", "No-show")
    document = json.loads(files["mews_json"].path.read_text(encoding="utf-8"))
    assert [part["Name"] for part in document["Documents"]] == ["Parameters", "Reservations"]
    assert document["Documents"][1]["Data"][0] == header
    assert len(document["Documents"][1]["Data"]) == len(rows) + 1
    assert files["mews_json"].bookings == files["mews"].bookings


def test_cloudbeds_and_booking_com_put_the_rooms_of_a_group_in_one_row(
    hotel: SyntheticHotel, day: date, files: dict[str, Written]
) -> None:
    records = records_at(hotel, day)
    assert sum(int(str(b["rooms"])) for b in files["cloudbeds"].bookings) == len(records)
    _, rows = csv_rows(files["cloudbeds"].path)
    several = [row for row in rows if ", " in row["Room Number"]]
    assert len(several) > 5
    assert all(len(row["Room Number"].split(", ")) == len(row["Room Type"].split(", ")) for row in several)
    assert sum(float(row["Accommodation Total"]) for row in rows) == pytest.approx(sum(r.total for r in records))
    header, *lines = sheet(files["booking_com"].path, 0)
    facts = by_id(files["booking_com"])
    assert len(lines) == len(facts) == sum(r.channel == "Booking.com" for r in records)
    for line in (dict(zip(header, row, strict=True)) for row in lines):
        fact = facts[str(int(line["Book number"]))]  # type: ignore[call-overload]
        amount, currency = str(line["Price"]).split()
        assert (float(amount), currency) == (fact["total"], "EUR")
        assert line["Status"] in ("ok", "cancelled_by_guest", "no_show")


def test_card_numbers_stand_where_the_truth_counts_them(files: dict[str, Written]) -> None:
    assert files["protel"].path.read_text(encoding="cp1252").count(TEST_CARD_NUMBER) == files["protel"].card_numbers > 0
    assert files["mews_json"].path.read_text(encoding="utf-8").count(TEST_CARD_NUMBER) == files["mews_json"].card_numbers > 0


def test_stay_night_extracts_have_a_row_per_night_and_american_dates(files: dict[str, Written]) -> None:
    _, rows = csv_rows(files["hotelsoft"].path)
    facts = by_id(files["hotelsoft"])
    nights = Counter(row["Reservation ID"] for row in rows)
    for key, count in nights.items():
        assert count == (facts[key]["departure"] - facts[key]["arrival"]).days  # type: ignore[operator]
    for row in rows[::50]:
        when = datetime.strptime(row["Arrival"], "%m/%d/%Y %I:%M:%S %p").date()  # noqa: DTZ007
        assert when == facts[row["Reservation ID"]]["arrival"]


def test_portals_write_dates_their_own_way(hotel: SyntheticHotel, day: date, files: dict[str, Written], tmp_path: Path) -> None:
    facts = by_id(files["airbnb"])
    for row in csv_rows(files["airbnb"].path)[1]:
        fact = facts[row["Confirmation code"]]
        assert datetime.strptime(row["Start date"], "%m/%d/%Y").date() == fact["arrival"]  # noqa: DTZ007
        assert date.fromisoformat(row["Booked"]) == fact["booked_on"]
    from hotelml_app.simulator.layouts.portals import write_expedia

    american = write_expedia(hotel, day, tmp_path / "us.csv", us_dates=True)
    facts = by_id(american)
    for row in csv_rows(american.path, encoding="utf-8-sig")[1]:
        assert datetime.strptime(row["Check-in"], "%m/%d/%Y").date() == facts[row["Reservation ID"]]["arrival"]  # noqa: DTZ007


def test_review_layouts_split_the_reviews_by_site(hotel: SyntheticHotel, day: date, files: dict[str, Written]) -> None:
    known = [review for review in hotel.reviews if review.reviewed_on <= day]
    assert len(files["booking_com_reviews"].reviews) + len(files["google_reviews"].reviews) == len(known)
    document = json.loads(files["google_reviews"].path.read_text(encoding="utf-8"))
    assert document["totalReviewCount"] == len(document["reviews"])
    assert {entry["starRating"] for entry in document["reviews"]} <= {"ONE", "TWO", "THREE", "FOUR", "FIVE"}
    assert any("comment" not in entry for entry in document["reviews"])
