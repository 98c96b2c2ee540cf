"""Who has no key, or asks for what there is not, is refused in a sentence, and the owner goes on."""

from __future__ import annotations

import http.client
import json
import socket
from pathlib import Path

import pytest
from owner_asked import address_of, get

from hotelml_app.api.server import LoopbackServer
from hotelml_app.core.errors import EXIT_FAILED
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.loopback import HOST, Address, LoopbackRunner
from hotelml_app.services.asking.operations import Operation
from hotelml_app.services.errors import AppliancesTalkError, ToldByRunningError, UnknownOperationError


def test_the_owner_answers_with_the_right_key_alone(appliance: Appliance, server: LoopbackServer) -> None:
    right = address_of(appliance)
    assert LoopbackRunner(right).answers()
    assert not LoopbackRunner(Address(right.port, "another key", right.pid)).answers()
    assert not LoopbackRunner(Address(right.port, right.token, right.pid + 1)).answers()


def test_without_the_key_nothing_is_told_but_what_can_be_asked(appliance: Appliance, server: LoopbackServer) -> None:
    port = address_of(appliance).port
    assert get(port, "/v1/status", {})[0] == 401
    status, page = get(port, "/docs", {})
    assert status == 200
    assert b"/v1/operations/import" in page
    assert b"http://" not in page
    assert b"https://" not in page


def test_a_web_page_that_points_its_own_name_at_us_is_turned_away(appliance: Appliance, server: LoopbackServer) -> None:
    address = address_of(appliance)
    headers = {"Authorization": f"Bearer {address.token}", "Host": f"evil.example:{address.port}"}
    assert get(address.port, "/v1/status", headers)[0] == 421


def test_a_running_hotelml_that_is_too_old_for_a_request_is_told_as_what_it_is(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_an_earlier_version(name: str) -> Operation:
        raise UnknownOperationError(f"There is no request called {name!r}.", remedy="There are: import, train.")

    monkeypatch.setattr("hotelml_app.api.application.operation", of_an_earlier_version)
    runner = LoopbackRunner(address_of(appliance))
    with pytest.raises(AppliancesTalkError, match="is an earlier version") as told:
        runner.ask("properties", {})
    assert told.value.exit_code == EXIT_FAILED
    assert "Quit it, not only its window" in told.value.remedy
    with pytest.raises(ToldByRunningError, match="no request called 'propertys'"):
        runner.ask("propertys", {})


@pytest.mark.parametrize("parts", [False, True], ids=["at once", "in parts"])
@pytest.mark.parametrize(
    ("body", "code"), [(b"[" * 100_000, 400), (b"{", 400), (b"\xff", 400), (b"[]", 400), (b" " * 2_000_000, 413)]
)
def test_a_body_that_is_no_request_is_refused_in_a_sentence(
    body: bytes, code: int, parts: bool, appliance: Appliance, server: LoopbackServer, capfd: pytest.CaptureFixture[str]
) -> None:
    address = address_of(appliance)
    connection = http.client.HTTPConnection(HOST, address.port, timeout=60)
    try:
        # Sent in parts, no header tells beforehand how much is to come.
        sent = iter([body[:50], body[50:]]) if parts else body
        connection.request("POST", "/v1/operations/status", sent, {"Authorization": f"Bearer {address.token}"})
        response = connection.getresponse()
        assert response.status == code
        assert json.loads(response.read())["message"].startswith("The body is")
    finally:
        connection.close()
    assert "Traceback" not in capfd.readouterr().err


def test_who_goes_away_before_the_body_came_leaves_no_traceback(
    appliance: Appliance, server: LoopbackServer, caplog: pytest.LogCaptureFixture
) -> None:
    address = address_of(appliance)
    with socket.create_connection((HOST, address.port), timeout=60) as left:
        left.sendall(
            f"POST /v1/operations/status HTTP/1.1\r\nHost: {HOST}:{address.port}\r\n"
            f"Authorization: Bearer {address.token}\r\nContent-Length: 1000\r\n\r\n{{".encode()
        )
        assert LoopbackRunner(address).answers()
    assert LoopbackRunner(address).answers()
    server.stop()
    assert [one.name for one in caplog.records if one.exc_info] == []


@pytest.mark.parametrize(("path", "code"), [("/nowhere", 404), ("/v1/operations/status", 405)])
def test_what_cannot_be_asked_is_refused_in_a_sentence(
    path: str, code: int, appliance: Appliance, server: LoopbackServer
) -> None:
    address = address_of(appliance)
    status, body = get(address.port, path, {"Authorization": f"Bearer {address.token}"})
    assert status == code
    assert json.loads(body)["message"] == f"There is no request GET {path}; /docs tells what can be asked."


def test_a_refusal_of_the_computer_is_told_by_the_owner_as_by_the_command(
    appliance: Appliance, server: LoopbackServer, tmp_path: Path
) -> None:
    # Windows takes a name that is too long for one that is not there.
    with pytest.raises(ToldByRunningError, match=r"refused a file or folder: File name too long|could not be written \(No such"):
        LoopbackRunner(address_of(appliance)).ask("bookings", {"out": str(tmp_path / ("a" * 300))})


def test_the_key_can_be_read_by_its_owner_alone(appliance: Appliance, server: LoopbackServer) -> None:
    mode = appliance.parts.layout.api_file.stat().st_mode & 0o777
    assert mode in (0o600, 0o666), "0o666 is what Windows says; there the profile folder keeps others out"


def test_a_slow_asker_at_the_end_leaves_no_traceback(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    server.stop()
    monkeypatch.setattr("hotelml_app.api.server.ENDS_WITHIN_S", 1.0)
    server.start()
    address = address_of(appliance)
    with socket.create_connection((HOST, address.port), timeout=60) as slow:
        slow.sendall(
            f"POST /v1/operations/status HTTP/1.1\r\nHost: {HOST}:{address.port}\r\n"
            f"Authorization: Bearer {address.token}\r\nContent-Length: 1000\r\n\r\n{{".encode()
        )
        assert LoopbackRunner(address).answers()
        server.stop()
    assert [one.getMessage() for one in caplog.records if one.exc_info] == []


@pytest.mark.parametrize("name", ["rel.csv", "/tmp/\0", "/tmp/\ud800"])
@pytest.mark.parametrize("operation", ["import", "import.propose", "import.dry_run"])
def test_what_no_file_can_be_called_is_a_wrong_request(
    operation: str, name: str, appliance: Appliance, server: LoopbackServer
) -> None:
    with pytest.raises(ToldByRunningError, match=r"files (must be a full path|contains a character)") as told:
        LoopbackRunner(address_of(appliance)).ask(operation, {"files": [name]})
    assert told.value.exit_code == 2
