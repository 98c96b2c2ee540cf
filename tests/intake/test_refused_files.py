"""What cannot be imported is refused in words, and nothing changes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import CancelToken
from hotelml_app.intake.errors import (
    AmbiguousLayoutError,
    DamagedFileError,
    EmptyFileError,
    NoSuchFileError,
    NotAFileError,
    NothingUsableError,
    UnknownLayoutError,
    UnknownProfileError,
    WrongProfileError,
)
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.report import ImportReport
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties


def take_in(store: Store, path: Path, **options: object) -> ImportReport:
    return import_file(path, store=store, clock=store.clock, **options)


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("empty.csv", b"", EmptyFileError, "nothing in"),
        ("blank.csv", b"\r\n \r\n", EmptyFileError, "nothing in"),
        (
            "header.csv",
            b"reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code\n",
            EmptyFileError,
            "no row",
        ),
        ("cut.csv.gz", gzip.compress(b"a,b\n" * 999, mtime=0)[:-9], DamagedFileError, "cut off"),
        ("strange.csv", b"colour,taste\nred,sour\n", UnknownLayoutError, "None of its 2 column names is known"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n", DamagedFileError, "picture"),
    ],
)
def test_a_file_that_cannot_be_used_fails_in_words_and_is_noted(
    store: Store, tmp_path: Path, name: str, data: bytes, error: type[Exception], words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error, match=words) as told:
        take_in(store, tmp_path / name)
    assert told.value.remedy
    with store.read() as connection:
        noted = imports.recent(connection)
        assert not properties.all(connection)
    assert [(row.file_name, row.status) for row in noted] == [(name, "failed")]


def test_a_guest_list_without_header_is_not_repeated_in_the_error(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Ada Muster,ada@example.org,2025-06-10\n", encoding="utf-8")
    with pytest.raises(UnknownLayoutError) as told:
        take_in(store, tmp_path / "a.csv")
    assert "Ada" not in str(told.value)


def test_a_missing_file_and_a_folder_are_told_apart(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFileError):
        take_in(store, tmp_path / "none.csv")
    with pytest.raises(NotAFileError):
        take_in(store, tmp_path)


def test_a_profile_that_does_not_exist_names_the_nearest(store: Store, write_export, tmp_path: Path) -> None:
    with pytest.raises(UnknownProfileError, match="Did you mean hotelml") as told:
        take_in(store, write_export(tmp_path / "a.csv", [{}]), profile="hotelm")
    assert told.value.exit_code == 2


def test_a_profile_that_does_not_fit_says_what_it_needs(store: Store, write_export, tmp_path: Path) -> None:
    with pytest.raises(WrongProfileError, match="arrival_date_year"):
        take_in(store, write_export(tmp_path / "a.csv", [{}]), profile="booking_demand")


def test_two_profiles_that_claim_one_file_are_both_named(store: Store, tmp_path: Path) -> None:
    words = {"reservation_id", "booked_on", "arrival", "departure", "status", "status_date", "room_type", "rate_code"}
    words |= {"arrival_date_year", "arrival_date_month", "arrival_date_day_of_month", "reservation_status"}
    (tmp_path / "a.csv").write_text(",".join(sorted(words)) + "\n" + "x" + "," * (len(words) - 1) + "\n", encoding="utf-8")
    with pytest.raises(AmbiguousLayoutError, match="booking_demand and hotelml"):
        take_in(store, tmp_path / "a.csv")


def test_where_no_row_can_be_used_nothing_changes_and_the_rows_can_be_looked_at(
    store: Store, write_export, tmp_path: Path
) -> None:
    with pytest.raises(NothingUsableError, match="line 2: the arrival date is missing"):
        take_in(store, write_export(tmp_path / "a.csv", [{"arrival": ""}, {"arrival": "soon"}]))
    with store.read() as connection:
        assert not properties.all(connection)
        assert len(imports.rejected(connection)) == 2


def test_an_import_that_is_stopped_leaves_nothing_behind(store: Store, write_export, tmp_path: Path) -> None:
    token = CancelToken()

    def stop_when_storing(fraction: float, step: str) -> None:
        if step.startswith("Storing"):
            token.cancel()

    with pytest.raises(Cancelled):
        take_in(store, write_export(tmp_path / "a.csv", [{}]), cancel=token, progress=stop_when_storing)
    with store.read() as connection:
        assert not imports.recent(connection)
        assert not properties.all(connection)
