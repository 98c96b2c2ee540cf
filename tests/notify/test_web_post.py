"""A webhook by a real web server on this machine."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from mail_server import Hook, Mailbox, certificate, mail_server, server_side, web_server

from hotelml_app.core.severity import Severity
from hotelml_app.notify import web_post
from hotelml_app.notify.errors import NotDeliveredError
from hotelml_app.notify.letter import Letter
from hotelml_app.notify.web_post import post
from hotelml_app.store.told.outbox import Noticed

AT = datetime(2016, 5, 1, 4, 0, tzinfo=UTC)
NOTICE = Noticed("", Severity.FAILURE, "Last night's backup was not made", "There is no room.", "Free some space.")
LETTER = Letter("0e0d-1", "Pensão Amparo", ((NOTICE, AT),))


@pytest.fixture
def hook() -> Iterator[Hook]:
    with web_server(Hook()) as served:
        yield served


def refused(url: str) -> NotDeliveredError:
    with pytest.raises(NotDeliveredError) as told:
        post(url, "", LETTER)
    return told.value


def test_a_small_json_object_is_posted_with_its_id_and_key(hook: Hook) -> None:
    post(hook.url, "s3cret", LETTER)
    ((path, headers, body),) = hook.got
    assert path == "/hooks/abc?x=1"
    assert (headers["X-HotelML-Id"], headers["Authorization"]) == ("0e0d-1", "Bearer s3cret")
    assert headers["Content-Type"] == "application/json"
    assert body["id"] == "0e0d-1"
    assert body["property"] == "Pensão Amparo"
    assert body["notices"] == [
        {
            "severity": "failure",
            "title": "Last night's backup was not made",
            "message": "There is no room.",
            "remedy": "Free some space.",
            "at": "2016-05-01T04:00:00+00:00",
        }
    ]
    assert str(body["text"]).startswith("HotelML, Pensão Amparo: Last night's backup was not made")


def test_without_a_key_none_is_sent(hook: Hook) -> None:
    hook.status = 204
    hook.body = b""
    post(hook.url, "", LETTER)
    assert "Authorization" not in hook.got[0][1]


def test_a_redirect_is_not_followed(hook: Hook) -> None:
    with web_server(Hook()) as elsewhere:
        hook.status, hook.headers = 307, {"Location": elsewhere.url}
        assert "leads elsewhere (answer 307)" in refused(hook.url).message
        assert elsewhere.got == []


def test_a_proxy_of_the_system_is_not_used(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    post(hook.url, "", LETTER)
    assert len(hook.got) == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "wants another key"), (403, "refused it"), (404, "knows no such webhook"), (429, "patience"), (500, "did not take")],
)
def test_what_the_service_says_is_told(hook: Hook, status: int, words: str) -> None:
    hook.status, hook.body = status, b"no\nsuch  channel \x1b[1m" + b"x" * 5000
    error = refused(hook.url)
    assert words in error.message
    assert "no such channel [1mxxx" in error.message
    assert len(error.message) < 260


@pytest.mark.parametrize(
    "told",
    [
        "Cannot POST /services/T0SECRET99/B0SECRETtoken%21?sig=abcdefgh12 with Bearer s3cret-key",
        '{"path": "\\/services\\/T0SECRET99\\/B0SECRETtoken%21", "sig": "abcdefgh12"}',
        "no such channel: B0SECRETtoken!",
    ],
)
def test_what_lets_one_in_is_not_told_where_the_service_repeats_it(hook: Hook, told: str) -> None:
    hook.status, hook.body = 404, told.encode()
    with pytest.raises(NotDeliveredError) as error:
        post(f"http://127.0.0.1:{hook.port}/services/T0SECRET99/B0SECRETtoken%21?sig=abcdefgh12", "s3cret-key", LETTER)
    assert "…" in error.value.message
    assert not [one for one in ("T0SECRET99", "B0SECRETtoken", "abcdefgh12", "s3cret-key") if one in str(error.value)]


@pytest.mark.parametrize(
    "url",
    [
        *("", "ftp://example.org/x", "file:///etc/passwd", "javascript:alert(1)", "https://", "https:///x", "//example.org"),
        *(
            "http://u:p@127.0.0.1/",
            "http://127.0.0.1/a b",
            "http://127.0.0.1/\r\nX: y",
            "http://127.0.0.1:99999/",
            "http://[::1/",
        ),
    ],
)
def test_only_plain_web_addresses_are_posted_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *values, **named: pytest.fail("it went out"))
    assert refused(url).remedy


def test_a_service_that_works_for_long_before_it_answers_has_it_nevertheless(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_post, "SILENCE_S", 0.1)
    hook.answers_after_s = 0.3
    post(hook.url, "", LETTER, in_all_s=5.0)
    assert len(hook.got) == 1


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/x"
        assert "the connection was refused" in refused(url).message


def test_something_that_is_no_web_server() -> None:
    with mail_server(Mailbox()) as box:
        assert "does not answer like a web server" in refused(f"http://127.0.0.1:{box.port}/x").message


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl")
def test_a_certificate_that_is_not_trusted(tmp_path: Path) -> None:
    with mail_server(Mailbox(tls=server_side(certificate(tmp_path)), encrypts="tls")) as box:
        message = refused(f"https://localhost:{box.port}/x").message
    assert message == "The certificate of localhost is not trusted: it signed itself. Nothing was sent."
