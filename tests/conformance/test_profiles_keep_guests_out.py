"""Whatever a guest's details stand in, in whatever layout: nothing of them reaches the home."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest
from planting import plant
from searching import holding

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.intake import profiles
from hotelml_app.intake.importing import import_file
from hotelml_app.intake.profile import COUNT_ROLES, DAY_ROLES, JUDGED_ROLES, ExportProfile
from hotelml_app.store import Store
from hotelml_app.store.exported import imports

PROFILES = list(profiles.discover().values())
every_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)

NAME = "Zaphodia Marked"
NOTHING_BUT_ROLES = ("plain_reviews",)
TYPED = frozenset((*DAY_ROLES, *COUNT_ROLES))
IDS = frozenset(("reservation_id", "review_id"))
LEFT_ALONE = frozenset(("status", "property", "arrival_month", *JUDGED_ROLES))
"""A changed one would set its row aside before anything of it could be kept."""

TYPED_BY_STAFF = {
    "zaphodia@marked.example": "zaphodia@",
    "+49 170 5551234": "5551234",
    "4111 1111 1111 1111": "4111 1111",
    "DE89 3704 0044 0532 0130 00": "0532 0130",
}


@pytest.fixture
def store(tmp_path: Path):
    with Store.open(tmp_path / "home" / "hotelml.db", FixedClock(datetime(2026, 1, 15, 6, tzinfo=UTC))) as opened:
        yield opened


def take_in(store: Store, path: Path) -> str:
    """Import a file, or return why it was refused."""
    try:
        import_file(path, store=store, settings_property="Harbour House", clock=store.clock)
    except HotelMLError as error:
        return str(error)
    return ""


@every_profile
def test_nothing_of_a_column_the_profile_does_not_keep_reaches_the_home(
    profile: ExportProfile, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / profile.sample
    planted = plant(profile, path, lambda roles, cell: cell if roles else NAME)
    assert planted > 0 or profile.name in NOTHING_BUT_ROLES
    assert take_in(store, path) == ""
    assert holding((NAME,), store.path.parent) == []


@every_profile
def test_a_guest_in_every_cell_of_dates_and_numbers_is_refused_without_being_repeated(
    profile: ExportProfile, store: Store, tmp_path: Path
) -> None:
    """Cells that slipped may hold a name where a date belongs; neither reasons nor the cells that are kept may show it."""
    path = tmp_path / profile.sample
    assert plant(profile, path, lambda roles, cell: NAME if roles & TYPED else cell) > 0
    refused = take_in(store, path)
    assert NAME not in refused
    with store.read() as connection:
        assert refused or imports.rejected(connection)
    assert holding((NAME,), store.path.parent) == []


@every_profile
def test_what_staff_typed_into_cells_that_are_kept_is_taken_out(profile: ExportProfile, store: Store, tmp_path: Path) -> None:
    """Addresses and numbers beside a code; a name in the place of a booking number."""
    path, typed = tmp_path / profile.sample, cycle(TYPED_BY_STAFF)

    def change(roles: frozenset[str], cell: str) -> str:
        if not roles or roles & TYPED or roles & LEFT_ALONE:
            return cell
        return NAME if roles & IDS else f"{cell} {next(typed)}"

    plant(profile, path, change)
    take_in(store, path)
    assert holding((NAME, *TYPED_BY_STAFF.values()), store.path.parent) == []
