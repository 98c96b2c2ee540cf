"""A review is read again with every export, but it is one review."""

from __future__ import annotations

from datetime import date, timedelta

import tiny_hotel
from tiny_module import MANIFEST

from hotelml_app.collector import DataCollector
from hotelml_app.core.clock import FixedClock
from hotelml_app.ml.property.reading import property_data
from hotelml_app.monitor.monitor import Monitor
from hotelml_app.monitor.records import track_record
from hotelml_app.store import Store
from hotelml_app.store.learned import predictions
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow

WRITTEN = date(2016, 3, 10)
EXPORTS = 5


def test_what_was_said_of_a_review_with_every_export_counts_once_for_each_that_said_it(
    store: Store, clock: FixedClock, collector: DataCollector
) -> None:
    monitor = Monitor(store, collector)
    for number in range(EXPORTS):
        day = WRITTEN + timedelta(days=number)
        hotel = tiny_hotel.export(store, day)
        maker = "statistical" if number < 2 else "own:2016-03-11.1"
        said = [
            PredictionRow(day, WRITTEN, "review 1", maker, {"rooms": 1.0}),
            PredictionRow(day, WRITTEN - timedelta(days=1), "review 2", maker, {"rooms": 2.0}),
        ]
        with store.write() as connection:
            predictions.replace_run(connection, hotel, "tiny", day, said, clock.now())
        monitor.match(MANIFEST, hotel, property_data(store, hotel))
    assert collector.counts(tiny_hotel.NAME) == {"tiny": 2}
    assert track_record(store, MANIFEST, hotel, day).answers == 4
    assert track_record(store, MANIFEST, hotel, day, made_by="own:2016-03-11.1").answers == 2


def test_of_several_versions_the_one_counts_that_had_not_learned_from_the_review(store: Store, clock: FixedClock) -> None:
    for number, error in enumerate((3.0, 0.0, 0.0)):
        day = WRITTEN + timedelta(days=number)
        hotel = tiny_hotel.export(store, day)
        said = PredictionRow(day, WRITTEN, "review 1", f"own:{day}.1", {"rooms": 1.0})
        with store.write() as connection:
            predictions.replace_run(connection, hotel, "tiny", day, [said], clock.now())
            (row,) = predictions.of_run(connection, hotel, "tiny", day)
            predictions.put_outcomes(connection, [OutcomeRow(row.id, 6.0, error, day)])
    record = track_record(store, MANIFEST, hotel, day, made_by="own:")
    assert (record.answers, record.value) == (1, 50.0)
