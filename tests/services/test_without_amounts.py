"""A hotel whose PMS exports bookings without a single amount of money."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from rewritten import Rows, rewritten
from small_hotel import AS_OF, NAME, open_at_morning, write_export

from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.errors import NoRatesError
from hotelml_app.services.rates.views import AcceptRates, LimitsView, SetLimits
from hotelml_app.settings.model import PropertySettings

AMOUNTS = ("adr", "total")
TONIGHT = AS_OF + timedelta(days=1)


def left(without: tuple[str, ...], rows: Rows) -> Rows:
    """Return the rows with fewer columns."""
    return [{name: value for name, value in row.items() if name not in without} for row in rows]


@pytest.fixture
def bare(home: Path, tmp_path: Path) -> Iterator[Appliance]:
    """The small hotel with the columns of money left empty."""
    path = write_export(tmp_path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, **{name: "" for name in AMOUNTS if name in row}} for row in rows)
    with open_at_morning(home) as appliance:
        appliance.import_files([path])
        yield appliance


def test_the_rates_page_says_that_there_are_none(bare: Appliance) -> None:
    with pytest.raises(NoRatesError, match=f"The exports of {NAME} so far hold no rates"):
        bare.rates(NAME)


def test_nobody_is_asked_in_which_currency_rates_are_that_no_export_holds(home: Path, tmp_path: Path) -> None:
    asked = []
    for number, without in enumerate((("currency",), ("currency", *AMOUNTS))):
        export = write_export(tmp_path / str(number))
        with open_at_morning(home / str(number)) as appliance:
            appliance.import_files([rewritten(export, partial(left, without), tmp_path / f"{number}.csv")])
            asked.append([one.button for one in appliance.today(NAME).decisions if one.button == "Set the currency"])
    assert asked == [["Set the currency"], []]


@pytest.mark.parametrize(
    "asked",
    [AcceptRates(TONIGHT, TONIGHT), SetLimits("", LimitsView(50.0, None, 1.0, 1.0, 0, 0.0))],
    ids=["accept", "limits"],
)
def test_and_so_does_whoever_decides_on_them(bare: Appliance, asked: AcceptRates | SetLimits) -> None:
    with pytest.raises(NoRatesError):
        bare.change_rates(NAME, asked)


def costs(appliance: Appliance, **told: float) -> dict[str, object]:
    if told:
        settings = PropertySettings(name=NAME, **told)
        appliance.save_settings(appliance.settings().model_copy(update={"properties": (settings,)}))
    (found,) = operation("overbooking").run(appliance.parts, {})["properties"]
    return found["nights"][0]["costs"]


def test_what_a_mistake_costs_is_then_a_ratio_and_no_money(bare: Appliance) -> None:
    found = costs(bare)
    assert found["walk_cost"] == 2 * found["room_value"]
    assert found["in_money"] is False


def test_what_staff_say_of_a_walk_then_tells_what_an_empty_room_misses(bare: Appliance) -> None:
    assert costs(bare, walk_cost=150.0) == {
        "room_value": 75.0,
        "walk_cost": 150.0,
        "room_value_told": False,
        "walk_cost_told": True,
        "in_money": True,
    }
