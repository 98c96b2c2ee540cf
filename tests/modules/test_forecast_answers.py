"""What the forecast says without a model: complete, adding up, honest about how little it knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from real_hotels import LAST_DAY, RESORT, history
from synthetic_property import DAY, OPENING, hotel, property_until

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.core.clock import day_number
from hotelml_app.core.errors import HotelMLError, UsageError
from hotelml_app.ml.contract import Prediction, PredictionRequest, StoredPrediction
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.booking_curves import nightly_rate, on_books_at, rooms_sold
from hotelml_app.ml.property.history import History
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.modules.forecast.outcomes import count_points, outcomes
from hotelml_app.modules.forecast.predicting import predict

Cells = dict[tuple[str, str], list[Prediction]]


def asked(data: PropertyData, day: date, horizon: int = 90) -> list[Prediction]:
    return predict(PredictionRequest(data, day, horizon))


def cells(answers: Sequence[Prediction]) -> Cells:
    found: Cells = defaultdict(list)
    for one in answers:
        found[str(one.values["metric"]), str(one.values["room_type"])].append(one)
    return found


def values(answers: Sequence[Prediction], name: str) -> np.ndarray:
    return np.array([one.values[name] for one in answers], dtype=float)


@cache
def small_hotel() -> tuple[Prediction, ...]:
    return tuple(asked(property_until(hotel(), DAY), DAY))


def resort(day: date = date(2016, 11, 30), **facts: object) -> PropertyData:
    return PropertyData(PropertyFacts(1, RESORT, business_date=day, **facts), day, lambda: history(RESORT))  # type: ignore[arg-type]


def test_every_night_has_every_metric_for_the_house_and_each_room_type() -> None:
    found = cells(small_hotel())
    types = {code for _, code in found}
    assert "" in types
    assert len(types) > 2
    assert set(found) == {(metric, code) for metric in ("rooms_sold", "arrivals", "adr", "revenue") for code in types}
    nights = [DAY + timedelta(days=ahead) for ahead in range(1, 91)]
    assert all([one.target_date for one in answers] == nights for answers in found.values())


def test_quantiles_never_cross_and_nothing_is_below_zero() -> None:
    for one in small_hotel():
        names = ("p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5")
        quantiles = [float(str(one.values[name])) for name in names]
        assert quantiles == sorted(quantiles)
        assert quantiles[0] >= 0


def test_room_types_add_up_to_the_house() -> None:
    found = cells(small_hotel())
    for metric in ("rooms_sold", "arrivals", "revenue"):
        parts = [values(answers, "p50") for (name, code), answers in found.items() if name == metric and code]
        np.testing.assert_allclose(np.sum(parts, axis=0), values(found[metric, ""], "p50"), atol=0.1)


def test_revenue_is_rooms_at_their_rate() -> None:
    found = cells(small_hotel())
    for code in {code for _, code in found}:
        rooms, rate, revenue = (values(found[metric, code], "p50") for metric in ("rooms_sold", "adr", "revenue"))
        np.testing.assert_allclose(rooms * rate, revenue, rtol=0.02, atol=2.0)


def test_nights_farther_off_are_less_certain() -> None:
    found = cells(asked(resort(), date(2016, 11, 30)))["rooms_sold", ""]
    width = values(found, "p90") - values(found, "p10")
    assert width[:3].mean() < width[7:14].mean() < width[21:35].mean()


def test_no_night_sells_more_rooms_than_there_are() -> None:
    day = date(2016, 8, 10)
    free, limited = (cells(asked(resort(day, rooms=rooms), day))["rooms_sold", ""] for rooms in (250, 187))
    assert values(free, "p90").max() > 187
    assert values(limited, "p90").max() <= 187


def test_a_house_whose_rooms_nobody_told_sells_hardly_more_than_on_its_fullest_night() -> None:
    day = date(2016, 8, 10)
    guessed = cells(asked(resort(day), day))["rooms_sold", ""]
    assert 187 < values(guessed, "p97_5").max() <= np.ceil(187 * 1.02)


def test_a_house_that_was_full_night_after_night_sells_one_room_more_at_most() -> None:
    day = date(2016, 10, 10)
    guessed = cells(asked(resort(day), day))["rooms_sold", ""]
    assert values(guessed, "p97_5").max() <= 187 + 1


def test_segments_add_up_to_the_same_house_as_room_types() -> None:
    day, data = date(2016, 11, 30), resort()
    split = predict(PredictionRequest(data, day, 28, options={"by": "segment"}))
    by_segment: Cells = defaultdict(list)
    for one in split:
        by_segment[str(one.values["metric"]), str(one.values["segment"])].append(one)
    assert {"Online TA", "Groups", "Direct"} <= {segment for _, segment in by_segment}
    assert len({one.key for one in split}) == len(by_segment)
    house = cells(asked(data, day, 28))
    np.testing.assert_allclose(values(by_segment["adr", ""], "p50"), values(house["adr", ""], "p50"), atol=0.01)
    for metric in ("rooms_sold", "arrivals", "revenue"):
        parts = [values(answers, "p50") for (name, segment), answers in by_segment.items() if name == metric and segment]
        np.testing.assert_allclose(np.sum(parts, axis=0), values(by_segment[metric, ""], "p50"), atol=0.1)
        np.testing.assert_allclose(values(by_segment[metric, ""], "p50"), values(house[metric, ""], "p50"), atol=0.01)


def test_a_forecast_cannot_be_split_by_what_it_does_not_know() -> None:
    with pytest.raises(UsageError, match="cannot be split"):
        predict(PredictionRequest(resort(), date(2016, 11, 30), 7, options={"by": "moon"}))


def test_the_plain_rule_names_itself_and_why() -> None:
    assert {one.made_by for one in small_hotel()} == {MadeBy.STATISTICAL}
    assert all("On the books" in one.why or "mix of room types" in one.why for one in small_hotel())


def test_the_plain_rule_is_better_than_last_year_and_last_week_on_real_nights() -> None:
    known, wrong = history(RESORT), defaultdict(list)
    first = day_number(date(2015, 7, 1))
    sold = rooms_sold(known, first, known.today - first + 1)
    for week in range(6):
        day = date(2016, 10, 5) + timedelta(days=21 * week)
        for ahead, one in enumerate(cells(asked(resort(day), day, 14))["rooms_sold", ""], start=1):
            night = day_number(day) + ahead - first
            guesses = {"rule": float(str(one.values["p50"])), "year": sold[night - 364], "week": sold[night - 7 * -(-ahead // 7)]}
            for name, guess in guesses.items():
                wrong[name].append(abs(guess - sold[night]))
    assert np.mean(wrong["rule"]) < 0.5 * min(np.mean(wrong["year"]), np.mean(wrong["week"]))


def test_a_hotel_in_its_first_days_gives_its_books_a_wide_interval_and_says_so() -> None:
    day = OPENING + timedelta(days=5)
    data = property_until(hotel(), day)
    found = cells(asked(data, day, 28))["rooms_sold", ""]
    assert all("nights have passed" in one.why for one in found)
    books = on_books_at(data.history, day_number(day), day_number(day) + 1, 28)
    assert (np.abs(values(found, "p50") - books) <= 0.35 * books + 3).all()
    assert (values(found, "p90") - values(found, "p10")).mean() > 2


def test_a_hotel_with_nothing_but_future_bookings_answers_from_its_books() -> None:
    day = date(2016, 8, 31)
    known = history(RESORT).as_of(day)
    ahead = known.take(known.arrival > day_number(day))
    data = PropertyData(PropertyFacts(1, "Opening soon"), day, lambda: ahead)
    found = cells(asked(data, day, 60))["rooms_sold", ""]
    books = on_books_at(ahead, day_number(day), day_number(day) + 1, 60)
    np.testing.assert_allclose(values(found, "p50"), books, atol=0.02)
    assert (values(found, "p90") > books + 3).all()


def test_a_property_without_bookings_is_told_what_to_do() -> None:
    empty = history(RESORT).take(np.zeros(len(history(RESORT)), dtype=bool))
    with pytest.raises(HotelMLError, match="no bookings") as told:
        asked(PropertyData(PropertyFacts(1, "Empty"), LAST_DAY, lambda: empty), LAST_DAY)
    assert told.value.remedy


@pytest.mark.parametrize("horizon", [0, -1, 91])
def test_an_impossible_horizon_is_bad_usage(horizon: int) -> None:
    with pytest.raises(UsageError):
        asked(resort(), date(2016, 11, 30), horizon)


def test_one_booking_with_a_mistyped_year_does_not_disturb_the_rest() -> None:
    day = date(2016, 11, 30)
    known = history(RESORT).as_of(day)
    strange = known.take(np.array([0]))
    odd = replace(strange, arrival=strange.arrival - 9000, departure=strange.departure - 9000)
    mixed = joined(odd, known)
    usual, disturbed = (
        values(cells(asked(PropertyData(PropertyFacts(1, RESORT), day, lambda one=one: one), day, 28))["rooms_sold", ""], "p50")
        for one in (known, mixed)
    )
    np.testing.assert_allclose(usual, disturbed, atol=1.0)


def joined(a: History, b: History) -> History:
    columns = ("booking", "known_from", "known_to", "status", "arrival", "departure", "reconstructed")
    return replace(
        b,
        **{name: np.concatenate([getattr(a, name), getattr(b, name)]) for name in columns},
        categories={
            name: replace(column, codes=np.concatenate([a.categories[name].codes, column.codes]))
            for name, column in b.categories.items()
        },
        numbers={name: np.concatenate([a.numbers[name], column]) for name, column in b.numbers.items()},
    )


def stored(answers: Sequence[Prediction], day: date) -> list[StoredPrediction]:
    return [StoredPrediction(n, day, one.target_date, one.key, "statistical", one.values) for n, one in enumerate(answers)]


def test_outcomes_are_what_happened_and_what_pickup_would_have_said() -> None:
    day = date(2017, 1, 11)
    answers = asked(resort(day), day, 28)
    data = resort(LAST_DAY)
    found = {one.prediction_id: one for one in outcomes(data, stored(answers, day))}
    known, first = history(RESORT), day_number(day) + 1
    worth = known.rooms * np.nan_to_num(nightly_rate(known))
    sold = rooms_sold(known, first, 28)
    revenue = sum_at(known, worth, first, 28)
    for number, one in enumerate(answers):
        night = day_number(one.target_date) - first
        if one.values["room_type"] or number not in found:
            continue
        actual = {"rooms_sold": sold, "revenue": revenue, "adr": revenue / sold}.get(str(one.values["metric"]))
        if actual is not None:
            assert found[number].actual == pytest.approx(actual[night])
            assert found[number].error == pytest.approx(abs(actual[night] - float(str(one.values["p50"]))))
    house = [n for n, one in enumerate(answers) if one.key == "rooms_sold"]
    past = day_number(day) - 55
    for number in house[:3]:
        ahead = number - house[0] + 1
        pickup = np.mean(
            [rooms_sold(known, night, 1)[0] - on_books_at(known, night - ahead, night, 1)[0] for night in range(past, past + 56)]
        )
        expected = on_books_at(known, day_number(day), first + ahead - 1, 1)[0] + pickup
        assert found[number].baseline_error == pytest.approx(abs(expected - sold[ahead - 1]))


def sum_at(known: History, weights: np.ndarray, first: int, nights: int) -> np.ndarray:
    return np.array([on_books_at(known, night, night, 1, weights)[0] for night in range(first, first + nights)])


def test_nights_that_have_not_passed_have_no_outcome() -> None:
    day = date(2017, 2, 20)
    answers = asked(resort(day), day, 28)
    kept = stored(answers, day)
    found = outcomes(resort(LAST_DAY), kept)
    assert {kept[one.prediction_id].target_date for one in found} == {day + timedelta(days=n) for n in range(1, 9)}
    assert outcomes(resort(LAST_DAY), []) == []


def test_finished_bookings_are_what_there_is_to_learn_from() -> None:
    known = history(RESORT)
    last = known.take(known.alive_at(LAST_DAY))
    done = np.isin(last.status, [BookingStatus.CHECKED_OUT, BookingStatus.CANCELLED, BookingStatus.NO_SHOW]).sum()
    assert count_points(resort(LAST_DAY)) == done


def test_a_house_of_a_few_months_is_as_unsure_of_far_nights_as_it_should_be() -> None:
    """Its first weeks were told with wide limits; measured by those, its later errors looked small."""
    whole, inside = history(RESORT), []
    for day in (date(2016, 9, 20), date(2016, 10, 20), date(2016, 11, 20), date(2016, 12, 20)):
        known = whole.as_of(day)
        young = known.take(np.flatnonzero(known.arrival >= day_number(day) - 84))
        found = cells(asked(PropertyData(PropertyFacts(1, RESORT), day, lambda young=young: young), day, 60))["rooms_sold", ""]
        sold = rooms_sold(whole, day_number(day) + 1, 60)
        there = [
            float(str(one.values["p10"])) <= real <= float(str(one.values["p90"])) for one, real in zip(found, sold, strict=True)
        ]
        inside += there[14:]
    assert np.mean(inside) > 0.6
