-- What is to be told outside this PC, by channel: messages, the notices in them, and what a channel was told already.

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    message_id TEXT NOT NULL UNIQUE,     -- sent along, so that a receiver can tell a message that comes twice
    channel TEXT NOT NULL,               -- email | webhook
    state TEXT NOT NULL,                 -- waiting | sent | given up | dropped
    created_at TEXT NOT NULL,
    next_try_at TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,    -- begun, whether or not they came to an end; before the first, notices may join
    first_try_at TEXT,
    last_error TEXT NOT NULL DEFAULT '',
    ended_at TEXT
) STRICT;
CREATE INDEX outbox_by_channel ON outbox(channel, state, id);

CREATE TABLE outbox_notices (
    id INTEGER PRIMARY KEY,
    outbox_id INTEGER NOT NULL REFERENCES outbox(id) ON DELETE CASCADE,
    severity TEXT NOT NULL,              -- core.severity.Severity
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL DEFAULT '',
    noticed_at TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_notices_by_message ON outbox_notices(outbox_id);

CREATE TABLE outbox_told (
    channel TEXT NOT NULL,
    key TEXT NOT NULL,                   -- what the notice is about; it is not told again until this row goes
    told_at TEXT NOT NULL,
    PRIMARY KEY (channel, key)
) STRICT, WITHOUT ROWID;
