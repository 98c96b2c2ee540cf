"""How an arrival's risk stands in a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from hotelml_app.gui.place import Place
from hotelml_app.gui.widgets.bars import BAND_ORDER, BAND_WORDS, risk_icon
from hotelml_app.gui.widgets.tables.table import Cell
from hotelml_app.services.arrivals.views import ArrivalView
from hotelml_app.services.asking.words import count

RISK_TIP = (
    "Chance that the rooms are lost: cancelled before arrival, or no-show. Raised: well above what is usual so many"
    " days before; high: at least twice the usual"
)
_COLOURS = {"high": "risk_text", "raised": "text", "low": "text_muted", "unknown": "text_muted"}


def risk_cell(place: Place, arrival: ArrivalView) -> Cell:
    """Return the risk as a bar, a word and a share."""
    word = BAND_WORDS.get(arrival.band, arrival.band)
    share = place.share(arrival.p_lost) if arrival.p_lost is not None and arrival.band != "unknown" else ""
    tip = risk_words(place, arrival)
    order = BAND_ORDER.get(arrival.band, 0) + (arrival.p_lost or 0.0)
    colour, strong = _COLOURS.get(arrival.band, "text"), arrival.band == "high"
    return Cell(f"{word}  {share}".rstrip(), order, colour, strong, partial(risk_icon, arrival.p_lost, arrival.band), tip)


def risk_words(place: Place, arrival: ArrivalView) -> str:
    """Return the risk as a sentence."""
    if arrival.p_lost is None:
        return "Nothing is known about the risk of this booking yet"
    noshow = f", {place.share(arrival.p_noshow)} without cancelling" if arrival.p_noshow is not None else ""
    usual = f"; {place.share(arrival.usual)} is usual so many days before" if arrival.usual is not None else ""
    return f"{place.share(arrival.p_lost)} of bookings like this one are lost{noshow}{usual}"


def usual_words(place: Place, arrivals: Sequence[ArrivalView], first: date) -> str:
    """Return what the bands of one day's arrivals are measured against, "" where none has a band.

    ``first`` is the hotel's next night, one day after the export.
    """
    for one in arrivals:
        if one.usual is not None and one.band != "unknown":
            return f"usual {count((one.arrival - first).days + 1, 'day')} before: {place.share(one.usual)}"
    return ""
