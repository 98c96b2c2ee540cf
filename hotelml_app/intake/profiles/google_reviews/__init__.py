"""Google Business Profile reviews (API or Takeout) as JSON; a comment may be missing."""

from hotelml_app.intake.profile import ExportProfile, Kind

PROFILE = ExportProfile(
    name="google_reviews",
    title="Google reviews JSON",
    signature=("reviewId", "starRating", "createTime"),
    columns={
        "review_id": "reviewId",
        "reviewed_on": "createTime",
        "score": "starRating",
        "body": "comment",
    },
    kind=Kind.REVIEWS,
    blanks=frozenset({"star_rating_unspecified"}),
    spellings={"score": {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}},
    score_scale=5.0,
    source="Google",
    sample="sample.json",
)
