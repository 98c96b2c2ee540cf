"""What waits to be told outside this PC. A message takes in notices until it is tried for the first time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hotelml_app.core.severity import Severity
from hotelml_app.store.values import moment_or_none, moment_text

WAITING, SENT, GIVEN_UP, DROPPED = "waiting", "sent", "given up", "dropped"
"""How a message stands."""

KEEP_ENDED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing to tell. ``key`` "" is told each time, any other once until `forget`."""

    key: str
    severity: Severity
    title: str
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """Notices that go out together; ``tries`` counts the one that begins now. Only ``left_to`` lack it, if named."""

    id: int
    message_id: str
    channel: str
    tries: int
    created_at: datetime
    first_try_at: datetime
    notices: tuple[tuple[Noticed, datetime], ...]
    left_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChannelStand:
    """How a channel is doing; ``failing_since`` is when the message that is stuck was tried first."""

    waiting: int
    failing_since: datetime | None = None
    next_try_at: datetime | None = None
    last_error: str = ""
    last_sent_at: datetime | None = None
    given_up_at: datetime | None = None


def queue(
    connection: sqlite3.Connection, channel: str, noticed: Noticed, now: datetime, send_at: datetime, message_id: str
) -> bool:
    """Put a notice into the message that gathers, or begin one with ``message_id`` for ``send_at``.

    Return False where the channel was told of its key before.
    """
    moment = moment_text(now)
    if noticed.key:
        added = connection.execute("INSERT OR IGNORE INTO outbox_told VALUES (?, ?, ?)", (channel, noticed.key, moment))
        if not added.rowcount:
            return False
    row = connection.execute(
        "SELECT id FROM outbox WHERE channel = ? AND state = ? AND tries = 0 ORDER BY id DESC", (channel, WAITING)
    ).fetchone()
    number = row[0] if row else None
    if number is None:
        number = connection.execute(
            "INSERT INTO outbox (message_id, channel, state, created_at, next_try_at) VALUES (?, ?, ?, ?, ?)",
            (message_id, channel, WAITING, moment, moment_text(send_at)),
        ).lastrowid
    connection.execute(
        "INSERT INTO outbox_notices (outbox_id, severity, title, message, remedy, noticed_at) VALUES (?, ?, ?, ?, ?, ?)",
        (number, noticed.severity, noticed.title, noticed.message, noticed.remedy, moment),
    )
    return True


def forget(connection: sqlite3.Connection, key: str) -> None:
    """Have a key told again when it comes again."""
    connection.execute("DELETE FROM outbox_told WHERE key = ?", (key,))


def was_told(connection: sqlite3.Connection, key: str) -> bool:
    """Return whether a channel was told of a key that nobody forgot since."""
    return connection.execute("SELECT 1 FROM outbox_told WHERE key = ?", (key,)).fetchone() is not None


def told_keys(connection: sqlite3.Connection) -> list[str]:
    """Return every key that a channel was told of and nobody forgot since."""
    return [row[0] for row in connection.execute("SELECT DISTINCT key FROM outbox_told ORDER BY key")]


def rename_told(connection: sqlite3.Connection, key: str, new_key: str) -> None:
    """Take a key that a channel was told of as another one."""
    connection.execute("UPDATE OR REPLACE outbox_told SET key = ? WHERE key = ?", (new_key, key))


def claim(connection: sqlite3.Connection, channel: str, now: datetime, longest_pause: timedelta) -> Message | None:
    """Begin a try of a channel's oldest message where it is due, and return it.

    Those behind it wait for it, but not for one that all but some recipients have: a mailbox that is full holds up nobody else.
    One that is due further away than any pause was put off by a clock that has been set back since; so was one that was tried
    first later than now, and its time counts from now on.
    """
    rows = connection.execute(
        "SELECT id, message_id, tries, created_at, first_try_at, next_try_at, left_to FROM outbox"
        " WHERE channel = ?1 AND state = ?2 AND (left_to <> '' OR id ="
        " (SELECT min(id) FROM outbox WHERE channel = ?1 AND state = ?2 AND left_to = '')) ORDER BY id",
        (channel, WAITING),
    )
    row = next((one for one in rows.fetchall() if not now < datetime.fromisoformat(one[5]) <= now + longest_pause), None)
    if row is None:
        return None
    begun = min(datetime.fromisoformat(row[4]), now) if row[4] else now
    # The next try is kept before this one begins: a process that dies in its middle tries again then, and not at once.
    connection.execute("UPDATE outbox SET tries = tries + 1, first_try_at = ? WHERE id = ?", (moment_text(begun), row[0]))
    notices = connection.execute(
        "SELECT severity, title, message, remedy, noticed_at FROM outbox_notices WHERE outbox_id = ? ORDER BY id", (row[0],)
    )
    told = tuple((Noticed("", Severity(one[0]), *one[1:4]), datetime.fromisoformat(one[4])) for one in notices)
    return Message(row[0], row[1], channel, row[2] + 1, datetime.fromisoformat(row[3]), begun, told, tuple(row[6].split()))


