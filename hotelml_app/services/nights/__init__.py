"""The coming nights: the forecast, one night in detail, events."""
