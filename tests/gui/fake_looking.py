"""Past days of the invented hotels: some kept, some not, the last nights still to come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import fake_rooms
import fake_views

from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.rates.ledger_verdicts import judged
from hotelml_app.services.rates.ledger_views import JudgedEntry, LedgerEntry, LedgerTotals, LedgerView
from hotelml_app.services.replay.views import LostThen, ReplayNight, ReplayView, SaidFrom
from hotelml_app.services.rooms.list_views import RoomListView

LAST = fake_views.BUSINESS_DATE - timedelta(days=1)
FIRST = LAST - timedelta(days=400)
KEPT = tuple(LAST - timedelta(days=back) for back in (13, 6, 5))


_OWN = LedgerEntry(
    night=date(2016, 8, 27),
    room_type="A",
    kind="own",
    decided_on=date(2016, 8, 20),
    rate=144.5,
    current_rate=110.0,
    suggested_on=date(2016, 8, 20),
    suggested_rate=131.0,
    rooms=30.0,
    revenue=4200.0,
    suggested_rooms=28.4,
    suggested_revenue=3700.0,
    rate_rooms=26.1,
    rate_revenue=3650.0,
    made_by="statistical",
    capacity=40,
    capacity_told=True,
)
DECISIONS = (
    _OWN,
    replace(_OWN, night=date(2016, 8, 26), kind="kept", rate=110.0, rooms=40.0, revenue=3000.0),
    replace(_OWN, night=date(2016, 8, 25), suggested_rate=None, suggested_rooms=None, suggested_revenue=None),
    replace(_OWN, night=date(2016, 8, 24), kind="accepted", rate=131.0, rooms=28.0, revenue=3690.0),
)


class FakeLooking:
    """The part of the invented appliance that looks back."""

    _numbers: Callable[..., Any]
    said: list[tuple[object, ...]]

    def look_at_kept_days(self) -> None:
        self.listed = fake_rooms.room_list("")
        self.kept_days = KEPT
        self.past_decisions = DECISIONS

    def room_list(self, property_name: str) -> RoomListView:
        return self._numbers("room_list", lambda: replace(self.listed, property_name=property_name))

    def rate_ledger(self, property_name: str) -> LedgerView:
        return self._numbers("rate_ledger", lambda: ledger(property_name, self.past_decisions))

    def replay(
        self,
        property_name: str,
        day: date | None = None,
        nights: int = 14,
        *,
        work_out: bool = False,
        progress: ProgressCallback = no_progress,
        cancel: CancelToken | None = None,
    ) -> ReplayView:
        def look() -> ReplayView:
            if work_out:
                self.said.append(("work out", day))
                progress(0.4, "Working out the forecast of that day…")
                if cancel is not None:
                    cancel.check()
            return replayed(property_name, day or KEPT[0], self.kept_days, nights, work_out=work_out)

        return self._numbers("work out" if work_out else "replay", look)


def replayed(name: str, day: date, kept: tuple[date, ...], nights: int, *, work_out: bool) -> ReplayView:
    told = day in kept or work_out
    found = tuple(_night(day + timedelta(days=ahead), told=told) for ahead in range(1, nights + 1))
    passed = [one for one in found if one.came is not None]
    came = sum(one.came or 0.0 for one in passed)
    said_from = SaidFrom.KEPT if day in kept else SaidFrom.WORKED_OUT if work_out else SaidFrom.NOTHING
    view = ReplayView(
        property_name=name,
        day=day,
        first_day=FIRST,
        last_day=LAST,
        kept_days=kept,
        sentence=f"HotelML expected 1,204 rooms for the {len(passed)} nights after; {came:,.0f} came.",
        detail="Night by night HotelML was 4.1 % off on average and plain pickup 6.0 %.",
        origin="As it was kept on 18 Aug 23:50: said by the plain rule (pickup).",
        lost_sentence="Of 312 rooms that were to arrive in the 14 days after, 41 were expected not to come; 38 did not.",
        lost_origin="",
        said_from=said_from,
        in_hindsight=said_from is SaidFrom.WORKED_OUT,
        made_by="the plain rule (pickup)",
        can_work_out=not told,
        nights=found,
        passed=len(passed),
        inside=sum(one.inside is True for one in found),
        expected=sum(one.p50 or 0.0 for one in passed) if told else None,
        came=came,
        plain=came + 9.0,
        lost=LostThen(day + timedelta(days=14), 312.0, 41.0, 33, 50, 38.0, 44.0, 0.0),
        freshness=fake_views.freshness(),
    )
    return view if told else replace(view, lost=None, lost_sentence="", origin="What HotelML said on that day was not kept.")


def ledger(name: str, entries: tuple[LedgerEntry, ...]) -> LedgerView:
    found = [JudgedEntry(one, *judged(one)) for one in entries]
    none = LedgerTotals(0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0)
    sentence = "Own rates on 3 past nights: 1 brought more than the suggestion was expected to, 1 less, 1 can't be told."
    return LedgerView(
        property_name=name,
        as_of=fake_views.BUSINESS_DATE,
        currency="EUR",
        sentence=sentence if entries else "No rate that you decided on lies on a past night yet.",
        detail="Together they brought 7,200 EUR." if entries else "From now on every rate that you set is kept.",
        caution="One night proves nothing." if entries else "",
        own=tuple(one for one in found if one.entry.kind != "accepted"),
        accepted=tuple(one for one in found if one.entry.kind == "accepted"),
        own_totals=none,
        accepted_totals=none,
        waiting=2,
        next_night=fake_views.BUSINESS_DATE + timedelta(days=1),
        freshness=fake_views.freshness(),
    )


def _night(night: date, *, told: bool) -> ReplayNight:
    books, weekend = 60.0 + night.day, 20.0 * (night.weekday() in (4, 5))
    middle = books + 12.0 + weekend
    band = (middle - 8.0, middle, middle + 8.0) if told else (None, None, None)
    came = middle + (12.0 if night.day % 9 == 0 else 3.0) if night <= fake_views.BUSINESS_DATE else None
    return ReplayNight(night, books, *band, middle - 4.0, middle - 15.0, came, "Fair" if night.day == 20 else "")
