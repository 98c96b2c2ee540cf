"""Whatever a row is - a night, a sharer, three rooms in one cell, a payment - one booking with its rooms is stored."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from dropped import states

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.intake.errors import AmbiguousDatesError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.map_file import checked_map
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import imports, statistics
from hotelml_app.store.hotels import properties

Row = Mapping[str, str]

NIGHT = {
    "Extract Date": "2025-06-01",
    "Reservation ID": "7",
    "BookTime": "5/14/2025 5:32:00 PM",
    "Status": "N",
    "Arrival": "6/20/2025 12:00:00 AM",
    "Departure": "6/22/2025 12:00:00 AM",
    "Stay Date": "6/20/2025 12:00:00 AM",
    "RoomType": "KING",
    "Quantity": "1",
    "Room Revenue": "100.00",
    "Update Date": "5/14/2025 5:32:00 PM",
}
SECOND_NIGHT = {"Stay Date": "6/21/2025 12:00:00 AM", "Room Revenue": "140.00"}
ROOM = {
    "Confirmation Number": "1",
    "Room": "0101 ",
    "Adults": "2",
    "Children": "0",
    "Rate": "R$1,100.00",
    "Arrival": "01/06/2025",
    "Departure": "14/06/2025",
    "Room Type": "DBL",
    "Nights": "13",
    "Room Type to Charge": "DBL",
    "Reservation Type": "In House",
    "Rooms": "1",
    "Linked Name": "",
}
LIST = {
    "Reservation Number": "55",
    "Third Party Confirmation Number": "n/a",
    "Room Number": "101",
    "Accommodation Total": "300.00",
    "Check in Date": "15/06/2025",
    "Check out Date": "17/06/2025",
    "Nights": "2",
    "Room Type": "Double",
    "Reservation Date": "15/04/2025",
    "Status": "Confirmed",
    "Cancelation Date": "n/a",
    "Country": "Unknown",
}
PAYMENT = {
    "Type": "Reservation",
    "Confirmation Code": "HMAAAA1111",
    "Booking date": "05/01/2025",
    "Start date": "06/15/2025",
    "End date": "06/17/2025",
    "Nights": "2",
    "Listing": "Studio",
    "Currency": "EUR",
    "Gross earnings": "100.00",
}


@pytest.fixture
def take_in(store: Store, clock: FixedClock, tmp_path: Path):
    """Import rows, each a mapping of what differs from a usual row of its layout."""

    def run(usual: Row, rows: Sequence[Row], delimiter: str = ",") -> ImportReport:
        path = tmp_path / "export.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(usual), delimiter=delimiter)
            writer.writeheader()
            writer.writerows({**usual, **row} for row in rows)
        report = import_file(path, store=store, settings_property="Harbour House", clock=clock)
        assert report.accepted + report.rejected + report.ignored == report.rows_read == len(rows)
        return report

    return run


def only_one(store: Store) -> dict[str, object]:
    (found,) = states(store)
    return found


def test_nights_of_a_stay_are_one_booking_with_their_sum(take_in, store: Store) -> None:
    report = take_in(NIGHT, [{}, SECOND_NIGHT])
    assert (report.accepted, report.ignored) == (1, 1)
    found = only_one(store)
    assert (found["total"], found["adr"], found["rooms"]) == (240.0, 120.0, 1.0)


def test_two_rooms_on_each_night_are_counted(take_in, store: Store) -> None:
    suite = {"RoomType": "SUITE", "Room Revenue": "200.00"}
    take_in(NIGHT, [{}, suite, SECOND_NIGHT, {**SECOND_NIGHT, **suite}])
    found = only_one(store)
    assert (found["rooms"], found["total"], found["adr"], found["room_type"]) == (2.0, 640.0, 160.0, "KING")


@pytest.mark.parametrize("among", [True, False])
def test_children_are_counted_among_the_guests_or_beside_them(
    store: Store, clock: FixedClock, tmp_path: Path, among: bool
) -> None:
    families = [(2, 0), (2, 2), (1, 2), (2, 1)] * 10
    lines = ["Booking no;Arrival;Departure;Status;Room type;Price per night;Pax;Children"]
    for number, (adults, children) in enumerate(families):
        stay = f"2025-06-{number % 25 + 1:02};2025-06-{number % 25 + 3:02};Confirmed;{'DBL' if number % 2 else 'SGL'}"
        lines.append(f"K{7 * number};{stay};{90 + number};{adults + children * among};{children}")
    (tmp_path / "families.csv").write_text("\n".join(lines), encoding="utf-8")
    import_file(tmp_path / "families.csv", store=store, clock=clock)
    found = {str(state["reservation_id"]): (state["adults"], state["children"]) for state in states(store)}
    assert found == {f"K{7 * number}": family for number, family in enumerate(families)}


def test_two_hotels_that_count_alike_have_nights_of_their_own(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    nights = [("Hill House", day) for day in (1, 2, 3)] + [("Harbour House", day) for day in (20, 21)]
    lines = ["Hotel,Booking no,Night,Room type,Price,Status"]
    lines += [f"{hotel},1042,2025-06-{day:02},DBL,90.00,Confirmed" for hotel, day in nights]
    (tmp_path / "nights.csv").write_text("\n".join(lines), encoding="utf-8")
    columns = {"property": "Hotel", "reservation_id": "Booking no", "stay_date": "Night", "night_price": "Price"}
    answer = checked_map({"rows": "nights", "columns": {**columns, "status": "Status"}})
    import_file(tmp_path / "nights.csv", store=store, profile=answer, clock=clock)
    stays = {hotel: states(store, hotel)[0] for hotel in ("Hill House", "Harbour House")}
    assert {hotel: (stay["arrival"], stay["departure"], stay["total"]) for hotel, stay in stays.items()} == {
        "Hill House": ("2025-06-01", "2025-06-04", 270.0),
        "Harbour House": ("2025-06-20", "2025-06-22", 180.0),
    }


def test_a_missing_night_leaves_the_total_open_but_not_the_rate(take_in, store: Store) -> None:
    take_in(NIGHT, [{}])
    found = only_one(store)
    assert (found["total"], found["adr"]) == (None, 100.0)


def test_the_latest_version_of_a_stay_counts(take_in, store: Store) -> None:
    cancelled = {"Status": "C", "Update Date": "5/30/2025 8:00:00 AM"}
    take_in(NIGHT, [{}, {**SECOND_NIGHT}, cancelled, {**SECOND_NIGHT, **cancelled}])
    found = only_one(store)
    assert (found["status"], found["status_on"], found["total"]) == (BookingStatus.CANCELLED, "2025-05-30", 240.0)


def test_a_damaged_night_does_not_take_its_booking_along(take_in, store: Store) -> None:
    report = take_in(NIGHT, [{"Arrival": "2/31/2025"}, SECOND_NIGHT])
    assert (report.accepted, report.rejected) == (1, 1)
    assert only_one(store)["adr"] == 140.0


def test_sharers_and_posting_masters_are_ignored_and_counted(take_in, store: Store) -> None:
    share = {"Confirmation Number": "2", "Adults": "0", "Rate": "R$0.00"}
    account = {"Confirmation Number": "3", "Room Type": "PM", "Room Type to Charge": "PM"}
    free = {"Confirmation Number": "4", "Room": "0102 ", "Rate": "R$0.00"}
    report = take_in(ROOM, [{}, share, account, free])
    assert (report.accepted, report.ignored) == (2, 2)
    assert [(state["reservation_id"], state["adr"], state["room"]) for state in states(store)] == [
        ("1", 1100.0, "0101"),
        ("4", 0.0, "0102"),
    ]


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        ("In House", BookingStatus.IN_HOUSE),
        ("Checked In", BookingStatus.IN_HOUSE),
        ("Checked Out", BookingStatus.CHECKED_OUT),
        ("CO-GTD", BookingStatus.RESERVED),
        ("DP-REC", BookingStatus.RESERVED),
        ("A house's own guarantee", BookingStatus.RESERVED),
        ("Cancelled", BookingStatus.CANCELLED),
        ("No Show", BookingStatus.NO_SHOW),
    ],
)
def test_the_reservation_type_of_opera_cloud_is_the_status(status: str, meaning: BookingStatus, take_in, store: Store) -> None:
    take_in(ROOM, [{"Reservation Type": status}])
    assert only_one(store)["status"] == meaning


@pytest.mark.parametrize(
    ("rate", "amount"),
    [("R$1,256.10", 1256.10), ("Rate ChangesR$430.00", 430.0), ("'-R$18.00", -18.0), ("R$349.00", 349.0), ("", None)],
)
def test_opera_cloud_rates_are_amounts_whatever_stands_around_them(
    rate: str, amount: float | None, take_in, store: Store
) -> None:
    take_in(ROOM, [{"Rate": rate}])
    assert only_one(store)["adr"] == amount


def test_nights_settle_what_is_day_and_what_is_month(take_in, store: Store) -> None:
    take_in(ROOM, [{"Arrival": "04/06/2025", "Departure": "06/06/2025", "Nights": "2"}])
    assert only_one(store)["arrival"] == "2025-06-04"


@pytest.mark.parametrize(
    ("rooms", "room_types", "kept", "number"),
    [
        ("101", "Double", "Double", 1.0),
        ("101", "Double, sea view", "Double, sea view", 1.0),
        ("DBL(1), SUI(2)", "Double, Suite", "Double", 2.0),
        ("DBL(1), DBL(2)", "Double, sea view, Double, sea view", "Double, sea view", 2.0),
        ("101, 102, 103", "Double, Double, Double", "Double", 3.0),
        ("n/a", "Double, Double", "Double", 2.0),
    ],
)
def test_several_rooms_in_one_cell_are_one_booking_with_its_rooms(
    rooms: str, room_types: str, kept: str, number: float, take_in, store: Store
) -> None:
    take_in(LIST, [{"Room Number": rooms, "Room Type": room_types}])
    found = only_one(store)
    assert (found["room_type"], found["rooms"], found["country"]) == (kept, number, "")


def test_the_spelling_with_one_l_is_the_cancellation_date_too(take_in, store: Store) -> None:
    take_in(LIST, [{"Status": "Cancelled", "Cancelation Date": "20/05/2025"}])
    assert only_one(store)["status_on"] == "2025-05-20"


def test_payments_for_one_stay_add_up_and_payouts_are_no_bookings(take_in, store: Store) -> None:
    payout = {"Type": "Payout", "Confirmation Code": "", "Start date": "", "End date": "", "Gross earnings": ""}
    report = take_in(PAYMENT, [payout, {}, {"Gross earnings": "50.50"}])
    assert (report.accepted, report.ignored) == (1, 2)
    found = only_one(store)
    assert (found["total"], found["channel"], found["arrival"]) == (150.5, "Airbnb", "2025-06-15")


def test_a_few_damaged_dates_cost_their_own_rows_alone(write_export, store: Store, clock: FixedClock, tmp_path: Path) -> None:
    good = [{"arrival": "2025-06-10"} for _ in range(60)]
    path = write_export(tmp_path / "export.csv", [*good, {"arrival": "31/02/2024"}, {"arrival": "05/06/2025"}])
    report = import_file(path, store=store, settings_property="Harbour House", clock=clock)
    assert (report.accepted, report.rejected) == (60, 2)
    with store.read() as connection:
        reasons = [row.reason for row in imports.rejected(connection, import_id=report.import_id)]
    assert reasons == ['the arrival date cannot be read: "31/02/2024"', 'the arrival date cannot be read: "05/06/2025"']


def test_a_whole_column_of_open_dates_is_a_question_not_damage(
    write_export, store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    stays = [{"booked_on": "2025-01-01", "status_date": f"0{day}/03/2025"} for day in range(4, 9)]
    with pytest.raises(AmbiguousDatesError):
        import_file(write_export(tmp_path / "export.csv", stays), store=store, clock=clock)


HISTORY = """<HISTORY_FORECAST><LIST_G_REC_TYPE_DESC>{groups}</LIST_G_REC_TYPE_DESC></HISTORY_FORECAST>"""
GROUP = (
    "<G_REC_TYPE_DESC><REC_TYPE_DESC>{kind}</REC_TYPE_DESC>"
    "<LIST_G_CONSIDERED_DATE>{nights}</LIST_G_CONSIDERED_DATE></G_REC_TYPE_DESC>"
)
NIGHT_TAGS = (
    "<G_CONSIDERED_DATE><REVENUE>900</REVENUE><NO_ROOMS>{rooms}</NO_ROOMS><ARRIVAL_ROOMS>3</ARRIVAL_ROOMS>"
    "<INVENTORY_ROOMS>22</INVENTORY_ROOMS><CONSIDERED_DATE>{day}</CONSIDERED_DATE><CF_OOO_ROOMS>2</CF_OOO_ROOMS>"
    "<CF_AVERAGE_ROOM_RATE>{rate}</CF_AVERAGE_ROOM_RATE></G_CONSIDERED_DATE>"
)


def test_history_and_forecast_on_its_other_path_in_one_line(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    past = [NIGHT_TAGS.format(day=day, rooms=9, rate=".89") for day in ("30-MAY-25", "31-MAY-25")]
    ahead = [NIGHT_TAGS.format(day=day, rooms=12, rate="75") for day in ("01-JUN-25", "02-JUN-25")]
    groups = GROUP.format(kind="History", nights="".join(past)) + GROUP.format(kind="Forecast", nights="".join(ahead))
    path = tmp_path / "history_forecast.xml"
    path.write_text(HISTORY.format(groups=groups), encoding="utf-8")
    report = import_file(path, store=store, settings_property="Harbour House", clock=clock)
    assert (report.profile, report.accepted, str(report.business_date)) == ("opera_history_forecast", 4, "2025-05-31")
    with store.read() as connection:
        (only,) = properties.all(connection)
        first, *_, last = statistics.all(connection, only.id)
    assert (first.rooms_sold, first.capacity, first.out_of_order, first.adr) == (9.0, 20.0, 2.0, 0.89)
    assert (str(last.stay_date), last.rooms_sold, str(last.as_of)) == ("2025-06-02", 12.0, "2025-05-31")


def test_nightly_figures_do_not_make_old_bookings_look_fresh(
    write_export, store: Store, clock: FixedClock, tmp_path: Path
) -> None:
    first = import_file(write_export(tmp_path / "a.csv", [{"business_date": "2025-05-20"}]), store=store, clock=clock)
    path = tmp_path / "history_forecast.xml"
    nights = NIGHT_TAGS.format(day="31-MAY-25", rooms=9, rate="80")
    path.write_text(HISTORY.format(groups=GROUP.format(kind="History", nights=nights)), encoding="utf-8")
    import_file(path, store=store, settings_property="Harbour House", clock=clock)
    with store.read() as connection:
        (only,) = properties.all(connection)
    assert only.business_date == first.business_date
