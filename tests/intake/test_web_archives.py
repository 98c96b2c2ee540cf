"""Files that are called .xls and are web archives (MHTML), as report servers and Excel's "single file web page" save them."""

from __future__ import annotations

import base64
import quopri
import time
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.intake.errors import DamagedFileError, TooLargeError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.readers.opening import documents_in
from hotelml_app.store import Store

HEADER = ("Reservation ID", "Confirmation #", "Guest", "Room", "Check-in", "Check-out", "Booked", "Status", "Booking amount")
BOOKING = ("501", "x", "Ada Müller", "Doppelzimmer für zwei", "2025-06-20", "2025-06-22", "2025-05-02", "Reserved", "1,200.50 €")
BEGINNING = (
    'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="----=_NextPart_01"\r\n\r\n'
)


def page(*rows: tuple[str, ...], encoding: str = "utf-8") -> bytes:
    lines = "".join(f"<tr>{''.join(f'<td class=xl24>{cell}</td>' for cell in row)}</tr>\r\n" for row in rows)
    return f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>{lines}</table></body></html>'.encode(encoding)


def part(content: bytes, way: str = "quoted-printable", kind: str = 'text/html; charset="utf-8"') -> bytes:
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(way, bytes)(content)
    headers = (
        f"------=_NextPart_01\r\nContent-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: {way}\r\nContent-Type: {kind}"
    )
    return headers.encode() + b"\r\n\r\n" + packed + b"\r\n"


def archive(*parts: bytes, beginning: str = BEGINNING) -> bytes:
    return beginning.encode() + b"This is a document in several parts.\r\n\r\n" + b"".join(parts) + b"------=_NextPart_01--\r\n"


@pytest.mark.parametrize("way", ["quoted-printable", "base64", "8bit", ""])
@pytest.mark.parametrize(
    "beginning",
    [
        BEGINNING,
        "From: <Saved by a browser>\nSubject: Arrivals\nDate: Thu, 1 May 2025 06:00:00 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----=_NextPart_01"\n\n',
    ],
)
def test_a_web_archive_called_xls_is_taken_in(store: Store, tmp_path: Path, way: str, beginning: str) -> None:
    guests = [(str(500 + number), *BOOKING[1:]) for number in range(40)]
    picture = part(b"\x89PNG", "base64", "image/png")
    data = archive(part(page(HEADER, *guests), way), picture, part(b"td { }", way, "text/css"), beginning=beginning)
    (tmp_path / "x.xls").write_bytes(data)
    report = import_file(tmp_path / "x.xls", store=store, settings_property="The Inn", clock=store.clock)
    assert (report.profile, report.accepted, report.rejected) == ("expedia", 40, 0)
    first = newest(store)["501"]
    assert (first["total"], first["room_type"]) == (1200.5, "Doppelzimmer für zwei")


def test_every_sheet_of_a_saved_workbook_is_a_table_and_what_frames_them_is_none() -> None:
    frame = part(b"<html><frameset><frame src=sheet001.htm></frameset></html>")
    tabs = part(b"<html><body><table><tr><td>Sheet1</td><td>Sheet2</td></tr></table></body></html>")
    (document,) = documents_in("x.xls", archive(frame, part(page(HEADER)), part(page(BOOKING, HEADER)), tabs))
    assert [(sheet.name, len(sheet.head)) for sheet in document.sheets] == [("Table 1", 1), ("Table 2", 2)]


@pytest.mark.parametrize(
    ("kind", "encoding"), [('text/html; charset="windows-1250"', "cp1250"), ("text/html", "utf-16"), ("text/html", "cp1252")]
)
def test_the_letters_of_a_part_are_those_it_says_or_shows(kind: str, encoding: str) -> None:
    told = ("Zimmer für Müller", "b", "c") if encoding == "cp1252" else ("Příjezd", "b", "c")
    (document,) = documents_in("x.xls", archive(part(page(told, encoding=encoding), "base64", kind)))
    assert document.sheets[0].head[0].cells == told


def test_an_archive_of_a_single_page_needs_no_parts() -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    (document,) = documents_in("x.mht", data + base64.encodebytes(page(BOOKING)))
    assert document.sheets[0].head[0].cells == BOOKING


@pytest.mark.parametrize("way", ["quoted-printable", "base64", "8bit"])
def test_an_archive_that_is_cut_off_is_refused_wherever_it_ends(way: str) -> None:
    whole = archive(part(page(HEADER, *[BOOKING] * 30), way))
    for end in range(len(BEGINNING) + 60, len(whole) - len("--\r\n"), 97):
        with pytest.raises(DamagedFileError, match=r"ends before its end|ends in the middle"):
            documents_in("x.xls", whole[:end])


def test_an_e_mail_is_called_one() -> None:
    mail = (
        b"Received: from a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b--\r\n"
    )
    with pytest.raises(DamagedFileError, match="is an e-mail") as told:
        documents_in("x.eml", mail)
    assert "attached" in told.value.remedy


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (archive(part(b"x") * 2500), TooLargeError),
        (archive(b"\r\n".join([b"--" * 40] * 60_000)), DamagedFileError),
        ((BEGINNING + "X-A: b\r\n\t" * 200_000).encode(), DamagedFileError),
        (b"MIME-Version: 1.0\r\n" + b"X-A: b\r\n\t" * 200_000, DamagedFileError),
        (archive(part(page(*[(f"<td colspan=16000>{'x' * 9}",)] * 200)) * 20), TooLargeError),
    ],
)
def test_an_archive_that_would_take_all_time_or_memory_is_refused_in_a_moment(data: bytes, error: type[Exception]) -> None:
    started = time.process_time()
    with pytest.raises(error):
        documents_in("x.xls", data)
    assert time.process_time() - started < 5
