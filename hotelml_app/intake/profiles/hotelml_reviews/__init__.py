"""HotelML's own layout of guest reviews."""

from hotelml_app.intake.profile import ExportProfile, Kind

PROFILE = ExportProfile(
    name="hotelml_reviews",
    title="HotelML reviews CSV",
    signature=("review_id", "review_date", "score", "positive", "negative"),
    columns={
        "property": "property",
        "review_id": "review_id",
        "reviewed_on": "review_date",
        "score": "score",
        "scale": "scale",
        "title": "title",
        "positive": "positive",
        "negative": "negative",
        "body": "text",
        "language": "language",
    },
    kind=Kind.REVIEWS,
    source="HotelML",
)
