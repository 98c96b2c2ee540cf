"""A large house keeps a hundred thousand answers a month; a track record is made of some hundred."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import tiny_hotel
from tiny_module import MANIFEST

from hotelml_app.core.clock import FixedClock
from hotelml_app.monitor.records import judged, recent_errors, track_record
from hotelml_app.store import Store
from hotelml_app.store.learned import predictions
from hotelml_app.store.learned.predictions import OutcomeRow, PredictionRow

NIGHT = date(2016, 3, 31)
DAYS_AHEAD = 30
OF_THE_HOUSE = replace(MANIFEST, judged_on={"metric": "rooms_sold", "room_type": ""})


def told(kind: str, metric: str) -> dict[str, object]:
    return {"metric": metric, "room_type": kind, "rooms": 1.0}


def judged_hotel(store: Store, clock: FixedClock) -> int:
    """Return a hotel with one night foretold every day for a month, for the house and its room types, and what came of it."""
    hotel = tiny_hotel.export(store, NIGHT)
    payloads = [told(kind, metric) for kind in ("", "A", "B") for metric in ("rooms_sold", "adr")] + [{"rooms": 1.0}]
    with store.write() as connection:
        for ahead in range(DAYS_AHEAD + 1):
            day = NIGHT - timedelta(days=ahead)
            rows = [PredictionRow(day, NIGHT, f"answer {n}", "statistical", said) for n, said in enumerate(payloads)]
            predictions.replace_run(connection, hotel, "tiny", day, rows, clock.now())
        every = predictions.without_outcome(connection, hotel, "tiny", NIGHT)
        errors = [OutcomeRow(one.id, 10.0, float((NIGHT - one.as_of).days), NIGHT) for one in every]
        predictions.put_outcomes(connection, errors)
    return hotel


@pytest.fixture
def rows_read(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    read: list[object] = []
    made = predictions._judged

    def note(row: tuple[object, ...]) -> object:
        read.append(row)
        return made(row)

    monkeypatch.setattr(predictions, "_judged", note)
    return read


def test_a_record_reads_no_answer_that_is_no_part_of_it(store: Store, clock: FixedClock, rows_read: list[object]) -> None:
    hotel = judged_hotel(store, clock)
    assert track_record(store, OF_THE_HOUSE, hotel, NIGHT).answers == 15, "of the day itself, and 1 to 14 days before"
    assert len(rows_read) == 15
    assert recent_errors(store, OF_THE_HOUSE, hotel, NIGHT) == (7.0,)
    assert len(rows_read) == 30


def test_answers_count_by_their_values_and_by_how_long_before_they_were_given(store: Store, clock: FixedClock) -> None:
    hotel = judged_hotel(store, clock)
    leads = {
        (row.target_date - row.as_of).days
        for row, _ in judged(store, replace(MANIFEST, judged_on={"metric": None}), hotel, NIGHT, NIGHT, (15, 28))
    }
    assert leads == {0, *range(15, 29)}, "what does not say a value is one that has none"
    assert len(judged(store, MANIFEST, hotel, NIGHT, NIGHT, (1, 1))) == 2 * 7
