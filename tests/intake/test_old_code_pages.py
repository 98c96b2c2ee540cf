"""Text as old programs write it: in the code page of DOS, and in four bytes a letter."""

from __future__ import annotations

import codecs
import time
from pathlib import Path

import pytest
from dropped import newest

from hotelml_app.intake.importing import import_file
from hotelml_app.intake.readers.opening import documents_in
from hotelml_app.intake.readers.text.encoding import to_utf8
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


CENTRAL = {
    "Czech": "Číslo rezervace;Příjezd;Odjezd;Počet nocí;Stav;Vytvořeno;Dvoulůžkový;Potvrzená;Zrušeno;Dvořák;Kadeřábková",
    "Slovak": "Číslo rezervácie;Príchod;Počet nocí;Typ izby;Vytvorené;Zrušená;Dvojlôžková;Ubytovaný;Šťastný;Ľubomír;Hôrka",
    "Polish": "Nr rezerwacji;Przyjazd;Założono;Źródło;Gość;Dwuosobowy;Pokój;Łukasz Wiśniewski;Śniadanie;Opłacono zaliczkę",
}


@pytest.mark.parametrize("language", CENTRAL)
@pytest.mark.parametrize("encoding", ["cp1250", "cp852", "iso8859_2"])
def test_a_text_of_central_europe_is_told_by_words_that_no_western_language_writes(language: str, encoding: str) -> None:
    text = f"{CENTRAL[language]}\n"
    assert to_utf8("a.csv", text.encode(encoding)) == (text.encode(), encoding)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "Număr rezervare;Sosire;Nopţi;Tip cameră;Confirmată;Anulată;Preţ;Oaspeţi"),
        ("cp852", "Broj noćenja;Potvrđena;Završena;Nije došao;Ivančić Đuro;Dječja;Šifra sobe"),
        ("cp1254", "Rezervasyon numarası;Giriş;Çıkış;Gece sayısı;İptal;Onaylandı;Şükrü Öğüt"),
        ("cp1254", "Giriş;Çıkış;Oda Tipi;Onaylandı;Konaklıyor;Çıkış yaptı;İptal"),
        ("cp1254", "Giriş Tarihi;Çıkış Tarihi;Oda Tipi;Durum;İptal"),
        ("cp857", "Rezervasyon numarası;Giriş;Çıkış;Gece sayısı;İptal;Onaylandı;Şükrü Öğüt"),
        ("cp1257", "Atvykimas;Išvykimas;Būsena;Patvirtinta;Viešbutis;Svečių skaičius;Ąžuolas;Žėručio"),
        ("cp1251", "Номер брони;Заезд;Выезд;Подтверждено;Отменено;Категория"),
        ("koi8_r", "Номер брони;Заезд;Выезд;Подтверждено;Отменено;Категория"),
        ("cp866", "Номер брони;Заезд;Выезд;Подтверждено;Отменено;Категория"),
        ("cp1253", "Άφιξη;Αναχώρηση;Κατάσταση;Επιβεβαιωμένη;Ακυρώθηκε"),
        ("mac_roman", "Réservé, très grande chère élève; être; Zürich"),
    ],
)
def test_so_are_texts_of_the_east_and_of_a_mac(encoding: str, text: str) -> None:
    assert to_utf8("a.csv", f"{text}\n".encode(encoding)) == (f"{text}\n".encode(), encoding)


@pytest.mark.parametrize(
    "text",
    [
        "Buchungsnr;Nächte;Müßig;Österreich;Größe;Gäste;André;François;Bjørn Håkonsen;Núñez;Žižka;Škoda",
        "Numéro;Arrivée;Départ;Nuitées;Chambre à la fenêtre;Annulée;hôtel;très chère élève;où;août;Noël;cœur;maïs;FENÊTRE",
        "Criação;Situação;Não compareceu;Crianças;João;São Paulo;mãe;Diárias;pães;Simões;mínima;Observações",
        "Città;Modalità;perché;più;così;però;lunedì;virtù;caffè;È LUNEDÌ",
        "Ikke møtt;Værelse;Børn;Næste;Søren Kjær;Åse;Ærø;Ørsted;Sjöberg;Återbäring;rökfri",
        "Habitació;Còpia;Mònica;Núria;Açò;Això;Lluïsa;Perquè;qüestió",
        "Bókunarnúmer;Brottför;Nætur;Staðfest;Þórður;Æðey",
        "Täiskasvanud;Õhtusöök;õpilane;Võru;Põlva;Tõnu;Päivämäärä;Yötä;Lähtö",
    ],
)
def test_no_western_text_is_taken_for_one_of_elsewhere(text: str) -> None:
    assert to_utf8("a.csv", f"{text}\n".encode("cp1252"))[1] == "cp1252"


def test_a_few_foreign_guests_do_not_change_the_letters_of_a_western_hotel() -> None:
    text = "Gäste;Müller;Größe;Nächte;Straße;José;Žižka;Škoda\n" * 3
    data = text.encode("cp1252") + "Dvořák;Wiśniewski\n".encode("cp1250")
    assert to_utf8("a.csv", data)[1] == "cp1252"


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be")])
def test_text_of_four_bytes_a_letter_is_read_in_every_form(mark: bytes, encoding: str) -> None:
    def first_row(name: str, text: str) -> tuple[str, ...]:
        (document,) = documents_in(name, mark + text.encode(encoding))
        return document.sheets[0].head[1].cells

    assert first_row("a.csv", "a,b\nfür,2\n") == ("für", "2")
    assert first_row("a.json", '[{"a": "für", "b": "2"}, {"a": "x", "b": "3"}]') == ("für", "2")
    assert first_row("a.xml", '<?xml version="1.0" encoding="UTF-32"?><R><G><A>für</A><B>2</B></G></R>') == ("für", "2")
    assert first_row("a.xls", "<table><tr><td>a<td>b<td>c<tr><td>für<td>2<td>3</table>") == ("für", "2", "3")


def test_a_megabyte_of_letters_without_a_blank_is_looked_at_in_a_moment() -> None:
    started = time.process_time()
    assert to_utf8("a.csv", b"a" * 2**20 + b"\xe9\n")[1] == "cp1252"
    assert time.process_time() - started < 2
