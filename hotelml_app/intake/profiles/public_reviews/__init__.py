"""Public sets of European hotel reviews (515K Hotel Reviews and its relatives): what was good and what was bad."""

from hotelml_app.intake.profile import ExportProfile, Kind
from hotelml_app.intake.values.dates import DateOrder

PROFILE = ExportProfile(
    name="public_reviews",
    title="Public hotel review set CSV",
    signature=(
        "Review_Date",
        ("Positive_Review", "positive"),
        ("Negative_Review", "negative"),
        ("Reviewer_Score", "score"),
        "Reviewer_Nationality",
    ),
    columns={
        "property": "Hotel_Name",
        "reviewed_on": "Review_Date",
        "score": ("Reviewer_Score", "score"),
        "positive": ("Positive_Review", "positive"),
        "negative": ("Negative_Review", "negative"),
    },
    kind=Kind.REVIEWS,
    blanks=frozenset({"no positive", "no negative"}),
    date_order=DateOrder.MONTH_FIRST,
    source="Booking.com",
)
