"""Reviews: the score lately against the year before, what fell by more than chance, and the sentences behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_hotel import AS_OF, NAME, open_at_morning, write_export, write_reviews

from hotelml_app.core.clock import FixedClock
from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.ml.property.property_data import Review
from hotelml_app.modules.sentiment.sayings import Saying, sayings
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.reviews import readings as reviews_read
from hotelml_app.services.reviews.readings import Reading, Readings
from hotelml_app.services.reviews.reviews_page import aspect_views, mean_score, months, sentence, trend

NEWEST = date(2026, 2, 20)


def review(
    days_ago: int, score: float | None = 0.8, said: tuple[tuple[str, str], ...] = (), language: str = "en", dated: bool = True
) -> Reading:
    day = NEWEST - timedelta(days=days_ago)
    found = tuple(Saying(aspect, tone, f"About the {aspect}.") for aspect, tone in said)
    return Reading(Review(f"V{days_ago}", day if dated else None, score), day, language, found)


def test_the_page_tells_score_aspects_and_sentences(appliance: Appliance) -> None:
    view = appliance.reviews(NAME)
    assert view.sentence.startswith(f"Guests scored {view.score:.1f} in the last 90 days")
    assert view.total > 50
    assert sum(number for _, number in view.languages) <= view.total
    assert view.months[-1].first_day <= AS_OF
    assert view.newest <= AS_OF
    assert sum(month.reviews for month in view.months) <= view.total
    mentions = [one.mentions for one in view.aspects]
    assert mentions == sorted(mentions, reverse=True)
    for one in view.aspects:
        days = [said.day for said in one.sayings]
        assert days == sorted(days, reverse=True)
        assert one.liked is None or 0 <= one.liked <= 1
        assert {said.source for said in one.sayings} == {""}, "its layout is HotelML's own and names no site"


def test_one_language_holds_only_its_own_reviews(appliance: Appliance) -> None:
    whole = appliance.reviews(NAME)
    code, number = whole.languages[0]
    one = appliance.reviews(NAME, code)
    assert one.language == code
    assert one.languages == whole.languages
    assert sum(month.reviews for month in one.months) <= number
    assert {said.language for aspect in one.aspects for said in aspect.sayings} == {code}


def test_all_sentences_of_an_aspect_are_counted_though_not_all_are_told() -> None:
    lately, before = [review(1, said=(("food", "positive"),))] * 150, [review(100, said=(("food", "mixed"),))] * 130
    (food,) = aspect_views(lately, before)
    assert (food.said, len(food.sayings)) == (280, 200)


def test_a_house_without_reviews_has_none(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        appliance.import_files([write_export(tmp_path)])
        view = appliance.reviews(NAME)
    assert (view.total, view.months, view.aspects, view.score) == (0, (), (), None)


def test_reviews_need_no_bookings_beside_them_and_count_as_soon_as_they_are_read(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, tmp_path / "drop")
        assert appliance.reviews(NAME).total == 0
        appliance.import_files([write_reviews(tmp_path, AS_OF - timedelta(days=30))], NAME)
        before = appliance.reviews(NAME)
        appliance.import_files([write_reviews(tmp_path, AS_OF)], NAME)
        after = appliance.reviews(NAME)
    assert 0 < before.total < after.total
    assert before.newest < after.newest
    assert after.sentence.startswith("Guests scored ")


def test_a_sentence_stands_under_each_aspect_it_speaks_of_with_its_own_tone() -> None:
    told = Review("V", NEWEST, 0.7, positive="Friendly staff.", negative="The breakfast was cold.", language="en")
    assert [(one.aspect, one.tone) for one in sayings(told)] == [("staff", "positive"), ("food", "negative")]
    assert sayings(Review("V", NEWEST, 0.7)) == ()
    (reachable,) = sayings(Review("V", NEWEST, 0.7, positive="Great staff, write to anna@example.com", language="en"))
    assert reachable.text == "Great staff, write to …"


@pytest.mark.parametrize(
    ("lately", "before", "expected"),
    [
        ((20, 40), (90, 100), "worse"),
        ((39, 40), (60, 100), "better"),
        ((8, 10), (75, 100), "same"),
        ((0, 4), (90, 100), "unknown"),
    ],
)
def test_a_trend_is_more_than_chance(lately: tuple[int, int], before: tuple[int, int], expected: str) -> None:
    assert trend(*lately, *before) == expected
    assert trend(5, 5, 9, 9) == "same"


def test_where_the_model_is_damaged_the_word_lists_read(appliance: Appliance, monkeypatch: pytest.MonkeyPatch) -> None:
    registry = appliance.parts.registry
    monkeypatch.setattr(registry, "live", lambda *asked, **how: None)
    expected = appliance.reviews(NAME)
    damaged = SimpleNamespace(made_by="own", version="20260101-000000", parameters={}, parts=())

    def broken(model: object) -> Callable[[Sequence[str], str], Sequence[float]]:
        def judge(texts: Sequence[str], language: str) -> Sequence[float]:
            raise DamagedModelError("The words of the model are gone.")

        return judge

    monkeypatch.setattr(registry, "live", lambda *asked, **how: damaged)
    monkeypatch.setattr(reviews_read, "judge_of", broken)
    assert appliance.reviews(NAME) == expected
    assert expected.made_by.kind == "statistical"


def test_few_scores_have_no_mean() -> None:
    assert mean_score([review(1), review(2)]) is None
    assert mean_score([review(1, 0.6), review(2, 0.8), review(3, 1.0), review(4, None)]) == pytest.approx(8.0)


def test_what_fell_is_named_before_what_rose() -> None:
    good, bad = (("staff", "positive"), ("food", "negative")), (("staff", "negative"), ("food", "positive"))
    lately, before = [review(day, 0.9, good) for day in range(10)], [review(200 + day, 0.7, bad) for day in range(10)]
    aspects = aspect_views(lately, before)
    assert {one.name: one.trend for one in aspects} == {"staff": "better", "food": "worse"}
    readings = Readings((*before, *lately), NEWEST, 20)
    said = sentence(readings, NEWEST, 10, 9.0, 7.0, aspects)
    assert said == "Guests scored 9.0 in the last 90 days, 2.0 better than before; the food is judged worse than before."
    rose = [one for one in aspects if one.name == "staff"]
    assert sentence(readings, NEWEST, 10, 7.0, 7.02, rose).endswith("as before; the staff is judged better than before.")
    few = [replace(one, trend="unknown", name=name) for one, name in zip(aspects, ("facilities", "value"), strict=True)]
    said = sentence(readings, NEWEST, 10, None, None, few)
    assert said.endswith("; most complaints are about the facilities (10 of 10 mentions).")
    for silent in (60, 200):
        late = sentence(readings, NEWEST + timedelta(days=silent), 10, None, None, ())
        assert late == "10 reviews in the 90 days up to 20 Feb, too few with a score to tell a mean."


def test_of_reviews_alone_the_last_days_are_those_of_this_pc(appliance: Appliance) -> None:
    newest = appliance.reviews(NAME).newest
    assert newest is not None
    clock = appliance.parts.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(days=40))
    assert f"in the 90 days up to {newest.day} " in appliance.reviews(NAME).sentence


def test_months_without_reviews_are_holes_and_undated_reviews_no_points() -> None:
    readings = Readings((review(100, 0.5), review(5, None), review(4, 0.9), review(3, 0.2, dated=False)), NEWEST, 4)
    found = months(readings, "")
    assert [one.first_day.month for one in found] == [11, 12, 1, 2]
    assert [one.reviews for one in found] == [1, 0, 0, 2]
    assert [one.score for one in found] == [5.0, None, None, 9.0]
