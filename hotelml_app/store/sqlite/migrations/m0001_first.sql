-- The first schema. Dates are ISO text (YYYY-MM-DD), moments ISO text in UTC, money in the property's currency.

CREATE TABLE properties (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    country TEXT NOT NULL DEFAULT '',
    currency TEXT NOT NULL DEFAULT '',
    rooms INTEGER,                       -- as the user said; NULL: derived from what was sold
    business_date TEXT,                  -- the newest one any export brought
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE room_types (
    property_id INTEGER NOT NULL REFERENCES properties(id),
    code TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    rooms INTEGER,                       -- as the user said; NULL: derived from what was sold
    PRIMARY KEY (property_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    profile TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL,                -- done | failed | duplicate
    business_date TEXT,
    business_date_from TEXT NOT NULL DEFAULT '', -- column | header | file name | latest event
    rows_read INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0, -- new + changed + unchanged + older
    created INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    older INTEGER NOT NULL DEFAULT 0,    -- rows whose booking is already known in a newer state
    rejected INTEGER NOT NULL DEFAULT 0,
    ignored INTEGER NOT NULL DEFAULT 0,  -- footers, posting masters and the like
    message TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '[]',    -- JSON: how the file was read, what the export doctor saw
    received_at TEXT NOT NULL,
    finished_at TEXT
) STRICT;
CREATE INDEX imports_by_sha ON imports(sha256);

CREATE TABLE import_properties (
    import_id INTEGER NOT NULL REFERENCES imports(id),
    property_id INTEGER NOT NULL REFERENCES properties(id),
    business_date TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    PRIMARY KEY (import_id, property_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_properties_by_property ON import_properties(property_id, business_date);

CREATE TABLE rejected_rows (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports(id),
    line INTEGER NOT NULL,               -- 1 is the file's first line
    reason TEXT NOT NULL,
    row TEXT NOT NULL                    -- JSON of the columns the profile keeps; guests' details are never here
) STRICT;
CREATE INDEX rejected_by_import ON rejected_rows(import_id);

CREATE TABLE bookings (
    id INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES properties(id),
    reservation_id TEXT NOT NULL,
    booked_on TEXT NOT NULL,
    latest_as_of TEXT NOT NULL,          -- business date of the newest export that spoke of this booking
    fingerprint BLOB NOT NULL,           -- of the newest state; equal means unchanged
    UNIQUE (property_id, reservation_id)
) STRICT;

CREATE TABLE booking_states (
    booking_id INTEGER NOT NULL REFERENCES bookings(id),
    import_id INTEGER NOT NULL REFERENCES imports(id),
    as_of TEXT NOT NULL,                 -- business date of the export this state was first seen in
    last_as_of TEXT NOT NULL,            -- ... and last seen in; of the newest state bookings.latest_as_of says it
    fingerprint BLOB NOT NULL,           -- of what follows
    status INTEGER NOT NULL,             -- core.bookings.BookingStatus
    status_on TEXT,                      -- the day the PMS says the status was reached
    arrival TEXT NOT NULL,
    departure TEXT NOT NULL,
    room_type TEXT NOT NULL DEFAULT '',
    assigned_room_type TEXT NOT NULL DEFAULT '',
    room TEXT NOT NULL DEFAULT '',
    channel TEXT NOT NULL DEFAULT '',
    segment TEXT NOT NULL DEFAULT '',
    rate_code TEXT NOT NULL DEFAULT '',
    customer_type TEXT NOT NULL DEFAULT '',
    deposit_type TEXT NOT NULL DEFAULT '',
    agent TEXT NOT NULL DEFAULT '',
    company TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT '',
    meal TEXT NOT NULL DEFAULT '',
    currency TEXT NOT NULL DEFAULT '',
    rooms REAL,
    adr REAL,
    total REAL,
    adults REAL,
    children REAL,
    special_requests REAL,
    previous_cancellations REAL,
    previous_stays REAL,
    repeated_guest REAL,
    waiting_list_days REAL,
    parking REAL,
    changes REAL,
    guest_key TEXT NOT NULL DEFAULT '',  -- keyed hash at most, never a name
    PRIMARY KEY (booking_id, as_of)
) STRICT, WITHOUT ROWID;

CREATE TABLE nightly_statistics (
    property_id INTEGER NOT NULL REFERENCES properties(id),
    stay_date TEXT NOT NULL,
    room_type TEXT NOT NULL DEFAULT '',  -- '' is the whole house
    as_of TEXT NOT NULL,
    import_id INTEGER NOT NULL REFERENCES imports(id),
    rooms_sold REAL,
    capacity REAL,
    out_of_order REAL,
    adr REAL,
    revenue REAL,
    arrivals REAL,
    PRIMARY KEY (property_id, stay_date, room_type, as_of)
) STRICT, WITHOUT ROWID;

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES properties(id),
    import_id INTEGER REFERENCES imports(id),
    review_key TEXT NOT NULL,            -- the site's own id, else a hash of the content
    reviewed_on TEXT,
    source TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    score REAL,                          -- 0 to 1
    title TEXT NOT NULL DEFAULT '',
    positive TEXT NOT NULL DEFAULT '',
    negative TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '',
    UNIQUE (property_id, review_key)
) STRICT;

CREATE TABLE training_data_points (
    id TEXT PRIMARY KEY,
    timestamp TEXT NOT NULL,
    module TEXT NOT NULL,
    property_name TEXT NOT NULL DEFAULT '',
    input TEXT NOT NULL,                 -- JSON
    output TEXT NOT NULL,                -- JSON
    accuracy REAL,
    source TEXT NOT NULL CHECK (source IN ('real', 'synthetic', 'historical'))
) STRICT;
CREATE INDEX data_points_by_module ON training_data_points(module, property_name);

CREATE TABLE model_versions (
    property_id INTEGER NOT NULL REFERENCES properties(id),
    module TEXT NOT NULL,
    version TEXT NOT NULL,               -- e.g. 2016-08-31.1: data up to that business date, first of that day
    created_at TEXT NOT NULL,
    folder TEXT NOT NULL,                -- below the home's models folder
    card TEXT NOT NULL,                  -- JSON model card, the same as in the folder
    state TEXT NOT NULL,                 -- candidate | rejected | challenger | champion | retired | damaged
    PRIMARY KEY (property_id, module, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE deployments (
    id INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES properties(id),
    module TEXT NOT NULL,
    version TEXT NOT NULL,               -- '' is the statistical rule
    live_from TEXT NOT NULL,
    live_until TEXT,                     -- NULL: live now
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX deployments_by_module ON deployments(property_id, module, live_until);

CREATE TABLE predictions (
    id INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL REFERENCES properties(id),
    module TEXT NOT NULL,
    as_of TEXT NOT NULL,
    target_date TEXT NOT NULL,
    key TEXT NOT NULL,                   -- what it is about: a reservation, or room type and metric of a night
    made_by TEXT NOT NULL,               -- own:VERSION | bundled:VERSION | statistical
    payload TEXT NOT NULL,               -- JSON of the module's values
    made_at TEXT NOT NULL,
    UNIQUE (property_id, module, as_of, target_date, key)
) STRICT;
CREATE INDEX predictions_by_target ON predictions(property_id, module, target_date);

CREATE TABLE outcomes (
    prediction_id INTEGER PRIMARY KEY REFERENCES predictions(id) ON DELETE CASCADE,
    actual REAL NOT NULL,
    error REAL NOT NULL,                 -- absolute, in the unit of the prediction
    baseline_error REAL,
    known_on TEXT NOT NULL
) STRICT;

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                  -- train | predict | import ...
    module TEXT NOT NULL DEFAULT '',
    property_id INTEGER REFERENCES properties(id),
    stage TEXT NOT NULL,                 -- core.jobs.JobStage
    asked_by TEXT NOT NULL DEFAULT '',   -- user | schedule | new data | accuracy drop
    message TEXT NOT NULL DEFAULT '',
    report TEXT NOT NULL DEFAULT '{}',   -- JSON: the training report
    queued_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT
) STRICT;

CREATE TABLE warnings (
    key TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    remedy TEXT NOT NULL DEFAULT '',
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    cleared_at TEXT
) STRICT;

CREATE TABLE data_settings (
    property_id INTEGER NOT NULL DEFAULT 0, -- 0: the whole home
    name TEXT NOT NULL,
    value TEXT NOT NULL,                 -- JSON
    PRIMARY KEY (property_id, name)
) STRICT, WITHOUT ROWID;
