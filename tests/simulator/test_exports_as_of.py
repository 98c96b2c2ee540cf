"""An export shows what the PMS knew that night, no more and no less."""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotelml_app.simulator import BOOKING_COLUMNS, SimulationError, SyntheticHotel, export_bookings, export_reviews, write_days

HEADER = (
    "property,reservation_id,booked_on,arrival,departure,status,status_date,room_type,assigned_room_type,room,channel,segment,"
    "rate_code,adr,total,currency,adults,children,customer_type,deposit_type,agent,company,country,meal,special_requests,"
    "previous_cancellations,previous_stays,repeated_guest,guest_name,guest_email,business_date"
)
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def bookings(hotel: SyntheticHotel, day: date, folder: Path, since: date | None = None) -> dict[str, Row]:
    path = folder / f"{day}-{since}.csv"
    export_bookings(hotel, day, path, since)
    return {row["reservation_id"]: row for row in read(path)}


def undated(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "business_date"}


def test_the_header_is_the_agreed_one_and_each_row_carries_the_business_date(city: SyntheticHotel, tmp_path: Path) -> None:
    day = city.start + timedelta(days=300)
    assert ",".join(BOOKING_COLUMNS) == HEADER
    count = export_bookings(city, day, tmp_path / "x.csv")
    text = (tmp_path / "x.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == HEADER
    rows = read(tmp_path / "x.csv")
    assert len(rows) == count > 5000
    assert {row["business_date"] for row in rows} == {day.isoformat()}
    assert {row["property"] for row in rows} == {"Pousada São João"}
    assert len({row["reservation_id"] for row in rows}) == count


def test_no_row_knows_anything_of_a_later_day(city: SyntheticHotel, tmp_path: Path) -> None:
    day = city.start + timedelta(days=300)
    for row in bookings(city, day, tmp_path).values():
        booked, arrival, departure, status_on = (
            date.fromisoformat(row[name]) for name in ("booked_on", "arrival", "departure", "status_date")
        )
        assert booked <= day
        assert status_on <= day
        assert arrival < departure
        if row["status"] == "Reserved":
            assert arrival > day
            assert row["room"] == row["assigned_room_type"] == row["country"] == ""
        elif row["status"] == "In-House":
            assert arrival <= day < departure
            assert "" not in (row["room"], row["assigned_room_type"], row["country"])
        elif row["status"] == "Checked Out":
            assert departure <= day
            assert status_on == departure
        else:
            assert row["status"] in ("Cancelled", "No-Show")
            assert row["room"] == ""
            assert booked <= status_on <= arrival


def test_money_adds_up_and_rates_have_the_property_currency(city: SyntheticHotel, tmp_path: Path) -> None:
    for row in bookings(city, city.last_day, tmp_path).values():
        nights = (date.fromisoformat(row["departure"]) - date.fromisoformat(row["arrival"])).days
        assert float(row["total"]) == pytest.approx(float(row["adr"]) * nights, abs=0.011)
        assert float(row["adr"]) > 10
        assert row["currency"] == "EUR"


@settings(max_examples=10)
@given(days=st.tuples(st.integers(-60, 595), st.integers(0, 90)))
def test_a_delta_on_top_of_an_earlier_full_export_gives_the_later_full_export(
    days: tuple[int, int], city: SyntheticHotel, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("delta")
    first = city.start + timedelta(days=days[0])
    later = city.start + timedelta(days=min(days[0] + days[1], city.days - 1))
    before, after = bookings(city, first, folder), bookings(city, later, folder)
    delta = bookings(city, later, folder, first)
    merged = {**{key: undated(row) for key, row in before.items()}, **{key: undated(row) for key, row in delta.items()}}
    assert merged == {key: undated(row) for key, row in after.items()}
    assert all(undated(row) != undated(before.get(key, {})) for key, row in delta.items())


def test_rows_in_which_nothing_happened_read_as_before(city: SyntheticHotel, tmp_path: Path) -> None:
    first, later = city.start + timedelta(days=200), city.start + timedelta(days=260)
    before, after = bookings(city, first, tmp_path), bookings(city, later, tmp_path)
    assert set(before) <= set(after)
    still = [key for key, row in after.items() if date.fromisoformat(row["status_date"]) <= first and key in before]
    changed = [key for key in still if undated(after[key]) != undated(before[key])]
    # What changes without a new status date: moved dates, changed rates, longer stays, other rooms.
    assert 0 < len(changed) < 0.05 * len(still)
    for key in changed:
        differing = {name for name in HEADER.split(",") if after[key][name] != before[key][name]} - {"business_date"}
        assert differing <= {"arrival", "departure", "rate_code", "adr", "total", "room"}


def test_cancellations_become_visible_on_their_day_and_not_before(city: SyntheticHotel, tmp_path: Path) -> None:
    b = city.bookings
    rows = [r for r in range(len(b)) if b.lost_as[r] == 4 and not b.walked[r] and 100 < b.lost_on[r] < 400][:400:50]
    for row in rows:
        key, day = str(b.reservation_id[row]), city.date_of(int(b.lost_on[row]))
        eve = bookings(city, day - timedelta(days=1), tmp_path)
        assert eve.get(key, {"status": "Reserved"})["status"] == "Reserved"
        assert bookings(city, day, tmp_path)[key]["status"] == "Cancelled"
        assert city.truth.lost(key) == "cancelled"


def test_guests_are_invented_and_unreachable(city: SyntheticHotel, tmp_path: Path) -> None:
    rows = list(bookings(city, city.last_day, tmp_path).values())
    assert all(re.fullmatch(r"[a-z.0-9]+@example\.invalid", row["guest_email"]) for row in rows)
    assert len({row["guest_email"] for row in rows}) > 0.8 * len(rows)
    regular = [row for row in rows if row["repeated_guest"] == "1"]
    assert 0.05 < len(regular) / len(rows) < 0.3
    assert all(int(row["previous_stays"]) >= 1 for row in regular)
    assert all(row["previous_stays"] == "0" for row in rows if row["repeated_guest"] == "0")
    assert len({row["guest_email"] for row in regular}) < 0.8 * len(regular)
    assert not {row["guest_email"] for row in regular} & {row["guest_email"] for row in rows if row["repeated_guest"] == "0"}


def test_a_watcher_never_sees_half_a_file(city: SyntheticHotel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(self: Path, target: Path) -> Path:
        assert self.suffix == ".part"
        raise OSError("power cut")

    monkeypatch.setattr(Path, "replace", power_cut)
    with pytest.raises(OSError, match="power cut"):
        export_bookings(city, city.last_day, tmp_path / "x.csv")
    assert list(tmp_path.iterdir()) == []


def test_days_are_written_as_one_full_export_and_deltas_that_rebuild_the_last_day(city: SyntheticHotel, tmp_path: Path) -> None:
    first, last = city.start + timedelta(days=390), city.start + timedelta(days=420)
    files = write_days(city, tmp_path / "drop", first, last, every_days=5)
    assert sorted(tmp_path.glob("drop/*")) == sorted(files)
    assert files[0].name == f"pousada-sao-joao_bookings_{first}.csv"
    known: dict[str, Row] = {}
    for path in files:
        if "_bookings_" in path.name:
            known |= {row["reservation_id"]: undated(row) for row in read(path)}
    assert known == {key: undated(row) for key, row in bookings(city, last, tmp_path).items()}
    reviews = [row["review_id"] for path in files if "_reviews_" in path.name for row in read(path)]
    assert len(reviews) == len(set(reviews)) == sum(review.reviewed_on <= last for review in city.reviews)


def test_reviews_are_exported_by_the_day_they_were_written(city: SyntheticHotel, tmp_path: Path) -> None:
    day = city.start + timedelta(days=200)
    count = export_reviews(city, day, tmp_path / "r.csv")
    rows = read(tmp_path / "r.csv")
    assert (
        (tmp_path / "r.csv")
        .read_text(encoding="utf-8")
        .startswith("property,review_id,review_date,score,scale,title,positive,negative,text,language,guest_name")
    )
    assert count == len(rows) > 50
    assert max(row["review_date"] for row in rows) <= day.isoformat()
    later = export_reviews(city, city.last_day, tmp_path / "later.csv", day)
    assert count + later == len(city.reviews)


def test_a_day_that_was_not_simulated_is_refused(city: SyntheticHotel, tmp_path: Path) -> None:
    for day in (city.last_day + timedelta(days=1), city.start - timedelta(days=366)):
        with pytest.raises(SimulationError, match="outside the simulated days"):
            export_bookings(city, day, tmp_path / "x.csv")
    with pytest.raises(SimulationError, match="out of order"):
        write_days(city, tmp_path, city.last_day, city.start)
