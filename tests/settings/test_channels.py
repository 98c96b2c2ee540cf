"""Channels in the settings file, and their secrets beside it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from hotelml_app.core.severity import Severity
from hotelml_app.settings import HomeLayout, Settings, SettingsError, load, save
from hotelml_app.settings.channels import EmailSettings, email_settings
from hotelml_app.settings.secrets import (
    EMAIL_PASSWORD,
    WEBHOOK_KEY,
    WEBHOOK_URL,
    check_url,
    keep_secrets,
    read_secrets,
    shown_url,
)

MAIL = {"enabled": True, "host": "mail.hotel.example", "sender": "pms@hotel.example", "to": ["fom@hotel.example"]}


def test_no_channel_is_on_until_somebody_sets_one_up(tmp_path: Path) -> None:
    rules = load(tmp_path).notifications
    assert not rules.email.enabled
    assert not rules.webhook.enabled


def test_channels_are_kept_in_the_settings_and_read_back(tmp_path: Path) -> None:
    rules = Settings().notifications.model_copy(update={"email": EmailSettings.model_validate({**MAIL, "least": "failure"})})
    save(tmp_path, Settings(notifications=rules))
    kept = load(tmp_path).notifications.email
    assert kept == rules.email
    assert (kept.least, kept.port, kept.security) == (Severity.FAILURE, 587, "starttls")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"host": "https://mail.example"}, "a name like mail.hotel.example"),
        ({"host": ".mail"}, "a name like"),
        ({"host": ""}, "The server is missing"),
        ({"sender": ""}, "The sender is missing"),
        ({"to": []}, "The recipient is missing"),
        ({"to": [""]}, "The recipient is missing"),
        ({"to": ["fom"]}, "looks like office@hotel.example"),
        ({"to": ["a@b@c"]}, "looks like"),
        ({"to": ["Front Office <fom@hotel.example>"]}, "looks like"),
        ({"to": ["fom@hotel.example\r\nBcc: x@y.example"]}, "looks like"),
        ({"sender": "büro@hotel.example"}, "looks like"),
        ({"port": 0}, "greater than or equal to 1"),
        ({"to": ["a@b.example"] * 21}, "at most 20"),
    ],
)
def test_what_cannot_be_used_is_told_in_words(changes: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError) as told:
        email_settings({**MAIL, **changes})
    assert words in str(told.value)


def test_a_channel_that_is_off_may_be_half_filled_in() -> None:
    assert email_settings({"host": "mail.hotel.example"}).to == ()


def test_secrets_are_kept_apart_and_only_this_user_may_read_them(tmp_path: Path) -> None:
    layout = HomeLayout(tmp_path)
    assert read_secrets(layout) == {}
    keep_secrets(layout, {EMAIL_PASSWORD: "geheim", WEBHOOK_URL: "https://hooks.example/T0/abc"})
    keep_secrets(layout, {WEBHOOK_KEY: "k", EMAIL_PASSWORD: ""})
    assert read_secrets(layout) == {WEBHOOK_URL: "https://hooks.example/T0/abc", WEBHOOK_KEY: "k"}
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]
    if sys.platform != "win32":
        assert layout.secrets_file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("key", ["schlüssel", "a–b", "a\nX-Other: b", "caf\udce9"])
def test_a_key_that_could_not_be_sent_is_refused_when_it_is_entered(key: str, tmp_path: Path) -> None:
    layout = HomeLayout(tmp_path)
    with pytest.raises(SettingsError, match="foreign letter"):
        keep_secrets(layout, {WEBHOOK_KEY: key})
    assert read_secrets(layout) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ignores modes")
def test_secrets_are_never_readable_not_even_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    former = os.umask(0)
    modes: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (modes.append(os.fstat(number).st_mode & 0o777), fsync(number)))
    try:
        keep_secrets(HomeLayout(tmp_path), {EMAIL_PASSWORD: "geheim"})
    finally:
        os.umask(former)
    assert modes == [0o600]


def test_secrets_that_cannot_be_read_say_what_to_do(tmp_path: Path) -> None:
    layout = HomeLayout(tmp_path)
    layout.secrets_file.write_text("{half", encoding="utf-8")
    with pytest.raises(SettingsError, match="enter the passwords again"):
        read_secrets(layout)
    layout.secrets_file.write_text(json.dumps(["no", "table"]), encoding="utf-8")
    assert read_secrets(layout) == {}


def test_secrets_that_cannot_be_written_leave_the_former_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layout = HomeLayout(tmp_path)
    keep_secrets(layout, {EMAIL_PASSWORD: "geheim"})

    def full(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        keep_secrets(layout, {EMAIL_PASSWORD: "other"})
    monkeypatch.undo()
    assert read_secrets(layout) == {EMAIL_PASSWORD: "geheim"}
    assert [path.name for path in tmp_path.iterdir()] == ["secrets.json"]


def test_a_web_address_that_is_none_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="begins with https://"):
        keep_secrets(HomeLayout(tmp_path), {WEBHOOK_URL: "hooks.example/T0"})
    assert list(tmp_path.iterdir()) == []


def test_of_a_web_address_only_the_server_is_shown() -> None:
    assert shown_url(check_url("https://hooks.example:8443/T0/secret?key=1")) == "https://hooks.example:8443"
    assert shown_url("") == ""


def test_a_home_keeps_its_secrets_out_of_the_settings(tmp_path: Path) -> None:
    layout = HomeLayout(tmp_path)
    keep_secrets(layout, {EMAIL_PASSWORD: "geheim", WEBHOOK_URL: "https://hooks.example/T0/abc"})
    save(tmp_path, Settings())
    assert "geheim" not in layout.settings_file.read_text(encoding="utf-8")
    assert "hooks.example" not in layout.settings_file.read_text(encoding="utf-8")
