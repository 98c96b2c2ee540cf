"""Everybody who will look at the hotel, drawn before it opens: when, for which nights, which room, how dear at most.

Each question has its own stream per segment, answered in order of arrival: a hotel that is simulated for longer has lived
the same past.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from hotelml_app.simulator.losses import (
    KEEPS_DESPITE,
    MAX_LEAD,
    SHOWS_DESPITE,
    cancel_factor,
    cancellation_age,
    miss_factor,
    request_weights,
)
from hotelml_app.simulator.market import Market, SegmentMarket
from hotelml_app.simulator.plan import Weights
from hotelml_app.simulator.streams import Streams

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NEVER = np.int64(2**31 - 1)
FAMILY_ROOM_CHILDREN = 0.55
"""Share of couples that bring two children where they ask for a family room."""
CANCEL_TOGETHER = 0.6
"""Share of a group's rooms that are cancelled when the group is."""


@dataclass(frozen=True)
class Requests:
    """One row per room asked for, parallel arrays, in the order the hotel hears of them; days count from the opening.

    Rows of one party stand together: ``first`` marks the first of ``size`` rows. ``segment``, ``room_type`` and ``rate``
    are positions in the plan (``rate`` within the segment). ``most`` is the highest acceptable mean ratio to the
    reference rate. ``cancel_on`` and ``no_show`` are what will become of it if it is booked; NEVER means never.
    """

    day: Ints
    order: Floats
    segment: Ints
    party: Ints
    first: Flags
    size: Ints
    arrival: Ints
    nights: Ints
    room_type: Ints
    most: Floats
    rate: Ints
    channel: Ints
    agent: Ints
    company: Ints
    adults: Ints
    children: Ints
    wishes: Ints
    regular: Flags
    canceller: Flags
    country: Ints
    hazard: Floats
    miss: Floats
    cancel_on: Ints
    no_show: Flags

    def __len__(self) -> int:
        return len(self.day)

    def take(self, rows: NDArray[np.intp] | Flags) -> Requests:
        """Return some of the rows."""
        return Requests(**{item.name: getattr(self, item.name)[rows] for item in fields(self)})


def pick(draw: np.random.Generator, weights: Weights | Floats | tuple[float, ...], count: int) -> Ints:
    """Return ``count`` positions in ``weights``, each with its relative frequency; -1 where there are no weights."""
    values = np.array(list(weights.values()) if isinstance(weights, dict) else weights, dtype=float)
    if not len(values):
        return np.full(count, -1, dtype=np.int64)
    return np.searchsorted(np.cumsum(values / values.sum())[:-1], draw.random(count), side="right").astype(np.int64)


def _parties(market: Market, part: SegmentMarket, streams: Streams) -> dict[str, NDArray[np.generic]]:
    """Draw the parties of one segment that look at the hotel, in order of arrival."""
    segment, name = part.segment, part.segment.name
    arrivals = market.nights - len(part.stay) - 2
    counts = streams.of("arrivals", name).poisson(part.looking[:arrivals])
    arrival = np.repeat(np.arange(arrivals), counts)
    total = len(arrival)
    lead = pick(streams.of("lead time", name), part.lead, total)
    columns: dict[str, NDArray[np.generic]] = {
        "day": arrival - lead,
        "order": streams.of("order", name).random(total),
        "arrival": arrival,
        "nights": pick(streams.of("length of stay", name), part.stay, total) + 1,
        "room_type": pick(streams.of("room type", name), part.types, total),
        "most": part.most_accepted(streams.of("wallet", name).random(total)),
        "size": np.array([int(s) for s in segment.group_sizes])[pick(streams.of("group size", name), segment.group_sizes, total)],
        "rate": pick(streams.of("rate code", name), np.array([rate.weight for rate in segment.rates]), total),
        "channel": pick(streams.of("channel", name), segment.channels, total),
        "company": pick(streams.of("company", name), segment.companies, total),
        "country": pick(streams.of("country", name), market.plan.countries, total),
        "patience": streams.of("group cancellation", name).exponential(size=total),
    }
    # An agent sells through its own channel where a segment names as many of one as of the other.
    paired = len(segment.agents) == len(segment.channels)
    columns["agent"] = columns["channel"] if paired else pick(streams.of("agent", name), segment.agents, total)
    return columns


