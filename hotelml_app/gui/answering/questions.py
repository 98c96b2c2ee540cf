"""The questions at the top of the dialog: what the dates mean, which column is what, what words of the status mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QWidget

from hotelml_app.gui.answering.answer import COUNTED, STATUS_WORDS, STILL_OPEN, Answer, holds_dates, samples_words
from hotelml_app.gui.place import Place
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import column, row
from hotelml_app.gui.widgets.buttons import Segments
from hotelml_app.gui.widgets.choice import CalmComboBox
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.exports.mapping_views import DatesQuestionView, MappingQuestionView, StatusWordView

CHOICE_WIDTH = 52 * tokens.GRID
WORDS_WIDTH = 30 * tokens.GRID
NONE = "none"


class Question(QFrame):
    """One question with its text above; ``answered`` tells that the answer changed."""

    answered = Signal()

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self.text = label(text, "strong", wrap=True)
        self.setAccessibleName(text)

    def arrange(self, *parts: QWidget | QLayout) -> None:
        """Put the ways to answer below the text."""
        inside = column((self.text, *parts), gap=tokens.SPACE_1)
        inside.setContentsMargins(tokens.SPACE_2, tokens.SPACE_1 + 4, tokens.SPACE_2, tokens.SPACE_1 + 4)
        self.setLayout(inside)


class DatesQuestion(Question):
    """Is 03/04/2026 the 3rd of April or the 4th of March?"""

    def __init__(self, asked: DatesQuestionView, answer: Answer, place: Place) -> None:
        super().__init__(asked.text)
        self._answer = answer
        self.choices = Segments(_both_days(asked, place), asked.text)
        self.choices.choose(answer.dates)
        self.choices.chosen.connect(self._chosen)
        self.arrange(row((self.choices, None)))

    def _chosen(self, order: str) -> None:
        self._answer.dates = order
        self.answered.emit()


def _both_days(asked: DatesQuestionView, place: Place) -> tuple[tuple[str, str], ...]:
    if asked.day_first is None or asked.month_first is None:
        return (("day first", "The day comes first"), ("month first", "The month comes first"))
    first, other = (place.day(day, year=True) for day in (asked.day_first, asked.month_first))
    return (("day first", f"{first}: day first"), ("month first", f"{other}: month first"))


class ColumnQuestion(Question):
    """Which column is the arrival? The guess is chosen already; nothing is where there is none."""

    def __init__(self, asked: MappingQuestionView, answer: Answer) -> None:
        # What is said after the question is for those who write a map.
        text = asked.text.partition("In a map")[0].strip()
        super().__init__(text)
        self._answer = answer
        self._role = asked.role
        self.columns = CalmComboBox(text)
        self.columns.setMinimumWidth(CHOICE_WIDTH)
        self.columns.setMaximumWidth(2 * CHOICE_WIDTH)
        self.columns.addItem("Choose a column", "")
        if asked.role in _NO_COLUMN:
            self.columns.addItem(_NO_COLUMN[asked.role], NONE)
        for place, one in enumerate(answer.columns):
            self.columns.addItem(f"{one.header}:  {samples_words(one)}", str(place))
        self.show_answer()
        self.columns.activated.connect(self._chosen)
        self.arrange(self.columns)

    def show_answer(self) -> None:
        """Show the column that has the role now."""
        places = (self._answer.place(role) for role in (self._role, *_INSTEAD.get(self._role, ())))
        place = next((one for one in places if one is not None), None)
        none = NONE if self._role in _NO_COLUMN and self._role not in self._answer.open else ""
        self.columns.choose(none if place is None else str(place))

    def _chosen(self) -> None:
        for role in (self._role, *_INSTEAD.get(self._role, ())):
            self._answer.take(role)
        if self._role in STILL_OPEN:
            change = self._answer.open.discard if self.columns.choice else self._answer.open.add
            change(self._role)
        if self.columns.choice not in ("", NONE):
            place = int(self.columns.choice)
            counts = self._role in COUNTED and not holds_dates(self._answer.columns[place])
            self._answer.give(place, COUNTED[self._role] if counts else self._role)
        self._answer.roles_changed = True
        self.answered.emit()


_NO_COLUMN = {
    "status": "None of these: no booking was cancelled",
    "reservation_id": "None of these: tell bookings apart by their details",
    "room_type": "None of these: the file does not say",
    "booked_on": "None of these: the file does not say",
    "total": "None of these: the file does not say",
}
_INSTEAD = {**{role: (number,) for role, number in COUNTED.items()}, "total": ("adr",)}
"""Roles that answer a question about another one as well."""


class PriceQuestion(ColumnQuestion):
    """Which column is the price, and is it that of the stay or of a night?"""

    def __init__(self, asked: MappingQuestionView, answer: Answer) -> None:
        self.spans = Segments(_PRICE_SPANS, "What the price is for")
        # What is said after the question is for those who write a map; here the buttons say it.
        super().__init__(replace(asked, text=asked.text.partition("?")[0] + "?"), answer)
        self.spans.chosen.connect(self._chosen)

    def arrange(self, *parts: QWidget | QLayout) -> None:
        """Put what the price is for below the column."""
        super().arrange(*parts, row((self.spans, None)))

    def show_answer(self) -> None:
        """Show the column that is the price now, and for what."""
        super().show_answer()
        if self.columns.choice not in ("", NONE):
            self.spans.choose("adr" if self._answer.place("adr") is not None else "total")
        self.spans.setEnabled(self.columns.choice not in ("", NONE))

    def _chosen(self) -> None:
        span = self.spans.choice
        super()._chosen()
        place = self._answer.place("total")
        if place is not None and span == "adr":
            self._answer.give(place, "adr")
            self.answered.emit()


_PRICE_SPANS = (("total", "For the whole stay"), ("adr", "For a night"))


class RowsQuestion(Question):
    """Are several rows of one number the rooms of a booking, its nights, or its later versions?"""

    def __init__(self, asked: MappingQuestionView, answer: Answer) -> None:
        super().__init__(asked.text)
        self._answer = answer
        self.choices = Segments(_ROWS, asked.text)
        self.choices.choose("" if "rows" in answer.open else answer.rows)
        self.choices.chosen.connect(self._chosen)
        self.arrange(row((self.choices, None)))

    def _chosen(self, rows: str) -> None:
        self._answer.rows = rows
        self._answer.open.discard("rows")
        self._answer.roles_changed = True
        self.answered.emit()


_ROWS = (("rooms", "Rooms of a booking"), ("nights", "Nights of a stay"), ("bookings", "Versions: the last one counts"))


class WordsQuestion(Question):
    """What do these words of the status mean?"""

    def __init__(self, words: Sequence[StatusWordView], answer: Answer, place: Place) -> None:
        guessed = any(one.likely for one in words)
        chosen = " What the dates of their stays suggest is chosen already." if guessed else ""
        super().__init__(f"What do these words in the status column mean?{chosen}")
        self._answer = answer
        answer.words_asked = tuple(one.word for one in words)
        self.choices, grid = words_grid(words, answer, place, self._chosen, unsaid="Choose what it means")
        self.arrange(grid)

    def _chosen(self) -> None:
        self._answer.statuses.update({word: choice.choice for word, choice in self.choices.items()})
        self.answered.emit()


def words_grid(
    words: Sequence[StatusWordView], answer: Answer, place: Place, chosen: Callable[[], object], unsaid: str = ""
) -> tuple[dict[str, CalmComboBox], QGridLayout]:
    """Return words with their rows and a choice of what each means, by word; ``unsaid`` is offered where that may be open."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(tokens.SPACE_2)
    grid.setVerticalSpacing(tokens.SPACE_HALF)
    grid.setColumnStretch(2, 1)
    choices = {}
    for index, one in enumerate(sorted(words, key=lambda word: -word.rows)):
        rows = "1 row" if one.rows == 1 else f"{place.number(one.rows)} rows"
        made = choices[one.word] = CalmComboBox(f"Meaning of {one.word}")
        made.setMinimumWidth(WORDS_WIDTH)
        for status, meaning in (*([("", unsaid)] if unsaid else []), *STATUS_WORDS.items()):
            made.addItem(meaning, status)
        made.choose(answer.statuses.get(one.word, ""))
        made.activated.connect(lambda _: chosen())
        grid.addWidget(label(f"“{one.word}”  in {rows}"), index, 0)
        grid.addWidget(made, index, 1, Qt.AlignmentFlag.AlignLeft)
    return choices, grid
