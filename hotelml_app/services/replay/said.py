"""What a module said on a past day: as it was kept then, else worked out now from what was known then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hotelml_app.core.jobs import CancelToken
from hotelml_app.ml.onnx.trained import MadeBy
from hotelml_app.modules import manifest as manifest_of
from hotelml_app.registry import answers
from hotelml_app.registry.shelf import learned_until
from hotelml_app.services.asking.words import moment, plain_day
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.nights.given import as_rows
from hotelml_app.services.nights.page_ground import Ground
from hotelml_app.services.replay.views import SaidFrom
from hotelml_app.store.learned import models, predictions
from hotelml_app.store.learned.predictions import PredictionRow

AS_TOLD_TODAY = "Events and the number of rooms are those told today."


@dataclass(frozen=True)
class Said:
    """The answers of one module as of one day. ``maker`` made most of them, ``until`` is the last day that it learned from."""

    module: str
    day: date
    rows: Sequence[PredictionRow]
    said_from: SaidFrom
    maker: str = ""
    until: date | None = None

    @property
    def in_hindsight(self) -> bool:
        """True where whoever answered had learned from days after the one it looked from."""
        return self.said_from is SaidFrom.WORKED_OUT and self.until is not None and self.until > self.day


def kept(ground: Ground, module: str, day: date) -> Said:
    """Return what is kept of a day; without rows where nothing is."""
    with ground.parts.store.read() as connection:
        found = predictions.of_run(connection, ground.row.id, module, day)
    rows = [row for row in found if manifest_of(module).is_whole(row.payload)]
    return _said(ground, module, day, rows, SaidFrom.KEPT if rows else SaidFrom.NOTHING)


def worked_out(ground: Ground, module: str, day: date, nights: int, cancel: CancelToken) -> Said:
    """Return what is said now from what was known at the end of ``day``; it is not kept, for it was not said then.

    A version that had learned nothing of later days is preferred; where there is none, the live one answers in hindsight.
    """
    parts = ground.parts
    with parts.memory.one_at_a_time:
        cancel.check()
        found = answers.predict(
            parts.store, parts.registry, ground.row.id, module, day, nights, data=ground.data, cancel=cancel, in_hindsight=True
        )
    return _said(ground, module, day, as_rows(found), SaidFrom.WORKED_OUT)


def _said(ground: Ground, module: str, day: date, rows: Sequence[PredictionRow], said_from: SaidFrom) -> Said:
    makers = Counter(row.made_by for row in rows)
    maker = makers.most_common(1)[0][0] if makers else ""
    # One answer in hindsight is enough to make all of them look better than they could have been.
    learned = [day for day in (_until(ground, module, one) for one in makers) if day is not None]
    return Said(module, day, rows, said_from, maker, max(learned, default=None))


def _until(ground: Ground, module: str, maker: str) -> date | None:
    kind, _, version = maker.partition(":")
    if kind != MadeBy.OWN:
        return None
    with ground.parts.store.read() as connection:
        row = models.version(connection, ground.row.id, module, version)
    # A version that made room for younger ones is known by its name alone, which begins with that day.
    return learned_until(row) if row is not None else date.fromisoformat(version[:10])


def maker_words(said: Said, today: date) -> str:
    """Return who answered, as staff would say it."""
    kind, _, version = said.maker.partition(":")
    if kind == MadeBy.OWN and said.until is not None:
        return f"version {version}, which had learned from this hotel's bookings up to {plain_day(said.until, today)}"
    if kind == MadeBy.BUNDLED:
        return f"what HotelML brings along ({version})"
    return f"the plain rule ({in_staff_words(manifest_of(said.module).answers_by)})"


def origin_words(said: Said, last: date, today: date) -> str:
    """Return where answers about nights up to ``last`` come from; what would look better than it was is called so."""
    if said.said_from is SaidFrom.NOTHING:
        return "What HotelML said on that day was not kept."
    who = maker_words(said, today)
    if said.said_from is SaidFrom.KEPT:
        when = _when(said.rows, today)
        return f"As it was kept{f' on {when}' if when else ''}: said by {who}."
    begin = "Not kept from that day: worked out now from what was on the books then, by"
    if not said.in_hindsight or said.until is None:
        return f"{begin} {who}. {AS_TOLD_TODAY}"
    which = "those days" if said.until >= last else f"part of those days (up to {plain_day(said.until, today)})"
    version = said.maker.partition(":")[2]
    return (
        f"{begin} a version that has since learned from {which} ({version}), so it looks better than it would have been. "
        f"{AS_TOLD_TODAY}"
    )


def _when(rows: Sequence[PredictionRow], today: date) -> str:
    made: list[datetime] = [row.made_at for row in rows if row.made_at is not None]
    return moment(max(made), today) if made else ""
