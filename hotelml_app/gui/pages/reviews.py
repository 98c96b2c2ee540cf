"""Reviews: the score over time, what guests speak of, and the sentences behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from hotelml_app.gui.charts.score_chart import ScoreChart
from hotelml_app.gui.context import WindowContext
from hotelml_app.gui.pages.base import Page
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.bars import risk_icon
from hotelml_app.gui.widgets.boxes import bare, card, column, row
from hotelml_app.gui.widgets.buttons import Segments
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.labels import label
from hotelml_app.gui.widgets.provenance import SEPARATOR, maker_words
from hotelml_app.gui.widgets.side_by_side import SideBySide
from hotelml_app.gui.widgets.states import Message
from hotelml_app.gui.widgets.tables.filter_box import FilterBox
from hotelml_app.gui.widgets.tables.story_list import Story, StoryList
from hotelml_app.gui.widgets.tables.table import Cell, Column, DataTable
from hotelml_app.services.asking.words import count
from hotelml_app.services.reviews.views import LATELY_DAYS, AspectView, ReviewsView, SayingView

STRIP_HEIGHT = 25 * tokens.GRID
TABLE_HEIGHT = 30 * tokens.GRID
TABLE_WIDTH = 64 * tokens.GRID
TONES = {"": "All", "positive": "Praise", "negative": "Complaints"}
_MARKS = {"positive": "accent", "negative": "risk", "mixed": "muted", "neutral": "muted"}
_TREND_WORDS = {"better": "better", "worse": "worse", "same": "as before", "unknown": "too few to tell"}
_TREND_COLOURS = {"better": "accent", "worse": "risk_text", "same": "text_muted", "unknown": "text_muted"}
NO_REVIEWS_TEXT = (
    "Drop an export of your reviews into the drop folder or on to this window: from Booking.com, from Google, or any table"
    " with a date, a score and a text. They are read here, in 34 languages, and never leave this PC."
)


class ReviewsPage(Page):
    """What guests say."""

    key = "reviews"
    title = "Reviews"

    def __init__(self, context: WindowContext) -> None:
        self.language = CalmComboBox("Language")
        self.chart = ScoreChart()
        self.table = DataTable(_COLUMNS, "Parts of the stay, most mentioned first")
        self.tone = Segments(tuple(TONES.items()), "Sentences")
        self.sayings = StoryList("Sentences")
        self._grid = SideBySide()
        self._offered: tuple[tuple[str, int], ...] = ()
        super().__init__(context)
        self.filter = FilterBox(self.table, "parts of the stay")
        self._bar.insertWidget(1, self.filter)
        self.language.activated.connect(lambda _: self.refresh())
        self.table.current.connect(lambda _: self._show_sayings())
        self.tone.chosen.connect(lambda _: self._show_sayings())

    def build(self) -> QWidget:
        """Return the score above, aspects and sentences below."""
        self._bar = row((self.language, None), gap=tokens.SPACE_1)
        self._score, self._beside = label(role="figure"), label(role="muted", wrap=True)
        self._volume = label(role="muted", wrap=True)
        figures = column((label("Lately", "heading"), self._score, self._beside, self._volume, None), gap=tokens.SPACE_HALF)
        strip = row(gap=tokens.SPACE_2)
        chart = card(column((label("Score by month", "heading"), self.chart), gap=tokens.SPACE_HALF), margin=tokens.SPACE_1 + 4)
        side = card(figures, margin=tokens.SPACE_1 + 4)
        for part, share in ((chart, 4), (side, 1)):
            part.setFixedHeight(STRIP_HEIGHT)
            strip.addWidget(part, share)
        self._about = label(role="heading", wrap=True)
        said = column((self._about, row((self.tone, None)), self.sayings), gap=tokens.SPACE_1)
        said.setStretch(2, 1)
        self._said = bare(said)
        self.table.setMinimumHeight(TABLE_HEIGHT)
        self._said.setMinimumHeight(TABLE_HEIGHT)
        self.set_narrow(False)
        whole = column((self._bar, strip, self._grid), gap=tokens.SPACE_1 + 4)
        whole.setStretch(2, 1)
        return bare(whole)

    def set_narrow(self, narrow: bool) -> None:
        """Put the sentences below the aspects, or beside them."""
        self._grid.put(self.table, self._said, narrow=narrow)
        self.table.setMinimumWidth(0 if narrow else TABLE_WIDTH)

    def question(self) -> Callable[[], object]:
        """Ask for the chosen language."""
        appliance, name, language = self.context.appliance, self.context.property_name, self.language.choice
        return lambda: appliance.reviews(name, language)

    def forget(self) -> None:
        """Another property has reviews in other languages."""
        super().forget()
        self.language.setCurrentIndex(0)

    def emptiness(self, view: object) -> Message | None:
        """Without reviews there is nothing to read."""
        assert isinstance(view, ReviewsView)
        if view.total:
            return None
        self.say("No reviews are known yet")
        self.provenance.show_words("")
        go = lambda: self.context.open_page("data")  # noqa: E731
        return Message("No export of reviews was read yet", NO_REVIEWS_TEXT, "", "chat-text", False, "Show the drop folder", go)

    def show_view(self, view: object) -> None:
        """Show score, aspects and sentences."""
        assert isinstance(view, ReviewsView)
        place = self.context.place
        self.say(view.sentence)
        newest = f"Newest review {place.day(view.newest, year=True)}{SEPARATOR}" if view.newest else ""
        known = f"{newest}{place.number(view.total)} known"
        self.provenance.show_words(known, place.spoken(maker_words("Reading", view.made_by)), icon="clock")
        self._offer_languages(view)
        self.chart.show_months(place, view.months)
        self._score.setText(place.number(view.score, 1))
        before = f"{place.number(view.score_before, 1)} in the year before" if view.score_before is not None else ""
        self._beside.setText(before if view.score is not None else "too few with a score")
        self._volume.setText(f"{place.spoken(count(view.lately, 'review'))} in {LATELY_DAYS} days")
        self.table.set_rows([(one.name, _cells(place, one)) for one in view.aspects])
        if not self.table.current_key and self.table.keys:
            self.table.choose(_worth_a_look(view))
        self._show_sayings()

    def _show_sayings(self) -> None:
        aspects = self.view.aspects if isinstance(self.view, ReviewsView) else ()
        chosen = next((one for one in aspects if one.name == self.table.current_key), None)
        wanted = self.tone.choice
        said = [one for one in chosen.sayings if wanted in ("", one.tone)] if chosen is not None else []
        place = self.context.place
        self._about.setText(_about_words(place, chosen, len(said)) if chosen else "Nothing is said yet")
        self.sayings.setAccessibleName(self._about.text())
        self.sayings.show_stories([_story(place, number, one) for number, one in enumerate(said)])

    def _offer_languages(self, view: ReviewsView) -> None:
        if view.languages != self._offered:
            self._offered = view.languages
            self.language.clear()
            self.language.addItem("All languages", "")
            for code, number in view.languages:
                self.language.addItem(f"{language_name(code)} ({self.context.place.number(number)})", code)
        self.language.choose(view.language)


def _about_words(place: Place, one: AspectView, shown: int) -> str:
    """Return how many sentences are shown, and of how many where not all of them can be read here."""
    newest, begin = len(one.sayings), f"{one.name.capitalize()}:"
    if newest >= one.said:
        return f"{begin} {place.spoken(count(shown, 'sentence'))} in 15 months, the newest first"
    among = "" if shown == newest else f"{place.number(shown)} among "
    return f"{begin} {among}the newest {place.number(newest)} sentences ({place.number(one.said)} in 15 months)"


def language_name(code: str) -> str:
    """Return "German" for "de"."""
    language = QLocale(code).language()
    return code if language == QLocale.Language.C else QLocale.languageToString(language)


_COLUMNS = (
    Column("Part of the stay", width=116),
    Column("Liked", width=120, tip=f"Share of praise in what was said of it in the last {LATELY_DAYS} days"),
    Column("Before", number=True, width=70, tip="The same in the year before"),
    Column("Trend", stretch=True, tip="The change in percentage points, where it is more than chance"),
    Column(
        "Mentions",
        unit=f"in {LATELY_DAYS} days",
        number=True,
        width=84,
        tip=f"How often it was praised or complained about in the last {LATELY_DAYS} days",
    ),
)


def _cells(place: Place, one: AspectView) -> tuple[Cell, ...]:
    change = ""
    if one.liked is not None and one.liked_before is not None and one.trend in ("better", "worse"):
        change = f" ({place.change(100 * (one.liked - one.liked_before))})"
    return (
        Cell(one.name.capitalize(), strong=True),
        Cell(place.share(one.liked), -1.0 if one.liked is None else one.liked, icon=partial(risk_icon, one.liked, "own")),
        Cell(place.share(one.liked_before), -1.0 if one.liked_before is None else one.liked_before, "text_muted"),
        Cell(f"{_TREND_WORDS[one.trend]}{change}", one.trend, _TREND_COLOURS[one.trend], one.trend in ("better", "worse")),
        Cell(place.number(one.mentions), one.mentions),
    )


def _worth_a_look(view: ReviewsView) -> str:
    """Return the aspect to begin with: what fell, else the first."""
    fell = [one.name for one in view.aspects if one.trend == "worse"]
    return (fell or [one.name for one in view.aspects])[0]


def _story(place: Place, number: int, one: SayingView) -> Story:
    score = f"gave {place.number(one.score, 1)}" if one.score is not None else ""
    language = language_name(one.language) if one.language else ""
    about = " · ".join(part for part in (place.day(one.day, year=True) if one.day else "", language, one.source, score) if part)
    return Story(str(number), one.text, about, _MARKS.get(one.tone, ""))
