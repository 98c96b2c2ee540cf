"""What the models that HotelML brings along make of a house whose exports have just begun."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from small_hotel import AS_OF, NAME, open_at_morning, write_export
from synthetic_property import DAY, history_until, hotel, property_until, small_history

from hotelml_app.bootstrap import open_appliance
from hotelml_app.core.clock import day_number
from hotelml_app.ml.contract import Prediction, PredictionRequest
from hotelml_app.ml.onnx.sessions import LoadedModel
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.ml.property.property_data import PropertyData, PropertyFacts, Review
from hotelml_app.modules.forecast.candidates.borrowed import OWN_NIGHTS, borrows
from hotelml_app.modules.forecast.predicting import predict as forecast
from hotelml_app.modules.noshow.base_rates import base_rates
from hotelml_app.modules.noshow.books import lay_out
from hotelml_app.modules.noshow.borrowed import leaned
from hotelml_app.modules.noshow.predicting import predict as noshow
from hotelml_app.modules.sentiment.predicting import predict as sentiment
from hotelml_app.registry.bundled import BundledModels, bundled_folder
from hotelml_app.settings.home import HomeLayout

ROOMS_SOLD = "rooms_sold"


@cache
def brought(module: str) -> LoadedModel:
    model = BundledModels(bundled_folder()).model(module)
    assert model is not None, module
    return model


def new_house(rooms: int, told: int | None = None) -> PropertyData:
    """Return a house that nobody has stayed in yet, booked to 60 % tomorrow and to 20 % in eight weeks."""
    bookings: list[dict[str, object]] = []
    for ahead in range(1, 57):
        for number in range(round(rooms * (0.6 - 0.4 * ahead / 56))):
            arrival = DAY + timedelta(days=ahead)
            booked_on = DAY - timedelta(days=1 + (7 * number + ahead) % 40)
            bookings.append(
                {
                    "reservation_id": f"R{ahead}-{number}",
                    "arrival": arrival,
                    "departure": arrival + timedelta(days=1),
                    "booked_on": booked_on,
                    "room_type": "DBL",
                }
            )
    history = small_history(bookings, DAY)
    return PropertyData(PropertyFacts(1, "Casa Nova", "PT", rooms=told or rooms), DAY, lambda: history)


def house(answers: list[Prediction], name: str = "p50") -> np.ndarray:
    rows = [one for one in answers if one.values["metric"] == ROOMS_SOLD and not one.values["room_type"]]
    return np.array([one.values[name] for one in rows], dtype=float)


def asked(data: PropertyData, horizon: int = 60) -> list[Prediction]:
    return forecast(PredictionRequest(data, data.as_of, horizon, brought("forecast")))


def test_a_house_without_a_past_gets_borrowed_booking_curves_in_their_name() -> None:
    found = asked(new_house(50))
    sold = [one for one in found if one.values["metric"] == ROOMS_SOLD]
    assert {one.made_by for one in sold} == {MadeBy.BUNDLED}
    assert all("other hotels" in one.why for one in sold)
    assert {one.made_by for one in found if one.values["metric"] == "adr"} == {MadeBy.STATISTICAL}


def test_borrowed_curves_are_scaled_to_the_rooms_there_are() -> None:
    small, large = (house(asked(new_house(rooms))) / rooms for rooms in (50, 200))
    assert np.abs(small - large).max() < 0.05
    assert small.max() <= 1
    assert large.max() <= 1


def test_they_add_what_is_still_to_come_to_what_is_on_the_books() -> None:
    rooms = 100
    expected = house(asked(new_house(rooms)))
    booked = np.array([round(rooms * (0.6 - 0.4 * ahead / 56)) for ahead in range(1, 57)])
    far = slice(27, 56)
    assert expected[:56][far].mean() > booked[far].mean() + 5, "weeks ahead more will be booked"
    plain = house(forecast(PredictionRequest(new_house(rooms), DAY, 60)))
    assert np.abs(plain[:56] - booked).max() < 3, "the plain rule knows nothing but the books yet"
    low, high = (house(asked(new_house(rooms)), name) for name in ("p10", "p90"))
    assert (high - low)[far].mean() > 10, "and nobody can be sure of it"


def test_rooms_that_are_told_count_more_than_what_is_on_the_books() -> None:
    """Twenty rooms on the books of a hundred leave more to come than the same twenty of thirty."""
    of_thirty, of_hundred = (house(asked(new_house(30, told)))[30:56] for told in (30, 100))
    assert of_hundred.mean() > of_thirty.mean()


def test_a_grown_house_is_left_to_its_own_pickup() -> None:
    grown = property_until(hotel(), DAY)
    assert not borrows(grown)
    assert {one.made_by for one in asked(grown, 14)} == {MadeBy.STATISTICAL}
    assert house(asked(grown, 14)) == pytest.approx(house(forecast(PredictionRequest(grown, DAY, 14))))
    history = history_until(hotel(), DAY)
    young = history.take(np.flatnonzero(history.arrival >= day_number(DAY) - OWN_NIGHTS + 2))
    assert borrows(PropertyData(grown.facts, DAY, lambda: young))


def test_risks_keep_the_level_of_the_house_and_borrow_the_order() -> None:
    data = property_until(hotel(seed=5, days=300, rooms=60), hotel(seed=5, days=300, rooms=60).last_day - timedelta(days=40))
    mine, plain = (
        {one.key: one for one in noshow(PredictionRequest(data, data.as_of, 28, model))} for model in (brought("noshow"), None)
    )
    assert mine.keys() == plain.keys()
    borrowed = [key for key, one in mine.items() if one.made_by is MadeBy.BUNDLED]
    assert len(borrowed) > 50
    assert all("base rates" in mine[key].why for key in borrowed)
    level = [np.mean([float(str(found[key].values["p_lost"])) for key in borrowed]) for found in (mine, plain)]
    assert level[0] == pytest.approx(level[1], rel=0.01)
    assert len({one.values["p_lost"] for one in mine.values()}) > len({one.values["p_lost"] for one in plain.values()})


def test_a_risk_is_the_same_however_far_was_asked() -> None:
    data = property_until(hotel(), DAY)
    near, far = (
        {p.key: p.values["p_lost"] for p in noshow(PredictionRequest(data, DAY, days, brought("noshow")))} for days in (5, 28)
    )
    assert near
    assert near == {key: far[key] for key in near}


def test_base_rates_lean_towards_the_riskier_booking_only() -> None:
    base, ahead = np.full(4, 0.1), np.array([3, 4, 5, 6])
    found = leaned(base, np.array([-1.0, 0.0, 0.0, 1.0]), ahead)
    assert found.mean() == pytest.approx(0.1)
    assert found[0] < found[1] == found[2] < found[3]
    assert leaned(base, np.zeros(4), ahead) == pytest.approx(base)
    assert len(leaned(np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64))) == 0


def test_without_any_losses_the_level_is_the_everyday_one() -> None:
    data = new_house(40)
    found = noshow(PredictionRequest(data, DAY, 28, brought("noshow")))
    usual = base_rates(lay_out(data.history), day_number(DAY), 28).p_lost(np.array([14]))[0]
    assert np.mean([float(str(one.values["p_lost"])) for one in found]) == pytest.approx(usual, rel=0.2)
    assert {one.values["band"] for one in found} == {"unknown"}


@pytest.mark.parametrize(
    ("text", "polarity", "maker"),
    [
        ("Lovely stay, spotless room, the staff could not do enough for us.", "positive", MadeBy.BUNDLED),
        ("Avoid. Filthy carpet, rude reception and a broken shower.", "negative", MadeBy.BUNDLED),
        ("Das Zimmer war schmutzig und laut.", "negative", MadeBy.STATISTICAL),
        ("Personal encantador y ubicación perfecta.", "positive", MadeBy.STATISTICAL),
    ],
)
def test_first_reviews_are_read_with_what_english_guests_elsewhere_taught(text: str, polarity: str, maker: MadeBy) -> None:
    """In other languages nothing was learned there: the word lists answer, and in their own name."""
    data = PropertyData(
        PropertyFacts(1, "Casa"), DAY, lambda: small_history([], DAY), lambda: (Review("k", DAY, None, body=text),)
    )
    (found,) = sentiment(PredictionRequest(data, DAY, 7, brought("sentiment")))
    assert (found.values["polarity"], found.made_by) == (polarity, maker)
    assert ("other hotels" in found.why) == (maker is MadeBy.BUNDLED)
    plain = sentiment(PredictionRequest(data, DAY, 7))[0]
    assert (found.values == plain.values) == (maker is MadeBy.STATISTICAL)


def write_coming_arrivals(source: Path, folder: Path) -> Path:
    """Write an export with nothing in it but bookings that are still to come."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    arrival = rows[0].index("arrival")
    path = folder / "to_come.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *(row for row in rows[1:] if row[arrival] > AS_OF.isoformat())])
    return path


