"""Whatever rate is wanted: the limits are kept, locks go before them, and rates are not moved for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.modules.pricing.choosing.fences import STAFF, Fences, Worth, fences_of
from hotelml_app.modules.pricing.errors import RateFenceError

NIGHT = date(2024, 8, 31)
rates = st.floats(1, 3000)


@st.composite
def fences(draw: st.DrawFn) -> Fences:
    floor = round(draw(st.floats(1, 500)), 2)
    return Fences(
        floor=floor,
        ceiling=round(floor + draw(st.floats(0, 500)), 2),
        rounding=draw(st.sampled_from([0.01, 0.5, 1, 5, 10, 250])),
        smallest_change=draw(st.floats(0, 0.3)),
        floor_from=STAFF,
        ceiling_from=STAFF,
        freeze_days=draw(st.integers(0, 5)),
    )


@given(fences(), rates, st.none() | rates, st.integers(1, 90))
def test_no_rate_ever_leaves_the_fences(limits: Fences, wanted: float, current: float | None, ahead: int) -> None:
    kept = limits.keep(wanted, current, NIGHT, ahead).rate
    assert limits.floor - 0.005 <= kept <= limits.ceiling + 0.005


@given(fences(), rates, rates, st.integers(1, 90))
def test_a_higher_wish_never_leads_to_a_lower_rate(limits: Fences, wanted: float, more: float, ahead: int) -> None:
    low, high = sorted((wanted, more))
    assert limits.keep(low, None, NIGHT, ahead).rate <= limits.keep(high, None, NIGHT, ahead).rate


@given(fences(), rates, rates)
def test_a_locked_rate_is_kept_whatever_is_wanted(limits: Fences, wanted: float, fixed: float) -> None:
    locked = fences_of(
        "DBL", (limits.floor, limits.ceiling), "", {"locked": {NIGHT.isoformat(): {"DBL": fixed, "SUI": 1}}, "freeze_days": 9}
    )
    assert locked.keep(wanted, wanted, NIGHT, 3).rate == fixed
    assert "locked" in locked.keep(wanted, wanted, NIGHT, 3).because
    assert locked.locked_at(NIGHT + timedelta(days=1)) is None


@given(fences(), rates, rates, st.integers(1, 9), st.booleans())
def test_a_frozen_night_keeps_its_rate_where_staff_s_limits_let_it(
    limits: Fences, wanted: float, current: float, ahead: int, by_staff: bool
) -> None:
    whose = STAFF if by_staff else "from this hotel's own usual rates"
    limits = replace(limits, floor_from=whose, ceiling_from=whose)
    kept = limits.keep(wanted, current, NIGHT, ahead)
    if ahead <= limits.freeze_days:
        assert abs(kept.rate - (limits.limited(current) if by_staff else current)) < 0.01
        stays = not by_staff or limits.floor <= current <= limits.ceiling
        assert ("not changed" in kept.because) == stays, "a rate that moves says why"


@given(st.floats(20, 400), st.floats(-0.019, 0.019))
def test_a_change_too_small_to_be_worth_it_is_not_made(current: float, share: float) -> None:
    limits = fences_of("DBL", (1.0, 1000.0), "", {"rounding": 0.01})
    kept = limits.keep(current * (1 + share), current, NIGHT, 10)
    assert abs(kept.rate - current) < 0.01


def test_a_limit_that_held_a_rate_back_is_named() -> None:
    limits = fences_of("DBL", (80.0, 120.0), "own", {"ceiling": 150})
    assert limits.keep(70, None, NIGHT, 10).because == "held at the floor 80.00 (own)"
    assert limits.keep(200, None, NIGHT, 10).because == "held at the ceiling 150.00 (set by staff)"


def test_a_rate_that_is_left_alone_is_not_rounded_either() -> None:
    fences = fences_of("STD", (50.0, 200.0), "its own history", {"rounding": 5, "smallest_change": 0.03})
    kept = fences.keep(101.0, 102.6, date(2024, 6, 9), 10)
    assert kept.rate == 102.6
    assert "stays as it is" in kept.because
    assert fences.keep(90.0, 102.6, date(2024, 6, 9), 10).rate == 90.0


@given(fences(), rates, rates)
def test_rounding_never_turns_a_move_nor_leaves_one_too_small(limits: Fences, wanted: float, current: float) -> None:
    kept = limits.keep(wanted, current, NIGHT, 10).rate
    if limits.floor <= current <= limits.ceiling and abs(kept - current) > 0.01:
        assert (kept > current) == (wanted > current)
        assert abs(kept - current) >= limits.smallest_change * current - 0.01


def test_a_rate_that_rounding_would_move_the_wrong_way_says_why_it_stays() -> None:
    forints = fences_of("DBL", (10_000.0, 90_000.0), "own", {"rounding": 5_000})
    kept = forints.keep(27_200, 26_400, NIGHT, 10)
    assert kept.rate == 26_400
    assert kept.because == "no rate in steps of 5,000 is nearer to 27,200.00: stays as it is"
    assert forints.keep(28_000, 26_400, NIGHT, 10).rate == 30_000


def test_amounts_in_dong_or_rupiah_are_told_in_full() -> None:
    dong = fences_of("DBL", (1_000_000.0, 9_000_000.0), "own", {"rounding": 2_000_000})
    assert "in steps of 2,000,000 is nearer" in dong.keep(2_700_000, 2_600_000, NIGHT, 10).because
    with pytest.raises(RateFenceError, match="The floor 1,500,000 lies above the ceiling 1,250,000 for DBL"):
        fences_of("DBL", (1.0, 2.0), "own", {"floor": 1_500_000, "ceiling": 1_250_000})


def test_a_frozen_night_of_which_no_rate_is_known_is_left_alone_as_well() -> None:
    limits = fences_of("SUI", (50.0, 300.0), "own", {"freeze_days": 2})
    kept = limits.keep(160.0, None, NIGHT, 2, Worth(120.0, gain=30.0, needed=1.0))
    assert kept.rate == 120.0
    assert "not changed" in kept.because
    assert limits.keep(160.0, None, NIGHT, 3, Worth(120.0, gain=30.0, needed=1.0)).rate == 160.0


def test_amounts_are_written_with_separators_also_where_a_currency_has_no_cents() -> None:
    yen = Fences(0.0, 1e6, 1.0, 0.0, "", "", decimals=0)
    assert [yen.written(12955.2), replace(yen, decimals=2).written(1204.5)] == ["12,955", "1,204.50"]