def put_off(
    connection: sqlite3.Connection, message: Message, until: datetime, error: str = "", left_to: tuple[str, ...] = ()
) -> None:
    """Have a message tried again later: ``error`` is why, or "" while its try has not ended; ``left_to`` who lacks it now."""
    connection.execute(
        "UPDATE outbox SET next_try_at = ?1, last_error = CASE ?2 WHEN '' THEN last_error ELSE ?2 END, left_to = ?3"
        " WHERE id = ?4",
        (moment_text(until), error, " ".join(left_to or message.left_to), message.id),
    )


def end(connection: sqlite3.Connection, message: Message, state: str, now: datetime, error: str = "") -> None:
    """End a message as sent or given up, and let go of those that ended long ago.

    What was given up nobody heard: it is told again when it comes again.
    """
    if state == GIVEN_UP:
        _take_as_untold(connection, message.channel, [message.id])
    connection.execute(
        "UPDATE outbox SET state = ?, ended_at = ?, last_error = ? WHERE id = ?", (state, moment_text(now), error, message.id)
    )
    connection.execute(
        "DELETE FROM outbox WHERE state <> ? AND ended_at < ?"
        " AND id NOT IN (SELECT max(id) FROM outbox WHERE state = ? GROUP BY channel)",
        (WAITING, moment_text(now - KEEP_ENDED), SENT),
    )


def _take_as_untold(connection: sqlite3.Connection, channel: str, messages: Iterable[int]) -> None:
    # A key carries the moment of the notice by which it was told.
    connection.executemany(
        "DELETE FROM outbox_told WHERE channel = ? AND told_at IN (SELECT noticed_at FROM outbox_notices WHERE outbox_id = ?)",
        [(channel, one) for one in messages],
    )


def drop_waiting(connection: sqlite3.Connection, channel: str, now: datetime, *, heard: bool = False) -> int:
    """Tell nothing of what waits for a channel, and return how many messages that were.

    Unless it was ``heard`` otherwise, it is told again when it comes again.
    """
    if not heard:
        waiting = connection.execute("SELECT id FROM outbox WHERE channel = ? AND state = ?", (channel, WAITING)).fetchall()
        _take_as_untold(connection, channel, [row[0] for row in waiting])
    return connection.execute(
        "UPDATE outbox SET state = ?, ended_at = ? WHERE channel = ? AND state = ?",
        (DROPPED, moment_text(now), channel, WAITING),
    ).rowcount


def drop_all_waiting(database: Path, now: datetime) -> None:
    """Tell nothing of what waits in a database that nobody has open; one from before there was an outbox stays as it is."""
    with closing(sqlite3.connect(database)) as connection, connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").fetchone():
            connection.execute("UPDATE outbox SET state = ?, ended_at = ? WHERE state = ?", (DROPPED, moment_text(now), WAITING))


def try_now(connection: sqlite3.Connection, channel: str, now: datetime) -> None:
    """Have a message that failed tried at once, for instance with corrected settings."""
    connection.execute(
        "UPDATE outbox SET next_try_at = ? WHERE channel = ? AND state = ? AND tries > 0", (moment_text(now), channel, WAITING)
    )


def stand(connection: sqlite3.Connection, channel: str) -> ChannelStand:
    """Return how a channel is doing."""
    waiting = connection.execute(
        "SELECT count(*) FROM outbox_notices n JOIN outbox o ON o.id = n.outbox_id WHERE o.channel = ? AND o.state = ?",
        (channel, WAITING),
    ).fetchone()[0]
    oldest = connection.execute(
        "SELECT first_try_at, next_try_at, last_error FROM outbox WHERE channel = ? AND state = ? ORDER BY id LIMIT 1",
        (channel, WAITING),
    ).fetchone()
    ended = {
        state: moment_or_none(at)
        for state, at in connection.execute(
            "SELECT state, max(ended_at) FROM outbox WHERE channel = ? GROUP BY state", (channel,)
        )
    }
    since, due, error = oldest if oldest is not None else (None, None, "")
    failing = moment_or_none(since) if error else None
    return ChannelStand(waiting, failing, moment_or_none(due), error, ended.get(SENT), ended.get(GIVEN_UP))
