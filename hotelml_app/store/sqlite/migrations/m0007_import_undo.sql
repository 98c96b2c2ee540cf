-- What an import changed, as it was before, so that the import can be taken back. Imports from before have no row.

CREATE TABLE import_undo (
    import_id INTEGER PRIMARY KEY REFERENCES imports(id),
    first_booking INTEGER NOT NULL,      -- bookings with this id and later ones came with it
    first_review INTEGER NOT NULL,
    first_property INTEGER NOT NULL,
    changes BLOB NOT NULL                -- store.before_images.Change, one per line as JSON, compressed with zlib
) STRICT;
