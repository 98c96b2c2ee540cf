"""What the plan says of its guests shows in the bookings: lead times, weekdays, losses, seasons."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from hotelml_app.core.bookings import BookingStatus
from hotelml_app.simulator import SyntheticHotel
from hotelml_app.simulator.calendar import easter_sunday
from hotelml_app.simulator.losses import MAX_LEAD, survival_by_lead
from hotelml_app.simulator.market import lead_weights


def segment_number(hotel: SyntheticHotel, name: str) -> int:
    return [segment.name for segment in hotel.plan.segments].index(name)


def test_lead_times_have_the_planned_medians(big_city: SyntheticHotel) -> None:
    asked = big_city.requests
    for number, segment in enumerate(big_city.plan.segments):
        # Arrivals whose whole booking time lies within the simulated days, so that nothing is cut off.
        whole = (asked.segment == number) & asked.first & (asked.arrival < big_city.days)
        expected = np.searchsorted(np.cumsum(lead_weights(segment.lead)), 0.5)
        assert np.median((asked.arrival - asked.day)[whole]) == pytest.approx(expected, rel=0.12, abs=1), segment.name


def test_lengths_of_stay_have_the_planned_shares(big_city: SyntheticHotel) -> None:
    asked = big_city.requests
    for number, segment in enumerate(big_city.plan.segments):
        nights = asked.nights[(asked.segment == number) & asked.first]
        planned = np.array(segment.nights) / sum(segment.nights)
        seen = np.bincount(nights, minlength=len(planned) + 1)[1:] / len(nights)
        assert np.abs(seen - planned).max() < 0.03


def test_losses_by_segment_are_those_the_hazard_implies(big_city: SyntheticHotel) -> None:
    b = big_city.bookings
    for number, segment in enumerate(big_city.plan.segments):
        past = (b.segment == number) & (b.final_arrival < big_city.days - 1) & ~b.walked
        lead = np.minimum(b.arrival[past] - b.booked_on[past], MAX_LEAD)
        expected = survival_by_lead(segment)[lead].mean()
        # Groups cancel together, so few independent fates stand behind many rooms.
        assert b.stayed[past].mean() == pytest.approx(expected, abs=0.06 if "1" not in segment.group_sizes else 0.02), (
            segment.name
        )


def test_shares_of_cancellations_and_no_shows_are_those_of_a_real_hotel(big_city: SyntheticHotel) -> None:
    final = big_city.truth.final
    past = final.arrival < big_city.days - 1
    assert 0.15 < (final.status[past] == BookingStatus.CANCELLED).mean() < 0.35
    assert 0.005 < (final.status[past] == BookingStatus.NO_SHOW).mean() < 0.03


def test_stated_risks_come_true_in_every_band_and_at_every_distance(big_city: SyntheticHotel) -> None:
    lost = {key: float(not kept) for key, kept in zip(big_city.bookings.reservation_id, big_city.bookings.stayed, strict=True)}
    walked = set(big_city.bookings.reservation_id[big_city.bookings.walked].tolist())
    said, came, left = [], [], []
    for day in range(100, 800, 9):
        risk = big_city.truth.risk(big_city.date_of(day))
        near = (risk.arrival < big_city.days - 1) & (risk.arrival - day <= 60)
        for key, chance, arrival in zip(risk.reservation_id[near], risk.p_lost[near], risk.arrival[near], strict=True):
            if key not in walked:
                said.append(chance)
                came.append(lost[key])
                left.append(arrival - day)
    p, y, x = np.array(said), np.array(came), np.array(left)
    for low, high in ((1, 1), (2, 7), (8, 14), (15, 28), (29, 60)):
        band = (x >= low) & (x <= high)
        assert p[band].mean() == pytest.approx(y[band].mean(), abs=0.02), (low, high)
    edges = np.quantile(p, [0, 0.2, 0.4, 0.6, 0.8, 1.0])
    for low, high in pairwise(edges):
        band = (p >= low) & (p <= high)
        assert p[band].mean() == pytest.approx(y[band].mean(), abs=0.025)


def test_weekdays_and_seasons_show(big_city: SyntheticHotel, resort: SyntheticHotel) -> None:
    b = big_city.bookings
    weekday = (b.arrival + big_city.start.weekday()) % 7
    corporate = np.bincount(weekday[b.segment == segment_number(big_city, "Corporate")], minlength=7)
    online = np.bincount(weekday[b.segment == segment_number(big_city, "Online TA")], minlength=7)
    assert corporate[:3].sum() > 3 * corporate[4:6].sum()
    assert online[4] > 1.4 * online[:3].mean()
    months = np.array([resort.date_of(int(day)).month for day in resort.bookings.arrival])
    assert (months == 8).sum() > 2 * (months == 2).sum()


def test_named_events_fill_the_house(big_city: SyntheticHotel) -> None:
    calendar = big_city.market.calendar
    fair = next(event for event in big_city.events if event.name == "Tech fair")
    night = big_city.number(fair.start)
    assert fair.start.weekday() == 0
    assert calendar.demand[1, night] > 1.8 * calendar.demand[1, night - 7]
    assert calendar.willing[night] > 1.25 * calendar.willing[night - 7]
    assert {"Easter", "Christmas", "New Year's Eve"} <= {event.name for event in big_city.events}
    assert any(event.name.startswith("Concert") for event in big_city.events)


def test_easter_is_found() -> None:
    known = ["2016-03-27", "2019-04-21", "2023-04-09", "2024-03-31", "2025-04-20", "2038-04-25"]
    assert [easter_sunday(int(day[:4])).isoformat() for day in known] == known


def test_families_ask_for_family_rooms(resort: SyntheticHotel) -> None:
    b = resort.bookings
    family = np.array([room_type.family for room_type in resort.plan.room_types])[b.room_type]
    assert (b.children[family] > 0).mean() > (b.children[~family] > 0).mean() + 0.15
