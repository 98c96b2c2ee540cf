"""Datafiniti hotel reviews: scores of five and of ten points in one file."""

from hotelml_app.intake.profile import ExportProfile, Kind

PROFILE = ExportProfile(
    name="datafiniti_reviews",
    title="Datafiniti hotel reviews CSV",
    signature=("reviews.date", "reviews.rating", "reviews.text"),
    columns={
        "property": "name",
        "reviewed_on": "reviews.date",
        "score": "reviews.rating",
        "title": "reviews.title",
        "body": "reviews.text",
    },
    kind=Kind.REVIEWS,
    score_scale=5.0,
    adjust="hotelml_app.intake.profiles.datafiniti_reviews.scales:find_scales",
)
