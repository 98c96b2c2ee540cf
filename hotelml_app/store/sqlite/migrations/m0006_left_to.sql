-- A mail that some of its recipients have: it goes out again to those that their server put off.

ALTER TABLE outbox ADD COLUMN left_to TEXT NOT NULL DEFAULT '';   -- addresses with a space between; '' is everybody
