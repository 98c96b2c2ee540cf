"""Warnings become notices that stay until somebody takes them away, and go into the outbox of every channel that is on."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from hotelml_app.core.clock import FixedClock
from hotelml_app.core.events import DeploymentChanged, EventBus, ExportMissing, ImportFinished, JobChanged, Settled, Warned
from hotelml_app.core.jobs import JobStage
from hotelml_app.core.severity import Severity
from hotelml_app.notify.notices import Notices
from hotelml_app.settings.channels import EmailSettings, WebhookSettings
from hotelml_app.settings.model import NotificationSettings
from hotelml_app.store import Store
from hotelml_app.store.told import outbox, warnings
from hotelml_app.store.told.warnings import WarningRow

WARNING = Warned("disk", "The disk is nearly full", "2 % left.", "Free some space.")
MAIL = EmailSettings(enabled=True, host="mail.test", sender="pms@hotel.example", to=("fom@hotel.example",))


class Rules:
    """Which channels are on."""

    now = NotificationSettings()


@pytest.fixture
def rules() -> Rules:
    return Rules()


@pytest.fixture
def notices(store: Store, clock: FixedClock, bus: EventBus, rules: Rules) -> Iterator[Notices]:
    made = Notices(store, clock, bus, lambda: rules.now)
    yield made
    made.close()


def standing(store: Store) -> list[WarningRow]:
    with store.read() as connection:
        return warnings.standing(connection)


def waiting(store: Store, channel: str = "email") -> list[tuple[str, str, str]]:
    with store.read() as connection:
        return connection.execute(
            "SELECT n.title, n.message, n.severity FROM outbox_notices n JOIN outbox o ON o.id = n.outbox_id"
            " WHERE o.channel = ? ORDER BY n.id",
            (channel,),
        ).fetchall()


@pytest.mark.usefixtures("notices")
def test_the_same_warning_again_is_one_notice(store: Store, bus: EventBus, clock: FixedClock) -> None:
    bus.publish(WARNING)
    clock.advance(timedelta(hours=1))
    bus.publish(WARNING)
    (notice,) = standing(store)
    assert (notice.title, notice.times) == ("The disk is nearly full", 2)
    assert notice.last_at == clock.now()


@pytest.mark.usefixtures("notices")
def test_a_settled_notice_is_gone_until_it_comes_again(store: Store, bus: EventBus) -> None:
    bus.publish(WARNING)
    bus.publish(Settled("disk"))
    assert standing(store) == []
    bus.publish(WARNING)
    assert len(standing(store)) == 1


def test_after_closing_nothing_more_is_kept(notices: Notices, store: Store, bus: EventBus) -> None:
    notices.close()
    bus.publish(WARNING)
    assert standing(store) == []


@pytest.mark.usefixtures("notices")
def test_a_notice_that_cannot_be_kept_is_at_least_logged(bus: EventBus, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    store.close()
    with caplog.at_level(logging.WARNING):
        bus.publish(WARNING)
    assert "The disk is nearly full: 2 % left." in caplog.text
    assert "cannot be kept" in caplog.text


@pytest.mark.usefixtures("notices")
def test_while_no_channel_is_on_nothing_waits(store: Store, bus: EventBus) -> None:
    bus.publish(WARNING)
    bus.publish(ImportFinished(1, "a.csv", "failed", (), 0, 0))
    with store.read() as connection:
        assert connection.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM outbox_told").fetchone() == (0,)


@pytest.mark.usefixtures("notices")
def test_each_channel_is_told_of_what_matters_enough_to_it(store: Store, bus: EventBus, rules: Rules) -> None:
    rules.now = NotificationSettings(
        email=MAIL.model_copy(update={"least": Severity.FAILURE}), webhook=WebhookSettings(enabled=True, least=Severity.NEWS)
    )
    bus.publish(WARNING)
    bus.publish(ImportFinished(1, "a.csv", "done", (), 1200, 3))
    bus.publish(JobChanged(7, "forecast", "Grand", str(JobStage.FAILED), 1.0, ""))
    bus.publish(JobChanged(8, "forecast", "Grand", str(JobStage.RUNNING), 0.5, ""))
    assert [title for title, _, _ in waiting(store)] == ["A training failed"]
    told = [title for title, _, _ in waiting(store, "webhook")]
    assert told == ["The disk is nearly full", "An export was read", "A training failed"]


@pytest.mark.usefixtures("notices")
def test_a_channel_is_told_once_until_it_is_over_or_dismissed_and_comes_again(
    store: Store, bus: EventBus, rules: Rules, clock: FixedClock
) -> None:
    rules.now = NotificationSettings(email=MAIL)
    bus.publish(WARNING)
    bus.publish(WARNING)
    assert len(waiting(store)) == 1
    bus.publish(Settled("disk"))
    bus.publish(WARNING)
    assert len(waiting(store)) == 2
    with store.write() as connection:
        warnings.clear(connection, "disk", clock.now())
    bus.publish(WARNING)
    assert len(waiting(store)) == 3


@pytest.mark.usefixtures("notices")
def test_what_comes_and_goes_stands_each_time_and_is_told_once(store: Store, bus: EventBus, rules: Rules) -> None:
    rules.now = NotificationSettings(email=MAIL)
    away, back = Warned("folder:/share", "The folder is away", "It does not answer."), Settled("folder:/share", for_good=False)
    for _ in range(3):
        bus.publish(away)
        assert [row.key for row in standing(store)] == [away.key]
        bus.publish(back)
        assert standing(store) == []
    assert len(waiting(store)) == 1
    bus.publish(Settled(away.key))
    bus.publish(away)
    assert len(waiting(store)) == 2


@pytest.mark.usefixtures("notices")
def test_a_training_that_fails_every_night_is_told_once_until_one_goes_well(store: Store, bus: EventBus, rules: Rules) -> None:
    rules.now = NotificationSettings(email=MAIL)
    for number in range(3):
        bus.publish(JobChanged(number, "forecast", "Grand", str(JobStage.FAILED), 1.0, ""))
    assert len(waiting(store)) == 1
    bus.publish(JobChanged(4, "forecast", "Grand", str(JobStage.DONE), 1.0, ""))
    bus.publish(JobChanged(5, "forecast", "Grand", str(JobStage.FAILED), 1.0, ""))
    assert len(waiting(store)) == 2


@pytest.mark.usefixtures("notices")
def test_going_back_and_a_missing_export_are_told(store: Store, bus: EventBus, rules: Rules) -> None:
    rules.now = NotificationSettings(email=MAIL)
    bus.publish(DeploymentChanged("Grand", "noshow", "2016-04-30.1", "trained"))
    bus.publish(DeploymentChanged("Grand", "noshow", "", "went back by hand", went_back=True))
    for days in (2, 3):
        bus.publish(ExportMissing("Grand", date(2016, 4, 29), days))
    bus.publish(ExportMissing("Grand", date(2016, 5, 3), 2))
    assert [message for _, message, _ in waiting(store)] == [
        "Grand, No-shows and late cancellations: HotelML answers without a model of this property's own again.",
        "Grand: the newest export is from the end of Fri 29 Apr 2016, 2 days ago.",
        "Grand: the newest export is from the end of Tue 3 May 2016, 2 days ago.",
    ]


@pytest.mark.usefixtures("notices")
def test_what_a_file_holds_is_not_told_outside(store: Store, bus: EventBus, rules: Rules) -> None:
    rules.now = NotificationSettings(email=MAIL)
    bus.publish(Warned("file:a.csv", "HotelML has a question", "What is 'Mr Smith'?", "Say it.", outside="a.csv: see the page."))
    assert [(title, message) for title, message, _ in waiting(store)] == [("HotelML has a question", "a.csv: see the page.")]
    with store.read() as connection:
        assert "Smith" not in "\n".join(map(str, connection.execute("SELECT * FROM outbox_notices")))
    assert standing(store)[0].message == "What is 'Mr Smith'?"


@pytest.mark.usefixtures("notices")
def test_a_channel_is_not_told_of_its_own_trouble_through_itself(store: Store, bus: EventBus, rules: Rules) -> None:
    rules.now = NotificationSettings(email=MAIL, webhook=WebhookSettings(enabled=True))
    bus.publish(Warned("notify:email", "E-mail: a message was given up", "No server.", severity=Severity.FAILURE))
    assert waiting(store) == []
    assert len(waiting(store, "webhook")) == 1


@pytest.mark.usefixtures("notices")
def test_a_warning_and_what_is_told_of_it_are_kept_together_or_not_at_all(
    store: Store, bus: EventBus, rules: Rules, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules.now = NotificationSettings(email=MAIL)

    def full(*values: object) -> bool:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(outbox, "queue", full)
    bus.publish(WARNING)
    assert standing(store) == []
    monkeypatch.undo()
    bus.publish(WARNING)
    assert (len(standing(store)), len(waiting(store))) == (1, 1)
