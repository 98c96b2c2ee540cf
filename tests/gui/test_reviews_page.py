"""Reviews: how guests score the house, what fell, and the sentences behind it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import fake_reviews
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication
from qt_waiting import wait_for

from hotelml_app.gui.charts.score_chart import chart_words, month_text
from hotelml_app.gui.pages.reviews import NO_REVIEWS_TEXT, ReviewsPage, language_name
from hotelml_app.gui.place import Place
from hotelml_app.modules.sentiment.word_lists import LANGUAGES


@pytest.fixture
def page(open_window: Open, hotel: FakeAppliance) -> ReviewsPage:
    return open_window(hotel, "reviews").window.page


def test_the_page_begins_with_what_fell(page: ReviewsPage) -> None:
    assert "food is judged worse than before" in page.sentence.text()
    assert page.table.current_key == "food"
    assert page.table.text_at("food", 3) == "worse (−20)"
    assert page._about.text() == "Food: 3 sentences in 15 months, the newest first"


def test_a_part_of_the_stay_shows_its_sentences_with_who_said_them(page: ReviewsPage) -> None:
    page.table.choose("staff")
    first = page.sayings.item(0).text()
    assert first.startswith("Staff: The breakfast was cold.")
    assert "English · Booking.com · gave 6" in first
    page.table.choose("sleep")
    assert page.sayings.count() == 0
    assert page._about.text() == "Sleep: 0 sentences in 15 months, the newest first"


def test_where_not_all_sentences_can_be_read_the_page_says_of_how_many(page: ReviewsPage) -> None:
    aspects = tuple(replace(one, said=690) if one.name == "food" else one for one in page.view.aspects)
    page._answer(replace(page.view, aspects=aspects))
    assert page._about.text() == "Food: the newest 3 sentences (690 in 15 months)"
    page.tone.choose("negative")
    page.tone.chosen.emit("negative")
    assert page._about.text() == "Food: 1 among the newest 3 sentences (690 in 15 months)"


def test_the_page_says_how_new_the_reviews_are_and_what_read_them(page: ReviewsPage) -> None:
    words = page.provenance.whole_text
    assert words.startswith("Newest review Wed 31 Aug 2016")
    assert "312 known" in words
    assert "By a plain rule" in words


def test_one_review_is_one(page: ReviewsPage) -> None:
    page.show_view(replace(page.view, lately=1))
    assert page._volume.text() == "1 review in 90 days"


def test_praise_and_complaints_can_be_read_apart(page: ReviewsPage) -> None:
    page.tone.choose("negative")
    page.tone.chosen.emit("negative")
    assert page.sayings.count() == 1
    page.tone.choose("positive")
    page.tone.chosen.emit("positive")
    assert page.sayings.item(0).text().startswith("Food: Das Frühstück")


def test_one_language_at_a_time(page: ReviewsPage, hotel: FakeAppliance) -> None:
    assert [page.language.itemText(at) for at in range(3)] == ["All languages", "English (200)", "German (112)"]
    page.language.choose("de")
    page.language.activated.emit(2)
    wait_for(lambda: page.view.language == "de")
    assert page.language.choice == "de"
    assert page.sayings.count() == 1


def test_the_chart_can_be_read_without_seeing_it(page: ReviewsPage) -> None:
    assert page.chart.accessibleName().startswith("Score by month. Best Aug 2016: 7")
    months = fake_reviews.reviews("H").months
    assert month_text(Place("GB", "GBP"), months[0]) == "Jan 2016: 7.1 from 11 reviews"
    assert month_text(Place("GB", "GBP"), months[1]) == "Feb 2016: 12 reviews", "no guest gave a score"
    assert chart_words(Place(), ()) == "No review has a score"


def test_pointing_at_a_month_reads_it_out(page: ReviewsPage) -> None:
    spot = QPoint(page.chart.width() // 2, 40)
    asked = QHelpEvent(QHelpEvent.Type.ToolTip, spot, page.chart.mapToGlobal(spot))
    assert QApplication.sendEvent(page.chart, asked)


def test_without_reviews_the_page_says_what_to_drop(open_window: Open, hotel: FakeAppliance) -> None:
    hotel.no_reviews = True
    opened = open_window(hotel, "reviews")
    message = opened.window.page.body.message
    assert opened.window.page.body.state == "message"
    assert "Booking.com" in message.text.text()
    message.button.click()
    assert opened.window.current == "data"


def test_languages_are_named() -> None:
    assert language_name("pt") == "Portuguese"
    assert language_name("xx") == "xx"


def test_the_empty_page_names_as_many_languages_as_there_are_word_lists() -> None:
    assert f"in {len(LANGUAGES)} languages" in NO_REVIEWS_TEXT


def test_the_manual_names_as_many() -> None:
    manual = Path(__file__).resolve().parents[2] / "README.md"
    assert f"understood in {len(LANGUAGES)} languages" in manual.read_text(encoding="utf-8")
