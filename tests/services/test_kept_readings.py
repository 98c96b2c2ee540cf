"""Reviews are read once: after a restart only what is new or was read by something else is read again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from small_hotel import AS_OF, NAME, open_at_morning, write_reviews

from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules import sentiment
from hotelml_app.modules.sentiment.reading import by_word_lists
from hotelml_app.modules.sentiment.sayings import sayings, written_in
from hotelml_app.services.reviews import kept_readings
from hotelml_app.services.reviews.kept_readings import KeptReadings, reader_of

REVIEW = Review(
    "V1",
    date(2026, 2, 20),
    0.7,
    positive="  ...  Great staff! Great staff! Call +34 600 123 456, the breakfast was good.",
    negative="The room was dirty;\n--- the room was dirty",
    language="en",
)


class Asked:
    """The word lists as a judge that counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, texts: Sequence[str], language: str) -> Sequence[float]:
        self.times += 1
        return by_word_lists(texts, language)


def read(path: Path, review: Review = REVIEW, by: str = "word lists", in_full: bool = True) -> tuple[object, int]:
    """Return what is said of a review by a program that has just begun, and how often it had to judge."""
    judge, kept = Asked(), KeptReadings(path, by)
    found = kept.read(review, judge, in_full)
    kept.save()
    return found, judge.times


def test_what_was_kept_says_what_reading_says(tmp_path: Path) -> None:
    path, expected = tmp_path / "cache" / "1.json", (written_in(REVIEW), sayings(REVIEW))
    assert [(one.aspect, one.text) for one in expected[1]] == [
        ("staff", "Great staff!"),
        ("staff", "Great staff!"),
        ("food", "Call …, the breakfast was good."),
        ("cleanliness", "The room was dirty"),
        ("room", "The room was dirty"),
        ("cleanliness", "--- the room was dirty"),
        ("room", "--- the room was dirty"),
    ]
    assert [read(path), read(path)] == [(expected, 1), (expected, 0)]


def test_a_review_whose_words_changed_and_another_reader_read_anew(tmp_path: Path) -> None:
    path, other = tmp_path / "1.json", replace(REVIEW, negative="The room was clean")
    assert [read(path)[1], read(path, other)[1], read(path, other)[1]] == [1, 1, 0]
    assert read(path, other)[0] == (written_in(other), sayings(other))
    assert [read(path, other, "a model")[1], read(path, other)[1]] == [1, 1]
    assert read(path, replace(other, key="V2", score=0.1, reviewed_on=None))[1] == 0, "its words are the same"


def test_where_only_the_language_was_asked_for_the_rest_is_read_later(tmp_path: Path) -> None:
    path = tmp_path / "1.json"
    assert read(path, in_full=False) == (("en", ()), 0)
    assert [read(path)[1], read(path, in_full=False)[1], read(path)[1]] == [1, 0, 0]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"by": "word lists", "reviews": {"a": ["en", [["staff"]]]}}', "\0\0"])
def test_a_file_that_cannot_be_used_is_made_anew(tmp_path: Path, content: str) -> None:
    path = tmp_path / "1.json"
    path.write_text(content, encoding="utf-8")
    assert [read(path)[1], read(path)[1]] == [1, 0]


def test_no_word_of_a_guest_is_kept_nor_anything_of_a_review_that_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "1.json"
    read(path)
    one = path.read_text(encoding="utf-8")
    assert not [word for word in ("great", "600", "breakfast", "dirty") if word in one.lower()]
    read(path, replace(REVIEW, positive="Good bar"))
    assert not set(kept_readings.json.loads(one)["reviews"]) & set(kept_readings.json.loads(path.read_text())["reviews"])


def test_another_model_is_another_reader() -> None:
    models = [
        Mock(LoadedModel, parameters={"lean": lean}, parts=("words",), graph=lambda part, graph=graph: graph)
        for lean, graph in ((0.0, b"a"), (0.5, b"a"), (0.0, b"b"))
    ]
    assert len({reader_of(one) for one in (None, *models)}) == 4
    assert reader_of(models[0]) == reader_of(models[0])


def test_after_a_restart_only_new_reviews_are_read(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_now, spoken_of = list[str](), kept_readings.spoken_of
    monkeypatch.setattr(kept_readings, "spoken_of", lambda one, *by: (read_now.append(one.key), spoken_of(one, *by))[1])
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, tmp_path / "drop")
        appliance.import_files([write_reviews(tmp_path, AS_OF - timedelta(days=30))], NAME)
        before, first = appliance.reviews(NAME), len(read_now)
    with open_at_morning(home) as appliance:
        assert appliance.reviews(NAME) == before
        assert len(read_now) == first > 0
        appliance.import_files([write_reviews(tmp_path, AS_OF)], NAME)
        after = appliance.reviews(NAME)
    assert after.total > before.total
    assert len(read_now) == len(set(read_now)) <= after.total
    (kept,) = (home / "cache" / "reviews").iterdir()
    kept.unlink()
    with open_at_morning(home) as appliance:
        assert appliance.reviews(NAME) == after


def test_who_may_only_read_keeps_nothing(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, tmp_path / "drop")
        appliance.import_files([write_reviews(tmp_path)], NAME)
    with open_at_morning(home, writer=False) as appliance:
        assert appliance.reviews(NAME).total > 0
    assert not (home / "cache" / "reviews").exists()


def test_code_that_was_changed_without_a_new_version_reads_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = reader_of(None)
    (tmp_path / "__init__.py").write_text("CHANGED = True", encoding="utf-8")
    monkeypatch.setattr(sentiment, "__file__", str(tmp_path / "__init__.py"))
    assert reader_of(None) != before
