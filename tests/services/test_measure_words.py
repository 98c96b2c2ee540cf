"""How good something was, said without statistics."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_hotel import NAME

from hotelml_app.core.jobs import CancelToken, no_progress
from hotelml_app.modules import discover, manifest
from hotelml_app.monitor.records import Record
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.learning import model_versions
from hotelml_app.services.learning.measure_words import (
    amount,
    closer,
    figure,
    how_good,
    lately_judged,
    primary_measure,
    said_unit,
    unit_then,
)
from hotelml_app.services.learning.plain_rules import STAFF_WORDS, in_staff_words
from hotelml_app.store.hotels import properties
from hotelml_app.store.learned import models
from hotelml_app.store.learned.models import VersionState


def test_an_error_with_a_unit_stands_beside_the_plain_rule() -> None:
    pricing = manifest("pricing")
    assert how_good(pricing, 12.34, 15.0, "EUR") == f"off by 12.3 EUR against 15.0 EUR for {pricing.baseline}"
    assert how_good(pricing, 12.34, None, "EUR") == "off by 12.3 EUR"
    assert how_good(pricing, None, 15.0) == ""


def test_a_score_without_a_unit_is_told_by_how_much_closer_it_is() -> None:
    noshow = manifest("noshow")
    assert how_good(noshow, 0.045, 0.05) == "10% closer to what happened than the usual share lost"
    assert how_good(noshow, 0.055, 0.05) == "10% further from what happened than the usual share lost"
    assert how_good(noshow, 0.055, None) == ""


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(3.14159, "%", "3.1 %"), (0.25, "rooms", "0.25 rooms"), (12.0, "", "12.0"), (15234.5, "JPY", "15,234 JPY")],
)
def test_figures_are_as_precise_as_is_worth_reading(value: float, unit: str, said: str) -> None:
    assert amount(value, unit) == said


def test_the_primary_measure_is_found_on_a_card_whatever_its_capitals() -> None:
    noshow = manifest("noshow")
    card = {"measures": [{"name": "AUC", "value": 0.7}, {"name": noshow.primary_measure.upper(), "value": 0.04}]}
    measure = primary_measure(noshow, card)
    assert figure(measure, "value") == 0.04
    assert figure(measure, "baseline_value") is None
    assert primary_measure(noshow, {}) is None
    assert figure(None, "value") is None


@pytest.mark.parametrize(("currency", "said"), [("EUR", "EUR per night"), ("", "per night"), (None, "per night")])
def test_an_amount_is_in_the_currency_of_the_hotel_or_in_none(currency: str | None, said: str) -> None:
    assert said_unit("currency per night", currency) == said
    assert said_unit("%", currency) == "%"


def test_errors_of_single_answers_are_told_by_how_they_compare_whatever_the_measure_of_the_card() -> None:
    assert closer(0.19, 0.2, "word lists") == "5% closer to what happened than word lists"
    assert closer(0.22, 0.2, "word lists") == "10% further from what happened than word lists"
    assert closer(0.2008, 0.2, "word lists") == closer(0.2, 0.2, "word lists") == "as close to what happened as word lists"
    assert closer(0.2, None, "word lists") == ""


def test_a_plain_rule_is_called_as_staff_would_call_it() -> None:
    kept = "brier 0.0867 against 0.08778 by base rate by days to arrival on the same nights"
    said = "brier 0.0867 against 0.08778 by the usual share lost on the same nights"
    assert in_staff_words(kept) == said
    assert in_staff_words("base rate by days to arrival and segment").endswith("in the segment")
    assert in_staff_words("pickup") == "pickup"


def test_every_plain_rule_that_has_other_words_is_one_of_a_module() -> None:
    baselines = {one.baseline for one in discover().values()}
    assert {name for name, _ in STAFF_WORDS} - {"base rate by days to arrival and segment"} <= baselines


def test_an_amount_on_a_model_card_keeps_the_currency_it_was_judged_in() -> None:
    pricing, forecast = manifest("pricing"), manifest("forecast")
    assert unit_then(pricing, {"unit": "EUR"}, "USD") == "EUR per night"
    assert unit_then(pricing, {"unit": "per night"}, "USD") == "USD per night", "none was told then"
    assert unit_then(pricing, None, "USD") == "USD per night"
    assert unit_then(forecast, {"unit": "%"}, "USD") == "%"


def test_reviews_are_no_nights() -> None:
    one, many = (Record("", "", 0.1, None, 0.1, nights, 9) for nights in (1, 21))
    nights = [lately_judged(manifest("forecast"), record) for record in (one, many)]
    assert nights == ["last 1 night", "last 21 nights"]
    reviews = [lately_judged(manifest("sentiment"), record) for record in (one, many)]
    assert reviews == ["last 1 day with reviews", "last 21 days with reviews"]


def test_the_card_of_a_version_says_amounts_in_the_currency_it_was_judged_in(appliance: Appliance) -> None:
    parts = appliance.parts
    measure = {"name": "mae", "value": 9.3, "unit": "USD", "baseline_value": 14.0, "bucket": "1-14 days ahead"}
    card = {"measures": [measure], "data_from": "2025-01-01", "data_until": "2026-02-27"}
    with parts.store.write() as connection:
        hotel, now = properties.by_name(connection, NAME).id, parts.clock.now()
        asked = (connection, hotel, "pricing", "2026-02-27.1")
        models.add_version(*asked, folder="none", card=card, state=VersionState.CANDIDATE, now=now)
        models.deploy(connection, hotel, "pricing", "", "went back by hand", now)
        models.deploy(connection, hotel, "pricing", "2026-02-27.1", "chosen by hand", now)
    told = model_versions.show(appliance.parts, Arguments({"module": "pricing"}), no_progress, CancelToken())
    history = [text.partition(",")[0] for label, text in told["lines"] if label == "Live"]  # type: ignore[attr-defined]
    assert history == ["2026-02-27.1", "the model HotelML brings along"]
    said = dict(told["lines"])["In the replay of past nights"]  # type: ignore[call-overload]
    assert said == "off by 9.3 USD per night against 14.0 USD per night for last year's rate, 1-14 days ahead"


def test_a_card_tells_of_plain_rules_and_years_as_staff_would(appliance: Appliance) -> None:
    """The year beside a day of another year: what was live goes back for years."""
    parts, verdict = appliance.parts, "brier 0.0867 against 0.08778 by base rate by days to arrival. It went live."
    now, last_year = parts.clock.now(), parts.clock.now() - timedelta(days=365)
    with parts.store.write() as connection:
        asked = (connection, properties.by_name(connection, NAME).id, "noshow", "2025-02-27.1")
        card = {"verdict": verdict, "notes": ["Beside base rate by days to arrival."]}
        models.add_version(*asked, folder="none", card=card, state=VersionState.CANDIDATE, now=last_year)
        models.deploy(*asked, verdict, last_year)
        models.deploy(*asked[:3], "", "went back by hand", now)
    arguments = Arguments({"module": "noshow", "version": "2025-02-27.1"})
    lines = model_versions.show(appliance.parts, arguments, no_progress, CancelToken())["lines"]
    assert "base rate" not in str(lines)
    assert ["Verdict", in_staff_words(verdict)] in lines  # type: ignore[operator]
    live = [text.partition(": ")[0] for label, text in lines if label == "Live"]  # type: ignore[attr-defined]
    here = f"{now.astimezone():%H:%M}"
    assert live == [
        f"the model HotelML brings along, 28 Feb {here} to now",
        f"2025-02-27.1, 28 Feb 2025 {here} to 28 Feb {here}",
    ]


def test_a_card_is_not_followed_by_every_night_of_a_year_on_which_another_version_went_live(appliance: Appliance) -> None:
    parts, nights = appliance.parts, 365
    first = parts.clock.now() - timedelta(days=nights)
    with parts.store.write() as connection:
        hotel = properties.by_name(connection, NAME).id
        for night in range(nights):
            models.deploy(connection, hotel, "noshow", f"v{night}", "It went live.", first + timedelta(days=night))
        models.add_version(
            connection, hotel, "noshow", "v364", folder="", card={}, state=VersionState.CHAMPION, now=parts.clock.now()
        )
    told = model_versions.show(parts, Arguments({"module": "noshow"}), no_progress, CancelToken())
    live = [text.partition(",")[0] for label, text in told["lines"] if label == "Live"]  # type: ignore[attr-defined]
    assert live == [f"v{night}" for night in range(364, 352, -1)]
    last = told["lines"][-1]  # type: ignore[index]
    assert last[0] == "Before"
    assert last[1].startswith("what was live changed 353 times since 28 Feb 2025 ")
    assert len(told["deployments"]) == nights  # type: ignore[arg-type]
