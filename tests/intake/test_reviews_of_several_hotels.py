"""Which hotel reviews are of: each is of the one that its row names, by whatever name sites know it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hotelml_app.intake.importing import import_file
from hotelml_app.intake.owners import keep_set_up
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import reviews
from hotelml_app.store.hotels import properties

PLAIN = ("Review,Rating", "{text},{score}")
EXTRANET = (
    "Review date,Guest name,Reservation number,Review title,Positive review,Negative review,Review score",
    "2025-05-0{score} 10:00:00,Jo,100000{score},Fine,{text},,{score}",
)


def texts(store: Store, name: str) -> list[str]:
    with store.read() as connection:
        rows = reviews.all(connection, properties.by_name(connection, name).id)
    return sorted(row.body or row.positive for row in rows)


@pytest.mark.parametrize(("layout", "column"), [(PLAIN, "Hotel"), (PLAIN, "property_name"), (EXTRANET, "Property name")])
def test_reviews_of_two_hotels_in_one_file_stay_apart(layout: tuple[str, str], column: str, store: Store, tmp_path: Path) -> None:
    header, row = layout
    told = [("Lovely and clean", 5, "Alpha"), ("Loud at night", 1, "Beta"), ("Quiet rooms", 4, "Alpha")]
    lines = [f"{header},{column}", *(f"{row.format(text=text, score=score)},{hotel}" for text, score, hotel in told)]
    path = tmp_path / "reviews_2025-06-30.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = import_file(path, store=store, clock=store.clock)
    assert report.created == 3
    assert texts(store, "Alpha") == ["Lovely and clean", "Quiet rooms"]
    assert texts(store, "Beta") == ["Loud at night"]


def drop(store: Store, path: Path, *lines: str) -> ImportReport:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return import_file(path, store=store, settings_property="Harbour House", clock=store.clock)


def drop_reviews(store: Store, folder: Path, hotel: str, text: str = "Lovely") -> ImportReport:
    name = f"reviews {hotel} {text}.csv".replace("/", " ")
    return drop(store, folder / name, "Hotel,Review,Rating", f'"{hotel}",{text},5', f'"{hotel}",{text} again,4')


def drop_bookings(store: Store, folder: Path, hotel: str, write_export: Callable[..., Path]) -> None:
    path = write_export(folder / f"bookings {hotel}.csv", [{"property": hotel}])
    import_file(path, store=store, settings_property="Harbour House", clock=store.clock)


def names(store: Store) -> list[str]:
    with store.read() as connection:
        return sorted(row.name for row in properties.all(connection))


def test_reviews_that_come_first_do_not_make_the_code_of_the_pms_a_second_hotel(
    store: Store, tmp_path: Path, write_export: Callable[..., Path]
) -> None:
    drop_reviews(store, tmp_path, "Seaview")
    drop_bookings(store, tmp_path, "HBH01", write_export)
    drop_bookings(store, tmp_path, "HBH02", write_export)
    assert names(store) == ["HBH02", "Harbour House"]
    assert texts(store, "Harbour House") == ["Lovely", "Lovely again"]


@pytest.mark.parametrize("hotel", ["Harbour House Hotel & Spa, Rye", "The HARBOUR HOUSE", "Hotel Harbour House"])
def test_a_site_may_know_the_hotel_by_a_longer_name(
    hotel: str, store: Store, tmp_path: Path, write_export: Callable[..., Path]
) -> None:
    drop_bookings(store, tmp_path, "HBH01", write_export)
    report = drop_reviews(store, tmp_path, hotel)
    assert f"The reviews call the hotel {hotel}: they count as those of Harbour House." in report.notes
    drop_reviews(store, tmp_path, hotel, "Fair")
    assert names(store) == ["Harbour House"]
    assert len(texts(store, "Harbour House")) == 4


@pytest.mark.parametrize("hotel", ["Seaview", "Harbour Inn", "The Hotel"])
def test_reviews_of_another_hotel_are_not_mixed_with_those_of_the_known_one(
    hotel: str, store: Store, tmp_path: Path, write_export: Callable[..., Path]
) -> None:
    drop_bookings(store, tmp_path, "HBH01", write_export)
    drop_reviews(store, tmp_path, hotel)
    assert names(store) == sorted(["Harbour House", hotel])
    assert texts(store, "Harbour House") == []


@pytest.mark.parametrize("hotels", [("Harbour House Rye", "Harbour House Hastings"), ("Harbour House", "Harbour House Hastings")])
def test_hotels_that_one_file_tells_apart_are_not_mixed_however_alike_their_names(
    hotels: tuple[str, str], store: Store, tmp_path: Path, write_export: Callable[..., Path]
) -> None:
    drop_bookings(store, tmp_path, "HBH01", write_export)
    drop(store, tmp_path / "reviews.csv", "Hotel,Review,Rating", f"{hotels[0]},Lovely,5", f"{hotels[1]},Loud,1")
    assert names(store) == sorted({"Harbour House", *hotels})
    assert texts(store, hotels[0]) == ["Lovely"]
    assert texts(store, hotels[1]) == ["Loud"]


def test_a_name_that_may_be_of_another_hotel_that_is_set_up_is_not_taken_for_the_only_one_known(
    store: Store, tmp_path: Path, write_export: Callable[..., Path]
) -> None:
    drop_bookings(store, tmp_path, "HBH01", write_export)
    keep_set_up(store, ["Harbour House", "Harbour House Annexe"])
    drop_reviews(store, tmp_path, "Harbour House Annexe, Rye")
    assert texts(store, "Harbour House") == []


@pytest.mark.parametrize("named", ["", "Harbour House"])
def test_reviews_that_leave_the_hotel_blank_are_taken(named: str, store: Store, tmp_path: Path) -> None:
    drop(store, tmp_path / "reviews.csv", "Hotel,Review,Rating", f"{named},Lovely,5", ",Loud,1", ",Quiet,4")
    assert names(store) == ["Harbour House"]
    assert texts(store, "Harbour House") == ["Loud", "Lovely", "Quiet"]


def test_of_several_hotels_a_review_that_names_none_is_kept_aside(store: Store, tmp_path: Path) -> None:
    report = drop(store, tmp_path / "reviews.csv", "Hotel,Review,Rating", "Alpha,Lovely,5", "Beta,Loud,1", ",Quiet,4")
    assert (report.created, report.rejected) == (2, 1)


def test_a_name_that_only_tells_the_kind_of_house_is_not_known_again_in_longer_ones(
    store: Store, tmp_path: Path, write_export: Callable[..., Path]
) -> None:
    path = write_export(tmp_path / "bookings.csv", [{"property": "R1"}])
    import_file(path, store=store, settings_property="The Resort", clock=store.clock)
    for hotel in ("Seaview Resort & Spa", "Resort Hotel"):
        path = tmp_path / f"reviews {hotel}.csv"
        path.write_text(f"Hotel,Review,Rating\n{hotel},Lovely,5\n", encoding="utf-8")
        import_file(path, store=store, settings_property="The Resort", clock=store.clock)
    assert names(store) == ["Seaview Resort & Spa", "The Resort"]
    assert texts(store, "The Resort") == ["Lovely"]
