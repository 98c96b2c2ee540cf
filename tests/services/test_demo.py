"""The demonstration finds its own home and never touches a real one."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_hotel import open_at_morning

from hotelml_app.core.errors import UsageError
from hotelml_app.core.jobs import no_progress
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.errors import HomeNotEmptyError
from hotelml_app.services.home.demo import demo_layout, prepare_demo
from hotelml_app.settings.home import HomeLayout


def quiet(line: str) -> None:
    """Hear nothing."""


def test_without_a_name_it_lives_beside_the_users_data(tmp_path: Path) -> None:
    layout = HomeLayout(tmp_path / "HotelML")
    assert demo_layout(layout, named=False).home == tmp_path / "HotelML-demo"
    assert demo_layout(layout, named=True) == layout


def test_a_home_with_a_real_hotel_is_refused_and_left_alone(appliance: Appliance) -> None:
    before = appliance.properties()
    with pytest.raises(HomeNotEmptyError, match="already holds Hotel Test"):
        prepare_demo(appliance, {}, no_progress, quiet)
    assert appliance.properties() == before


@pytest.mark.parametrize(("wish", "value"), [("days", "3"), ("days", "a year"), ("seed", "-1")])
def test_wishes_that_make_no_sense_are_refused(wish: str, value: str, home: Path) -> None:
    with open_at_morning(home) as appliance, pytest.raises(UsageError, match=wish):
        prepare_demo(appliance, {wish: value}, no_progress, quiet)