def test_a_home_with_nothing_but_the_books_shows_whose_numbers_it_shows(home: Path, tmp_path: Path) -> None:
    """From the first export to the page, with no night of history."""
    path = write_coming_arrivals(write_export(tmp_path), tmp_path)
    with open_at_morning(home) as appliance:
        (imported,) = appliance.import_files([path])
        assert imported.status == "done"
        view = appliance.properties()[0]
        appliance.update_property(type(view)(NAME, "PT", "EUR", 24, None, None, ()))
        page = appliance.forecast(NAME)
        assert page.made_by.kind == "bundled"
        assert page.made_by.sentence == "Learned from the bookings of another hotel, brought along by HotelML."
        assert all(point.p50 <= 24 for point in page.nights)
        assert sum(point.p50 for point in page.nights) > sum(point.on_books for point in page.nights)
        cards = {card.name: card.live.kind for card in appliance.models(NAME).modules}
    assert {name for name, kind in cards.items() if kind == "bundled"} == {"forecast", "noshow", "sentiment"}


def test_the_wired_appliance_knows_them(home: Path) -> None:
    with open_appliance(HomeLayout(home), writer=True) as appliance:
        assert appliance.parts.registry.bundled.modules == ("allocation", "forecast", "guests", "noshow", "pricing", "sentiment")


def test_no_model_knows_days_after_its_data() -> None:
    shipped = BundledModels(bundled_folder())
    assert shipped.model("forecast", date(2016, 6, 1)) is None
    assert shipped.model("sentiment", date(2016, 6, 1)) is not None
