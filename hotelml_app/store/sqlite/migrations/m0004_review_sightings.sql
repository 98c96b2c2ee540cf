-- When each review was last seen, so that an older file of reviews never overwrites what a newer one said. A table of its own:
-- a file that changes nothing then moves days alone and need not write the texts of all reviews anew.

CREATE TABLE review_sightings (
    review_id INTEGER PRIMARY KEY REFERENCES reviews(id) ON DELETE CASCADE,
    latest_as_of TEXT NOT NULL           -- business date of the newest file that held it; no row: not known
) STRICT;

INSERT INTO review_sightings (review_id, latest_as_of)
SELECT r.id, i.business_date FROM reviews r JOIN imports i ON i.id = r.import_id WHERE i.business_date IS NOT NULL;
