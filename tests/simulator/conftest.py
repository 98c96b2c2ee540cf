"""Synthetic hotels that several tests look at; each is made once."""

from __future__ import annotations

from datetime import date

import pytest

from hotelml_app.simulator import SyntheticHotel, simulate

OPENING = date(2023, 1, 2)


@pytest.fixture(scope="session")
def city() -> SyntheticHotel:
    """A city hotel of 60 rooms after 600 days."""
    return simulate(seed=11, property_name="Pousada São João", start=OPENING, days=600, rooms=60, preset="city")


@pytest.fixture(scope="session")
def resort() -> SyntheticHotel:
    """A beach resort after two years."""
    return simulate(seed=5, property_name="Praia Clara", start=OPENING, days=730, rooms=120, preset="resort")


@pytest.fixture(scope="session")
def big_city() -> SyntheticHotel:
    """The hotel that the speed goal speaks of: 120 rooms, two and a half years."""
    return simulate(seed=2, start=OPENING, days=913, preset="city")
