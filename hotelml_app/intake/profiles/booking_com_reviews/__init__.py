"""Guest reviews of the Booking.com extranet as CSV."""

from hotelml_app.intake.profile import ExportProfile, Kind

PROFILE = ExportProfile(
    name="booking_com_reviews",
    title="Booking.com guest reviews CSV",
    signature=("Review date", "Reservation number", "Positive review", "Negative review", "Review score"),
    columns={
        "property": ("Property name", "Hotel name", "Property"),
        "review_id": "Reservation number",
        "reviewed_on": "Review date",
        "score": "Review score",
        "title": "Review title",
        "positive": "Positive review",
        "negative": "Negative review",
    },
    kind=Kind.REVIEWS,
    source="Booking.com",
)
