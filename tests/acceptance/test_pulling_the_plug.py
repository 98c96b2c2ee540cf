"""The running program is killed in the middle of its work; after a restart nothing is lost, doubled or half done."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from command_line import start, until

from hotelml_app.settings import PropertySettings, Settings
from hotelml_app.settings import save as save_settings
from hotelml_app.settings.model import ModuleTraining
from hotelml_app.simulator import SyntheticHotel, export_bookings, simulate

LAST_NIGHT = date(2025, 6, 30)
DAYS = 420


def lived_through(rooms: int) -> SyntheticHotel:
    return simulate(seed=3, property_name="Harbour House", start=LAST_NIGHT - timedelta(days=DAYS), days=DAYS + 1, rooms=rooms)


@pytest.fixture
def served(home: Path) -> Iterator[list[subprocess.Popen[str]]]:
    drop = home / "drop"
    drop.mkdir()
    rules = Settings(properties=(PropertySettings(name="Harbour House", drop_folder=str(drop)),))
    idle = {name: ModuleTraining(enabled=False) for name in ("allocation", "forecast", "guests", "pricing", "sentiment")}
    changes = {
        "intake": rules.intake.model_copy(update={"stable_after_s": 1}),
        "training": rules.training.model_copy(update={"modules": idle}),
    }
    rules = rules.model_copy(update=changes)
    save_settings(home, rules)
    running: list[subprocess.Popen[str]] = []
    yield running
    for process in running:
        process.kill()
        process.wait()


def query(home: Path, sql: str) -> int:
    if not (home / "hotelml.db").exists():
        return 0
    with closing(sqlite3.connect(f"file:{home / 'hotelml.db'}?mode=ro", uri=True, timeout=30)) as connection:
        try:
            return int(connection.execute(sql).fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_an_import_cut_off_again_and_again_ends_with_every_booking_once(home: Path, served: list[subprocess.Popen[str]]) -> None:
    rows = export_bookings(lived_through(rooms=60), LAST_NIGHT, home / "drop" / f"bookings-{LAST_NIGHT}.csv")
    for alive_s in (1.6, 2.4, 3.0):
        served.append(start(home, "serve"))
        time.sleep(alive_s)
        kill(served[-1])
        assert query(home, "SELECT count(*) FROM bookings") in (0, rows), "an import is all or nothing"
    served.append(start(home, "serve"))
    until(lambda: list((home / "drop" / "processed").glob("*.csv")), "the file is put away")
    assert query(home, "SELECT count(*) FROM bookings") == rows
    assert query(home, "SELECT count(*) FROM imports WHERE status = 'done'") == 1
    assert not list((home / "drop").glob("*.csv"))


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_a_new_export_is_imported_predicted_and_learned_from_by_itself_even_through_a_kill(
    home: Path, served: list[subprocess.Popen[str]]
) -> None:
    # A training that takes no longer than it must to be cut off.
    export_bookings(lived_through(rooms=24), LAST_NIGHT, home / "drop" / f"bookings-{LAST_NIGHT}.csv")
    served.append(start(home, "serve"))
    until(lambda: query(home, "SELECT count(*) FROM jobs WHERE kind = 'train' AND stage = 'running'"), "a training starts")
    kill(served[-1])
    assert query(home, "SELECT count(*) FROM deployments WHERE live_until IS NULL AND version <> ''") == 0
    served.append(start(home, "serve"))
    until(lambda: query(home, "SELECT count(*) FROM jobs WHERE stage = 'done' AND module = 'noshow'"), "it learns after all")
    assert query(home, "SELECT count(*) FROM jobs WHERE stage = 'abandoned'") >= 1
    assert query(home, "SELECT count(*) FROM predictions WHERE module = 'forecast'") > 0
    champions = query(home, "SELECT count(*) FROM model_versions WHERE state = 'champion'")
    assert champions == query(home, "SELECT count(*) FROM deployments WHERE live_until IS NULL AND version <> ''")
    assert not [p for p in (home / "staging").glob("job-*") if not any(p.iterdir())]
