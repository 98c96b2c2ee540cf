"""A command on a home that is open elsewhere is done there, over loopback, by whoever owns the home."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from owner_asked import address_of, get
from small_hotel import AS_OF, NAME, open_at_morning, write_export

from hotelml_app.__main__ import main
from hotelml_app.api.server import LoopbackServer
from hotelml_app.core import held_files
from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import Warned
from hotelml_app.core.jobs import CancelToken, ProgressCallback
from hotelml_app.core.severity import Severity
from hotelml_app.notify.time_limit import SILENCE_S
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.loopback import HOST, Address, LoopbackRunner, write_address
from hotelml_app.services.errors import ToldByRunningError
from hotelml_app.services.home import show_window
from hotelml_app.services.home.show_window import WindowWanted
from hotelml_app.settings.channels import WebhookSettings
from hotelml_app.settings.secrets import WEBHOOK_URL, keep_secrets


def test_the_status_is_the_same_as_the_commands(appliance: Appliance, server: LoopbackServer) -> None:
    address = address_of(appliance)
    code, body = get(address.port, "/v1/status", {"Authorization": f"Bearer {address.token}"})
    assert code == 200
    assert json.loads(body)["properties"][0]["name"] == NAME


def test_an_operation_is_done_by_the_owner_and_shows_its_progress(
    appliance: Appliance, server: LoopbackServer, tmp_path: Path
) -> None:
    delta = write_export(tmp_path, AS_OF + timedelta(days=1), changed_since=AS_OF)
    steps: list[tuple[float, str]] = []
    runner = LoopbackRunner(address_of(appliance))
    told = runner.ask("import", {"files": [str(delta)]}, lambda done, step: steps.append((done, step)))
    assert told["business_date"] == (AS_OF + timedelta(days=1)).isoformat()
    assert steps[-1][0] == 1.0
    assert appliance.properties()[0].business_date == AS_OF + timedelta(days=1)


def test_an_error_of_the_owner_comes_over_with_its_words_and_exit_code(appliance: Appliance, server: LoopbackServer) -> None:
    runner = LoopbackRunner(address_of(appliance))
    with pytest.raises(ToldByRunningError, match="no module called") as caught:
        runner.ask("predict", {"module": "forcast"})
    assert caught.value.exit_code == 2
    assert caught.value.as_dict()["error"] == "UnknownModuleError"
    with pytest.raises(ToldByRunningError, match="Did you mean import"):
        runner.ask("imprt", {})
    with pytest.raises(ToldByRunningError, match="no option 'modul'"):
        runner.ask("predict", {"modul": "forecast"})


def test_an_error_nobody_foresaw_comes_over_as_a_sentence(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("hotelml_app.services.properties.list_properties.answer", stumble)
    with pytest.raises(HotelMLError, match="did not expect"):
        LoopbackRunner(address_of(appliance)).ask("properties", {})


def test_commands_on_an_open_home_go_to_its_owner(
    appliance: Appliance, server: LoopbackServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rates.csv"
    assert main(["predict", "pricing", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stored"] is True, "the owner keeps them for the track record"
    assert out.exists()
    delta = write_export(tmp_path, AS_OF + timedelta(days=1), changed_since=AS_OF)
    assert main(["import", str(delta)]) == 0
    assert main(["status"]) == 0
    assert f"as of the end of {AS_OF + timedelta(days=1)}" in capsys.readouterr().out
    assert main(["predict", "nothing"]) == 2
    assert "no module called" in capsys.readouterr().err


def test_a_second_window_brings_the_first_one_forward(
    appliance: Appliance, server: LoopbackServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gui"]) == 1
    assert "without a window" in capsys.readouterr().err
    appliance.parts.has_window = True
    wanted = threading.Event()
    with appliance.events.listening(lambda event: wanted.set() if isinstance(event, WindowWanted) else None):
        assert main([]) == 0
    assert wanted.is_set()


def test_a_window_is_not_called_shown_where_another_user_of_the_pc_would_see_it(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    appliance.parts.has_window = True
    runner = LoopbackRunner(address_of(appliance))
    monkeypatch.setattr(show_window, "own_session", lambda: 1)
    assert "brought to the front" in str(show_window.ask(runner)["sentence"])
    with pytest.raises(HotelMLError, match="for another user who is signed in"):
        runner.ask("window.show", {"session": 2})
    assert "brought to the front" in str(runner.ask("window.show", {})["sentence"]), "an older HotelML does not say where it is"


def test_work_ends_when_the_one_who_asked_goes_away(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, ended = threading.Event(), threading.Event()

    def wait(_: Appliance, __: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
        progress(0.1, "waiting")
        began.set()
        while not cancel.cancelled:
            ended.wait(0.01)
        ended.set()
        return {}

    monkeypatch.setattr("hotelml_app.services.properties.list_properties.answer", wait)
    address = address_of(appliance)
    connection = http.client.HTTPConnection(HOST, address.port, timeout=60)
    connection.request("POST", "/v1/operations/properties", "{}", {"Authorization": f"Bearer {address.token}"})
    response = connection.getresponse()
    assert json.loads(response.readline())["step"] == "waiting"
    assert began.wait(60)
    response.close()
    connection.close()
    assert ended.wait(60), "the operation was not told to stop"


def test_what_is_under_way_is_stopped_when_the_owner_closes(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = threading.Event()

    def wait(_: Appliance, __: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
        began.set()
        while not cancel.cancelled:
            threading.Event().wait(0.01)
        cancel.check()
        return {}

    monkeypatch.setattr("hotelml_app.services.properties.list_properties.answer", wait)
    problems: list[HotelMLError] = []

    def ask() -> None:
        try:
            LoopbackRunner(address_of(appliance)).ask("properties", {})
        except HotelMLError as error:
            problems.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    assert began.wait(60)
    server.stop()
    asking.join(60)
    assert len(problems) == 1


def test_the_server_ends_where_its_word_cannot_be_taken_back(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody gave the folder to another user, or the disk can only be read by now: HotelML could never be quit."""

    def refuse(path: Path) -> bool:
        raise PermissionError(1, "Operation not permitted", str(path))

    address = address_of(appliance)
    with monkeypatch.context() as theirs:
        theirs.setattr(held_files, "removed", refuse)
        server.stop()
    assert not [one for one in threading.enumerate() if one.name == "loopback api"]
    assert not LoopbackRunner(address).answers()


