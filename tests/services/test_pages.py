"""Today and Forecast say what a front-office manager wants to know at six in the morning, and nothing that is not so."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from rewritten import rewritten
from small_hotel import AS_OF, NAME, morning_clock, open_at_morning, small_hotel, write_export, write_reviews

from hotelml_app.bootstrap import open_appliance
from hotelml_app.core.errors import UsageError
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.errors import NothingKnownError
from hotelml_app.services.nights.forecast_page import NO_RATES
from hotelml_app.services.nights.given import Given
from hotelml_app.settings.home import HomeLayout
from hotelml_app.simulator.layouts import LAYOUTS
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import predictions

TONIGHT = AS_OF + timedelta(days=1)


def test_the_first_card_is_the_night_after_the_business_date(appliance: Appliance) -> None:
    page = appliance.today(NAME)
    assert [card.night for card in page.nights] == [TONIGHT + timedelta(days=i) for i in range(7)]
    assert page.freshness.business_date == AS_OF
    assert page.freshness.days_old == 1
    assert page.sentence.startswith("Tonight ")
    assert "not to come" in page.sentence or "should come" in page.sentence


def test_a_guessed_number_of_rooms_is_said_to_be_one(appliance: Appliance) -> None:
    guess = appliance.today(NAME)
    assert any(one.title == f"Is it {guess.nights[0].rooms} rooms?" and one.page == "settings" for one in guess.decisions)
    view = appliance.properties()[0]
    appliance.update_property(type(view)(NAME, "PT", "EUR", 25, None, None, ()))
    told = appliance.today(NAME)
    assert told.nights[0].rooms == 25
    assert not any("Is it" in one.title for one in told.decisions)
    assert " of 25 rooms" in told.sentence


def test_rooms_that_an_export_of_nightly_figures_states_are_not_guessed(appliance: Appliance, tmp_path: Path) -> None:
    header = "BUSINESS_DATE,RESORT,NAME,ROOM_CLASS,OCC_ROOM,AVAIL_ROOM,OOO_ROOMS,OS_ROOMS,COMP_ROOM,HOUSE_USE_ROOM,DAYUSE_ROOM,"
    header += "WALKIN_ROOM,NOSHOW_ROOM,ARRIVAL_ROOM,DEF_ARRIVALS_TODAY,EARLY_DEP_ROOM,EXT_STAY_ROOM,ROOM_REVENUE,"
    nights = [(f"{day:%d-%b-%y}".upper(), closed) for day, closed in ((AS_OF - timedelta(days=1), 3), (AS_OF, 0))]
    lines = [
        f"{night},{NAME},{NAME},{kind},5,{rooms - closed},{closed},0,0,0,0,0,0,1,1,0,0,400.00,80.00,20.00"
        for night, closed in nights
        for kind, rooms in (("STD", 31), ("DLX", 12))
    ]
    export = tmp_path / f"TSA04_{AS_OF:%Y%m%d}.csv"
    export.write_text("\n".join([f"{header}FOOD_BEV_REVENUE,OTHER_REVENUE", *lines, ""]), encoding="utf-8")
    appliance.import_files([export], NAME)
    page = appliance.today(NAME)
    assert page.nights[0].rooms == 43
    assert not any(one.title.startswith("Is it") for one in page.decisions)
    assert " of 43 rooms" in page.sentence
    assert appliance.properties()[0].rooms_stated == {"": 43, "STD": 31, "DLX": 12}
    view = appliance.properties()[0]
    appliance.update_property(type(view)(NAME, "PT", "EUR", 40, None, None, ()))
    assert appliance.today(NAME).nights[0].rooms == 40, "what staff say goes before"


def test_last_year_is_told_by_exports_of_nightly_figures_where_no_booking_is_known(appliance: Appliance, tmp_path: Path) -> None:
    tonight = AS_OF + timedelta(days=1)
    known = [point.last_year for point in appliance.forecast(NAME, horizon=90).nights]
    assert all(value is not None for value in known), "a year of bookings is there"
    young = write_export(tmp_path, AS_OF)
    lines = young.read_text(encoding="utf-8").splitlines()
    arrival = lines[0].split(",").index("arrival")
    kept = [line for line in lines[1:] if line.split(",")[arrival] >= "2025-10-01"]
    young.write_text("\n".join([lines[0], *kept, ""]), encoding="utf-8")
    header = "Name,considered_date,room_type,net_room_revenue,no_rooms,inventory_rooms,arrival_rooms"
    nights = [(tonight - timedelta(days=364 - i), kind) for i in range(90) for kind in ("STD", "DLX")]
    stated = [f"Europrotel,{night},{kind},{'900.00,9' if kind == 'STD' else '600.00,4'},14,3" for night, kind in nights]
    (tmp_path / "statistics.csv").write_text("\n".join([header, *stated, ""]), encoding="utf-8")
    home = HomeLayout(tmp_path / "young")
    with open_appliance(home, writer=True, clock=morning_clock()) as other:
        assert all(view.status == "done" for view in other.import_files([young, tmp_path / "statistics.csv"], "Young"))
        assert [card.last_year for card in other.today("Young").nights] == [13.0] * 7
        for metric, house, kind in (("rooms_sold", 13, 4), ("arrivals", 6, 3), ("revenue", 1500, 600), ("adr", 1500 / 13, 150)):
            assert other.forecast("Young", metric).nights[0].last_year == pytest.approx(house), metric
            assert other.forecast("Young", metric, "DLX").nights[0].last_year == pytest.approx(kind), metric


def test_a_night_of_many_exports_is_one_line(appliance: Appliance, tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.csv").write_text(
            "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code\n"
            f"N{number},2026-02-01,2026-05-01,2026-05-02,Reserved,2026-02-01,STD,BAR\n",
            encoding="utf-8",
        )
    appliance.import_files([tmp_path / f"{number}.csv" for number in range(2)], NAME)
    lines = appliance.today(NAME).overnight
    assert any("  4 exports read, " in line and line.endswith(" rows in all") for line in lines)
    assert not any("0.csv" in line for line in lines)


def test_a_file_that_brings_another_hotel_is_told_on_the_page_of_the_one_that_was_there(home: Path, tmp_path: Path) -> None:
    columns = "property,reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code\n"
    for name in ("Inn", "Lodge", "Motel"):
        row = f"{name},{name}1,2026-02-01,2026-05-01,2026-05-02,Reserved,2026-02-01,STD,BAR\n"
        (tmp_path / f"{name}.csv").write_text(columns + row, encoding="utf-8")

    def told(appliance: Appliance, name: str) -> list[str]:
        return [one.title for one in appliance.today(name).decisions if "other hotel" in one.title]

    with open_at_morning(home) as appliance:
        appliance.import_files([tmp_path / "Inn.csv"])
        assert not told(appliance, "Inn")
        appliance.import_files([tmp_path / "Lodge.csv"])
        assert told(appliance, "Inn") == ["Lodge.csv is of another hotel, Lodge"]
        assert not told(appliance, "Lodge")
        appliance.import_files([tmp_path / "Motel.csv"])
        assert told(appliance, "Inn") == ["2 other hotels came in"]
        appliance.parts.clock.advance(timedelta(days=2))
        assert not told(appliance, "Inn"), "who looks at it by then knows"


def test_the_morning_after_says_what_was_new_in_the_file_and_names_it_once(home: Path, tmp_path: Path) -> None:
    columns = "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code\n"
    rows = [f"N{number},2026-02-01,2026-05-01,2026-05-0{number + 2},Reserved,2026-02-01,STD,BAR\n" for number in range(3)]
    for name, lines in (("first.csv", rows[:2]), ("second.csv", [rows[0], rows[1].replace("STD", "DLX"), rows[2]])):
        (tmp_path / name).write_text(columns + "".join(lines), encoding="utf-8")
    (tmp_path / "bill.pdf").write_bytes(b"%PDF-1.7\n")
    with open_at_morning(home) as appliance:
        appliance.import_files([tmp_path / name for name in ("first.csv", "second.csv", "bill.pdf")], NAME)
        lines = [line.partition("  ")[2] for line in appliance.today(NAME).overnight]
    assert sorted(line for line in lines if ":" not in line or "csv" in line) == [
        "bill.pdf is a PDF, not an export.",
        "first.csv: 2 rows read",
        "second.csv: 3 rows read, 1 new and 1 changed",
    ]


def test_what_is_on_the_books_is_what_the_export_says(appliance: Appliance, tmp_path: Path) -> None:
    with write_export(tmp_path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = [row for row in rows if row["status"] not in ("Cancelled", "Canceled", "No Show", "Tentative", "Waitlist")]
    for card in appliance.today(NAME).nights:
        night = card.night.isoformat()
        assert card.on_books == sum(row["arrival"] <= night < row["departure"] for row in held), night
        assert card.arrivals == sum(row["arrival"] == night < row["departure"] for row in held), night


def test_cards_hold_together(appliance: Appliance) -> None:
    for card in appliance.today(NAME).nights:
        assert card.rooms_low <= card.expected <= card.rooms_high
        assert card.on_books >= 0
        assert 0 <= card.expected_lost <= card.arrivals
        assert card.rooms is not None
        assert card.occupancy is not None


def test_pickup_is_what_came_since_the_day_before(hotel_home: Path, tmp_path: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        before = {card.night: card.on_books for card in appliance.today(NAME).nights}
        delta = write_export(tmp_path, TONIGHT, changed_since=AS_OF)
        appliance.import_files([delta])
        after = appliance.today(NAME).nights
    for card in after[:-1]:
        assert card.on_books - card.pickup_since_yesterday == before[card.night], card.night


@pytest.mark.parametrize("metric", ["rooms_sold", "arrivals", "adr", "revenue"])
def test_ninety_nights_of_every_metric(metric: str, appliance: Appliance) -> None:
    page = appliance.forecast(NAME, metric)
    assert [point.night for point in page.nights] == [TONIGHT + timedelta(days=i) for i in range(90)]
    for point in page.nights:
        assert point.p10 <= point.p50 <= point.p90
    assert page.sentence.startswith("Next 90 nights: ")
    assert (page.capacity is None) == (metric != "rooms_sold")
    assert page.made_by.kind == "statistical"


def test_room_types_add_up_to_the_house_on_the_books(appliance: Appliance) -> None:
    house = appliance.forecast(NAME)
    assert house.room_types
    parts = [appliance.forecast(NAME, room_type=kind) for kind in house.room_types]
    for i, point in enumerate(house.nights):
        assert point.on_books == sum(part.nights[i].on_books or 0 for part in parts)


def test_last_year_is_the_same_weekday_and_unknown_where_the_hotel_was_not_open(appliance: Appliance) -> None:
    page = appliance.forecast(NAME)
    first = page.nights[0]
    assert first.last_year is not None
    assert (first.night - timedelta(days=364)).weekday() == first.night.weekday()
    assert appliance.today(NAME).nights[0].last_year == first.last_year


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"metric": "rooms"}, "Did you mean rooms_sold"),
        ({"room_type": "SUITE OF KINGS"}, "There are: "),
        ({"horizon": 0}, "from 1 to"),
        ({"horizon": 5000}, "from 1 to"),
    ],
)
def test_what_cannot_be_forecast_is_told(arguments: dict[str, object], said: str, appliance: Appliance) -> None:
    with pytest.raises(UsageError, match=said):
        appliance.forecast(NAME, **arguments)  # type: ignore[arg-type]


def test_pages_of_a_property_without_exports_say_what_to_do(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, tmp_path / "drop")
        for page in (appliance.today, appliance.forecast, appliance.arrivals):
            with pytest.raises(NothingKnownError, match="Drop a PMS export"):
                page(NAME)
        assert "Drop" in appliance.data(NAME).sentence or "drop" in appliance.data(NAME).sentence
        assert appliance.models(NAME).modules


def test_a_hotel_of_which_only_reviews_or_nightly_figures_came_is_told_so(home: Path, tmp_path: Path) -> None:
    LAYOUTS["opera_history_forecast"].write(small_hotel(), AS_OF, tmp_path / "forecast.xml")
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, tmp_path / "drop")
        for file, held in ((write_reviews(tmp_path), "reviews"), (tmp_path / "forecast.xml", "nightly figures alone")):
            appliance.import_files([file], NAME)
            with pytest.raises(NothingKnownError) as told:
                appliance.today(NAME)
            assert told.value.message == f"No bookings of {NAME} were read yet: {file.name} holds {held}."


def test_what_the_pages_show_is_kept_for_the_track_record(appliance: Appliance) -> None:
    appliance.today(NAME)
    store = appliance.parts.store
    with store.read() as connection:
        row = properties.by_name(connection, NAME)
        kept = {module: predictions.latest_as_of(connection, row.id, module) for module in ("forecast", "noshow")}
    assert kept == {"forecast": AS_OF, "noshow": AS_OF}


def test_who_only_looks_sees_the_same_pages(hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as owner:
        expected = owner.today(NAME)
    with open_at_morning(hotel_home, writer=False) as reader:
        seen = reader.today(NAME)
    assert seen.nights == expected.nights


def test_an_export_without_prices_leaves_rates_and_revenue_unknown(tmp_path: Path) -> None:
    export = write_export(tmp_path)
    rewritten(export, lambda rows: [{**row, "adr": "", "total": ""} for row in rows], export)
    with open_at_morning(tmp_path / "home") as appliance:
        appliance.import_files([export])
        for metric in ("adr", "revenue"):
            page = appliance.forecast(NAME, metric)
            assert (page.nights, page.sentence) == ((), NO_RATES)
        assert len(appliance.forecast(NAME).nights) == 90
        assert {card.revenue for card in appliance.today(NAME).nights} == {None}


@pytest.mark.parametrize(
    ("metric", "begin"), [("rooms_sold", "Next 7 nights: 0% of "), ("arrivals", "Next 7 nights: 0 arrivals ")]
)
def test_no_night_stands_out_while_nothing_is_expected_on_any(
    metric: str, begin: str, appliance: Appliance, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hotel that is closed for the winter."""
    nothing = {"p10": 0.0, "p50": 0.0, "p90": 0.4}
    rows = [
        predictions.PredictionRow(AS_OF, TONIGHT + timedelta(days=i), f"{name}{i}", "statistical", {"metric": name, **nothing})
        for i in range(7)
        for name in ("rooms_sold", "arrivals")
    ]
    monkeypatch.setattr("hotelml_app.services.nights.page_ground.given", lambda *_: Given(rows))
    said = appliance.forecast(NAME, metric, horizon=7).sentence
    assert said.startswith(begin)
    assert said.endswith("expected, about the same on each.")
