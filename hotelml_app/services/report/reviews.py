"""The sheet of reviews: what guests speak of, whether they like it, and how the score went. No sentence of a guest is in it."""

from __future__ import annotations

from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.report.views import Column, Kind, Sheet, Table
from hotelml_app.services.reviews import reviews_page
from hotelml_app.services.reviews.views import ReviewsView

REVIEWS = "Reviews"
NOTHING = "No review was read yet. Drop reviews into the same folder as the exports, as CSV, Excel or JSON."
TREND_WORDS = {"better": "Better", "worse": "Worse", "same": "As before", "unknown": "Too few to tell"}
NOTE = (
    "Scores run from 0 to 10. Liked is the share of mentions with a clear tone that praise; better and worse are said only of"
    " what is more than chance."
)
ASPECTS = (
    Column("About"),
    Column("Mentions", Kind.WHOLE),
    Column("Liked", Kind.FILLED),
    Column("Mentions before", Kind.WHOLE),
    Column("Liked before", Kind.SHARE),
    Column("Trend"),
)
MONTHS = (Column("Month", Kind.MONTH), Column("Reviews", Kind.WHOLE), Column("Score", Kind.TENTH))


def reviews_sheet(ground: Ground) -> Sheet:
    """Return what guests say."""
    view = reviews_page.build(ground.parts, ground.row)
    if not view.total:
        return Sheet(REVIEWS, NOTHING)
    return Sheet(REVIEWS, view.sentence, (_aspects(view), _months(view)), (NOTE,))


def _aspects(view: ReviewsView) -> Table:
    rows = tuple(
        (one.name.capitalize(), one.mentions, one.liked, one.mentions_before, one.liked_before, TREND_WORDS.get(one.trend))
        for one in view.aspects
    )
    return Table("What guests speak of", ASPECTS, rows, nothing="No recent review mentions a part of the stay.")


def _months(view: ReviewsView) -> Table:
    rows = tuple((one.first_day, one.reviews, one.score) for one in view.months)
    return Table("Score by month", MONTHS, rows, nothing="No review says when it was written.")
