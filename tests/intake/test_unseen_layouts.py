"""Exports of systems nobody told HotelML about: all bookings right without a question, or after one, never wrong."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from dropped import newest
from unseen_layouts import LAYOUTS, Row, Unseen, nights_of

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import FixedClock
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.errors import NeedsMappingError
from hotelml_app.intake.mapping.map_file import checked_map
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.trial import propose_file
from hotelml_app.simulator import export_bookings, simulate
from hotelml_app.simulator.exports import STATUS_WORDS
from hotelml_app.store import Store

HOUSE = "Harbour House"
STATUS_OF = {word: int(status) for status, word in STATUS_WORDS.items()}
LIVE = {int(status) for status in (BookingStatus.RESERVED, BookingStatus.IN_HOUSE, BookingStatus.CHECKED_OUT)}
READ = [layout for layout in LAYOUTS if not layout.asks]
ASKED = [layout for layout in LAYOUTS if layout.asks]

State = dict[str, object]


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """A year of a small hotel: what it really sold."""
    path = tmp_path_factory.mktemp("truth") / "bookings.csv"
    hotel = simulate(seed=3, property_name=HOUSE, start=date(2024, 1, 1), days=350, rooms=5, preset="city")
    export_bookings(hotel, date(2024, 11, 15), path)
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2024, 11, 16, 6, tzinfo=UTC))


def take_in(store: Store, path: Path, **options: object) -> ImportReport:
    return import_file(path, store=store, settings_property=HOUSE, clock=store.clock, **options)


def wrong_in(layout: Unseen, row: Row, state: State | None) -> list[str]:
    """Return what a stored booking has wrong, of what the layout tells."""
    if state is None:
        return ["the booking is missing"]
    rate = state["adr"] if state["adr"] is not None else float(str(state["total"] or "nan")) / nights_of(row)
    right = {"arrival": state["arrival"] == row["arrival"], "departure": state["departure"] == row["departure"]}
    if layout.tells("booked", "lead"):
        right["booked_on"] = state["booked_on"] == row["booked_on"]
    if layout.tells("type", "code"):
        right["room_type"] = state["room_type"] == layout.kind(row)
    right["price"] = abs(float(str(rate)) - float(row["adr"])) < 0.02
    status = STATUS_OF[row["status"]]
    told_apart = layout.statuses and len(set(layout.statuses.split("|"))) == len(layout.statuses.split("|"))
    right["status"] = state["status"] == status or (not told_apart and status in LIVE and state["status"] in LIVE)
    if not layout.statuses:
        right["status"] = (state["status"] == BookingStatus.CANCELLED) == (row["status"] == "Cancelled")
    return [name for name, good in right.items() if not good]


def check(layout: Unseen, truth: Sequence[Row], store: Store) -> None:
    known = newest(store)
    assert len(known) == len(truth)
    wrong = {row["reservation_id"]: found for row in truth if (found := wrong_in(layout, row, known.get(row["reservation_id"])))}
    assert not wrong, list(wrong.items())[:3]


@pytest.mark.parametrize("layout", READ, ids=lambda layout: layout.name)
def test_every_booking_arrives_right_without_a_question(
    layout: Unseen, truth: list[dict[str, str]], store: Store, tmp_path: Path
) -> None:
    layout.write(truth, tmp_path / "export.csv")
    report = take_in(store, tmp_path / "export.csv")
    assert report.rejected == 0
    check(layout, truth, store)


@pytest.mark.parametrize("layout", ASKED, ids=lambda layout: layout.name)
def test_what_is_in_doubt_waits_and_one_answer_is_enough(
    layout: Unseen, truth: list[dict[str, str]], store: Store, tmp_path: Path
) -> None:
    layout.write(truth, tmp_path / "export.csv")
    with pytest.raises(NeedsMappingError) as asked:
        take_in(store, tmp_path / "export.csv")
    assert tuple(question.role for question in asked.value.proposal.questions) == layout.asks
    take_in(store, tmp_path / "export.csv", profile=checked_map(layout.map()))
    check(layout, truth, store)


def test_a_question_about_statuses_names_the_words_nobody_knows(truth: list[dict[str, str]], tmp_path: Path) -> None:
    layout = next(one for one in LAYOUTS if one.name == "codes nobody knows")
    # Days do not tell what the words mean where no stay is to come.
    layout.write([row for row in truth if row["arrival"] < "2024-11-01"], tmp_path / "export.csv")
    (question,) = propose_file(tmp_path / "export.csv").proposal.questions
    assert all(repr(word) in question.text for word in ("HIST", "KILL", "GHOST"))


@pytest.mark.parametrize(
    ("header", "cells", "asked"),
    [
        ("Ref,Arrival,Departure,Status,Wing", lambda n: "East" if n % 2 else "West", "room_type"),
        ("Ref,Arrival,Departure,Status,Grand", lambda n: f"{80 + n}.50", "total"),
    ],
)
def test_a_column_nobody_knows_is_asked_about_where_its_role_is_missing(
    header: str, cells: Callable[[int], str], asked: str, store: Store, tmp_path: Path
) -> None:
    lines = [header.replace("Grand", "Figures")]
    lines += [f"A{n}7,2024-{n % 9 + 1:02}-03,2024-{n % 9 + 1:02}-05,Confirmed,{cells(n)}" for n in range(60)]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(NeedsMappingError) as refused:
        take_in(store, tmp_path / "a.csv")
    assert [question.role for question in refused.value.proposal.questions] == [asked]


def rooms_file(path: Path, *, versions: bool) -> None:
    """Write bookings of two rooms, or of two versions, in two rows of the same number."""
    lines = ["Dossier;Arrivée;Départ;Chambre;Créé le;Etat;Prix par nuit"]
    for number in range(1, 81):
        day = f"{number % 27 + 1:02}/{number % 9 + 1:02}/2024"
        end = f"{number % 27 + 2:02}/{number % 9 + 1:02}/2024"
        lines.append(f"D{number:03};{day};{end};Double;05/12/2023;Confirmé;{80 + number % 7},00")
        if number % 2 == 0:
            state = "Annulé" if versions else "Confirmé"
            lines.append(f"D{number:03};{day};{end};{'Double' if versions else 'Simple'};05/12/2023;{state};{60 + number % 7},00")
    path.write_text("\n".join(lines), encoding="utf-8")


def test_rows_of_one_number_that_differ_in_their_room_are_its_rooms(store: Store, tmp_path: Path) -> None:
    rooms_file(tmp_path / "a.csv", versions=False)
    report = take_in(store, tmp_path / "a.csv")
    known = newest(store)
    assert (report.created, len(known)) == (120, 120)
    assert {known["D002"]["room_type"], known["D002/2"]["room_type"]} == {"Double", "Simple"}
    again = take_in(store, tmp_path / "a.csv")
    assert (again.created, again.changed, again.unchanged) == (0, 0, 120)


def test_rows_of_one_number_that_differ_in_their_state_are_asked_about(store: Store, tmp_path: Path) -> None:
    rooms_file(tmp_path / "a.csv", versions=True)
    with pytest.raises(NeedsMappingError) as refused:
        take_in(store, tmp_path / "a.csv")
    assert [question.role for question in refused.value.proposal.questions] == ["rows"]
    columns = {"reservation_id": "Dossier", "arrival": "Arrivée", "departure": "Départ", "room_type": "Chambre"}
    columns |= {"booked_on": "Créé le", "status": "Etat", "adr": "Prix par nuit"}
    take_in(store, tmp_path / "a.csv", profile=checked_map({"rows": "bookings", "columns": columns}))
    known = newest(store)
    assert len(known) == 80
    assert (known["D002"]["status"], known["D003"]["status"]) == (BookingStatus.CANCELLED, BookingStatus.RESERVED)


def test_pages_of_a_report_are_judged_without_their_own_rows(store: Store, tmp_path: Path) -> None:
    header = "Conf. No.;Guest Name;Arrival;Departure;Rm Type;Rate;Status;Made On"
    lines = ["Reservation Detail;;Printed 01-Mar-24", ""]
    for page in range(4):
        lines.append(header)
        for row in range(15):
            n, state = page * 15 + row, ("RESV", "CXLD", "CKOT")[row % 3]
            lines.append(f"C{n:04};Guest {n};{n % 27 + 1:02}-May-24;{n % 27 + 2:02}-May-24;DBL;{80 + n};{state};03-Jan-24")
        lines += [f";Page total;;;;;{15};", f"Page {page + 1}"]
    (tmp_path / "a.csv").write_text("\n".join([*lines, "*** End ***"]), encoding="utf-8")
    take_in(store, tmp_path / "a.csv")
    known = newest(store)
    assert len(known) == 60
    statuses = [known[f"C000{n}"]["status"] for n in range(3)]
    assert statuses == [BookingStatus.RESERVED, BookingStatus.CANCELLED, BookingStatus.CHECKED_OUT]


def test_the_business_date_of_a_ledger_is_the_night_of_its_rows(store: Store, tmp_path: Path) -> None:
    lines = ["Business Date,Conf No,Room Type,Room Revenue,Res Status,Arrival,Departure,Booked Date"]
    for n in range(1, 61):
        nights = n % 3 + 1
        stay = f"2024-05-{n % 20 + 1:02},2024-05-{n % 20 + 1 + nights:02},2024-02-{n % 27 + 1:02}"
        lines += [
            f"2024-05-{n % 20 + 1 + k:02},L{n},{'DBL' if n % 2 else 'SGL'},{90 + k}.00,RESERVED,{stay}" for k in range(nights)
        ]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    take_in(store, tmp_path / "a.csv")
    known = newest(store)
    assert len(known) == 60
    assert (known["L2"]["arrival"], known["L2"]["departure"]) == ("2024-05-03", "2024-05-06")


def test_a_room_beside_the_number_of_the_room_is_its_kind(store: Store, tmp_path: Path) -> None:
    lines = ["Referencia;Entrada;Salida;Estado;Habitación;Número de habitación;Reservado el;Importe total"]
    lines += [
        f"R{n};{n % 27 + 1:02}/05/2024;{n % 27 + 2:02}/05/2024;OK;{('Suite', 'Doble')[n % 2]};{100 + n};02/01/2024;9{n},00"
        for n in range(60)
    ]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    take_in(store, tmp_path / "a.csv")
    known = newest(store)["R4"]
    assert (known["room_type"], known["rooms"]) == ("Suite", None)


def test_rooms_listed_in_one_cell_are_counted(store: Store, tmp_path: Path) -> None:
    lines = ["Numero di prenotazione;Arrivo;Partenza;Camere;Tipologia unità;Prenotato il;Stato;Prezzo"]
    for n in range(1, 61):
        rooms = n % 3 + 1
        kinds = ", ".join(["Doppia", "Singola", "Doppia"][:rooms])
        lines.append(f"{5000 + n};{n % 27 + 1:02}/05/2024;{n % 27 + 2:02}/05/2024;{rooms};{kinds};01/02/2024;ok;{90 * rooms},00")
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    take_in(store, tmp_path / "a.csv")
    known = newest(store)
    assert (known["5002"]["room_type"], known["5002"]["rooms"]) == ("Doppia", 3.0)
    assert {state["room_type"] for state in known.values()} == {"Doppia"}
