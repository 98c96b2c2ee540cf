"""Kill -9 at moments nobody chose: while files are read and moved, copies made and put back, layouts changed, models promoted.

HOTELML_KILLS asks for more kills of each kind, HOTELML_FUZZ_SEED for other moments.
"""

from __future__ import annotations

import csv
import hashlib
import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
import tiny_hotel
from killed_work import LATER, Workers, workers
from models_on_disk import staged

from hotelml_app.bootstrap import open_appliance
from hotelml_app.core.clock import SystemClock
from hotelml_app.core.events import EventBus
from hotelml_app.ml.onnx.artifacts import verify_artifact
from hotelml_app.registry.registry import ModelRegistry
from hotelml_app.services.handover.reading import read_now
from hotelml_app.settings import HomeLayout, PropertySettings, Settings
from hotelml_app.store import Store
from hotelml_app.store.exported import imports
from hotelml_app.store.learned import models
from hotelml_app.store.sqlite import backups, schema

KILLS = int(os.environ.get("HOTELML_KILLS", 8))
SEED = os.environ.get("HOTELML_FUZZ_SEED", "1")
HEADER = (
    *("property", "reservation_id", "booked_on", "arrival", "departure", "status", "status_date", "room_type", "adr"),
    *("currency", "adults", "business_date", "rate_code"),
)

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="each worker is a fork, so that the work is killed and not its start"
)


@pytest.fixture(scope="module")
def forge() -> Iterator[Workers]:
    with workers() as made:
        yield made


