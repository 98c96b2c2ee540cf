"""Suggested rates: what they rest on, which way demand moves them, and the fences they never leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import pytest
from synthetic_property import DAY, hotel, property_until, small_history

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.core.errors import UsageError
from hotelml_app.ml.contract import PredictionRequest, StoredPrediction
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts, RoomTypeFacts
from hotelml_app.modules.pricing.choosing.fences import fences_of
from hotelml_app.modules.pricing.choosing.reasons import _moves
from hotelml_app.modules.pricing.history.base_rates import base_rates
from hotelml_app.modules.pricing.history.outcomes import outcomes
from hotelml_app.modules.pricing.history.plain_demand import PlainDemand
from hotelml_app.modules.pricing.history.rates import accepted, count_points, paid_rooms, sold_types
from hotelml_app.modules.pricing.plain_rule import own_limits
from hotelml_app.modules.pricing.predicting import predict

TODAY = date(2024, 5, 1)
NIGHT = TODAY + timedelta(days=10)
LAST_YEAR = NIGHT - timedelta(days=364)


def stay(name: str, first: date, adr: float, nights: int = 1, **more: object) -> dict[str, object]:
    status = BookingStatus.CHECKED_OUT if first < TODAY else BookingStatus.RESERVED
    told = {"reservation_id": name, "arrival": first, "departure": first + timedelta(days=nights), "room_type": "DBL"}
    return {**told, "adr": adr, "status": status, **more}


def suggestions(
    bookings: list[dict[str, object]], rooms: int = 20, currency: str = "EUR", **options: object
) -> dict[date, Mapping[str, object]]:
    history = small_history(bookings, TODAY)
    facts = PropertyFacts(1, "Casa", currency=currency, room_types=(RoomTypeFacts("DBL", rooms=rooms),))
    data = PropertyData(facts, TODAY, lambda: history)
    return {one.target_date: one.values for one in predict(PredictionRequest(data, TODAY, 20, options=options))}


def a_year_of_stays(adr: float = 100.0) -> list[dict[str, object]]:
    """Return two rooms sold every night from 400 days ago until yesterday."""
    days = [TODAY - timedelta(days=back) for back in range(400, 0, -1)]
    return [stay(f"{kind}{day}", day, adr) for day in days for kind in "ab"]


def test_a_night_with_nothing_booked_is_priced_between_last_year_and_recent_weeks() -> None:
    past = [one for one in a_year_of_stays() if one["arrival"] != LAST_YEAR]
    found = suggestions([*past, stay("x", LAST_YEAR, 140.0), stay("y", LAST_YEAR, 140.0)])[NIGHT]
    assert found["last_year_rate"] == 140.0
    assert found["otb_rate"] is None
    assert 100 < float(str(found["expected_adr"])) < 140
    reasons = " ".join(found["reasons"])  # type: ignore[arg-type]
    assert "same weekday last year 140.00" in reasons
    assert "recent weeks 100.00" in reasons


def reasons_on(night: date, bookings: list[dict[str, object]]) -> tuple[str, ...]:
    return suggestions(bookings)[night]["reasons"]  # type: ignore[return-value]


def test_the_weeks_around_are_not_called_the_same_weekday_last_year() -> None:
    past = [one for one in a_year_of_stays() if one["arrival"] != LAST_YEAR]
    assert "weeks around the same weekday last year 100.00" in reasons_on(NIGHT, past)
    assert "same weekday last year 100.00" in reasons_on(NIGHT, a_year_of_stays())


def test_other_days_are_not_called_this_weekday() -> None:
    past = [one for one in a_year_of_stays() if one["arrival"].weekday() != NIGHT.weekday()]  # type: ignore[attr-defined]
    assert "all days in recent weeks 100.00" in reasons_on(NIGHT, past)
    assert "this weekday in recent weeks 100.00" in reasons_on(NIGHT, a_year_of_stays())


def test_books_beside_the_usual_ones_are_never_told_as_the_same_number_that_moves_the_rate() -> None:
    demand = PlainDemand(
        np.array([5.0, 1.0]), np.array([4.6, 3.0]), "last year", np.full(2, 0.6), np.array([0.011, -0.07]), np.zeros(2)
    )
    assert _moves(demand, 0) == ["5 rooms booked this far ahead against 4.6 last year: +1%"]
    assert _moves(demand, 1) == ["1 room booked this far ahead against 3 last year: -7%"]


def test_reasons_name_no_cents_where_the_currency_has_none() -> None:
    for currency, cents in (("JPY", False), ("EUR", True)):
        found = suggestions(a_year_of_stays(12_000.0), currency=currency, locked={NIGHT.isoformat(): 13_000.0})
        reasons = [reason for told in found.values() for reason in told["reasons"]]  # type: ignore[attr-defined]
        assert any("locked by staff at 13,000" in one for one in reasons)
        assert any(".00" in one for one in reasons) is cents


def test_accounts_that_hold_no_room_have_no_rate() -> None:
    """Posting masters stand in some exports as bookings for no room at all, with an amount."""
    accounts = [stay(f"pm{day}", NIGHT + timedelta(days=day), 70.0, room_type="PM", rooms=0.0) for day in range(-60, 9)]
    without = suggestions(a_year_of_stays())
    assert suggestions([*a_year_of_stays(), *accounts]) == without


def test_the_further_ahead_the_more_last_year_counts() -> None:
    history = small_history(a_year_of_stays(), TODAY)
    rates = base_rates(paid_rooms(history), day_number(TODAY), 90)
    assert list(rates.year_weight) == sorted(rates.year_weight)
    assert rates.year_weight[-1] == 1.0


def test_the_more_is_booked_the_more_the_books_count() -> None:
    few = suggestions([*a_year_of_stays(), stay("n1", NIGHT, 160.0)])[NIGHT]
    many = suggestions([*a_year_of_stays(), *(stay(f"n{i}", NIGHT, 160.0) for i in range(12))])[NIGHT]
    base = [one["waterfall"]["base"] for one in (few, many)]  # type: ignore[index]
    assert 100 < base[0] < base[1] < 160
    assert few["expected_adr"] == 160.0


def test_a_night_filling_faster_than_last_year_costs_more_and_says_so() -> None:
    full = suggestions([*a_year_of_stays(), *(stay(f"n{i}", NIGHT, 100.0) for i in range(18))], ceiling=500)[NIGHT]
    assert float(str(full["suggested_rate"])) > 110
    assert any("rooms booked this far ahead against" in str(reason) for reason in full["reasons"])  # type: ignore[attr-defined]
    assert any("full" in str(reason) for reason in full["reasons"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("days", [0, 5, 21])
def test_weeks_of_which_nothing_is_known_do_not_count_as_empty(days: int) -> None:
    known = [stay(f"{kind}{back}", TODAY - timedelta(days=back), 100.0) for back in range(-20, days) for kind in "abcde"]
    found = suggestions(known, ceiling=500)
    assert {one["suggested_rate"] for one in found.values()} == {100.0}
    assert not any("rooms booked against" in str(one["reasons"]) for one in found.values())


def test_what_a_young_house_gains_a_night_is_counted_over_the_nights_that_are_known() -> None:
    def known(days: int) -> list[dict[str, object]]:
        late = [TODAY - timedelta(days=back) for back in range(-20, days)]
        return [stay(f"{kind}{day}", day, 100.0, booked_on=min(day, TODAY) - timedelta(days=1)) for day in late for kind in "abc"]

    weights = [base_rates(paid_rooms(small_history(known(days), TODAY)), day_number(TODAY), 20).books_weight for days in (14, 56)]
    np.testing.assert_allclose(weights[0], weights[1], atol=0.01)


def test_on_a_night_that_will_be_full_others_take_the_rooms_of_those_whom_a_dearer_rate_turns_away() -> None:
    booked_late = [stay(f"{kind}{day}", LAST_YEAR, 100.0, booked_on=LAST_YEAR) for day in range(3) for kind in "cd"]
    bookings = [*a_year_of_stays(), *booked_late, *(stay(f"n{i}", NIGHT, 100.0) for i in range(16))]
    full = {name: one for name, one in suggestions(bookings, ceiling=500)[NIGHT].items() if isinstance(one, float | int)}
    assert full["suggested_rate"] > full["current_rate"]
    assert full["expected_rooms"] == full["current_rooms"] == 20
    assert full["expected_revenue"] - full["current_revenue"] == pytest.approx(4 * (full["suggested_rate"] - 100))


def test_a_night_filling_faster_with_many_rooms_left_is_left_where_a_dearer_rate_would_earn_less() -> None:
    bookings = [*a_year_of_stays(), *(stay(f"n{i}", NIGHT, 100.0) for i in range(8))]
    found = suggestions(bookings, ceiling=500)[NIGHT]
    assert found["suggested_rate"] == found["current_rate"]
    assert "stays as it is" in found["reasons"][-1]  # type: ignore[index]


@pytest.mark.parametrize("rooms", [0, 20])
def test_a_house_that_never_had_a_guest_is_not_called_full_or_empty_unless_its_rooms_are_told(rooms: int) -> None:
    found = suggestions([stay(f"n{i}", NIGHT + timedelta(days=i % 3), 120.0) for i in range(9)], rooms=rooms)
    said = " ".join(str(reason) for told in found.values() for reason in told["reasons"])  # type: ignore[attr-defined]
    assert ("full:" in said) is bool(rooms)
    assert ("nothing is known yet to compare demand with: no move" in said) is not bool(rooms)


def test_limits_of_the_house_come_from_its_own_nights_unless_staff_say_otherwise() -> None:
    own = suggestions(a_year_of_stays())[NIGHT]
    assert (own["floor"], own["ceiling"]) == (100.0, 100.0)
    told = suggestions(a_year_of_stays(), floor=120, ceiling={"DBL": 150})[NIGHT]
    assert (told["floor"], told["ceiling"], told["suggested_rate"]) == (120.0, 150.0, 120.0)
    assert any("held at the floor" in str(reason) for reason in told["reasons"])  # type: ignore[attr-defined]


def test_a_date_locked_by_staff_keeps_its_rate() -> None:
    found = suggestions(a_year_of_stays(), locked={NIGHT.isoformat(): 333})[NIGHT]
    assert found["suggested_rate"] == 333
    assert found["reasons"][-1] == "locked by staff at 333.00"  # type: ignore[index]


def test_a_change_too_small_to_be_worth_it_is_not_made() -> None:
    found = suggestions(a_year_of_stays(), smallest_change=0.5, floor=0, ceiling=500)[NIGHT]
    assert found["suggested_rate"] == found["expected_adr"] == 100.0


@pytest.mark.parametrize(
    "options",
    [
        {"floor": 200, "ceiling": 100},
        {"floor": -1},
        {"rounding": 0},
        {"locked": [1]},
        {"ceiling": "much"},
        {"locked": {"tomorrow": 90}},
    ],
)
def test_limits_that_make_no_sense_are_bad_usage(options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        suggestions(a_year_of_stays(), **options)


def test_free_nights_and_typing_errors_are_no_rates() -> None:
    history = small_history([*a_year_of_stays(), stay("free", NIGHT, 0.0), stay("typo", NIGHT, 54_000.0)], TODAY)
    rates = accepted(paid_rooms(history), day_number(TODAY), day_number(NIGHT), 1)
    assert rates.rooms[0] == 0
    assert np.isnan(rates.adr[0])
    assert sold_types(history) == ("DBL",)


def test_bookings_without_a_room_type_are_of_none_where_others_name_theirs() -> None:
    """A PMS has no rate to be entered for them; only where no booking names one are they the rooms of the house."""
    stays = a_year_of_stays()
    unnamed = [{**one, "room_type": ""} for one in stays]
    assert sold_types(small_history([*stays[::2], *unnamed[1::2]], TODAY)) == ("DBL",)
    assert sold_types(small_history(unnamed, TODAY)) == ("",)


def test_every_room_type_sold_gets_a_rate_for_every_night() -> None:
    data = property_until(hotel(), DAY)
    found = predict(PredictionRequest(data, DAY, 30))
    types = {one.values["room_type"] for one in found}
    assert types == set(sold_types(data.history))
    assert len(found) == 30 * len(types)
    for one in found:
        assert float(str(one.values["floor"])) <= float(str(one.values["suggested_rate"])) <= float(str(one.values["ceiling"]))
        assert one.values["reasons"]


def test_floor_and_ceiling_of_a_type_without_history_are_open() -> None:
    fences = fences_of("DBL", own_limits(np.array([np.nan])), "own", {})
    assert fences.floor == 0.0
    assert fences.rounded(87.4) == 87.0


def test_the_expected_rate_is_judged_by_what_guests_paid_in_the_end() -> None:
    later = property_until(hotel(), hotel().last_day)
    earlier = later.at(DAY)
    asked = predict(PredictionRequest(earlier, DAY, 28))
    stored = [StoredPrediction(n, DAY, one.target_date, one.key, "statistical", one.values) for n, one in enumerate(asked)]
    assert outcomes(earlier, stored) == []
    found = outcomes(later, stored)
    assert len(found) > 0.8 * len(stored)
    first = found[0]
    expected = float(str(stored[first.prediction_id].values["expected_adr"]))
    assert first.error == pytest.approx(abs(expected - first.actual))
    known = [one for one in found if one.baseline_error is not None]
    assert np.mean([one.error for one in known]) < np.mean(
        [one.baseline_error for one in known if one.baseline_error is not None]
    )


def test_bookings_with_a_rate_are_what_there_is_to_learn_from() -> None:
    history = small_history([stay("a", NIGHT, 100.0), stay("b", NIGHT, 0.0), {**stay("c", NIGHT, 1.0), "adr": None}], TODAY)
    assert count_points(PropertyData(PropertyFacts(1, "Casa"), TODAY, lambda: history)) == 1


def test_one_mistyped_rate_is_not_believed_of_a_room_type_that_is_seldom_sold() -> None:
    past = [stay(f"s{back}", TODAY - timedelta(days=back), 100.0 + back % 30) for back in range(7, 400, 7)]
    found = suggestions([*past, stay("typo", NIGHT, 5000.0)])[NIGHT]
    assert found["otb_rate"] is None
    assert float(str(found["expected_adr"])) < 150
    assert float(str(found["suggested_rate"])) < 150
