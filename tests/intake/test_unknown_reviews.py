"""Reviews in layouts nobody described are known by their columns' names and values, in the languages guests and sites write."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from hotelml_app.intake.errors import UnknownLayoutError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.proposing.review_columns import NAME
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.trial import propose_file
from hotelml_app.intake.values.scores import written_score
from hotelml_app.store import Store, properties, reviews
from hotelml_app.store.reviews import ReviewRow

HOUSE = "Harbour House"
ROWS = 24
GOOD, BAD = "A clean room and kind people at the desk", "Noise all night and a dirty bath"


def take_in(store: Store, path: Path) -> ImportReport:
    return import_file(path, store=store, settings_property=HOUSE, clock=store.clock)


def kept(store: Store) -> list[ReviewRow]:
    with store.read() as connection:
        (owner,) = properties.all(connection)
        return reviews.all(connection, owner.id)


def write(path: Path, header: list[str], rows: list[list[object]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(
    ("header", "day", "best", "delimiter"),
    [
        (["Fecha", "Título", "Comentario", "Puntuación"], "%d/%m/%Y", 10, ";"),
        (["Datum", "Überschrift", "Bewertung", "Sterne"], "%d.%m.%Y", 5, ";"),
        (["Date de publication", "Titre", "Commentaire", "Note globale"], "%d/%m/%Y", 10, ";"),
        (["Data", "Titolo", "Recensione", "Voto"], "%Y-%m-%d", 10, ","),
        (["Data da avaliação", "Título", "Comentário", "Nota"], "%Y-%m-%d", 10, ","),
        (["Geplaatst op", "Titel", "Recensie", "Cijfer"], "%d-%m-%Y", 10, ","),
        (["Submitted at", "Subject", "Guest comment", "Overall rating (1-100)"], "%Y-%m-%d", 100, ","),
    ],
)
def test_a_text_and_a_score_are_reviews_in_any_language(
    header: list[str], day: str, best: int, delimiter: str, store: Store, tmp_path: Path
) -> None:
    days = [date(2024, 1 + number % 12, 13 + number % 12) for number in range(ROWS)]
    rows: list[list[object]] = [
        [f"{one:{day}}", "", f"{(GOOD, BAD)[number % 2]}, {number}.", (best, best / 5)[number % 2]]
        for number, one in enumerate(days)
    ]
    report = take_in(store, write(tmp_path / "a.csv", header, rows, delimiter))
    assert (report.profile, report.accepted, report.created) == (NAME, ROWS, ROWS)
    found = {one.body: one for one in kept(store)}
    assert {(one.reviewed_on, one.score) for one in found.values()} == {
        (one, (1.0, 0.2)[number % 2]) for number, one in enumerate(days)
    }


@pytest.mark.parametrize(
    ("praise", "complaints"),
    [
        ("What did you like?", "What could be better?"),
        ("puntos fuertes", "puntos débiles"),
        ("Pregi", "Difetti"),
        ("Pros", "Cons"),
    ],
)
def test_fields_for_praise_and_complaints_need_no_score(praise: str, complaints: str, store: Store, tmp_path: Path) -> None:
    rows: list[list[object]] = [[f"{GOOD} {number}", f"{BAD} {number}", f"Guest {number}"] for number in range(ROWS)]
    assert take_in(store, write(tmp_path / "a.csv", [praise, complaints, "Name"], rows)).accepted == ROWS
    assert {(one.positive, one.negative) for one in kept(store)} == {(str(row[0]), str(row[1])) for row in rows}


def test_the_one_column_of_long_texts_beside_a_score_is_what_guests_wrote(store: Store, tmp_path: Path) -> None:
    rows: list[list[object]] = [[number, f"{GOOD} {number}", 1 + number % 5] for number in range(ROWS)]
    take_in(store, write(tmp_path / "a.csv", ["Nr", "Antwort", "Punkte"], rows))
    assert {one.body for one in kept(store)} == {str(row[1]) for row in rows}


def test_one_object_per_line_is_a_file_of_records(store: Store, tmp_path: Path) -> None:
    lines = [json.dumps({"rating": 1 + number % 5, "text": f"{GOOD} {number}"}) for number in range(ROWS)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert take_in(store, tmp_path / "a.jsonl").created == ROWS


def test_scores_in_words_and_stars_are_read_by_their_own_scale(store: Store, tmp_path: Path) -> None:
    said = {"4/5": 0.8, "8,5 von 10": 0.85, "3 stars": 0.6, "★★★★☆": 0.8, "5": 1.0}
    rows: list[list[object]] = [[text, f"{GOOD} {number}"] for number, text in enumerate(said)]
    take_in(store, write(tmp_path / "a.csv", ["Rating", "Review"], rows))
    assert sorted(one.score or 0 for one in kept(store)) == pytest.approx(sorted(said.values()))


@pytest.mark.parametrize("text", ["", "12", "4 May", "room 5", "5 out of order", "★ great ★", "1/2/2024"])
def test_what_is_no_score_is_not_taken_for_one(text: str) -> None:
    assert written_score(text) is None


def test_bookings_with_remarks_and_points_are_no_reviews(store: Store, tmp_path: Path) -> None:
    header = ["Booking", "Check-in", "Check-out", "Rating", "Comment"]
    rows: list[list[object]] = [
        [f"B{number}", f"2024-03-{1 + number:02d}", f"2024-03-{3 + number:02d}", 3, f"{GOOD} {number}"] for number in range(ROWS)
    ]
    report = take_in(store, write(tmp_path / "a.csv", header, rows))
    assert (report.profile != NAME, report.accepted) == (True, ROWS)


def test_a_list_of_texts_that_may_be_anything_is_not_guessed_at(store: Store, tmp_path: Path) -> None:
    rows: list[list[object]] = [[f"{GOOD} {number}", number % 2] for number in range(ROWS)]
    with pytest.raises(UnknownLayoutError):
        take_in(store, write(tmp_path / "a.csv", ["sentence", "label"], rows))


def test_a_proposal_says_that_they_are_reviews(tmp_path: Path) -> None:
    rows: list[list[object]] = [[f"{GOOD} {number}", 9, "01/02/2024"] for number in range(ROWS)]
    proposed = propose_file(write(tmp_path / "a.csv", ["Opinión", "Nota", "Fecha"], rows))
    assert proposed.known is not None
    assert dict(proposed.known.columns) == {"body": "Opinión", "score": "Nota", "reviewed_on": "Fecha"}
