"""A training that staff start where there is nothing to gain from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_hotel import NAME, open_at_morning

from hotelml_app.services.errors import TooLittleToLearnError
from hotelml_app.settings.model import ModuleTraining


def test_a_training_with_too_little_to_learn_from_says_so_at_once_and_leaves_nothing_behind(hotel_home: Path) -> None:
    with open_at_morning(hotel_home) as appliance:
        rules = appliance.settings()
        modules = {"noshow": ModuleTraining(min_data_points=50_000)}
        appliance.save_settings(rules.model_copy(update={"training": rules.training.model_copy(update={"modules": modules})}))
        before, told = appliance.jobs(), appliance.today(NAME).overnight
        with pytest.raises(TooLittleToLearnError, match=r"needs 50,000 bookings whose end is known and has [1-9]") as caught:
            appliance.train("noshow", NAME)
        assert caught.value.title == "No-shows and late cancellations: too little to learn from yet"
        assert (appliance.jobs(), appliance.today(NAME).overnight) == (before, told)