def _guests(market: Market, part: SegmentMarket, streams: Streams, rows: dict[str, NDArray[np.generic]]) -> None:
    """Add who sleeps in each room: adults, children, wishes, regulars."""
    segment, total = part.segment, len(rows["day"])
    shape = np.array([[int(n) for n in text.split("+")] for text in segment.party])
    persons = shape[pick(streams.of("parties", segment.name), segment.party, total)]
    family = np.array([room_type.family for room_type in market.plan.room_types])[rows["room_type"].astype(int)]
    couple = (persons[:, 0] == 2) & (persons[:, 1] == 0)
    more = family & couple & (streams.of("families", segment.name).random(total) < FAMILY_ROOM_CHILDREN)
    rows["adults"] = persons[:, 0]
    rows["children"] = np.where(more, 2, persons[:, 1])
    rows["wishes"] = pick(streams.of("wishes", segment.name), request_weights(segment.requests_mean), total)
    rows["regular"] = streams.of("regulars", segment.name).random(total) < segment.repeated
    rows["canceller"] = streams.of("cancellers", segment.name).random(total) < segment.canceller


def _fates(part: SegmentMarket, streams: Streams, rows: dict[str, NDArray[np.generic]]) -> None:
    """Add what becomes of each booking: its hazard, the day it is cancelled, whether the guest shows up."""
    segment, total = part.segment, len(rows["day"])
    rate = rows["rate"].astype(int)
    keeps = np.array([KEEPS_DESPITE[r.deposit] for r in segment.rates])[rate]
    shows = np.array([SHOWS_DESPITE[r.deposit] for r in segment.rates])[rate]
    wishes, regular, canceller = rows["wishes"].astype(int), rows["regular"].astype(bool), rows["canceller"].astype(bool)
    rows["hazard"] = segment.cancel * cancel_factor(keeps, wishes, regular, canceller)
    rows["miss"] = np.minimum(segment.no_show * miss_factor(shows, regular, canceller), 1.0)
    alone = streams.of("cancellation", segment.name).exponential(size=total)
    together = (streams.of("cancels together", segment.name).random(total) < CANCEL_TOGETHER) & (rows["size"].astype(int) > 1)
    patience = np.where(together, rows.pop("patience").astype(float), alone)
    lead = rows["arrival"].astype(np.int64) - rows["day"].astype(np.int64)
    age = cancellation_age(1.0, rows["hazard"].astype(float), np.minimum(lead, MAX_LEAD), patience)
    rows["cancel_on"] = np.where(age >= 0, rows["day"].astype(np.int64) + age, NEVER)
    rows["no_show"] = (streams.of("no-show", segment.name).random(total) < rows["miss"].astype(float)) & (age < 0)


def draw_requests(market: Market, streams: Streams, last_day: int) -> Requests:
    """Return all requests the hotel hears by the end of ``last_day``, in order of day."""
    tables, offset = [], 0
    for number, part in enumerate(market.segments):
        parties = _parties(market, part, streams)
        count = len(parties["day"])
        size = parties["size"].astype(int)
        rows = {key: np.repeat(column, size) for key, column in parties.items()}
        rows["party"] = np.repeat(np.arange(count), size) + offset
        rows["first"] = np.r_[True, np.diff(rows["party"]) != 0] if count else np.zeros(0, dtype=bool)
        rows["segment"] = np.full(len(rows["day"]), number)
        offset += count
        _guests(market, part, streams, rows)
        _fates(part, streams, rows)
        # Left out only now: each draw above must fall on the same party however long the hotel is simulated.
        heard = rows["day"].astype(np.int64) <= last_day
        tables.append({key: column[heard] for key, column in rows.items()})
    joined = {key: np.concatenate([table[key] for table in tables]) for key in tables[0]}
    # lexsort is stable, so the rows of a party (same day, same order) stay together.
    by_day = np.lexsort((joined["order"], joined["day"]))
    return Requests(**{key: column[by_day] for key, column in joined.items()})  # type: ignore[arg-type]
