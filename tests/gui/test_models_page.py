"""Models: train with progress and cancel, go live and go back after being asked, and words instead of statistics."""

from __future__ import annotations

from dataclasses import replace

import fake_modules
import fake_views
import pytest
from fake_appliance import FakeAppliance
from opening import Open
from qt_waiting import wait_for

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.jobs import JobStage
from hotelml_app.gui.measure_words import figure, measure_name, verdict
from hotelml_app.gui.place import Place
from hotelml_app.gui.widgets.cards.module_card import measure_words
from hotelml_app.gui.widgets.cards.module_details import version_before
from hotelml_app.gui.widgets.dialogs.confirm import ConfirmDialog
from hotelml_app.services.errors import TooLittleToLearnError


def test_a_module_says_how_much_better_it_is_than_the_plain_rule() -> None:
    forecast, noshow = fake_modules.models(fake_views.CITY, ()).modules[:2]
    assert verdict(Place(), forecast) == "43 % better than pickup"
    assert verdict(Place(), noshow) == "26 % better than the usual share lost"
    assert measure_name("WAPE") == "Average error"
    assert figure(Place("GB"), 8.14, "%") == "8.1 %"


def test_a_card_says_first_how_much_better_a_module_is(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "models").window.page
    said = page.cards["forecast"].measure.whole_text
    assert said.startswith("43 % better than pickup: average error ")
    assert " against " in said


def test_a_card_is_read_out_with_days_and_numbers_as_the_country_writes_them(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "models").window.page
    module = page.view.modules[0]
    said = replace(module, live=replace(module.live, sentence="Learned up to 29 Nov; off by 3.3 %."))
    page.cards[module.name].show_module(Place("PT", "EUR"), said)
    assert page.cards[module.name].accessibleName() == f"{module.title}: Learned up to 29 Nov; off by 3,3\xa0%."


def test_training_shows_progress_and_time_left_and_can_be_cancelled(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "models").window.page
    card = page.cards["forecast"]
    card.train_button.click()
    wait_for(lambda: card.job is not None)
    assert card.step.whole_text == "Waits for its turn"
    assert card.train_button.isHidden()
    hotel.advance_job(card.job.id, JobStage.RUNNING, 0.5, "comparing 6 candidates", 30)
    wait_for(lambda: card.step.whole_text == "50 %  ·  comparing 6 candidates  ·  about 30 s left")
    assert card.progress.value() == 500
    card.cancel_button.click()
    wait_for(lambda: card.job is None)
    assert ("cancel", 1) in hotel.said
    assert not card.train_button.isHidden()


def test_the_end_of_a_training_refreshes_the_page(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "models")
    job = hotel.train("forecast", fake_views.CITY)
    wait_for(lambda: opened.window.page.cards["forecast"].job is not None and opened.runner.quiet)
    asked = hotel.asked["models"]
    hotel.advance_job(job, JobStage.DONE, 1.0, "")
    wait_for(lambda: hotel.asked["models"] > asked)


def test_a_training_of_another_property_is_not_shown_as_this_ones(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "models")
    hotel.train("forecast", fake_views.RESORT)
    wait_for(lambda: bool(opened.window.jobs.jobs))
    assert opened.window.page.cards["forecast"].job is None


def test_a_module_that_does_not_learn_offers_no_training(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "models").window.page
    assert page.cards["pricing"].train_button.isHidden()
    assert page.cards["pricing"].waits.text() == "Answers by its plain rule; it does not learn yet."


def test_a_refused_training_is_told_with_its_remedy(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "models")
    hotel.failures["train"] = HotelMLError("412 of 1,000 examples are there.", remedy="Import more history.", title="Too little")
    opened.window.page.cards["noshow"].train_button.click()
    wait_for(opened.window.notice.isVisible)
    assert opened.window.notice._text.text() == "412 of 1,000 examples are there. Import more history."
    assert opened.window.notice.notice.urgent


def test_too_little_to_learn_from_is_an_answer_and_no_alarm(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "models")
    hotel.failures["train"] = TooLittleToLearnError("Learning needs 1,000 finished bookings and has 412 so far.")
    opened.window.page.cards["noshow"].train_button.click()
    wait_for(opened.window.notice.isVisible)
    assert opened.window.notice._text.text() == "Learning needs 1,000 finished bookings and has 412 so far."
    assert not opened.window.notice.notice.urgent


def test_going_live_is_asked_first(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "models")
    details = opened.window.page.details
    details.versions.choose("20160824-0330")
    details.go_live.click()
    dialog = opened.window.findChild(ConfirmDialog)
    assert not hotel.said
    dialog.yes.click()
    wait_for(lambda: ("promote", fake_views.CITY, "forecast", "20160824-0330") in hotel.said)
    wait_for(opened.window.notice.isVisible)


