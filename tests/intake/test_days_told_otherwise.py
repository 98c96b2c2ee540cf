"""Days as spreadsheets, web systems and other calendars leave them: read as the hotel means them, or refused, never wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from dropped import states
from hypothesis import given, settings
from hypothesis import strategies as st

from hotelml_app.core.clock import FixedClock
from hotelml_app.intake.errors import MixedDatesError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.readers.tables.table import column_of
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.values.date_order import DateColumn, DateOrder
from hotelml_app.intake.values.dates import read_date
from hotelml_app.intake.values.words import clean
from hotelml_app.intake.values.world_time import days_to_add
from hotelml_app.store import Store

HEADER = "Reservation ID,Confirmation #,Guest,Room,Check-in,Check-out,Booked,Status,Booking amount"
FIRST = date(2025, 1, 3)
Written = Callable[[date], str]


def american_excel(day: date) -> str:
    """Return 25/03/2025 as it is and 03/04/2025 as the 4th of March, as a real date."""
    return f"{day:%d/%m/%Y}" if day.day > 12 else f"{day.year}-{day.day:02}-{day.month:02}"


def british_excel(day: date) -> str:
    """Return the same for dates that an American system wrote."""
    return f"{day:%m/%d/%Y}" if day.day > 12 else f"{day.year}-{day.day:02}-{day.month:02}"


def stays() -> list[tuple[str, date, date, date]]:
    return [(str(5000 + n), FIRST + timedelta(4 * n), FIRST + timedelta(4 * n + 1 + n % 3), FIRST) for n in range(36)]


def take_in(store: Store, path: Path, *forms: Written) -> ImportReport:
    """Import stays of which each row is written in the next of some forms."""
    lines = [HEADER]
    for n, (number, arrival, departure, booked) in enumerate(stays()):
        write = forms[n % len(forms)]
        days = ",".join(map(write, (arrival, departure, booked)))
        lines.append(f"{number},x{number},Ada Muster,DBL,{days},Confirmed,120.00")
    path.write_text("\n".join(lines), encoding="utf-8")
    return import_file(path, store=store, settings_property="The Inn", clock=store.clock)


def stored(store: Store) -> list[tuple[str, date, date, date]]:
    day = date.fromisoformat
    return sorted(
        (str(one["reservation_id"]), day(str(one["arrival"])), day(str(one["departure"])), day(str(one["booked_on"])))
        for one in states(store)
    )


@pytest.mark.parametrize("excel", [american_excel, british_excel])
def test_dates_that_a_spreadsheet_turned_around_are_turned_back(store: Store, tmp_path: Path, excel: Written) -> None:
    report = take_in(store, tmp_path / "saved.csv", excel)
    assert stored(store) == stays()
    assert sum("turned back" in note for note in report.notes) == 3


def test_a_column_whose_days_were_all_turned_follows_the_others_of_its_file() -> None:
    """The booking day of all these stays is the 3rd of January; alone it would be the 1st of March."""
    arrivals = DateColumn.of(column_of([american_excel(arrival) for _, arrival, _, _ in stays()]))
    booked = DateColumn.of(column_of([american_excel(FIRST)] * 36))
    assert arrivals.turned is DateOrder.DAY_FIRST
    assert booked.turned is None
    assert booked.like(arrivals.turned).days(DateOrder.DAY_FIRST)[0] == (FIRST - date(1970, 1, 1)).days


def test_real_dates_beside_written_ones_stay_where_a_day_shows_that_nothing_was_turned() -> None:
    texts = [f"{FIRST + timedelta(n):%Y-%m-%d}" for n in range(20)] + [f"{n}/03/2025" for n in range(13, 29)]
    column = DateColumn.of(column_of(texts))
    assert column.turned is None
    assert column.days(DateOrder.DAY_FIRST)[0] == (FIRST - date(1970, 1, 1)).days


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), min_size=40, max_size=80), st.sampled_from([*DateOrder]))
@settings(max_examples=60)
def test_whatever_a_spreadsheet_turned_comes_back(days: list[date], order: DateOrder) -> None:
    excel = american_excel if order is DateOrder.DAY_FIRST else british_excel
    column = DateColumn.of(column_of([excel(day) for day in days]))
    if column.turned:
        assert column.days(order).tolist() == [(day - date(1970, 1, 1)).days for day in days]
    else:
        assert min(sum(day.day > 12 for day in set(days)), sum(day.day <= 12 for day in set(days))) < 8


def test_a_column_with_both_orders_is_refused_before_a_day_is_read_wrong(store: Store, tmp_path: Path) -> None:
    with pytest.raises(MixedDatesError, match="'Check-in' the day comes first in 9 dates"):
        take_in(store, tmp_path / "joined.csv", lambda day: f"{day:%d/%m/%Y}", lambda day: f"{day:%m/%d/%Y}")
    with store.read() as connection:
        assert connection.execute("SELECT count(*) FROM bookings").fetchone()[0] == 0


@pytest.mark.parametrize("form", ["%y-%m-%d", "%y/%m/%d", "%y.%m.%d.", "%y-%m-%d 14:00"])
def test_a_year_of_two_digits_may_come_first(store: Store, tmp_path: Path, form: str) -> None:
    report = take_in(store, tmp_path / "a.csv", lambda day: day.strftime(form))
    assert stored(store) == stays()
    assert "Dates in the column 'Check-in' were read year first." in report.notes


def test_days_first_with_years_of_two_digits_stay_days_first(store: Store, tmp_path: Path) -> None:
    take_in(store, tmp_path / "a.csv", lambda day: day.strftime("%d-%m-%y"))
    assert stored(store) == stays()


def in_words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


def in_thousandths(moment: datetime) -> str:
    return f"{moment.timestamp():.0f}000"


def zone(hours_in_winter: int, written: Callable[[datetime], str]) -> Written:
    """Return how a web system writes a day whose midnight lies so many hours before that of Greenwich; summer begins in April."""

    def write(day: date) -> str:
        summer = 1 if day >= date(2025, 4, 1) else 0
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=hours_in_winter + summer)
        return written(moment)

    return write


@pytest.mark.parametrize("written", [in_words, in_thousandths])
@pytest.mark.parametrize("hours", [-8, -5, 0, 1, 2, 7, 10])
def test_midnights_in_world_time_are_the_hotels_own_days(
    store: Store, tmp_path: Path, hours: int, written: Callable[[datetime], str]
) -> None:
    take_in(store, tmp_path / "web.csv", zone(hours, written))
    assert stored(store) == stays()


def test_the_hour_at_which_guests_come_is_no_midnight() -> None:
    """Three in the afternoon in Los Angeles is 23:00 in Greenwich, on the same day; guests leave there at another hour."""
    columns = {
        "arrival": column_of(["2025-01-10T23:00:00Z", "2025-01-12T23:00:00Z"]),
        "departure": column_of(["2025-01-11T19:00:00Z", "2025-01-14T19:00:00Z"]),
    }
    assert days_to_add(columns) == {}


def test_bookings_made_after_the_hotels_midnight_are_the_next_days() -> None:
    columns = {
        "arrival": column_of(["2025-01-10T23:00:00Z", "2025-01-12T23:00:00Z"]),
        "departure": column_of(["2025-01-11T23:00:00Z", "2025-01-14T23:00:00Z"]),
        "booked_on": column_of(["2025-01-09T23:10:00Z", "2025-01-09T22:50:00Z"]),
    }
    assert np.array_equal(days_to_add(columns)["booked_on"], [1, 0])


@pytest.mark.parametrize("text", ["10/06/2568", "2568-06-10", "10 Jun 2568", "2025年6月10日", "2025년 6월 10일", '="10/06/2025"'])
def test_days_of_other_calendars_and_guarded_ones_are_days(text: str) -> None:
    column = DateColumn.of(column_of([text]))
    assert column.days(DateOrder.DAY_FIRST)[0] == (date(2025, 6, 10) - date(1970, 1, 1)).days


def test_a_thai_export_is_no_export_of_the_26th_century(store: Store, tmp_path: Path) -> None:
    report = take_in(store, tmp_path / "thai.csv", lambda day: f"{day:%d/%m}/{day.year + 543}")
    assert stored(store) == stays()
    assert report.business_date == FIRST


@pytest.mark.parametrize(("guarded", "text"), [('="00123"', "00123"), ("'00123", "00123"), ("'t Hof", "'t Hof"), ('=""', "")])
def test_what_guards_a_text_against_excel_is_no_part_of_it(guarded: str, text: str) -> None:
    assert clean(guarded) == text


def test_a_date_alone_is_never_moved() -> None:
    assert read_date("2025-01-10T23:00:00Z") == date(2025, 1, 10)
    assert days_to_add({"arrival": column_of(["2025-01-10T23:00:00Z"] * 3)}) == {}


@pytest.mark.parametrize(
    ("above", "write", "told"),
    [
        ("Stand: 25.06.2025", "{:%Y-%m-%d}", date(2025, 6, 25)),
        ("Stand: 05.06.2025 23:10 Uhr", "{:%Y-%m-%d}", date(2025, 6, 5)),
        ("Business Date: 06/25/2025", "{:%Y-%m-%d}", date(2025, 6, 25)),
        ("Business Date: 05/06/25", "{:%d/%m/%Y}", date(2025, 6, 5)),
        ("Business Date: 06/05/2025", "{:%m/%d/%Y}", date(2025, 6, 5)),
        ("Business Date: 05/06/2025", "{:%Y-%m-%d}", None),
    ],
)
def test_the_day_above_the_columns_is_read_as_it_is_written(
    above: str, write: str, told: date | None, store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    lines = [above, "", HEADER]
    for number, arrival, departure, booked in stays():
        days = ",".join(map(write.format, (arrival, departure, booked)))
        lines.append(f"{number},x{number},Ada Muster,DBL,{days},Confirmed,120.00")
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    clock.jump(datetime(2025, 6, 27, tzinfo=UTC))
    report = import_file(tmp_path / "a.csv", store=store, clock=store.clock)
    found = (report.business_date, report.business_date_from)
    assert found == ((told, "header") if told else (FIRST, "latest event"))


def test_a_fact_beside_the_table_is_read_by_the_order_of_its_dates(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    header = ["Number", "Created", "Canceled", "Arrival", "Departure", "Status", "Requested category", "Space category"]
    rows = [[n, f"{b:%d/%m/%Y}", "", f"{a:%d/%m/%Y}", f"{d:%d/%m/%Y}", "Confirmed", "DBL", ""] for n, a, d, b in stays()]
    documents = [
        {"Name": "Parameters", "Data": [["Enterprise", "The Inn"], ["Created", "05/06/2025 08:15"]]},
        {"Name": "Reservations", "Data": [[*header, "Average rate (nightly)"], *([*row, "90.00"] for row in rows)]},
    ]
    (tmp_path / "mews.json").write_text(json.dumps({"Documents": documents}), encoding="utf-8")
    clock.jump(datetime(2025, 6, 27, tzinfo=UTC))
    report = import_file(tmp_path / "mews.json", store=store, clock=store.clock)
    assert (report.business_date, report.business_date_from) == (date(2025, 6, 5), "column")
