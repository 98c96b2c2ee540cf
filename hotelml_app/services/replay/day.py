"""``hotelml monitor replay``: any past day again, what was said then of the nights after it against what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from hotelml_app.core.clock import day_of
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.modules.forecast.on_books.books import first_night
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.as_of import refuse_empty
from hotelml_app.services.asking.choose_property import chosen
from hotelml_app.services.errors import DayOutsideDataError
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.parts import Parts
from hotelml_app.services.replay import lost as replay_lost
from hotelml_app.services.replay.nights import FORECAST, Totals, replay_nights
from hotelml_app.services.replay.said import Said, kept, maker_words, origin_words, worked_out
from hotelml_app.services.replay.views import LostThen, ReplayView, SaidFrom
from hotelml_app.services.replay.words import detail, sentence
from hotelml_app.store.learned import predictions

NIGHTS = 14
MOST_NIGHTS = 90

STEPS = {
    FORECAST: (0.1, "Working out the forecast of that day…", MOST_NIGHTS),
    replay_lost.MODULE: (0.6, "Working out who may not come…", replay_lost.MOST_DAYS),
}
"""What is asked: how far that is, what to say meanwhile, and how many days it looks ahead at most."""


def answer(parts: Parts, arguments: Arguments, progress: ProgressCallback, cancel: CancelToken) -> dict[str, object]:
    """Return a replay per property; what was not kept is worked out now, unless only what was kept is asked for."""
    day = arguments.day("as_of")
    nights = arguments.number("days", default=NIGHTS, low=1, high=MOST_NIGHTS)
    now = not arguments.flag("kept")
    grounds = [Ground(parts, row) for row in chosen(parts.store, arguments.text("property"))]
    found = [build(ground, day, nights, work_out=now, progress=progress, cancel=cancel) for ground in grounds]
    return {"nights": nights, "replays": found}


def build(
    ground: Ground,
    wanted: date | None = None,
    nights: int = NIGHTS,
    *,
    work_out: bool = False,
    progress: ProgressCallback = no_progress,
    cancel: CancelToken | None = None,
) -> ReplayView:
    """Return a past day; without one, the latest whose nights have passed, rather one that something is kept of.

    ``work_out`` asks the modules now where nothing was kept. Raises DayOutsideDataError for a day that cannot be looked at.
    """
    first, last, kept_days = _days(ground)
    day = wanted if wanted is not None else _usual_day(ground, nights, first, last, kept_days)
    if not first <= day <= last:
        raise DayOutsideDataError(
            f"{day} cannot be looked back at: no night after it has passed, or nothing was known of it.",
            remedy=f"Choose a day from {first} to {last}.",
        )
    refuse_empty(ground.data, day)
    asking = _Asking(ground, day, nights, progress, cancel or CancelToken())
    house, risk = (asking.said(module, work_out=work_out) for module in (FORECAST, replay_lost.MODULE))
    asking.tell(0.9, "Comparing with what happened…")
    found = replay_nights(ground, house, nights)
    lost = replay_lost.lost_then(ground, risk, nights)
    asking.tell(1.0, "Done")
    return _view(ground, (first, last, kept_days), found, (house, risk), lost)


class _Asking:
    """Asks modules about one day, one after the other, and says how far that is."""

    def __init__(self, ground: Ground, day: date, nights: int, progress: ProgressCallback, cancel: CancelToken) -> None:
        self._ground, self._day, self._nights, self._progress, self._cancel = ground, day, nights, progress, cancel

    def said(self, module: str, *, work_out: bool) -> Said:
        """Return what is kept, else, where it may be, what is worked out now."""
        found = kept(self._ground, module, self._day)
        if found.rows or not work_out:
            return found
        fraction, step, most = STEPS[module]
        self.tell(fraction, step)
        return worked_out(self._ground, module, self._day, min(self._nights, most), self._cancel)

    def tell(self, fraction: float, step: str) -> None:
        """Say how far it is, and stop where that was asked for."""
        self._cancel.check()
        self._progress(fraction, step)


def _days(ground: Ground) -> tuple[date, date, tuple[date, ...]]:
    """Return the first and the last day that can be looked back at, and those of them that a forecast is kept of."""
    first, last = day_of(first_night(ground.data.history)), ground.as_of - timedelta(days=1)
    with ground.parts.store.read() as connection:
        runs = predictions.runs(connection, ground.row.id, FORECAST)
    return min(first, last), last, tuple(day for day, _ in runs if first <= day <= last)


def _usual_day(ground: Ground, nights: int, first: date, last: date, kept_days: tuple[date, ...]) -> date:
    passed = ground.as_of - timedelta(days=nights)
    whole = [day for day in kept_days if day <= passed]
    return (whole or list(kept_days) or [min(max(passed, first), last)])[-1]


def _view(
    ground: Ground,
    days: tuple[date, date, tuple[date, ...]],
    found: Totals,
    said: tuple[Said, Said],
    lost: LostThen | None,
) -> ReplayView:
    (house, risk), (first, last, kept_days) = said, days
    words: Callable[[Said], str] = lambda one: origin_words(one, found.last_passed, ground.as_of)  # noqa: E731
    missing = SaidFrom.NOTHING in (house.said_from, risk.said_from)
    return ReplayView(
        property_name=ground.row.name,
        day=house.day,
        first_day=first,
        last_day=last,
        kept_days=kept_days,
        sentence=sentence(found, house, ground.as_of),
        detail=detail(found),
        origin=words(house),
        lost_sentence=replay_lost.sentence(lost, risk),
        lost_origin="" if words(risk) == words(house) or lost is None else words(risk),
        said_from=house.said_from,
        in_hindsight=house.in_hindsight or risk.in_hindsight,
        made_by=maker_words(house, ground.as_of) if house.rows else "",
        can_work_out=missing,
        nights=found.nights,
        passed=found.passed,
        inside=found.inside,
        expected=found.expected,
        came=found.came,
        plain=found.plain,
        lost=lost,
        freshness=ground.freshness,
    )
