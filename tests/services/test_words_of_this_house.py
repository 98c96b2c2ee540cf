"""A word of the status that HotelML knows may mean something else in a house: what staff say of it wins, and stays so."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from dropped import newest
from small_hotel import open_at_morning

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.intake.errors import NoSuchFileError
from hotelml_app.intake.mapping.map_file import read_map
from hotelml_app.services.appliance import Appliance

KNOWN = "reservation_id,booked_on,arrival,departure,status,status_date,room_type,rate_code"
OWN = "Nr,Gebucht am,Anreise,Abreise,Zustand,Stand vom,Zimmertyp,Rate"
FIRST = date(2031, 5, 1)


@pytest.fixture
def inn(tmp_path: Path) -> Appliance:
    with open_at_morning(tmp_path / "home") as opened:
        opened.complete_first_run("Inn", tmp_path / "drop")
        yield opened


def write(path: Path, header: str, code: str = "BAR") -> Path:
    lines = [header]
    for n in range(40):
        arrival = FIRST + timedelta(n)
        word = ("OPT", "Confirmed", "Cancelled")[n % 3]
        lines.append(f"R{n},2030-01-01,{arrival},{arrival + timedelta(2)},{word},2030-01-01,DBL,{code}")
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def known(inn: Appliance) -> Counter[str]:
    return Counter(BookingStatus(int(str(one["status"]))).name.lower() for one in newest(inn.parts.store).values())


def words(inn: Appliance, path: Path) -> dict[str, str]:
    return {one.word: one.status for one in inn.propose_mapping(path, "Inn").status_words}


@pytest.mark.parametrize("header", [KNOWN, OWN])
def test_what_staff_say_of_a_known_word_wins_and_is_remembered(inn: Appliance, tmp_path: Path, header: str) -> None:
    first = write(tmp_path / "a.csv", header)
    inn.import_files([first], "Inn")
    assert known(inn) == {"tentative": 14, "reserved": 13, "cancelled": 13}
    assert words(inn, first) == {"OPT": "tentative", "Confirmed": "reserved", "Cancelled": "cancelled"}
    assert inn.dry_run(first, {"statuses": {"OPT": "reserved"}}, "Inn").bookings[0].status == "reserved"
    inn.import_mapped(first, {"statuses": {"OPT": "reserved"}}, "Inn")
    assert known(inn) == {"reserved": 27, "cancelled": 13}
    second = write(tmp_path / "b.csv", header, "CORP")
    assert words(inn, second)["OPT"] == "reserved"
    inn.import_files([second], "Inn")
    assert known(inn) == {"reserved": 27, "cancelled": 13}
    inn.import_mapped(second, {"statuses": {"OPT": "tentative"}}, "Inn")
    assert known(inn)["tentative"] == 14, "and it may be taken back"


@pytest.mark.parametrize("header", [KNOWN, OWN])
def test_a_map_to_begin_with_lists_the_known_words_to_be_said_otherwise(inn: Appliance, tmp_path: Path, header: str) -> None:
    draft = inn.propose_mapping(write(tmp_path / "a.csv", header)).toml
    assert '# "OPT" = "tentative"' in draft.splitlines()
    assert tomllib.loads(draft)["statuses"] == {}, "as it stands it says nothing"
    written = tmp_path / "map.toml"
    written.write_text(draft.replace('# "OPT" = "tentative"', '"OPT" = "reserved"'), encoding="utf-8")
    assert read_map(written).statuses == {"opt": BookingStatus.RESERVED}


def test_the_file_of_an_import_is_found_where_it_was_put(inn: Appliance, tmp_path: Path) -> None:
    (one,) = inn.import_files([write(tmp_path / "drop" / "a.csv", KNOWN)], "Inn")
    with pytest.raises(NoSuchFileError, match=r"a\.csv does not lie in the folder processed"):
        inn.original_of(one.id)
    lying = tmp_path / "drop" / "processed" / "a (2).csv"
    lying.parent.mkdir()
    (tmp_path / "drop" / "a.csv").rename(lying)
    assert inn.original_of(one.id) == lying
