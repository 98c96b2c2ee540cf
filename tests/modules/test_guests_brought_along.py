"""Guest segments of a hotel whose exports name none: told by what bookings of each segment are like at other hotels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from synthetic_property import DAY, hotel, property_until, small_history, without_words

from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.errors import DamagedModelError
from hotelml_app.ml.metrics import accuracy, macro_f1
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts
from hotelml_app.modules.guests.anywhere import FEATURES, GROUPS, features
from hotelml_app.modules.guests.borrowed import FEWEST_NAMED, borrows, sharpened
from hotelml_app.modules.guests.examples import examples
from hotelml_app.modules.guests.plain_rule import guesses
from hotelml_app.modules.guests.predicting import predict
from hotelml_app.modules.guests.vocabulary import AGENT, DIRECT, ONLINE, SEGMENTS, channel_of, segment_of
from hotelml_app.registry.bundled import BundledModels, bundled_folder

TODAY = date(2024, 5, 1)


@cache
def brought() -> LoadedModel:
    model = BundledModels(bundled_folder()).model("guests")
    assert model is not None
    return model


@cache
def silent() -> PropertyData:
    return without_words(property_until(hotel(), DAY), "segment", "customer_type")


def ask(data: PropertyData, model: LoadedModel | None = None, horizon: int = 60) -> list[Prediction]:
    return predict(PredictionRequest(data, data.as_of, horizon, model))


def house(rows: list[dict[str, object]]) -> PropertyData:
    history = small_history(rows, TODAY)
    return PropertyData(PropertyFacts(1, "Casa"), TODAY, lambda: history)


def booking(name: str, **more: object) -> dict[str, object]:
    first = TODAY + timedelta(days=5)
    return {"reservation_id": name, "arrival": first, "departure": first + timedelta(days=2), "adults": 2.0, **more}


def test_a_hotel_that_names_no_segments_is_told_them_better_than_by_the_plain_rule() -> None:
    truth = dict(
        zip(
            *(
                getattr(examples(property_until(hotel(), DAY).history, "segment"), name).tolist()
                for name in ("reservation_id", "segment")
            ),
            strict=True,
        )
    )
    mine, rule = ask(silent(), brought()), ask(silent())
    actual = [segment_of(truth[one.key]) for one in mine]
    said, plain = ([str(one.values["segment"]) for one in found] for found in (mine, rule))
    as_rule = [ONLINE if word == AGENT else word for word in plain]
    assert accuracy(actual, said) > accuracy(actual, as_rule) + 0.05
    assert macro_f1(actual, said) > macro_f1(actual, as_rule) + 0.05


def test_it_answers_in_its_own_name_with_words_used_everywhere_and_reasons() -> None:
    found = ask(silent(), brought())
    assert {one.made_by for one in found} == {MadeBy.BUNDLED}
    assert all("other hotels" in one.why for one in found)
    assert {one.values["segment"] for one in found} <= set(SEGMENTS)
    assert all(0 < float(str(one.values["confidence"])) <= 1 for one in found)
    assert any("Mostly because of" in str(one.values["reason"]) for one in found)


def test_a_hotel_that_names_segments_keeps_its_own_words() -> None:
    data = property_until(hotel(), DAY)
    assert not borrows(data)
    assert ask(data, brought()) == ask(data)
    few = house([booking(f"d{n}", segment="Stammgast") for n in range(3)])
    assert not borrows(few), "all that there are name one"
    assert {one.values["segment"] for one in ask(few, brought())} == {"Stammgast"}


def test_a_few_stray_segments_are_too_few_to_go_by() -> None:
    rows = [booking(f"s{n}", segment="X") for n in range(FEWEST_NAMED - 1)] + [booking(f"n{n}") for n in range(FEWEST_NAMED)]
    assert borrows(house(rows))
    assert {one.made_by for one in ask(house(rows), brought())} == {MadeBy.BUNDLED}
    assert not borrows(house([*rows, booking("one more", segment="X")]))
    assert borrows(house([]))


def test_an_answer_about_a_booking_is_the_same_however_far_was_asked() -> None:
    near, far = ({one.key: one.values for one in ask(silent(), brought(), days)} for days in (5, 30))
    assert near
    assert near == {key: far[key] for key in near}


def test_features_know_nothing_of_a_hotels_words_and_price_level() -> None:
    booked = examples(silent().history, "segment")
    renamed = {
        name: np.char.add(np.where(booked.words[name] != "", "x", ""), booked.words[name]) for name in ("agent", "company")
    }
    dearer = {**booked.numbers, "adr": booked.numbers["adr"] * 4}
    same = replace(booked, words={**booked.words, **renamed}, numbers=dearer)
    columns = [at for at, name in enumerate(FEATURES) if "whole rate" not in name]
    assert features(same)[:, columns] == pytest.approx(features(booked)[:, columns], nan_ok=True, abs=1e-3)


def test_what_a_hotel_never_tells_is_no_answer_rather_than_no() -> None:
    untold = features(examples(without_words(silent(), "agent", "channel").history, "segment"))
    columns = [FEATURES.index(name) for group in ("the agent", "the channel") for name in GROUPS[group]]
    assert np.isnan(untold[:, columns]).all()
    assert not np.isnan(features(examples(silent().history, "segment"))[:, FEATURES.index("agent")]).any()


def test_bookings_made_alike_are_counted() -> None:
    rows = [booking(f"g{n}", company="Tagung") for n in range(6)] + [booking("alone")]
    alike = features(examples(small_history(rows, TODAY), "segment"))[:, FEATURES.index("alike")]
    assert sorted(np.exp(alike).round().tolist()) == [1, 6, 6, 6, 6, 6, 6]


def test_weekend_nights_are_counted() -> None:
    friday = date(2024, 5, 3)
    stays = ((0, 3), (-1, 1), (-1, 2), (1, 9), (2, 14))
    rows = [
        booking(str(n), arrival=friday + timedelta(days=start), departure=friday + timedelta(days=start + nights))
        for n, (start, nights) in enumerate(stays)
    ]
    booked = examples(small_history(rows, TODAY), "segment")
    share = features(booked)[:, FEATURES.index("weekend nights")]
    found = dict(zip(booked.reservation_id.tolist(), (share * booked.nights).round(2).tolist(), strict=True))
    assert [found[str(n)] for n in range(len(stays))] == pytest.approx([2, 0, 1, 3, 4], abs=0.01)


@pytest.mark.parametrize(
    ("word", "segment"),
    [
        ("Online TA", ONLINE),
        ("Offline TA/TO", AGENT),
        ("Groups", "Group"),
        ("Corporate", "Corporate"),
        ("Walk-in", DIRECT),
        ("House use", ""),
    ],
)
def test_a_hotels_own_segments_are_understood_where_they_are_usual(word: str, segment: str) -> None:
    assert segment_of(word) == segment


def test_channels_are_understood_where_they_tell() -> None:
    words = ("Booking.com", "TA/TO", "GDS", "Website", "Corporate", "E-mail", "")
    assert [channel_of(word) for word in words] == ["agency", "agency", "gds", "direct", "corporate", "", ""]


def test_less_sharp_is_less_sure_and_of_the_same_mind() -> None:
    sure = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
    found = sharpened(sure, 0.5)
    assert found.sum(axis=1) == pytest.approx(np.ones(2))
    assert (found.max(axis=1) < sure.max(axis=1)).all()
    assert found.argmax(axis=1).tolist() == sure.argmax(axis=1).tolist()


def test_a_model_of_another_version_is_not_believed() -> None:
    old = LoadedModel("old", MadeBy.BUNDLED, {}, {**brought().parameters, "features": ["lead"]}, {})
    with pytest.raises(DamagedModelError):
        ask(silent(), old)


def test_the_plain_rule_speaks_the_same_language() -> None:
    booked = examples(silent().history, "segment")
    assert {one.segment for one in guesses(booked)} <= set(SEGMENTS)
