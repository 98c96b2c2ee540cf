"""The coming nights: Today, the forecast, one night in detail, events."""
