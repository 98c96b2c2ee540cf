"""A seed is a hotel: the same everywhere, and steady where something else about it changes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from hotelml_app.simulator import PRESETS, SimulationError, SyntheticHotel, export_bookings, export_reviews, preset, simulate
from hotelml_app.simulator.plan import HotelPlan, RoomType
from hotelml_app.simulator.requests import Requests

OPENING = date(2023, 1, 2)


def small(**changes: object) -> SyntheticHotel:
    return simulate(**{"seed": 4, "days": 120, "rooms": 30, "start": OPENING, **changes})  # type: ignore[arg-type]


def exported(hotel: SyntheticHotel, day: date, folder: Path) -> bytes:
    export_bookings(hotel, day, folder / "bookings.csv")
    export_reviews(hotel, day, folder / "reviews.csv")
    return (folder / "bookings.csv").read_bytes() + (folder / "reviews.csv").read_bytes()


def test_the_same_seed_writes_the_same_files_byte_for_byte(tmp_path: Path) -> None:
    day = OPENING + timedelta(days=119)
    assert exported(small(), day, tmp_path / "a") == exported(small(), day, tmp_path / "b")


def test_the_same_seed_writes_the_same_files_in_another_process_with_other_hashing(tmp_path: Path) -> None:
    day = OPENING + timedelta(days=119)
    code = (
        "import sys; from datetime import date; from pathlib import Path; from hotelml_app.simulator import *\n"
        f"hotel = simulate(seed=4, days=120, rooms=30, start=date({OPENING.year}, {OPENING.month}, {OPENING.day}))\n"
        "export_bookings(hotel, hotel.last_day, Path(sys.argv[1]) / 'bookings.csv')\n"
        "export_reviews(hotel, hotel.last_day, Path(sys.argv[1]) / 'reviews.csv')\n"
    )
    (tmp_path / "other").mkdir()
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "other")], check=True, env={**os.environ, "PYTHONHASHSEED": "77"})
    other = (tmp_path / "other" / "bookings.csv").read_bytes() + (tmp_path / "other" / "reviews.csv").read_bytes()
    assert exported(small(), day, tmp_path / "here") == other


def test_another_seed_is_another_hotel(tmp_path: Path) -> None:
    day = OPENING + timedelta(days=119)
    assert exported(small(), day, tmp_path / "a") != exported(small(seed=5), day, tmp_path / "b")


def test_a_hotel_that_lived_on_wrote_the_same_exports_in_its_youth(tmp_path: Path) -> None:
    day = OPENING + timedelta(days=119)
    assert exported(small(), day, tmp_path / "young") == exported(small(days=200), day, tmp_path / "old")


def with_segment(plan: HotelPlan, name: str, **changes: object) -> HotelPlan:
    return replace(plan, segments=tuple(replace(s, **changes) if s.name == name else s for s in plan.segments))  # type: ignore[arg-type]


def of_segment(hotel: SyntheticHotel, name: str) -> Requests:
    number = [segment.name for segment in hotel.plan.segments].index(name)
    return hotel.requests.take(hotel.requests.segment == number)


def test_changing_how_one_segment_behaves_leaves_the_guests_of_the_others_as_they_were() -> None:
    plan = preset("city").resized(30)
    before, after = (
        small(plan=plan),
        small(plan=with_segment(plan, "Online TA", lead=replace(plan.segments[0].lead, median_days=5))),
    )
    for name in ("Direct", "Corporate", "Groups"):
        ours, theirs = of_segment(before, name), of_segment(after, name)
        for column in ("day", "arrival", "nights", "room_type", "rate", "cancel_on", "no_show", "adults", "country"):
            assert np.array_equal(getattr(ours, column), getattr(theirs, column)), (name, column)


def test_changing_who_shows_up_does_not_change_who_asks() -> None:
    plan = preset("city").resized(30)
    before, after = small(plan=plan), small(plan=replace(with_segment(plan, "Direct", review=0.5), quality_shifts=()))
    assert np.array_equal(before.requests.arrival, after.requests.arrival)
    assert np.array_equal(before.bookings.adr, after.bookings.adr)
    assert np.array_equal(before.bookings.room, after.bookings.room)


def test_raising_rates_changes_who_books_but_not_who_asks() -> None:
    plain, dear = small(policy="static"), small(policy=lambda night, code: 400.0)
    assert np.array_equal(plain.requests.most, dear.requests.most)
    assert len(dear.bookings) < 0.7 * len(plain.bookings)


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_makes_a_plausible_hotel(name: str) -> None:
    hotel = simulate(seed=9, preset=name, days=240, start=OPENING)
    occupancy = np.mean([hotel.truth.rooms_sold(OPENING + timedelta(days=day)) for day in range(60, 240)]) / hotel.plan.rooms
    assert 0.5 < occupancy < 0.95
    assert len(hotel.reviews) > 20


def test_two_and_a_half_years_of_120_rooms_take_a_few_seconds() -> None:
    began = time.process_time()
    hotel = simulate(seed=3, days=913)
    assert time.process_time() - began < 5
    assert 40_000 <= len(hotel.bookings) <= 60_000


@pytest.mark.parametrize("rooms", [4, 7, 24, 61, 300])
def test_a_hotel_can_have_any_number_of_rooms(rooms: int) -> None:
    plan = preset("city").resized(rooms)
    assert plan.rooms == rooms
    assert min(room_type.rooms for room_type in plan.room_types) >= 1


def test_a_hotel_that_makes_no_sense_is_refused_in_words() -> None:
    for wrong, words in (
        (lambda: simulate(preset="moon base"), "moon base"),
        (lambda: simulate(days=0), "0 days"),
        (lambda: simulate(rooms=2), "too few"),
        (lambda: simulate(seed=-1), "seed"),
        (lambda: simulate(policy="greedy", days=5), "greedy"),
        (lambda: simulate(policy=lambda night, code: -1.0, days=5), "cannot be charged"),
        (lambda: replace(preset("city"), room_types=(RoomType("A", "A", 0, 10),)), "needs rooms"),
        (lambda: replace(preset("city"), price_season=(1.0,)), "twelve"),
        (lambda: replace(preset("city"), quality={"karaoke": 1.0}), "karaoke"),
    ):
        with pytest.raises(SimulationError, match=words) as caught:
            wrong()
        assert caught.value.remedy
