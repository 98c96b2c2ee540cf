"""Beside the month: what stands and what is suggested for the chosen nights, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from hotelml_app.gui.place import DASH, Place
from hotelml_app.gui.rates_parts.pictures import RateCurve, Waterfall
from hotelml_app.gui.rates_parts.words import current_words, night_decimals, range_words, verdict_words, why_words
from hotelml_app.gui.theme import tokens
from hotelml_app.gui.widgets.boxes import Part, bare, card, column, row
from hotelml_app.gui.widgets.buttons import Button
from hotelml_app.gui.widgets.labels import label
from hotelml_app.services.rates.rate_words import type_words
from hotelml_app.services.rates.views import RateDay, RatesView

ROWS = ("Now", "Suggested", "Difference")
FIGURES = ("Rate", "Rooms", "Revenue", "Left")
LEFT = FIGURES[-1]
"""What is left of the revenue once the rooms are paid; shown where staff said what an occupied room costs."""

OTHER_RATES = "Revenue at other rates, nights around it included"
LEFT_AT_OTHER_RATES = "What is left at other rates, nights around it included"
BOOKED = (
    "Revenue counts rooms on the books at the rates they were booked at. It is there to compare rates; what to expect of a night,"
    " the Forecast page says."
)
"""Staff multiply rooms and rate: that these do not make the revenue has to be said."""

LOCK_TIP = "Leave the rate as it is now"
LOCK_GUESS_TIP = "Leave the rate at this guess; where your PMS has another, enter that with Own rate… instead"


class NightPanel(QWidget):
    """One night or a range of nights."""

    def __init__(self, accept: Callable[[], object], own: Callable[[], object], lock: Callable[[], object]) -> None:
        super().__init__()
        self.title, self.verdict = label(role="heading", wrap=True), label(role="strong", wrap=True)
        self._figures = {(one, what): label(role="strong" if one == ROWS[1] else "") for one in ROWS for what in FIGURES}
        self._heads = {what: label(what, "caption") for what in FIGURES}
        self.waterfall, self.curve = Waterfall(), RateCurve()
        self.curve_title = label(OTHER_RATES, "caption")
        self.why, self.basis = label(wrap=True), label(role="caption", wrap=True)
        self.accept = Button("Accept", accept, role="primary", icon="check", tip="Charge the suggested rate; Enter on the month")
        self.own = Button("Own rate…", own, tip="Fix a rate of your own until you unlock it")
        self.lock = Button("Lock", lock, tip=LOCK_TIP)
        self.one_night = bare(
            column(
                (
                    label("How the rate comes about", "caption"),
                    self.waterfall,
                    self.curve_title,
                    self.curve,
                ),
                gap=tokens.SPACE_HALF,
            )
        )
        buttons = row((self.accept, self.own, self.lock, None), gap=tokens.SPACE_1)
        parts = (self.title, self.verdict, self._table(), buttons, self.why, self.one_night, self.basis, None)
        self.setLayout(column((_whole(parts),), gap=0))

    def _table(self) -> QWidget:
        grid = self._grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        grid.setVerticalSpacing(tokens.SPACE_HALF)
        for at, what in enumerate(FIGURES, start=1):
            grid.addWidget(_to_the_right(self._heads[what]), 0, at)
        for number, one in enumerate(ROWS, start=1):
            grid.addWidget(label(one, "caption"), number, 0)
            for at, what in enumerate(FIGURES, start=1):
                grid.addWidget(_to_the_right(self._figures[one, what]), number, at)
        return bare(grid)

    def show_nights(self, view: RatesView, days: Sequence[RateDay], place: Place, *, busy: bool) -> None:
        """Show other nights; ``busy`` takes no orders while the last one is carried out."""
        self.title.setText(f"{type_words(view.room_type)}, {range_words(place, days)}")
        self.verdict.setText(verdict_words(place, days))
        self._show_figures(days, place)
        one = days[-1] if len(days) == 1 else None
        self.one_night.setVisible(one is not None)
        self.why.setVisible(one is not None)
        if one is not None:
            self.waterfall.show_day(one, place)
            self.curve.show_day(one, place)
            self.why.setText(place.spoken(why_words(one)))
        self.curve_title.setText(LEFT_AT_OTHER_RATES if days[-1].room_cost else OTHER_RATES)
        said = (BOOKED, current_words(place, days), _about_costs(days, place), f"{view.basis[:1].upper()}{view.basis[1:]}.")
        self.basis.setText(place.spoken(" ".join(part for part in said if part)))
        locked = all(each.standing == "locked" for each in days)
        self.lock.say("Unlock" if locked else "Lock")
        self.lock.setToolTip(LOCK_GUESS_TIP if any(one.guessed for one in days) else LOCK_TIP)
        moves = any(each.moves for each in days)
        self.accept.setEnabled(moves and not busy)
        for button in (self.own, self.lock):
            button.setEnabled(not busy)

    def _show_figures(self, days: Sequence[RateDay], place: Place) -> None:
        # Of a night alone whose rate does not move, what the other nights' changes bring to it is no difference of its own.
        moves = any(one.moves for one in days)
        then = [(one, "expected" if moves else "current") for one in days]
        rates = [sum(getattr(one, name) for one in days) / len(days) for name in ("current_rate", "suggested_rate")]
        rooms = [sum(one.current_rooms for one in days), sum(getattr(one, f"{name}_rooms") for one, name in then)]
        money = [sum(one.current_revenue for one in days), sum(getattr(one, f"{name}_revenue") for one, name in then)]
        one_rate = len({one.suggested_rate for one in days}) == 1
        cents = max(night_decimals(one) for one in days) if one_rate else 0
        # Staff add up what they see: what is gained is said above, the rate is what they enter; the rest follows from these.
        rates = [round(each, cents) for each in rates]
        left = [sum(one.current_left for one in days), sum(getattr(one, f"{name}_left") for one, name in then)]
        self._show_left(shown=any(one.room_cost for one in days))
        for what, pair, decimals in zip(FIGURES, (rates, rooms, money, left), (cents, 1, 0, 0), strict=True):
            now, apart = round(pair[0], decimals), round(pair[1] - pair[0], decimals)
            for row_name, number in zip(ROWS[:2], (now, now + apart), strict=True):
                self._figures[row_name, what].setText(place.number(number, decimals))
            self._figures[ROWS[2], what].setText(place.change(apart, decimals) if moves else DASH)
        self._name_guess(days, place)

    def _name_guess(self, days: Sequence[RateDay], place: Place) -> None:
        """Say beside the rate now that it is only a guess, and where that is from."""
        now = self._figures[ROWS[0], FIGURES[0]]
        if any(one.guessed for one in days):
            now.setText(f"about {now.text()}")
        now.setToolTip(current_words(place, days))

    def _show_left(self, *, shown: bool) -> None:
        for one in (self._heads[LEFT], *(self._figures[row_name, LEFT] for row_name in ROWS)):
            one.setVisible(shown)
        for at, what in enumerate(FIGURES, start=1):
            self._grid.setColumnStretch(at, 1 if shown or what != LEFT else 0)


def _about_costs(days: Sequence[RateDay], place: Place) -> str:
    cost = days[-1].room_cost
    return f"Left is what remains once {place.money(cost, 2)} is paid for every occupied room." if cost else ""


def _to_the_right(text: QLabel) -> QLabel:
    text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return text


def _whole(parts: Sequence[Part]) -> QFrame:
    return card(column(parts, gap=tokens.SPACE_1), margin=tokens.SPACE_2)
