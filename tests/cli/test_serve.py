"""The appliance without a window, in a process of its own: it watches, answers, stops when asked, and survives a kill."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from small_hotel import AS_OF, NAME, write_export

from hotelml_app.__main__ import main
from hotelml_app.services.home.serving import StopRequest
from hotelml_app.store.sqlite.lock import HomeLock

READY_WITHIN_S = 90.0
ASKED_BY_A_SIGNAL = pytest.mark.skipif(sys.platform == "win32", reason="there SIGTERM asks for nothing, it kills")


@contextmanager
def serving(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Run ``hotelml serve`` until the end of the block; it is up once it left word of where to ask."""
    process = begin_to_serve(home)
    try:
        wait_until(lambda: (home / "run" / "api.json").exists() or process.poll() is not None)
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=60)


def begin_to_serve(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hotelml_app", "serve", "--json"],
        env={**os.environ, "HOTELML_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until(true: object) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not true():  # type: ignore[operator]
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def status(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert main(["status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert isinstance(told, dict)
    return told


@ASKED_BY_A_SIGNAL
def test_it_reads_what_is_dropped_answers_commands_and_stops_when_asked(
    hotel_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (hotel_home / "settings.toml").write_text("[intake]\nstable_after_s = 0.2\n[training]\nenabled = false\n", encoding="utf-8")
    next_day = AS_OF + timedelta(days=1)
    with serving(hotel_home) as process:
        assert status(capsys)["running"] is True
        delta = write_export(tmp_path, next_day, changed_since=AS_OF)
        delta.rename(hotel_home / "drop" / delta.name)
        wait_until(lambda: str(status(capsys)["freshness"]).find(next_day.isoformat()) > 0)
        wait_until((hotel_home / "drop" / "processed" / delta.name).exists)
        assert main(["properties", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["properties"][0]["name"] == NAME
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert out.count("\n") == 1
    assert json.loads(out)["home"] == str(hotel_home)
    assert not (hotel_home / "run" / "api.json").exists()
    assert status(capsys)["running"] is False


def test_a_killed_owner_leaves_a_home_that_the_next_one_takes(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(hotel_home) as process:
        process.kill()
        process.communicate(timeout=60)
        assert (hotel_home / "run" / "api.json").exists()
    assert status(capsys)["running"] is False
    assert main(["properties"]) == 0


def test_a_second_server_on_the_same_home_is_refused_with_the_process_that_has_it(
    hotel_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(hotel_home) as process:
        assert main(["serve"]) == 1
        assert f"process {process.pid}" in capsys.readouterr().err


@ASKED_BY_A_SIGNAL
def test_it_waits_for_a_command_that_works_on_the_home(hotel_home: Path) -> None:
    with HomeLock(hotel_home / "run"):
        process = begin_to_serve(hotel_home)
        assert process.stderr is not None
        assert "waiting for it to finish" in process.stderr.readline()
    wait_until((hotel_home / "run" / "api.json").exists)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 0


@ASKED_BY_A_SIGNAL
def test_it_stops_when_asked_while_it_waits(hotel_home: Path) -> None:
    with HomeLock(hotel_home / "run"):
        process = begin_to_serve(hotel_home)
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode == 0


@ASKED_BY_A_SIGNAL
def test_what_is_no_request_is_not_told_on_the_terminal(hotel_home: Path) -> None:
    with serving(hotel_home) as process:
        port = json.loads((hotel_home / "run" / "api.json").read_text(encoding="utf-8"))["port"]
        with socket.create_connection(("127.0.0.1", port), timeout=60) as stranger:
            stranger.sendall(b"GARBAGE\r\n\r\n")
            assert b"400" in stranger.recv(100)
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=60)
    assert told.splitlines() == [f"HotelML serves {hotel_home}. Stop it with Ctrl+C."]
    assert "Invalid HTTP request" in (hotel_home / "logs" / "hotelml.log").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no terminals that hang up")
@pytest.mark.parametrize(("begun_with", "stops"), [(signal.SIG_IGN, False), (signal.SIG_DFL, True)])
def test_begun_with_nohup_it_goes_on_when_the_terminal_closes(begun_with: signal.Handlers, stops: bool) -> None:
    before = signal.signal(signal.SIGHUP, begun_with)
    try:
        with StopRequest() as stop:
            signal.raise_signal(signal.SIGHUP)
            assert stop.asked is stops
        assert signal.getsignal(signal.SIGHUP) is begun_with
    finally:
        signal.signal(signal.SIGHUP, before)
