"""Files that somebody took for a hand-over file: each is told for what it is, with the command that reads it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from small_hotel import open_at_morning

from hotelml_app.services.handover import reading
from hotelml_app.services.handover.errors import NotAHandoverError
from hotelml_app.services.handover.reading import read_now
from hotelml_app.settings.home import HomeLayout


def workbook() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


NO_COMMAND = "Name the file that another HotelML wrote"


@pytest.mark.parametrize(
    ("name", "content", "what", "remedy"),
    [
        ("arrivals.pdf", b"%PDF-1.7\n%\xe2\xe3", "a PDF", NO_COMMAND),
        ("photo.hotelml", b"\x89PNG\r\n\x1a\n\0\0", "a picture", NO_COMMAND),
        ("other.db", b"SQLite format 3\0" + b"\0" * 84, "a database of another program", NO_COMMAND),
        ("arrivals.xlsx", workbook(), "an Excel workbook", "hotelml import "),
        ("arrivals.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document", "hotelml import "),
        ("arrivals.csv", b"Reservation;Arrival\r\n1;2\r\n", "a text file", "hotelml import "),
        ("arrivals.txt", "Ankünfte".encode("utf-16"), "a text file", "hotelml import "),
        ("arrivals.csv.gz", b"\x1f\x8b\x08\0", "a compressed file", "hotelml import "),
        ("hotelml-0.2.0-windows-setup.exe", b"MZ\x90\0", "a package of the program", "hotelml update "),
    ],
)
def test_what_a_file_is_instead_is_told_with_the_command_that_reads_it(
    name: str, content: bytes, what: str, remedy: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotAHandoverError) as told:
        reading.look(tmp_path / name)
    assert told.value.message.startswith(f"{name} is {what}")
    assert told.value.message.endswith("not a hand-over file of HotelML; nothing was changed.")
    assert remedy in told.value.remedy
    assert remedy == NO_COMMAND or told.value.remedy.endswith(str(tmp_path / name))


def test_a_backup_is_told_from_a_hand_over_file(hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        backup = Path(appliance.back_up().backups[0].path)
    with pytest.raises(NotAHandoverError, match="is a backup of HotelML's database") as told:
        read_now(HomeLayout(hotel_home), backup, "")
    assert told.value.remedy == f"Put it back with: hotelml restore {backup}"


@pytest.mark.parametrize(("name", "content"), [("a.hotelml", b"rubbish"), ("a.zip", b"PK\x03\x04 nothing"), ("a.bin", b"\0\1")])
def test_what_may_be_a_part_of_one_is_told_to_be_damaged(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(NotAHandoverError, match="is damaged or was cut off"):
        reading.look(tmp_path / name)
