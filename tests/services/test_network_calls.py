"""The proof of offline counts what leaves this machine, and nothing else."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading

import pytest

from hotelml_app.services.asking.words import calls_words
from hotelml_app.services.process.network_calls import NetworkCalls, watch_network


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


@pytest.mark.parametrize("host", ["mail.hotel.example", b"mail.hotel.example"])
def test_so_is_a_name_that_is_looked_up(host: object) -> None:
    calls = NetworkCalls()
    calls.hear("socket.getaddrinfo", (host, 587, 0, 0, 0))
    assert calls.count == 1


@pytest.mark.parametrize("host", [None, "", "localhost", "127.0.0.1", "192.168.0.4", "::1", "fe80::1%e0"])
def test_numbers_and_this_machine_are_not_looked_up(host: object) -> None:
    calls = NetworkCalls()
    calls.hear("socket.getaddrinfo", (host, 587, 0, 0, 0))
    assert calls.count == 0


def test_what_the_user_set_up_is_counted_by_itself_even_on_this_machine() -> None:
    calls = NetworkCalls()
    with calls.by_user():
        calls.hear("socket.getaddrinfo", ("mail.hotel.example", 587, 0, 0, 0))
        calls.hear("socket.connect", (None, ("192.0.2.4", 587)))
        calls.hear("socket.connect", (None, ("127.0.0.1", 25)))
    calls.hear("socket.connect", (None, ("192.0.2.4", 587)))
    assert (calls.set_up_by_user, calls.count) == (3, 1)


def test_another_thread_is_not_the_user() -> None:
    calls = NetworkCalls()
    with calls.by_user():
        thread = threading.Thread(target=calls.hear, args=("socket.connect", (None, ("192.0.2.4", 80))))
        thread.start()
        thread.join()
    assert (calls.set_up_by_user, calls.count) == (0, 1)


@pytest.mark.parametrize(
    ("calls", "by_channels", "words"),
    [
        (0, 0, "0 since the start: nothing leaves this PC"),
        (0, 4, "4 since the start for notifications you set up, and none besides"),
        (2, 0, "2 since the start that nobody set up"),
        (2, 1204, "2 since the start that nobody set up, and 1,204 since the start for notifications you set up"),
    ],
)
def test_the_count_is_told_in_words(calls: int, by_channels: int, words: str) -> None:
    assert calls_words(calls, by_channels) == words


def test_there_is_one_hook_per_process() -> None:
    assert watch_network() is watch_network()


def test_a_real_attempt_of_a_library_is_counted() -> None:
    script = """
import socket
from hotelml_app.services.process.network_calls import watch_network
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