def rows_of(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def sound(path: Path) -> None:
    assert rows_of(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows_of(path, "PRAGMA foreign_key_check") == []


def write_day(path: Path, day: date, count: int) -> None:
    """All bookings as they stood at the end of a day."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for name, booked, arrival, departure, cancelled in tiny_hotel.stays(count):
            if booked <= day:
                gone = cancelled is not None and cancelled <= day
                status = (
                    "Cancelled" if gone else "Checked out" if departure <= day else "In house" if arrival <= day else "Reserved"
                )
                writer.writerow(
                    [
                        "Harbour House",
                        name,
                        booked,
                        arrival,
                        departure,
                        status,
                        cancelled if gone else "",
                        "DBL",
                        80,
                        "EUR",
                        2,
                        day,
                        "BAR",
                    ]
                )


def content_of(folder: Path) -> Counter[str]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".reason.txt"))
    return Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)


WHAT_IS_KNOWN = (
    "SELECT b.reservation_id, b.booked_on, b.latest_as_of, s.as_of, s.last_as_of, s.fingerprint, s.status"
    " FROM bookings b JOIN booking_states s ON s.booking_id = b.id ORDER BY 1, 4"
)


@pytest.mark.timeout(600)
def test_imports_killed_at_any_moment_lose_nothing_and_double_nothing(forge: Workers, tmp_path: Path) -> None:
    first = date(2016, 3, 1)
    exports = tmp_path / "exports"
    exports.mkdir()
    for day in (first + timedelta(days=number) for number in range(KILLS + 2)):
        write_day(exports / f"bookings {day}.csv", day, 250)
    (exports / "odd.csv").write_bytes(b"colour,taste\nred,sour\n")
    undisturbed, killed = tmp_path / "undisturbed", tmp_path / "killed"
    for home in (undisturbed, killed):
        (home / "drop").mkdir(parents=True)

    def drop(number: int, home: Path) -> None:
        """Three files at a time: a new one, one that came before, and now and then one that is no export."""
        days = sorted(path.name for path in exports.glob("bookings*"))
        for name in (days[number], days[number // 2], "odd.csv"):
            if name != "odd.csv" or number % 4 == 0:
                (home / "drop" / f"{number} {name}").write_bytes((exports / name).read_bytes())

    drop(0, killed)
    for number, _ in enumerate(forge.killed_at_random(KILLS, SEED, "import_dropped", killed, killed / "drop"), start=1):
        dropped = content_of(killed / "drop")
        sound(killed / "hotelml.db")
        again = rows_of(killed / "hotelml.db", "SELECT sha256 FROM imports WHERE status = 'done' GROUP BY 1 HAVING count(*) > 1")
        assert again == [], "a file was imported twice"
        drop(number, killed)
        more = content_of(killed / "drop") - dropped
        assert sum(more.values()) >= 2, "what was dropped took the place of what lay there"
    assert forge.run("import_dropped", killed, killed / "drop")
    for number in range(KILLS + 2):
        drop(number, undisturbed)
    assert forge.run("import_dropped", undisturbed, undisturbed / "drop")
    assert not list((killed / "drop").glob("*.csv")), "a file was left lying"
    assert content_of(killed / "drop") == content_of(undisturbed / "drop"), "a file was lost or doubled"
    assert rows_of(killed / "hotelml.db", WHAT_IS_KNOWN) == rows_of(undisturbed / "hotelml.db", WHAT_IS_KNOWN)
    done = "SELECT count(*), count(DISTINCT sha256) FROM imports WHERE status = 'done'"
    assert rows_of(killed / "hotelml.db", done) == [(KILLS + 2, KILLS + 2)]
    with Store.open(killed / "hotelml.db", SystemClock()) as store, store.read() as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM data_settings")]
        assert not [name for name in names if name.startswith(("being read: ", "not put away: "))]
        assert imports.recent(connection)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a few thousand states of bookings."""
    folder = tmp_path / "home"
    with Store.open(folder / "hotelml.db", SystemClock()) as store:
        for day in (date(2016, 3, 1), date(2016, 4, 1), date(2016, 4, 30)):
            tiny_hotel.export(store, day, count=2500)
    return folder


def states(path: Path) -> int:
    return int(str(rows_of(path, "SELECT count(*) FROM booking_states")[0][0]))


@pytest.mark.timeout(600)
def test_backups_killed_at_any_moment_are_whole_or_not_there(forge: Workers, home: Path, tmp_path: Path) -> None:
    whole, target = states(home / "hotelml.db"), tmp_path / "usb" / "copy.db"
    for _ in forge.killed_at_random(KILLS, SEED, "back_up", home, target):
        sound(home / "hotelml.db")
        for copy in (target, *backups.all_backups(home / "backups")):
            if copy.exists():
                assert backups.is_good(copy)
                assert states(copy) == whole
    assert forge.run("back_up", home, target)
    assert not list(target.parent.glob("*.partial"))


@pytest.mark.timeout(600)
def test_restores_killed_at_any_moment_leave_the_one_database_or_the_other(forge: Workers, home: Path, tmp_path: Path) -> None:
    database, older = home / "hotelml.db", tmp_path / "older.db"
    with Store.open(database, SystemClock()) as store:
        store.backup(older)
        tiny_hotel.export(store, date(2016, 5, 20), count=2500)
        store.backup(tmp_path / "newer.db")
    before, after = states(tmp_path / "newer.db"), states(older)
    assert before > after
    seen = set()
    for number, _ in enumerate(forge.killed_at_random(KILLS, SEED, "put_back", home, older)):
        Store.open(database, SystemClock()).close()
        sound(database)
        seen.add(states(database))
        assert seen <= {before, after}
        kept = {states(path) for path in home.glob("hotelml-replaced-*.db")}
        assert kept <= {before, after}
        with closing(sqlite3.connect(tmp_path / "newer.db")) as source:
            backups.copy_database(source, database)
        assert states(database) == before, number
    assert after in seen


@pytest.mark.timeout(600)
def test_changes_of_the_layout_killed_at_any_moment_are_made_or_not_made(forge: Workers, home: Path, tmp_path: Path) -> None:
    database, original = home / "hotelml.db", tmp_path / "original.db"
    with Store.open(database, SystemClock()) as store:
        store.backup(original)
    whole, first = states(database), schema.newest_version()
    for _ in forge.killed_at_random(KILLS, SEED, "bring_up_to_date", home):
        sound(database)
        version = int(str(rows_of(database, "PRAGMA user_version")[0][0]))
        assert first <= version <= first + len(LATER)
        tables = {row[0] for row in rows_of(database, "SELECT name FROM sqlite_master")}
        assert ("copies" in tables) is (version >= first + 2)
        assert ("by_stars" in tables) is (version >= first + 3)
        assert states(database) == whole
        if version > first:
            assert any(states(copy) == whole for copy in backups.all_backups(home / "backups")), "no copy was made before"
        assert forge.run("bring_up_to_date", home)
        assert rows_of(database, "PRAGMA user_version") == [(first + len(LATER),)]
        for path in (*(home / "backups").iterdir(), *home.glob("hotelml.db*")):
            path.unlink()
        with closing(sqlite3.connect(original)) as source:
            backups.copy_database(source, database)


@pytest.mark.timeout(600)
def handed_over(folder: Path, name: str, slope: float) -> Path:
    """Write the hand-over file of a hotel with a model and a setting of its own."""
    with open_appliance(HomeLayout(folder / name), writer=True) as appliance:
        tiny_hotel.export(appliance.parts.store, date(2016, 4, 30), name)
        registry = appliance.parts.registry
        registry.promote(1, "tiny", registry.add(1, "tiny", staged(folder / f"staged {name}", slope)), "better")
        appliance.save_settings(Settings(properties=(PropertySettings(name=name),)))
        return appliance.hand_over(folder / f"{name}.hotelml", "").file


def test_a_home_is_the_one_hotel_or_the_other_whenever_a_hand_over_is_killed(forge: Workers, home: Path, tmp_path: Path) -> None:
    files = {name: handed_over(tmp_path, name, slope) for name, slope in (("City", 1.0), ("Resort", 2.0))}
    slopes, layout, former = {"City": 1.0, "Resort": 2.0}, HomeLayout(home), "City"
    read_now(layout, files["City"], "")
    chance, took = random.Random(SEED), 0.0
    for number in range(KILLS + 1):
        wanted = "Resort" if former == "City" else "City"
        began = time.monotonic()
        ended = forge.run("take_over", home, files[wanted], alive_s=chance.uniform(0, took) if number else None)
        took = took or time.monotonic() - began
        with open_appliance(layout, writer=True) as appliance:
            assert appliance.parts.store.check() == []
            (now,) = [one.name for one in appliance.properties()]
            model = appliance.parts.registry.live(1, "tiny")
            assert model is not None
            assert float(model.parameters["slope"]) == slopes[now]
            assert [one.name for one in appliance.settings().properties] == [now]
            known = {layout.models / row.folder for row in appliance.parts.registry.versions()}
            assert set(layout.models.glob("*/*/*")) == known
        assert now == wanted or not ended
        former = now
        leftovers = [one.name for one in layout.handover.iterdir() if not one.name.startswith("aside-")]
        assert leftovers == []


def test_models_are_live_whole_or_not_at_all_whenever_the_program_is_killed(forge: Workers, home: Path) -> None:
    chance = random.Random(SEED)
    for _ in forge.killed_at_random(KILLS, SEED, "let_models_go_live", home):
        with Store.open(home / "hotelml.db", SystemClock()) as store:
            assert store.check() == []
            registry = ModelRegistry(store, home / "models", SystemClock(), EventBus())
            registry.sweep()
            with store.read() as connection:
                champion, live = models.champion(connection, 1, "tiny"), models.live(connection, 1, "tiny")
                known = {home / "models" / row.folder for row in models.versions(connection)}
                ended = [row for row in models.deployments(connection, 1, "tiny") if row.live_until is None]
            assert (champion.version if champion else "") == (live.version if live else "")
            assert len(ended) <= 1
            assert set((home / "models").glob("*/*/*")) == known
            for folder in known:
                verify_artifact(folder)
            answering = registry.live(1, "tiny")
            assert (answering is not None) is (champion is not None)
            if champion is not None and chance.random() < 0.5:
                registry.rollback(1, "tiny")
