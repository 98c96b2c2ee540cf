"""The figures of the Rates page: they add up as staff add them up, and a rate to charge is shown to the cent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import fake_rates
import fake_views
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from hotelml_app.gui.place import Place
from hotelml_app.gui.rates_parts.dialogs import LimitsDialog, OwnRateDialog
from hotelml_app.gui.rates_parts.month import RateMonth, below_words, fitting_font, side_of_change
from hotelml_app.gui.rates_parts.panel import NightPanel
from hotelml_app.gui.rates_parts.pictures import Waterfall
from hotelml_app.gui.rates_parts.words import day_words, verdict_words
from hotelml_app.gui.theme import tokens
from hotelml_app.modules.pricing.history.rates import BOOKED, GUESSED
from hotelml_app.services.rates.rate_days import CURRENT_WORDS
from hotelml_app.services.rates.rate_words import settled_words
from hotelml_app.services.rates.views import LimitsView, RateDay, RatesView, WaterfallStep

PLACE = Place("IE", "EUR")
THURSDAY, FRIDAY, SATURDAY = (fake_rates.rate_day(date(2016, 9, day)) for day in (1, 2, 3))
MIDDLE, TOP = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
OWN = replace(FRIDAY, current_rate=120.5, suggested_rate=120.5, standing="locked")


def step(name: str, amount: float, level: float) -> WaterfallStep:
    return WaterfallStep(name, "", amount, level)


def shown(panel: NightPanel, row: str) -> list[float]:
    texts = [panel._figures[row, what].text() for what in ("Rate", "Rooms", "Revenue")]
    return [float(text.replace(",", "").replace("−", "-").replace("+", "")) for text in texts]


@pytest.fixture
def panel(qt: QApplication) -> NightPanel:
    return NightPanel(lambda: None, lambda: None, lambda: None)


@pytest.fixture
def view() -> RatesView:
    return fake_rates.rates(fake_views.CITY, None, "A", ())


def test_the_steps_to_a_rate_add_up_to_it_as_they_are_shown(qt: QApplication) -> None:
    rounded_apart = (
        step("base", 90.6, 90.6),
        step("season", -13.6, 77.0),
        step("weekday", -1.4, 75.6),
        step("demand", 16.4, 92.0),
    )
    waterfall = Waterfall()
    waterfall.show_day(replace(SATURDAY, suggested_rate=92.0, waterfall=rounded_apart), PLACE)
    amounts = [float(text.replace("−", "-").replace("+", "")) for text in waterfall._amounts()]
    assert amounts == [91.0, -14.0, -1.0, 16.0]
    assert sum(amounts) == 92.0
    assert "weekday −1" in waterfall.accessibleName()
    fine = replace(THURSDAY, current_rate=110.66, suggested_rate=110.66)
    waterfall.show_day(fine, PLACE)
    assert waterfall.accessibleName().endswith("; 111 in the end"), "its cents were only read off the bookings"


def test_a_range_tells_in_figures_what_it_tells_in_words(panel: NightPanel, view: RatesView) -> None:
    left_alone = replace(THURSDAY, expected_rooms=25.0, expected_revenue=THURSDAY.current_revenue - 26.0)
    dearer = replace(FRIDAY, expected_revenue=FRIDAY.current_revenue + 298.2)
    days = (left_alone, dearer, SATURDAY)
    panel.show_nights(view, days, PLACE, busy=False)
    gain = round(298.2 + SATURDAY.gain - 26.0)
    assert panel.verdict.text() == f"Change 2 of 3 rates, worth about €{gain}; leave the other as it is"
    assert shown(panel, "Difference")[2] == gain, "what dearer nights take from the one between them is counted"
    panel.show_nights(view, days[:1], PLACE, busy=False)
    assert panel.verdict.text() == "Leave it at €110"
    assert panel._figures["Difference", "Revenue"].text() == "–", "its own rate brings no difference"


def test_a_range_at_one_rate_tells_it_to_the_cent(panel: NightPanel, view: RatesView) -> None:
    panel.show_nights(view, (OWN, replace(OWN, night=SATURDAY.night)), PLACE, busy=False)
    assert [shown(panel, row)[0] for row in ("Now", "Suggested")] == [120.5, 120.5]


def test_a_night_that_stays_as_it_is_names_no_other_rate(qt: QApplication) -> None:
    fine = replace(THURSDAY, current_rate=110.66, suggested_rate=110.44)
    assert day_words(PLACE, fine) == "Thu 1 Sep: €111, fine as it is."
    assert day_words(PLACE, FRIDAY).startswith("Fri 2 Sep: now €110, suggested €")


def test_changes_that_would_not_earn_more_are_not_asked_for(qt: QApplication) -> None:
    lower = replace(FRIDAY, suggested_rate=90.0, expected_revenue=FRIDAY.current_revenue - 40.0)
    left_alone = replace(THURSDAY, expected_revenue=THURSDAY.current_revenue)
    assert verdict_words(PLACE, (lower, left_alone)) == "No rate has to change: 1 of 2 would not earn more"
    alone = replace(lower, curve=tuple(replace(one, in_all=None) for one in lower.curve))
    assert verdict_words(PLACE, (alone,)) == "Lower it from €110 to €90; a plain rule cannot tell what that earns"
    held = replace(alone, reasons=("demand as usual: no move", "held at the ceiling 90.00 (set by staff)"))
    assert verdict_words(PLACE, (held,)) == "Lower it from €110 to €90, to keep the limits"
    beside = replace(lower, curve=tuple(replace(one, in_all=one.revenue) for one in lower.curve))
    assert verdict_words(PLACE, (beside,)) == "Lower it from €110 to €90, together with the other changes"


@pytest.mark.parametrize("number", [1, 2])
def test_a_difference_is_that_of_the_figures_above_it(panel: NightPanel, view: RatesView, number: int) -> None:
    days = (replace(FRIDAY, current_rate=82.4, suggested_rate=73.5), replace(SATURDAY, current_rate=82.4, suggested_rate=73.5))
    panel.show_nights(view, days[:number], PLACE, busy=False)
    now, then, apart = (shown(panel, row) for row in ("Now", "Suggested", "Difference"))
    assert [round(b - a, 1) for a, b in zip(now, then, strict=True)] == apart


def test_a_range_says_whether_all_change_and_what_keeps_the_others(qt: QApplication) -> None:
    assert verdict_words(PLACE, (FRIDAY, SATURDAY)).startswith("Change all 2 rates, worth about ")
    accepted = replace(FRIDAY, current_rate=124.0, standing="accepted")
    assert verdict_words(PLACE, (accepted, THURSDAY)) == "Change nothing: 1 accepted, 1 fine as it is"
    locked: tuple[RateDay, ...] = (OWN, replace(OWN, night=SATURDAY.night))
    assert verdict_words(PLACE, locked) == "Change nothing: all 2 are locked"


def test_an_accepted_rate_that_the_pms_has_not_got_is_not_called_as_now(qt: QApplication) -> None:
    accepted = replace(FRIDAY, current_rate=124.0, standing="accepted")
    assert below_words(PLACE, accepted, waits=True) == "for the PMS"
    assert below_words(PLACE, accepted, waits=False) == "as now"
    assert below_words(PLACE, FRIDAY, waits=False) == "now 110"
    assert below_words(PLACE, THURSDAY, waits=False) == "fine as it is"


def test_rates_that_are_only_guessed_are_not_said_to_be_fine_as_they_are() -> None:
    guess = replace(THURSDAY, guessed=True)
    assert settled_words((guess, guess)) == "all 2 are fine if they are as guessed"
    assert settled_words((THURSDAY, guess, guess)) == "1 fine as it is, 2 fine if they are as guessed"
    assert settled_words((OWN, THURSDAY, THURSDAY, guess)) == "1 locked, 2 fine as they are, 1 fine if it is as guessed"


def test_a_night_on_which_the_house_seems_closed_is_not_called_fine(qt: QApplication) -> None:
    shut = replace(THURSDAY, seems_closed=True)
    assert day_words(PLACE, shut) == "Thu 1 Sep: €110, seems closed, no rate suggested."
    assert verdict_words(PLACE, (shut,)) == "No rate suggested: the house seems closed"
    assert below_words(PLACE, shut, waits=False) == "seems closed"
    nights = (shut, replace(shut, night=FRIDAY.night))
    assert verdict_words(PLACE, nights) == "Change nothing: all 2 are of nights on which the house seems closed"
    assert verdict_words(PLACE, (*nights, SATURDAY, THURSDAY)).startswith("Change 1 of 4 rates")


def test_yen_have_no_cents(panel: NightPanel, view: RatesView) -> None:
    costly = replace(FRIDAY, room_cost=1500.0)
    panel.show_nights(view, (costly,), Place("JP", "JPY"), busy=False)
    assert "once ¥1,500 is paid" in panel.basis.text()
    panel.show_nights(view, (costly,), PLACE, busy=False)
    assert "once €1,500.00 is paid" in panel.basis.text()


def test_the_panel_says_why_rooms_times_rate_is_not_the_revenue(panel: NightPanel, view: RatesView) -> None:
    panel.show_nights(view, (FRIDAY,), PLACE, busy=False)
    assert panel.basis.text().startswith("Revenue counts rooms on the books at the rates they were booked at.")
    assert "Now is the rate that you said, else the one at which the night was booked lately." in panel.basis.text()


def test_a_rate_that_is_only_guessed_is_named_so_wherever_it_is_read(panel: NightPanel, view: RatesView) -> None:
    moves, stays = (replace(one, guessed=True, current_words=CURRENT_WORDS[GUESSED]) for one in (FRIDAY, THURSDAY))
    assert verdict_words(PLACE, (moves,)).startswith("Raise it from about €110 to €124, worth about ")
    assert verdict_words(PLACE, (stays,)) == "Leave it if it is about €110 now"
    assert day_words(PLACE, moves).startswith("Fri 2 Sep: now about €110 (a guess), suggested €124")
    assert day_words(PLACE, stays) == "Thu 1 Sep: about €110 (a guess), fine if it is so."
    assert below_words(PLACE, moves, waits=False) == "about 110"
    assert below_words(PLACE, stays, waits=False) == "a guess, fine"
    panel.show_nights(view, (moves,), PLACE, busy=False)
    now = panel._figures["Now", "Rate"]
    assert now.text() == "about 110"
    assert "enter that with Own rate…" in panel.lock.toolTip()
    assert now.toolTip() in panel.basis.text()
    assert now.toolTip().startswith("Now is a guess, from your usual rates and the nights around: no booking shows it")
    panel.show_nights(view, (moves, FRIDAY), PLACE, busy=False)
    assert "of 1 of these nights it is only a guess" in panel.basis.text()
    booked = replace(FRIDAY, current_words=CURRENT_WORDS[BOOKED])
    panel.show_nights(view, (booked,), PLACE, busy=False)
    assert now.text() == "110"
    assert "Now is the rate at which the night was booked lately." in panel.basis.text()


def test_a_rate_of_ones_own_is_shown_to_the_cent(panel: NightPanel, view: RatesView) -> None:
    assert verdict_words(PLACE, (OWN,)) == "Locked at €120.50"
    assert "locked at €120.50" in day_words(PLACE, OWN)
    panel.show_nights(view, (OWN,), PLACE, busy=False)
    assert shown(panel, "Suggested")[0] == 120.5


def test_the_month_writes_a_rate_of_ones_own_to_the_cent(qt: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr("hotelml_app.gui.rates_parts.month.rate_number", lambda _, rate: written.append(f"{rate:.2f}") or "")
    month = RateMonth()
    month.resize(640, 400)
    month.show_days((OWN, replace(THURSDAY, current_rate=110.66, suggested_rate=110.66)), PLACE)
    month.grab()
    assert written == ["120.50"], "what is fine as it is was only read off the bookings"


@pytest.mark.parametrize(("rate", "mark", "side"), [(95, "", MIDDLE), (11284, "", TOP), (1234567, "", TOP), (11284, "set", None)])
def test_a_rate_in_a_currency_of_large_numbers_is_not_written_over(
    qt: QApplication, rate: int, mark: str, side: Qt.AlignmentFlag | None
) -> None:
    written, width = PLACE.number(rate), 76.0
    font = fitting_font(written, width, (tokens.SIZE_HEADING, tokens.SIZE_BODY, tokens.SIZE_CAPTION), strong=True)
    room = width - QFontMetricsF(font).horizontalAdvance(written)
    assert room >= 0
    assert side_of_change(room, "+18 %", mark) == side


def test_limits_say_one_night_and_stop_complaining_once_they_are_mended(qt: QApplication) -> None:
    above = QWidget()
    dialog = LimitsDialog(above, PLACE, "A", LimitsView(None, None, 1.0, 0.02, 1), lambda _: None)
    assert dialog.freeze.text() == "1 night ahead"
    dialog.freeze.setValue(2)
    assert dialog.freeze.text() == "2 nights ahead"
    dialog.freeze.setValue(0)
    assert dialog.freeze.text() == "no night"
    dialog.floor.setValue(200)
    dialog.ceiling.setValue(100)
    dialog._take()
    assert not dialog.wrong.isHidden()
    dialog.ceiling.setValue(300)
    assert dialog.wrong.isHidden()


def test_where_an_occupied_room_costs_something_the_figures_say_what_is_left(panel: NightPanel, view: RatesView) -> None:
    panel.show_nights(view, (FRIDAY,), PLACE, busy=False)
    assert panel._figures["Now", "Left"].isHidden()
    assert "occupied room" not in panel.basis.text()
    costly = replace(FRIDAY, room_cost=20.0)
    panel.show_nights(view, (costly,), PLACE, busy=False)
    assert not panel._figures["Now", "Left"].isHidden()
    assert panel._figures["Now", "Left"].text() == PLACE.number(FRIDAY.current_revenue - 20 * FRIDAY.current_rooms)
    assert panel._figures["Difference", "Left"].text() == PLACE.change(costly.gain)
    assert f"worth about {PLACE.money(costly.gain)}" in panel.verdict.text()
    assert "Left is what remains once €20.00 is paid for every occupied room." in panel.basis.text()
    assert panel.curve_title.text().startswith("What is left at other rates")


def test_a_night_of_millions_is_shown_and_kept_as_it_is(qt: QApplication) -> None:
    above, kept = QWidget(), list[object]()
    limits = LimitsView(1_500_000.0, 9_000_000.0, 10_000.0, 0.02, 1)
    LimitsDialog(above, PLACE, "A", limits, kept.append)._take()
    OwnRateDialog(above, PLACE, "Fri 1 May", 2_350_000.0, kept.append)._take()
    assert kept == [limits, 2_350_000.0]
