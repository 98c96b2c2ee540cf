"""Reviews in layouts nobody described are known by their columns' names and values, in the languages guests and sites write."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from hotelml_app.intake.errors import AmbiguousDatesError, UnknownLayoutError
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.mapping.column_map import ColumnMap
from hotelml_app.intake.proposing.signs.review_columns import NAME
from hotelml_app.intake.report import ImportReport
from hotelml_app.intake.trial import propose_file
from hotelml_app.intake.values.dates import DateOrder
from hotelml_app.intake.values.scores import written_score
from hotelml_app.store import Store
from hotelml_app.store.exported import reviews
from hotelml_app.store.exported.reviews import ReviewRow
from hotelml_app.store.hotels import properties

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


def scored(path: Path, header: list[str], scores: list[object], first_day: int = 1, day: str = "%d/%m/%Y") -> Path:
    texts = [GOOD if number % 2 else f"{BAD},\nreally" for number in range(len(scores))]
    rows = [[date(2024, 5, first_day + number).strftime(day), score, texts[number]] for number, score in enumerate(scores)]
    return write(path, header, rows, ";")


@pytest.mark.parametrize(
    ("header", "day"),
    [
        (["Date de l'avis", "Note", "Commentaire"], "%d/%m/%Y"),
        (["Fecha", "Puntuación", "Opinión"], "%d/%m/%Y"),
        (["Data da avaliação", "Nota", "Avaliação"], "%d/%m/%Y"),
        (["Datum", "Cijfer", "Recensie"], "%d-%m-%Y"),
        (["Date", "Score", "Review"], "%d.%m.%Y"),
    ],
)
def test_days_up_to_the_twelfth_begin_with_the_day_where_the_month_never_comes_first(
    header: list[str], day: str, store: Store, tmp_path: Path
) -> None:
    assert take_in(store, scored(tmp_path / "r.csv", header, [8, 9.5, 10], day=day)).accepted == 3
    assert {row.reviewed_on.month for row in kept(store) if row.reviewed_on} == {5}


def test_the_answer_to_what_comes_first_is_heard_and_kept_for_the_next_reviews(store: Store, tmp_path: Path) -> None:
    header = ["Date", "Score", "Review"]
    first, second = (scored(tmp_path / f"{name}.csv", header, [8, 9.5, 10], name) for name in (1, 4))
    with pytest.raises(AmbiguousDatesError):
        take_in(store, first)
    answer = ColumnMap({}, date_order=DateOrder.DAY_FIRST)
    assert import_file(first, store=store, settings_property=HOUSE, clock=store.clock, profile=answer).accepted == 3
    assert take_in(store, second).accepted == 3
    assert {row.reviewed_on.month for row in kept(store) if row.reviewed_on} == {5}


def test_what_earlier_reviews_told_of_day_and_month_and_of_the_best_score_counts_for_the_next_ones(
    store: Store, tmp_path: Path
) -> None:
    header = ["Date", "Score", "Review"]
    take_in(store, scored(tmp_path / "a.csv", header, [8, 9.5, 10, 7], 12))
    report = take_in(store, scored(tmp_path / "b.csv", header, [4], 3))
    assert "Read as reviews: text in 'Review', score up to 10 in 'Score', day in 'Date'." in report.notes
    assert [row.score for row in kept(store) if row.reviewed_on == date(2024, 5, 3)] == [0.4]


@pytest.mark.parametrize(
    ("name", "score", "share"),
    [
        ("Score (1-10)", 4, 0.4),
        ("Note /10", "4,5", 0.45),
        ("Rating (5)", 4, 0.8),
        ("Punteggio su 100", 5, 0.05),
        ("Rating", 4, 0.8),
    ],
)
def test_the_name_of_the_score_may_tell_the_best_one(
    name: str, score: object, share: float, store: Store, tmp_path: Path
) -> None:
    take_in(store, scored(tmp_path / "a.csv", ["Date", name, "Review"], [score] * 3, 14))
    assert [row.score for row in kept(store)] == pytest.approx([share] * 3)


@pytest.mark.parametrize(
    ("praise", "complaint", "score"),
    [
        ("Recensione positiva", "Recensione negativa", "Punteggio della recensione"),
        ("Positive Bewertung", "Negative Bewertung", "Bewertungsergebnis"),
        ("Lo que más gustó", "Lo que menos gustó", "Puntuación"),
        ("Was hat Ihnen gefallen?", "Was können wir besser machen?", "Wie zufrieden waren Sie?"),
        ("What did you like most about your stay?", "How could we improve?", "Overall satisfaction"),
    ],
)
def test_praise_and_complaints_are_told_apart_in_surveys_too(
    praise: str, complaint: str, score: str, store: Store, tmp_path: Path
) -> None:
    rows: list[list[object]] = [[f"2024-05-{number + 1:02}", f"{7 + number % 3},5", GOOD, BAD] for number in range(ROWS)]
    take_in(store, write(tmp_path / "r.csv", ["Timestamp", score, praise, complaint], rows, ";"))
    assert {(row.positive, row.negative) for row in kept(store)} == {(GOOD, BAD)}
    assert {row.score for row in kept(store)} == {0.75, 0.85, 0.95}


def test_a_score_out_of_six_is_no_text(store: Store, tmp_path: Path) -> None:
    rows: list[list[object]] = [[f"2024-05-{number + 1:02}", f"{1 + number % 6},0 / 6", GOOD] for number in range(ROWS)]
    take_in(store, write(tmp_path / "r.csv", ["Bewertungsdatum", "Bewertung", "Bewertungstext"], rows, ";"))
    assert {row.body for row in kept(store)} == {GOOD}
    assert max(row.score or 0.0 for row in kept(store)) == 1.0


@pytest.mark.parametrize(("best", "scores"), [(5, (5, 4, 2)), (10, (9, 4, 10)), (10, (8.8, 5, 2)), (100, (90, 45, 5))])
def test_scores_called_rating_are_out_of_what_they_reach(
    best: int, scores: tuple[float, ...], store: Store, tmp_path: Path
) -> None:
    """A single slip of the pen is none of them."""
    rows = [[f"2025-05-{1 + n:02}", f"{GOOD} {n}", scores[n % 3]] for n in range(ROWS)]
    rows[3][2] = 500
    report = take_in(store, write(tmp_path / "a.csv", ["Date", "Review", "Rating"], rows))
    assert (report.accepted, report.rejected) == (ROWS - 1, 1)
    assert {one.score for one in kept(store)} == {score / best for score in scores}