def test_word_left_by_a_dead_owner_does_no_harm(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_at_morning(hotel_home) as appliance:
        file = appliance.parts.layout.api_file
        write_address(file, Address(9, "key of the dead", 1))
    write_address(file, Address(9, "key of the dead", 1))
    assert main(["properties"]) == 0
    assert NAME in capsys.readouterr().out


def use_port(appliance: Appliance, port: int) -> None:
    api = appliance.parts.settings.api.model_copy(update={"port": port})
    appliance.parts.settings = appliance.parts.settings.model_copy(update={"api": api})


def test_a_port_that_is_taken_is_no_reason_not_to_start(appliance: Appliance) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        taken = other.getsockname()[1]
        use_port(appliance, taken)
        running = LoopbackServer(appliance)
        running.start()
        try:
            assert address_of(appliance).port != taken
            assert LoopbackRunner(address_of(appliance)).answers()
        finally:
            running.stop()
    assert not appliance.parts.layout.api_file.exists()


def test_a_port_that_was_chosen_is_had_again_right_after_the_last_run(appliance: Appliance) -> None:
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    use_port(appliance, port)
    had = []
    for _ in range(2):
        running = LoopbackServer(appliance)
        running.start()
        address = address_of(appliance)
        had.append(address.port)
        asking = http.client.HTTPConnection(HOST, address.port, timeout=60)
        asking.request("GET", "/v1/ping", headers={"Authorization": f"Bearer {address.token}"})
        asking.getresponse().read()
        # The owner ends first: its end of what was said stays with the system for a while.
        running.stop()
        asking.close()
    assert had == [port, port]


def test_a_reader_looks_where_the_owner_cannot_be_asked(hotel_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_at_morning(hotel_home):
        assert main(["predict", "pricing", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["stored"] is False
        assert "another HotelML owns this home" in told["why_not_stored"]
        assert main(["properties"]) == 0
        capsys.readouterr()
        assert main(["status", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["running"] is True


def test_the_owner_ends_at_once_while_the_test_of_a_channel_waits_for_a_dead_server(appliance: Appliance) -> None:
    with socket.create_server((HOST, 0)) as dead:
        keep_secrets(appliance.parts.layout, {WEBHOOK_URL: f"http://{HOST}:{dead.getsockname()[1]}/hook"})
        appliance.keep_channel(WebhookSettings(enabled=True), {})
        appliance.events.publish(Warned("disk", "The disk is almost full", "2 % left.", "Free some space.", Severity.FAILURE))
        running = LoopbackServer(appliance)
        running.start()
        problems: list[HotelMLError] = []

        def ask() -> None:
            try:
                LoopbackRunner(address_of(appliance)).ask("notify.test", {"channel": "webhook"})
            except HotelMLError as error:
                problems.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        caller, _ = dead.accept()
        with caller:
            began = time.monotonic()
            running.stop()
            assert time.monotonic() - began < SILENCE_S / 2
            asking.join(60)
    assert len(problems) == 1
    (stand,) = [one for one in appliance.channels().stands if one.name == "webhook"]
    assert stand.waiting == 1, "what waits in the outbox goes out after the next start"
