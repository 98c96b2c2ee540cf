"""Google Business Profile reviews as the takeout's JSON: stars in words, comments that may be missing, nanoseconds."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from hotelml_app.simulator.exports import reviews_until, slug, write_text
from hotelml_app.simulator.hotel import SyntheticHotel
from hotelml_app.simulator.layouts.records import Written
from hotelml_app.simulator.reviews import MAP_SITE

STARS = ("ONE", "TWO", "THREE", "FOUR", "FIVE")
SILENT_EVERY = 6


def write_google_reviews(hotel: SyntheticHotel, day: date, path: Path) -> Written:
    """Write the reviews that guests left on the map; every sixth has stars alone."""
    found = [review for review in reviews_until(hotel, day) if review.site == MAP_SITE]
    entries, facts = [], []
    for number, review in enumerate(found):
        silent = number % SILENT_EVERY == 5
        moment = f"{review.reviewed_on}T18:{number % 60:02d}:07.{number % 1_000_000:06d}481Z"
        entry: dict[str, object] = {
            "name": f"accounts/1/locations/{slug(hotel.property_name)}/reviews/{review.review_id}",
            "reviewId": review.review_id,
            "reviewer": {"displayName": review.guest_name, "isAnonymous": False},
            "starRating": STARS[int(review.score) - 1],
            "createTime": moment,
            "updateTime": moment,
        }
        if not silent:
            entry["comment"] = review.text
        if number % 4 == 0:
            entry["reviewReply"] = {"comment": "Thank you for your visit.", "updateTime": moment}
        entries.append(entry)
        text = "" if silent else review.text
        facts.append({"review_id": review.review_id, "reviewed_on": review.reviewed_on, "score": review.score / 5, "body": text})
    mean = sum(review.score for review in found) / len(found) if found else 0.0
    document = {"reviews": entries, "averageRating": round(mean, 1), "totalReviewCount": len(found)}
    write_text(path, lambda file: json.dump(document, file, ensure_ascii=False, indent=1))
    return Written((path,), len(entries), reviews=tuple(facts))
