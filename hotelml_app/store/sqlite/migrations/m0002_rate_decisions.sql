-- What staff decided about rates, each beside what was suggested at that moment. The newest row of a night and room type
-- that is not undone is what stood; what came of it is read from the bookings once the night has passed.

CREATE TABLE rate_decisions (
    id INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES properties(id),
    night TEXT NOT NULL,
    room_type TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- own | kept | accepted | freed
    decided_on TEXT NOT NULL,            -- the business date
    decided_at TEXT NOT NULL,
    rate REAL,                           -- NULL: freed
    current_rate REAL,                   -- what was charged until then
    suggested_on TEXT,                   -- the business date of the suggestion; NULL: what was suggested is not known
    suggested_rate REAL,
    suggested_rooms REAL,                -- expected in the end, what was on the books included
    suggested_revenue REAL,
    rate_rooms REAL,                     -- the same at the rate decided on; NULL: beyond what was weighed
    rate_revenue REAL,
    made_by TEXT NOT NULL DEFAULT '',    -- own:VERSION | bundled:VERSION | statistical
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX rate_decisions_by_night ON rate_decisions(property_id, night);
