"""The proof of offline counts what leaves this machine, and nothing else."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from hotelml_app.services.network_calls import NetworkCalls, watch_network


@pytest.mark.parametrize("address", [("127.0.0.1", 80), ("::1", 80, 0, 0), ("localhost", 80), "/run/socket", b"\0abstract"])
def test_this_machine_itself_is_not_counted(address: object) -> None:
    calls = NetworkCalls()
    calls.hear("socket.connect", (None, address))
    assert calls.count == 0


@pytest.mark.parametrize("address", [("192.168.0.4", 445), ("example.org", 443), ("2001:db8::1", 443, 0, 0), ("fe80::1%e0", 1)])
def test_everything_else_is(address: object) -> None:
    calls = NetworkCalls()
    calls.hear("socket.connect", (None, address))
    calls.hear("open", ("a file",))
    assert calls.count == 1


def test_there_is_one_hook_per_process() -> None:
    assert watch_network() is watch_network()


def test_a_real_attempt_of_a_library_is_counted() -> None:
    script = """
import socket
from hotelml_app.services.network_calls import watch_network
calls = watch_network()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    try:
        s.connect(("192.0.2.1", 9))
    except OSError:
        print("no network here")
print(calls.count)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "1"


def test_talking_to_oneself_is_not_counted() -> None:
    calls = watch_network()
    before = calls.count
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname()):
            assert calls.count == before
