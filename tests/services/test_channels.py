"""Channels of a running home: set up, tried, told of what happens, and honest about the network."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from mail_server import Hook, Mailbox, mail_server, web_server
from small_hotel import MORNING, NAME, open_at_morning

from hotelml_app.bootstrap import _courier
from hotelml_app.core.events import Event, ExportMissing, Warned
from hotelml_app.core.severity import Severity
from hotelml_app.notify.courier import Courier
from hotelml_app.notify.errors import NotDeliveredError
from hotelml_app.notify.notices import GATHER
from hotelml_app.schedule.errands import Errands
from hotelml_app.services.appliance import Appliance
from hotelml_app.services.asking.operations import operation
from hotelml_app.services.backups.on_request import restore
from hotelml_app.services.doctor.check_health import check_health
from hotelml_app.services.errors import FileNotWrittenError, ReadingOnlyError
from hotelml_app.services.exports.missing_exports import tell_missing_exports
from hotelml_app.services.home.timetable import EXPORTS, Timetable
from hotelml_app.settings.channels import EmailSettings, WebhookSettings
from hotelml_app.settings.errors import SettingsError
from hotelml_app.settings.home import HomeLayout
from hotelml_app.settings.secrets import EMAIL_PASSWORD, WEBHOOK_URL, keep_secrets, read_secrets
from hotelml_app.store.sqlite import putting_back

DISK = Warned("disk:low", "The disk is almost full", "2 % left.", "Free some space.", Severity.FAILURE)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server(Mailbox(users={"office": "geheim"})) as served:
        yield served


@pytest.fixture
def hook() -> Iterator[Hook]:
    with web_server(Hook()) as served:
        yield served


def mail(box: Mailbox, **changes: object) -> EmailSettings:
    told = {"host": "127.0.0.1", "port": box.port, "security": "none", "user": "office", "sender": "pms@hotel.example"}
    return EmailSettings.model_validate({"enabled": True, **told, "to": ("fom@hotel.example",), **changes})


@pytest.fixture
def courier(appliance: Appliance) -> Courier:
    return _courier(appliance.parts)


def lines(appliance: Appliance) -> str:
    return "\n".join(operation("status").run(appliance.parts, {})["lines"])


def test_a_warning_reaches_the_front_office_by_both_channels(
    appliance: Appliance, courier: Courier, box: Mailbox, hook: Hook
) -> None:
    appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "geheim"})
    appliance.keep_channel(WebhookSettings(enabled=True), {WEBHOOK_URL: hook.url})
    appliance.events.publish(DISK)
    assert "E-mail: On; nothing had to be sent so far. 1 notice waits." in lines(appliance)
    appliance.parts.clock.advance(GATHER)
    assert courier.look_now() == 2
    assert box.mails[0]["Subject"] == "HotelML: The disk is almost full"
    assert hook.got[0][2]["notices"][0]["title"] == "The disk is almost full"
    assert "E-mail: Last sent" in lines(appliance)


def test_nothing_goes_out_and_no_name_is_looked_up_while_no_channel_is_set_up(
    appliance: Appliance, courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("getaddrinfo", "create_connection", "getfqdn", "gethostbyaddr"):
        monkeypatch.setattr(socket, name, lambda *values, **named: pytest.fail("it asked the network"))
    appliance.events.publish(DISK)
    for _ in range(5):
        appliance.parts.clock.advance(timedelta(hours=1))
        courier.look_now()
    assert appliance.status().channel_calls == appliance.parts.network.set_up_by_user
    assert "no e-mail or webhook is set up" in str(check_health(appliance.parts.layout))
    result = operation("notify.test").run(appliance.parts, {})
    assert result == {"tests": [], "sent": False}


def test_what_channels_do_is_counted_as_set_up_by_the_user_and_nothing_else_is(appliance: Appliance, box: Mailbox) -> None:
    network = appliance.parts.network
    before, others = network.set_up_by_user, network.count
    appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "geheim"})
    assert network.set_up_by_user == before
    appliance.try_channel(mail(box), {})
    assert (network.set_up_by_user, network.count) == (before + 1, others)
    assert f"{before + 1:,} since the start for notifications you set up" in lines(appliance)


def test_a_test_says_in_words_what_happened(appliance: Appliance, box: Mailbox) -> None:
    told = appliance.try_channel(mail(box), {EMAIL_PASSWORD: "geheim"})
    assert told == "The test went to fom@hotel.example by 127.0.0.1. Check whether it arrived."
    assert box.mails[0]["Subject"] == "HotelML: This is a test"
    assert appliance.channels().kept == frozenset(), "what is tried is not kept"
    with pytest.raises(NotDeliveredError, match="refused user or password"):
        appliance.try_channel(mail(box), {EMAIL_PASSWORD: "wrong"})
    with pytest.raises(NotDeliveredError, match="is not kept on this PC"):
        appliance.try_channel(mail(box), {})


def test_a_channel_that_fails_says_since_when_in_status_and_doctor_and_is_tried_at_once_when_corrected(
    appliance: Appliance, courier: Courier, box: Mailbox
) -> None:
    appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "old"})
    appliance.events.publish(DISK)
    appliance.parts.clock.advance(GATHER)
    courier.look_now()
    assert "E-mail: Failing since 28 Feb" in lines(appliance)
    (check,) = [one for one in check_health(appliance.parts.layout)["checks"] if one["name"] == "E-mail"]
    assert check["state"] == "warning"
    assert "refused user or password" in check["found"]
    assert "hotelml notify test --channel email" in check["remedy"]
    view = appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "geheim"})
    assert view.stands[0].failing_since is not None
    assert courier.look_now() == 1
    assert appliance.channels().stands[0].failing_since is None
    (check,) = [one for one in check_health(appliance.parts.layout)["checks"] if one["name"] == "E-mail"]
    assert check["state"] == "ok"


def test_switched_off_nothing_waits_and_nothing_is_said(appliance: Appliance, courier: Courier, box: Mailbox) -> None:
    appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "geheim"})
    appliance.events.publish(DISK)
    view = appliance.keep_channel(mail(box, enabled=False), {})
    assert view.stands[0].waiting == 0
    appliance.parts.clock.advance(GATHER)
    assert courier.look_now() == 0
    assert box.commands == []


def test_a_webhook_without_an_address_cannot_be_switched_on(appliance: Appliance) -> None:
    with pytest.raises(SettingsError, match="address is missing"):
        appliance.keep_channel(WebhookSettings(enabled=True), {})
    with pytest.raises(SettingsError, match="begins with https"):
        appliance.keep_channel(WebhookSettings(enabled=True), {WEBHOOK_URL: "file:///etc/passwd"})
    assert not appliance.settings().notifications.webhook.enabled


def test_only_the_owner_of_the_home_sets_channels_up(hotel_home: Path, box: Mailbox) -> None:
    with open_at_morning(hotel_home, writer=False) as reader, pytest.raises(ReadingOnlyError):
        reader.keep_channel(mail(box), {})


def test_a_missing_export_is_told_once_in_the_morning(appliance: Appliance, courier: Courier, box: Mailbox) -> None:
    told: list[Event] = []
    appliance.events.subscribe(told.append)
    appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "geheim"})
    tell_missing_exports(appliance.parts)
    assert not [one for one in told if isinstance(one, ExportMissing)], "of last night there is one"
    appliance.update_property(replace(appliance.properties()[0], country="US"))
    for _ in range(3):
        appliance.parts.clock.advance(timedelta(days=1))
        tell_missing_exports(appliance.parts)
        courier.look_now()
        appliance.parts.clock.advance(GATHER)
        courier.look_now()
    assert [one["Subject"] for one in box.mails] == ["HotelML: Last night's export is missing"]
    assert f"{NAME}: the newest export is from the end of Fri Feb 27, 2026, 2 days ago." in box.mails[0].get_content()


def test_where_only_reviews_were_read_no_export_is_missing(tmp_path: Path) -> None:
    rows = [f"{number},2026-02-10,8.0,Nice,good room,bad food" for number in range(30)]
    reviews = tmp_path / "reviews.csv"
    reviews.write_text("\n".join(["review_id,reviewed_on,score,title,positive,negative", *rows]), encoding="utf-8")
    told: list[Event] = []
    with open_at_morning(tmp_path / "home") as appliance:
        appliance.events.subscribe(told.append)
        appliance.import_files([reviews], "The Inn")
        tell_missing_exports(appliance.parts)
        (line,) = [line for line in lines(appliance).splitlines() if line.startswith("The Inn")]
    assert not [one for one in told if isinstance(one, ExportMissing)]
    assert line == "The Inn: only reviews were read, up to 2026-02-10."


def test_the_timetable_looks_for_missing_exports_every_morning(appliance: Appliance, errands: Errands) -> None:
    told: list[Event] = []
    appliance.events.subscribe(told.append)
    timetable = Timetable(appliance.parts, None, errands)
    assert timetable.schedules()[EXPORTS] == "0 7 * * *"
    appliance.parts.clock.advance(timedelta(days=3))
    timetable.run(EXPORTS)
    assert errands.wait_idle(30)
    assert [(one.property_name, one.days_old) for one in told if isinstance(one, ExportMissing)] == [(NAME, 4)]


def test_what_waited_when_a_backup_was_made_is_not_told_again_after_it_is_put_back(hotel_home: Path, box: Mailbox) -> None:
    with open_at_morning(hotel_home) as appliance:
        appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "geheim"})
        appliance.events.publish(DISK)
        backup = Path(appliance.back_up().backups[0].path)
        appliance.parts.clock.advance(GATHER)
        assert _courier(appliance.parts).look_now() == 1
        putting_back.choose(backup, appliance.parts.layout.database)
    with open_at_morning(hotel_home) as again:
        again.parts.clock.advance(timedelta(hours=1))
        _courier(again.parts).look_now()
        assert [one["Subject"] for one in box.mails[1:]] == ["HotelML: A backup was put back"]


def test_no_answer_is_written_over_the_secrets(appliance: Appliance) -> None:
    layout = appliance.parts.layout
    keep_secrets(layout, {EMAIL_PASSWORD: "geheim"})
    with pytest.raises(FileNotWrittenError, match="own data"):
        operation("bookings").run(appliance.parts, {"out": str(layout.secrets_file)})
    assert read_secrets(layout) == {EMAIL_PASSWORD: "geheim"}


def test_nor_after_it_is_put_back_by_command(hotel_home: Path, box: Mailbox) -> None:
    with open_at_morning(hotel_home) as appliance:
        appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "geheim"})
        appliance.events.publish(DISK)
        backup = Path(appliance.back_up().backups[0].path)
    restore(HomeLayout(hotel_home), backup)
    with open_at_morning(hotel_home) as again:
        again.parts.clock.advance(timedelta(hours=1))
        assert _courier(again.parts).look_now() == 0
        assert again.channels().stands[0].waiting == 0
    assert box.mails == []


DELIVER = """
import sys
from datetime import timedelta
from pathlib import Path
from small_hotel import open_at_morning
from hotelml_app.bootstrap import _courier
with open_at_morning(Path(sys.argv[1])) as appliance:
    appliance.parts.clock.advance(timedelta(hours=1))
    _courier(appliance.parts).look_now()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_killed_in_the_middle_of_a_delivery_the_message_comes_again_under_the_same_id(hotel_home: Path, box: Mailbox) -> None:
    with open_at_morning(hotel_home) as appliance:
        appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "geheim"})
        appliance.events.publish(DISK)
    box.pause_after_data.clear()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])}
    process = subprocess.Popen([sys.executable, "-c", DELIVER, str(hotel_home)], env=environment)
    deadline = time.monotonic() + 60
    while not box.mails:
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    box.pause_after_data.set()
    with open_at_morning(hotel_home) as again:
        assert again.channels().stands[0].waiting == 1
        again.parts.clock.jump(MORNING + timedelta(hours=1, minutes=2))
        assert _courier(again.parts).look_now() == 1
        assert again.channels().stands[0].waiting == 0
    first, second = box.mails
    assert first["X-HotelML-Id"] == second["X-HotelML-Id"]


def test_the_secret_of_a_channel_is_in_no_log_and_in_no_database(appliance: Appliance, hook: Hook, box: Mailbox) -> None:
    appliance.keep_channel(WebhookSettings(enabled=True), {WEBHOOK_URL: hook.url.replace("abc", "s3cret-path")})
    appliance.keep_channel(mail(box), {EMAIL_PASSWORD: "s3cret-word"})
    hook.status, box.users = 403, {}
    appliance.events.publish(DISK)
    appliance.parts.clock.advance(GATHER)
    assert _courier(appliance.parts).look_now() == 0
    layout: HomeLayout = appliance.parts.layout
    appliance.close()
    for path in (layout.database, layout.settings_file, *layout.logs.iterdir()):
        assert b"s3cret" not in path.read_bytes(), path
