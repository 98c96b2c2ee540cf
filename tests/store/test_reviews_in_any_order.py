"""Files of reviews come in any order: the newest business date decides what a review says."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from hotel_rows import day, new_import, new_property
from sqlite_utils import Database

from hotelml_app.store import Store
from hotelml_app.store.exported import imports, reviews
from hotelml_app.store.exported.reviews import ReviewCounts, ReviewRow
from hotelml_app.store.sqlite import schema

OLD = ReviewRow("k1", date(2017, 1, 5), score=0.8, body="Nice")
EDITED = replace(OLD, score=0.4, body="Nice, but loud")
OTHER = ReviewRow("k2", date(2017, 1, 6), body="Fine")


def apply(connection: sqlite3.Connection, hotel: int, as_of: date, *rows: ReviewRow) -> ReviewCounts:
    return reviews.apply(connection, hotel, new_import(connection, f"{as_of}.csv"), as_of, rows)


def bodies(connection: sqlite3.Connection, hotel: int) -> dict[str, str]:
    return {row.key: row.body for row in reviews.all(connection, hotel)}


def seen(connection: sqlite3.Connection) -> dict[str, str]:
    query = "SELECT r.review_key, s.latest_as_of FROM review_sightings s JOIN reviews r ON r.id = s.review_id"
    return dict(connection.execute(query).fetchall())


def test_an_older_file_adds_what_is_new_in_it_and_overwrites_nothing(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        assert apply(connection, hotel, day(10), EDITED) == ReviewCounts(1, 0, 0)
        assert apply(connection, hotel, day(8), OLD, OTHER) == ReviewCounts(1, 0, 0, older=1)
        assert bodies(connection, hotel) == {"k1": EDITED.body, "k2": OTHER.body}
        assert seen(connection) == {"k1": "2017-02-10", "k2": "2017-02-08"}


def test_a_newer_file_and_a_later_one_of_the_same_day_overwrite(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        apply(connection, hotel, day(8), OLD)
        assert apply(connection, hotel, day(9), EDITED) == ReviewCounts(0, 1, 0)
        assert apply(connection, hotel, day(9), OLD) == ReviewCounts(0, 1, 0)
        assert bodies(connection, hotel) == {"k1": OLD.body}


def test_a_review_seen_again_unchanged_is_as_new_as_the_file_and_asks_for_no_learning(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        apply(connection, hotel, day(8), EDITED, OTHER)
        before = reviews.stand(connection, hotel)
        assert apply(connection, hotel, day(12), EDITED) == ReviewCounts(0, 0, 1)
        assert reviews.stand(connection, hotel) == before
        assert seen(connection) == {"k1": "2017-02-12", "k2": "2017-02-08"}
        assert apply(connection, hotel, day(10), OLD, replace(OTHER, body="Better")) == ReviewCounts(0, 1, 0, older=1)
        assert bodies(connection, hotel) == {"k1": EDITED.body, "k2": "Better"}


def test_two_rows_of_one_review_in_an_older_file_are_both_older(store: Store) -> None:
    with store.write() as connection:
        hotel = new_property(connection)
        apply(connection, hotel, day(10), EDITED)
        assert apply(connection, hotel, day(8), OLD, OLD, OTHER, OTHER) == ReviewCounts(1, 0, 1, older=2)


def test_another_hotel_with_the_same_keys_is_its_own(store: Store) -> None:
    with store.write() as connection:
        first, second = new_property(connection), new_property(connection, "Annex")
        apply(connection, first, day(10), EDITED)
        assert apply(connection, second, day(8), OLD) == ReviewCounts(1, 0, 0)


@pytest.mark.parametrize(("told", "older"), [(day(10), 1), (None, 0)])
def test_reviews_of_an_earlier_hotelml_were_seen_when_their_import_was_made(told: date | None, older: int) -> None:
    database = Database(sqlite3.connect(":memory:", isolation_level=None))
    connection = database.conn
    try:
        schema.migrate(database, schema.migrations()[:3])
        hotel = new_property(connection)
        file = new_import(connection)
        row = imports.get(connection, file)
        assert row is not None
        imports.rewrite(connection, file, replace(row, business_date=told))
        connection.execute(
            "INSERT INTO reviews (property_id, import_id, review_key, body) VALUES (?, ?, 'k1', 'Nice, but loud')", (hotel, file)
        )
        schema.migrate(database)
        counts = apply(connection, hotel, day(9), OLD)
        assert (counts.changed, counts.older) == (1 - older, older)
        assert bodies(connection, hotel) == {"k1": EDITED.body if older else OLD.body}
    finally:
        database.close()
