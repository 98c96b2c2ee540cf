"""What the guests of an invented hotel say."""

from __future__ import annotations

from datetime import date, timedelta

from fake_views import BUSINESS_DATE, RULE, freshness

from hotelml_app.services.reviews.views import AspectView, ReviewsView, SayingView, ScoreMonthView

SAID = (
    ("The breakfast was cold.", "negative", "en", 6.0),
    ("Das Frühstück war lecker.", "positive", "de", 9.0),
    ("Breakfast ends at ten.", "neutral", "en", 7.5),
)


def reviews(name: str, language: str = "", empty: bool = False) -> ReviewsView:
    def said(about: str) -> tuple[SayingView, ...]:
        return tuple(
            SayingView(f"{about}: {text}", tone, BUSINESS_DATE - timedelta(days=at), code, "Booking.com", score)
            for at, (text, tone, code, score) in enumerate(SAID)
            if language in ("", code)
        )

    months = tuple(
        ScoreMonthView(date(2016, month, 1), 10 + month, None if month == 2 else 7.0 + month / 10) for month in range(1, 9)
    )
    aspects = (
        AspectView("staff", 40, 0.9, 160, 0.88, "same", said("Staff"), 3),
        AspectView("food", 30, 0.5, 120, 0.7, "worse", said("Food"), 3),
        AspectView("sleep", 3, 0.6667, 9, None, "unknown", (), 0),
    )
    sentence = "Guests scored 8.3 in the last 90 days, 0.2 better than before; food is judged worse than before."
    return ReviewsView(
        name,
        sentence,
        freshness(),
        RULE,
        0 if empty else 312,
        54,
        8.3,
        8.1,
        () if empty else months,
        () if empty else aspects,
        language,
        (("en", 200), ("de", 112)),
        BUSINESS_DATE,
    )
