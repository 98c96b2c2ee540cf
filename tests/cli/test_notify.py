"""``hotelml notify``, as IT sets a server without a window up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from mail_server import Mailbox, mail_server
from piping import pipe
from refusals import failure

from hotelml_app.__main__ import main
from hotelml_app.settings import HomeLayout, Settings, save
from hotelml_app.settings.channels import EmailSettings
from hotelml_app.settings.secrets import read_secrets

MAIL = EmailSettings(
    enabled=True, host="127.0.0.1", security="none", user="office", sender="pms@hotel.example", to=("it@hotel.example",)
)


def set_up(home: Path, box: Mailbox) -> None:
    rules = Settings().notifications.model_copy(update={"email": MAIL.model_copy(update={"port": box.port})})
    save(home, Settings(notifications=rules))


def test_nothing_is_set_up(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["notify", "test"]) == 1
    assert "No channel is set up, so nothing was sent." in capsys.readouterr().err
    assert main(["notify", "test", "--channel", "webhook"]) == 1
    assert "Webhook is not set up" in capsys.readouterr().err
    assert main(["notify", "test", "--channel", "fax"]) == 2


def test_a_password_is_kept_from_stdin_and_the_channel_tried(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server(Mailbox(users={"office": "geheim"})) as box:
        set_up(home, box)
        assert main(["notify", "test"]) == 1
        assert "is not kept on this PC" in capsys.readouterr().err
        pipe(monkeypatch, "geheim\n")
        assert main(["notify", "secret", "--channel", "email"]) == 0
        assert "geheim" not in capsys.readouterr().out
        assert main(["notify", "test", "--json"]) == 0
        told = json.loads(capsys.readouterr().out)
    assert told["sent"] is True
    assert told["tests"][0]["sentence"].startswith("The test went to it@hotel.example by 127.0.0.1.")
    assert len(box.mails) == 1
    pipe(monkeypatch, "\n")
    assert main(["notify", "secret", "--channel", "email"]) == 0
    assert read_secrets(HomeLayout(home)) == {}


def test_a_stdin_without_a_line_forgets_nothing(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for sent, code in (("geheim\n", 0), ("", 2)):
        pipe(monkeypatch, sent)
        assert main(["notify", "secret", "--channel", "email"]) == code
    assert "Nothing came on stdin." in capsys.readouterr().err
    assert list(read_secrets(HomeLayout(home)).values()) == ["geheim"]


def test_a_password_with_an_umlaut_is_kept_as_it_was_sent_or_refused(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(monkeypatch, "Schlüssel\n")
    assert main(["notify", "secret", "--channel", "email"]) == 0
    pipe(monkeypatch, "Schlüssel\n".encode("cp850"))
    assert main(["notify", "secret", "--channel", "email"]) == 2
    assert "not written in UTF-8" in capsys.readouterr().err
    assert list(read_secrets(HomeLayout(home)).values()) == ["Schlüssel"]


def test_an_odd_secret_is_refused(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pipe(monkeypatch, "not a web address\n")
    assert main(["notify", "secret", "--channel", "webhook"]) == 1
    assert "begins with https://" in capsys.readouterr().err
    assert main(["notify", "secret", "--channel", "fax"]) == 2


def test_without_a_stdin_nothing_is_forgotten(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert "Nothing came on stdin." in failure(capsys, ["notify", "secret", "--channel", "email"], 2)
