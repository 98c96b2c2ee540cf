"""Nothing but a text and a score, mostly one to five stars, as public TripAdvisor sets have it."""

from hotelml_app.intake.profile import ExportProfile, Kind

PROFILE = ExportProfile(
    name="plain_reviews",
    title="Reviews with rating CSV",
    signature=("Review", "Rating"),
    columns={
        "score": "Rating",
        "body": "Review",
        "title": ("Title", "Review title"),
        "reviewed_on": ("Date", "Review date"),
        "review_id": ("Review ID", "ReviewID"),
        "property": ("Hotel", "Hotel name", "Hotel_Name", "Property", "Property name", "property_name"),
    },
    optional=("title", "reviewed_on", "review_id", "property"),
    kind=Kind.REVIEWS,
    score_scale=5.0,
    adjust="hotelml_app.intake.profiles.plain_reviews.scale:find_scale",
)
