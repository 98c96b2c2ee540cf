"""Text as old programs write it: in the code page of DOS, and in four bytes a letter."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.intake.importing import import_file
from hotelml_app.intake.readers.encoding import to_utf8
from hotelml_app.intake.readers.opening import documents_in
from hotelml_app.store import Store

HEADER = "Reservation ID,Confirmation #,Guest,Room,Check-in,Check-out,Booked,Status,Booking amount\n"
ROW = "501,x,Jörg Müßig,Doppelzimmer für zwei,2025-06-20,2025-06-22,2025-05-02,Reserved,200.00\n"
WORDS = [
    "Doppelzimmer für zwei",
    "Zürich",
    "Hôtel réservé à la fenêtre",
    "Habitación con baño español, niños allí",
    "ÉTÉ MÜNCHEN GRÖSSE",
]


def test_an_export_in_the_code_page_of_dos_keeps_its_letters(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes((HEADER + ROW).encode("cp850"))
    report = import_file(tmp_path / "a.csv", store=store, settings_property="The Inn", clock=store.clock)
    assert newest(store)["501"]["room_type"] == "Doppelzimmer für zwei"
    assert "The text was read as cp850." in report.notes


@pytest.mark.parametrize("text", WORDS)
def test_either_code_page_is_told_by_the_letters_within_words(text: str) -> None:
    for encoding in ("cp1252", "cp850"):
        assert to_utf8("a.csv", f"a;{text};b\n".encode(encoding)) == (f"a;{text};b\n".encode(), encoding)


@pytest.mark.parametrize(
    "text",
    ["l’hôtel d’été", "“quoted” – and so on…", "Škoda Žižka œuvre Ÿ", "price 50 € each", "O’Brien", "Straße„Mitte“ TV™ a•b"],
)
def test_quotation_marks_and_signs_of_windows_are_no_letters_of_dos(text: str) -> None:
    assert to_utf8("a.csv", f"a;{text};b\n".encode("cp1252"))[1] == "cp1252"


def test_letters_of_a_mac_are_not_taken_for_those_of_dos() -> None:
    assert to_utf8("a.csv", "Réservé, très grande chère élève; être; Zürich\n".encode("mac-roman"))[1] == "cp1252"


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")])
def test_text_of_four_bytes_a_letter_is_read_in_every_form(mark: bytes, encoding: str) -> None:
    def first_row(name: str, text: str) -> tuple[str, ...]:
        (document,) = documents_in(name, mark + text.encode(encoding))
        return document.sheets[0].head[1].cells

    assert first_row("a.csv", "a,b\nfür,2\n") == ("für", "2")
    assert first_row("a.json", '[{"a": "für", "b": "2"}, {"a": "x", "b": "3"}]') == ("für", "2")
    assert first_row("a.xml", '<?xml version="1.0" encoding="UTF-32"?><R><G><A>für</A><B>2</B></G></R>') == ("für", "2")
    assert first_row("a.xls", "<table><tr><td>a<td>b<td>c<tr><td>für<td>2<td>3</table>") == ("für", "2", "3")
