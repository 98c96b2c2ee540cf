"""Where the real data for tests lie: beside the project, never in it."""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
BOOKINGS = SHARED / "data" / "bookings" / "bookings_asof_2017-02-28.csv.gz"
REVIEWS = SHARED / "data" / "reviews" / "booking_com_reviews.csv.gz"
PMS = SHARED / "data" / "pms"
TOOLS = SHARED / "tools"
