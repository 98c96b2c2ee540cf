"""Connections that say nothing, or not all of it: they must not use up what the rest of HotelML needs."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack

import pytest
from owner_asked import address_of

from hotelml_app.api import connections
from hotelml_app.api.server import LoopbackServer
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.loopback import HOST, LoopbackRunner


def is_closed(one: socket.socket) -> bool:
    try:
        return one.recv(1000) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize("begun", ["", "POST /v1/operations/status HTTP/1.1\r\nHost:", "whole head"])
def test_a_request_that_never_comes_whole_is_hung_up_on(
    begun: str, appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_WITHIN_S", 0.3)
    address = address_of(appliance)
    head = (
        f"POST /v1/operations/status HTTP/1.1\r\nHost: {HOST}:{address.port}\r\n"
        f"Authorization: Bearer {address.token}\r\nContent-Length: 1000\r\n\r\n{{"
    )
    with socket.create_connection((HOST, address.port), timeout=60) as silent:
        silent.sendall((head if begun == "whole head" else begun).encode())
        while not is_closed(silent):
            pass
    assert LoopbackRunner(address).answers()


def test_a_second_request_that_never_comes_whole_is_hung_up_on(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_WITHIN_S", 0.3)
    address = address_of(appliance)
    request = f"GET /v1/ping HTTP/1.1\r\nHost: {HOST}:{address.port}\r\nAuthorization: Bearer {address.token}\r\n"
    with socket.create_connection((HOST, address.port), timeout=60) as silent:
        silent.sendall(f"{request}\r\n".encode())
        assert b"200" in silent.recv(1000)
        silent.sendall(request.encode())
        while not is_closed(silent):
            pass


def test_an_answer_may_take_longer_than_a_request(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_WITHIN_S", 0.1)
    real = appliance.status

    def slowly() -> object:
        time.sleep(0.5)
        return real()

    monkeypatch.setattr(appliance, "status", slowly)
    assert LoopbackRunner(address_of(appliance))._get("/v1/status", 60)["running"] is False


def test_too_many_connections_are_ended_at_once_and_those_there_are_still_answered(
    appliance: Appliance, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 5)
    address = address_of(appliance)
    with ExitStack() as held:
        many = [held.enter_context(socket.create_connection((HOST, address.port), timeout=60)) for _ in range(8)]
        assert [is_closed(one) for one in many[5:]] == [True, True, True]
        many[0].sendall(
            f"GET /v1/ping HTTP/1.1\r\nHost: {HOST}:{address.port}\r\nAuthorization: Bearer {address.token}\r\n\r\n".encode()
        )
        assert b"200" in many[0].recv(1000)
    deadline = time.monotonic() + 60
    while not LoopbackRunner(address).answers():
        assert time.monotonic() < deadline
