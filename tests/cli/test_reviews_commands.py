"""Reviews come by exports of their own: alone, or of later days than the bookings."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from command_line import rows_of
from small_hotel import AS_OF, open_at_morning, write_export

from hotelml_app.__main__ import main
from hotelml_app.services.asking.words import plain_day
from hotelml_app.services.reviews.views import LATELY_DAYS

REVIEWS = 30


def export_of_reviews(path: Path, first: date) -> date:
    """Write a review a day and return the last day."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Fecha", "Comentario", "Puntuación"])
        for number in range(REVIEWS):
            said, score = (("Habitación limpia y personal amable", 9), ("Mucho ruido y baño sucio", 2))[number % 2]
            writer.writerow([first + timedelta(days=number), f"{said}, {number}.", score])
    return first + timedelta(days=REVIEWS - 1)


def test_a_home_with_reviews_alone_answers_what_guests_say(home: Path, tmp_path: Path) -> None:
    newest = export_of_reviews(tmp_path / "opiniones.csv", date(2022, 3, 1))
    out = tmp_path / "said.csv"
    assert main(["import", str(tmp_path / "opiniones.csv")]) == 0
    assert main(["predict", "sentiment", "--out", str(out)]) == 0
    rows = rows_of(out)
    assert {row["as_of"] for row in rows} == {newest.isoformat()}
    assert [row["polarity"] for row in rows].count("positive") == REVIEWS / 2
    assert {row["language"] for row in rows} == {"es"}


@pytest.mark.parametrize("horizon", [[], ["--horizon", "20"]])
def test_the_command_holds_the_same_days_against_the_year_before_as_the_page(
    horizon: list[str], home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "opiniones.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Fecha", "Comentario", "Puntuación"])
        for ago in range(0, 400, 5):
            said, score = ("Mucho ruido y baño sucio", 2) if ago < LATELY_DAYS else ("Habitación limpia y personal amable", 9)
            writer.writerow([AS_OF - timedelta(days=ago), f"{said}, {ago}.", score])
    assert main(["import", str(path)]) == 0
    capsys.readouterr()
    assert main(["predict", "sentiment", *horizon, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["properties"]
    with open_at_morning(home) as appliance:
        view = appliance.reviews(told["property"])
    assert view.lately == LATELY_DAYS / 5
    assert told["changes"][0] == (
        f"In the {LATELY_DAYS} days up to {plain_day(AS_OF)} 0 of {view.lately} reviews praise the stay (0%; before it was 100%)."
    )


def test_reviews_newer_than_the_bookings_are_read_and_leave_the_bookings_day_alone(hotel_home: Path, tmp_path: Path) -> None:
    newest = export_of_reviews(tmp_path / "opiniones.csv", AS_OF + timedelta(days=400))
    said, books = tmp_path / "said.csv", tmp_path / "books.csv"
    assert main(["import", str(tmp_path / "opiniones.csv")]) == 0
    assert main(["predict", "sentiment", "--out", str(said)]) == 0
    assert main(["predict", "forecast", "--out", str(books)]) == 0
    assert {row["as_of"] for row in rows_of(books)} == {AS_OF.isoformat()}
    rows = rows_of(said)
    assert (len(rows), {row["as_of"] for row in rows}) == (REVIEWS, {newest.isoformat()})
    middle = newest - timedelta(days=REVIEWS // 2)
    assert main(["predict", "sentiment", "--as-of", middle.isoformat(), "--out", str(said)]) == 0
    assert len(rows_of(said)) == REVIEWS - REVIEWS // 2


def test_nobody_is_asked_about_reviews_of_days_to_come(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newest = export_of_reviews(tmp_path / "opiniones.csv", AS_OF + timedelta(days=1))
    assert main(["import", str(tmp_path / "opiniones.csv")]) == 0
    capsys.readouterr()
    assert main(["predict", "sentiment", "--as-of", (newest + timedelta(days=1)).isoformat()]) == 2
    assert f"from the end of {newest}" in capsys.readouterr().err
    assert main(["predict", "noshow", "--as-of", newest.isoformat()]) == 2
    assert f"from the end of {AS_OF}" in capsys.readouterr().err


def test_the_first_bookings_set_the_day_that_reviews_had_told(home: Path, tmp_path: Path) -> None:
    export_of_reviews(tmp_path / "opiniones.csv", AS_OF + timedelta(days=30))
    assert main(["import", str(tmp_path / "opiniones.csv")]) == 0
    assert main(["import", str(write_export(tmp_path, AS_OF))]) == 0
    out = tmp_path / "books.csv"
    assert main(["predict", "forecast", "--out", str(out)]) == 0
    assert {row["as_of"] for row in rows_of(out)} == {AS_OF.isoformat()}
