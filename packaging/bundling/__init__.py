"""How each model that HotelML brings along is learned and judged: by module, ``BUILDERS``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bundling import of_bookings, of_curves, of_demand, of_reviews, of_segments, of_types
from bundling.brought import Brought, Ground

Builder = Callable[[Ground, Callable[[str], None]], Brought]
"""From the properties there are, and a way to say what is going on, to a model."""

BUILDERS: Mapping[str, Builder] = {
    "allocation": of_types.build,
    "forecast": of_curves.build,
    "guests": of_segments.build,
    "noshow": partial(of_bookings.build, "noshow"),
    "pricing": of_demand.build,
    "sentiment": of_reviews.build,
}

__all__ = ["BUILDERS", "Brought", "Builder", "Ground"]
