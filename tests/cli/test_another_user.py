"""What a user hears of a home on which another user's HotelML works, as IT does beside a service."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotelml_app.__main__ import main
from hotelml_app.store.errors import ReadOnlyHomeError

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def service(hotel_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that said it owns the home, whose key this user may not read and whose lock it may not ask for."""

    def refused(*_: object) -> None:
        raise ReadOnlyHomeError(f"The folder {hotel_home / 'run'} cannot be written (Permission denied).")

    monkeypatch.setattr("hotelml_app.store.sqlite.lock.HomeLock.acquire", refused)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        (hotel_home / "run" / "owner.json").write_text(json.dumps({"pid": process.pid}), encoding="utf-8")
        (hotel_home / "run" / "api.json").touch()
        yield process
        process.kill()


def status(capsys: Captured) -> bool:
    assert main(["status", "--json"]) == 0
    return bool(json.loads(capsys.readouterr().out)["running"])


def doctor(capsys: Captured) -> tuple[str, str]:
    main(["doctor", "--json"])
    checks = {one["name"]: one for one in json.loads(capsys.readouterr().out)["checks"]}
    return checks["Running"]["state"], checks["Running"]["found"]


def drop_folder(capsys: Captured) -> str:
    main(["doctor", "--json"])
    checks = json.loads(capsys.readouterr().out)["checks"]
    return next(str(one["found"]) for one in checks if one["name"].startswith("Drop folder"))


def test_it_is_not_told_that_nothing_runs(hotel_home: Path, service: subprocess.Popen[bytes], capsys: Captured) -> None:
    assert status(capsys)
    assert doctor(capsys) == ("warning", f"process {service.pid} works on this home, but does not answer this user")
    assert drop_folder(capsys).endswith("drop, watched")
    (hotel_home / "run" / "api.json").unlink()
    assert drop_folder(capsys).endswith("drop, not watched now, as HotelML is not running")
    assert doctor(capsys) == ("ok", f"a command works on this home (process {service.pid})")


def test_a_killed_one_does_not_run(service: subprocess.Popen[bytes], capsys: Captured) -> None:
    service.kill()
    service.wait()
    assert not status(capsys)
    assert doctor(capsys)[1].startswith("not running; it was not shut down in order last time")


def test_a_later_process_of_its_number_is_not_taken_for_it(
    hotel_home: Path, service: subprocess.Popen[bytes], capsys: Captured
) -> None:
    yesterday = (hotel_home / "run" / "owner.json").stat().st_mtime - 86_400
    os.utime(hotel_home / "run" / "owner.json", (yesterday, yesterday))
    assert not status(capsys)
    assert doctor(capsys)[1].startswith("not running")
