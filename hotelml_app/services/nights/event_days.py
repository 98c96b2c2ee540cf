"""Public holidays of the property's country, as marks beside the nights."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache


def named_days(country: str, first: date, nights: int) -> dict[date, str]:
    """Return the holidays among ``nights`` days from ``first`` on, by day; none where the country is not known."""
    days = [first + timedelta(days=i) for i in range(nights)]
    years = tuple(range(first.year, days[-1].year + 1)) if days else ()
    known = _holidays(country, years) if country else {}
    return {day: known[day] for day in days if day in known}


@lru_cache(maxsize=16)
def _holidays(country: str, years: tuple[int, ...]) -> dict[date, str]:
    import holidays

    if country not in holidays.list_supported_countries(include_aliases=True):
        return {}
    return dict(holidays.country_holidays(country, years=years, language="en_US"))