def test_what_may_not_go_live_cannot_be_chosen_for_it(open_window: Open, hotel: FakeAppliance) -> None:
    details = open_window(hotel, "models").window.page.details
    for version, allowed in (("20160831-0330", False), ("20160829-0330", False), ("20160824-0330", True)):
        details.versions.choose(version)
        assert details.go_live.isEnabled() == allowed


def test_going_back_can_be_declined(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "models")
    opened.window.page.details.back.click()
    opened.window.findChild(ConfirmDialog).no.click()
    opened.window.page.details.back.click()
    wait_for(lambda: any(dialog.isVisible() for dialog in opened.window.findChildren(ConfirmDialog)))
    next(dialog for dialog in opened.window.findChildren(ConfirmDialog) if dialog.isVisible()).yes.click()
    wait_for(lambda: ("rollback", fake_views.CITY, "forecast") in hotel.said)


def test_a_long_unit_is_said_once_so_that_a_card_does_not_cut_it(open_window: Open, hotel: FakeAppliance) -> None:
    module = open_window(hotel, "models").window.page._module("forecast")
    said = replace(module, unit="EUR per night", measure=1.3, baseline_measure=5.9, baseline_name="last year's rate")
    told = measure_words(Place("IE"), said)
    assert told == "78 % better than last year's rate: average error 1.3 against 5.9 EUR per night"


def test_going_back_names_what_will_answer(open_window: Open, hotel: FakeAppliance) -> None:
    opened = open_window(hotel, "models")
    page = opened.window.page
    page.details.back.click()
    dialog = opened.window.findChild(ConfirmDialog)
    assert dialog.windowTitle() == "Go back to version 20160824-0330?"
    dialog.yes.click()
    wait_for(opened.window.notice.isVisible)
    assert opened.window.notice.notice.title == "Version 20160824-0330 answers again."
    module = replace(page._module("forecast"), back_to="", otherwise="the model HotelML brings along")
    page.details.show_module(Place("PT"), module)
    assert version_before(module) == "the model HotelML brings along"
    assert page.details.history.text_at("2", 1) == "Brought along"
    page.details.show_module(Place("PT"), replace(module, back_to=None))
    assert page.details.back.isHidden()


@pytest.mark.parametrize("said", ["It went live.", "It is live now."])
def test_a_training_is_not_called_live_once_an_earlier_version_answers(
    open_window: Open, hotel: FakeAppliance, said: str
) -> None:
    page = open_window(hotel, "models").window.page
    module = replace(page._module("forecast"), last_result=f"Average error 8.1 %. {said}")
    page.details.show_module(Place("PT"), module)
    assert page.details.result.text().endswith(said)
    newest, middle, oldest = module.versions
    versions = (replace(newest, state="retired"), middle, replace(oldest, state="champion"))
    page.details.show_module(Place("PT"), replace(module, versions=versions))
    assert said not in page.details.result.text()


def test_a_version_that_only_waited_is_not_said_to_have_been_live(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "models").window.page
    module = page._module("forecast")
    waited, was = (replace(one, state="retired") for one in module.versions[1:])
    told = replace(module, versions=(module.versions[0], waited, was))
    page.details.show_module(Place("PT"), told)
    assert [page.details.versions.text_at(one.version, 1) for one in told.versions] == ["Live", "Did not go live", "Was live"]


def test_no_line_of_the_history_is_said_to_be_live_now(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "models").window.page
    module = next(one for one in page.view.modules if one.deployments)
    of_old = replace(module.deployments[-1], reason="WAPE 3.2 % against 6.1 % by pickup. It is live now.")
    page.details.show_module(Place(), replace(module, deployments=(of_old,)))
    assert page.details.history.text_at("0", 2).endswith("by pickup. It went live.")


def test_the_history_says_what_was_live_when_and_why(open_window: Open, hotel: FakeAppliance) -> None:
    history = open_window(hotel, "models").window.page.details.history
    assert history.text_at("0", 1) == "20160831-0330"
    assert history.text_at("2", 1) == "Plain rule"
    assert history.text_at("1", 2) == "Better than the plain rule"


def test_the_live_model_stands_beside_what_else_could_have_answered(open_window: Open, hotel: FakeAppliance) -> None:
    page = open_window(hotel, "models").window.page
    details = page.details
    assert not details.compared.isHidden()
    assert details._compared_on.text() == (
        "1-14 days ahead, asked on 112 days from 20 Jan 2016 to 29 Aug 2016, knowing only what was known then."
    )
    shown = details.compared.model()
    rows = [[shown.index(row, place).data() for place in range(3)] for row in range(shown.rowCount())]
    assert rows[0] == ["blend", "chosen", "8,1"]
    assert rows[2] == ["pickup", "plain rule", "14,2"]
    page.choose("pricing")
    assert details.compared.isHidden()
