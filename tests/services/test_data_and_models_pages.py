"""The Data page shows what came in of its own property, and the Models page what answers and what waits for its turn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from small_hotel import AS_OF, NAME, open_at_morning, write_reviews

from hotelml_app.core.jobs import JobStage, JobView
from hotelml_app.modules import discover
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.exports.data_page import REJECTED_SHOWN
from hotelml_app.services.learning import models_page
from hotelml_app.settings.model import PropertySettings
from hotelml_app.store.exported import imports
from hotelml_app.store.hotels import properties


def test_every_module_has_a_card_that_says_what_it_waits_for(appliance: Appliance) -> None:
    page = appliance.models(NAME)
    assert {card.name for card in page.modules} == set(discover())
    assert page.sentence.startswith("Nothing is learned from your data yet. Brought along by HotelML: ")
    for card in page.modules:
        # The forecast borrows booking curves only for a house that is younger than this one, which names its segments too.
        assert card.live.kind == ("statistical" if card.name in ("forecast", "guests") else "bundled")
        assert card.live.sentence
        assert (NAME, card.name, card.live.kind) in appliance.status().modules, "the status says the same"
        assert bool(card.waits_for) == card.can_train, "a rule that does not learn waits for nothing"
        assert card.can_train == (discover()[card.name].train is not None)
        assert card.data_points > 0


def test_the_data_page_shows_its_own_rejected_rows_however_many_another_property_has(appliance: Appliance) -> None:
    with appliance.parts.store.write() as connection:
        mine, other = properties.by_name(connection, NAME).id, properties.ensure(connection, "Other", appliance.parts.clock.now())
        for owner, name, lines in ((mine, "mine.csv", [7]), (other, "other.csv", range(1, REJECTED_SHOWN + 1))):
            came = imports.ImportRow(name, name, 1, imports.DONE, appliance.parts.clock.now(), rejected=len(lines))
            number = imports.record(connection, came)
            imports.add_property(connection, number, owner, AS_OF, 0)
            imports.add_rejected(connection, number, [(line, "no arrival", {}) for line in lines])
    page = appliance.data(NAME)
    assert page.rejected_total == 1
    assert [(row.file_name, row.line) for row in page.rejected] == [("mine.csv", 7)]


def test_the_data_page_of_a_property_that_never_spoke_shows_no_file_of_another(appliance: Appliance, tmp_path: Path) -> None:
    both = PropertySettings(name=NAME), PropertySettings(name="Annex")
    appliance.save_settings(appliance.settings().model_copy(update={"properties": both}))
    view = appliance.data("Annex")
    assert view.sentence == "Nothing was imported yet: drop a PMS export into the folder below."
    assert (view.imports, view.imports_total, view.rejected, view.rejected_total) == ((), 0, (), 0)
    (broken := tmp_path / "broken.csv").write_text("neither\n", encoding="utf-8")
    appliance.import_files([broken], "Annex")
    assert [one.file_name for one in appliance.data("Annex").imports] == ["broken.csv"]


def test_the_data_page_counts_what_came_in(appliance: Appliance) -> None:
    page = appliance.data(NAME)
    assert page.bookings > 1000
    assert page.reviews > 10
    assert [file.status for file in page.imports] == ["done", "done"]
    assert page.imports_total == 2
    assert page.rejected_total == 0
    assert page.months[0].first_day < AS_OF < page.months[-1].first_day
    assert page.sentence.startswith(f"{page.bookings:,} bookings known")


def test_a_training_that_waits_for_its_turn_is_not_said_to_run(appliance: Appliance) -> None:
    first, second, *others = appliance.models(NAME).modules

    def under_way(stage: JobStage) -> JobView:
        return JobView(1, "train", "", NAME, stage, 0.0, "")

    waits, runs = (replace(first, job=under_way(JobStage.QUEUED)), replace(second, job=under_way(JobStage.RUNNING)))
    assert models_page._sentence([waits, runs, *others]) == f"Training now: {runs.title}. Next to train: {waits.title}."
    assert models_page._sentence([waits, *others]) == f"Next to train: {waits.title}."


def test_a_home_with_reviews_alone_says_so(home: Path, tmp_path: Path) -> None:
    with open_at_morning(home) as appliance:
        appliance.complete_first_run(NAME, tmp_path / "drop")
        appliance.import_files([write_reviews(tmp_path)], NAME)
        page = appliance.data(NAME)
        assert page.sentence.startswith(f"{page.reviews} guest reviews and no bookings known, as of the end of ")
        assert appliance.models(NAME).sentence.startswith("Nothing is learned from your data yet")
