-- What an occupied room was said to cost when a rate was decided on: the suggestion had counted it, and is judged by it.

ALTER TABLE rate_decisions ADD COLUMN room_cost REAL NOT NULL DEFAULT 0;
