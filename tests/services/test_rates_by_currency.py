"""Rates are rounded as hotels write them in their currency, unless staff said otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from decided_rates import next_month
from small_hotel import NAME

from hotelml_app.core import money
from hotelml_app.core.money import RATE_STEPS, rate_step
from hotelml_app.modules.pricing.choosing.fences import fences_of
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.home import settings_page
from hotelml_app.services.rates import rates_page
from hotelml_app.services.rates.kept import Kept
from hotelml_app.services.rates.rate_changes import RateChanges, usual_step
from hotelml_app.services.rates.views import LimitsView, SetLimits
from hotelml_app.settings.model import PropertySettings
from hotelml_app.store.learned.predictions import PredictionRow


@pytest.mark.parametrize(
    ("currency", "step"), [("", 1), ("EUR", 1), ("JPY", 100), ("KRW", 1_000), ("HUF", 100), ("IDR", 10_000), ("CZK", 10)]
)
def test_each_currency_has_its_step(currency: str, step: float) -> None:
    assert rate_step(currency) == step
    assert fences_of("DBL", (2e5, 1e8), "own", {}, currency).rounding == step
    assert fences_of("DBL", (1.0, 1e8), "own", {"rounding": 1.0}, currency).rounding == 1, "what staff set stays"
    assert rates_page.limits(Kept({}), "DBL", step).rounding == step
    assert rates_page.limits(Kept({"rounding": 1.0}), "DBL", step).rounding == 1


@pytest.mark.parametrize(("lowest", "step"), [(250_000.0, 10_000), (250.0, 10), (5.0, 1), (0.0, 10_000)])
def test_the_step_suits_amounts_that_are_written_in_thousands(lowest: float, step: float) -> None:
    assert fences_of("DBL", (lowest, 2e6), "own", {}, "IDR").rounding == step


def test_no_currency_has_two_steps() -> None:
    codes = [code for some in RATE_STEPS.values() for code in some]
    assert len(codes) == len(set(codes))
    assert all(len(code) == 3 and code.isupper() for code in codes)


def test_limits_that_are_kept_leave_the_step_to_the_currency_unless_it_was_changed() -> None:
    told = {"room_type": "DBL", "rounding": 100.0}
    rows = [PredictionRow(date(2026, 2, 1), date(2026, 2, 9), "DBL", "own:1", told)]
    shown = rates_page.limits(Kept({}), "DBL", usual_step(rows, "DBL"))
    assert shown.rounding == 100.0
    frozen = RateChanges(rows, Kept({})).applied(SetLimits("DBL", replace(shown, freeze_days=2)))
    assert "rounding" not in frozen.options
    own = RateChanges(rows, frozen).applied(SetLimits("DBL", replace(shown, rounding=500.0)))
    assert own.options["rounding"] == 500.0
    back = RateChanges(rows, own).applied(SetLimits("DBL", shown))
    assert back.options["rounding"] == 100.0, "what staff set stays as they set it"
    ones = LimitsView(None, None, rounding=1.0, smallest_change=0.02, freeze_days=0)
    assert RateChanges(rows, Kept({})).applied(SetLimits("DBL", ones)).options["rounding"] == 1.0


@pytest.mark.parametrize(("currency", "step"), [("SEK", 1.0), ("CZK", 2.0)])
def test_rates_are_weighed_again_once_the_currency_is_said(
    appliance: Appliance, monkeypatch: pytest.MonkeyPatch, currency: str, step: float
) -> None:
    # The small hotel's rates are amounts of euros: as if crowns were worth that.
    monkeypatch.setitem(money._STEP, "CZK", 2.0)
    anew: list[int] = []
    predict_anew = settings_page.predict_anew
    monkeypatch.setattr(settings_page, "predict_anew", lambda *asked: anew.append(asked[1]) or predict_anew(*asked))
    month = next_month(appliance.rates(NAME))
    assert appliance.rates(NAME, month).limits.rounding == 1.0
    hotel = PropertySettings(name=NAME, currency=currency)
    settings_page.change(appliance.parts, lambda kept: kept.model_copy(update={"properties": (hotel,)}))
    assert bool(anew) == (step != 1.0), "rates in other steps are weighed again at once"
    view = appliance.rates(NAME, month)
    changed = appliance.change_rates(NAME, SetLimits(view.room_type, replace(view.limits, freeze_days=1)), month)
    assert changed.limits.rounding == step
    moving = [one for one in changed.days if one.moves and one.suggested_rate not in (one.floor, one.ceiling)]
    assert moving
    assert all(one.suggested_rate % step == 0 for one in moving)
