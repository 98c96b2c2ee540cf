"""The clockwork: one thread that looks at every schedule and runs what is due."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.schedule import unfinished
from hotelml_app.schedule.cron import catch_up_at, look
from hotelml_app.schedule.local_zone import local_zone
from hotelml_app.store import Store
from hotelml_app.store.decided import data_settings

log = logging.getLogger(__name__)

LOOK_EVERY_S = 15.0
ASLEEP_AFTER_S = 120.0
"""A look that comes this much later than the one before means the PC slept in between."""

_CLOCK_SET_BACK = timedelta(days=1)
_SETTING = "schedule."


class Scheduler:
    """Runs named crontab schedules; what it ran for last is kept in the database, so that nothing runs twice or is forgotten.

    ``schedules`` is asked at every look, so that changed settings hold at once; "" is no schedule. ``run`` is called on
    the scheduler's thread and must return quickly: with True where what it began goes on, which it ends (``unfinished.end``)
    once it is over. What the end of the program, or a kill, cut off before that runs again at the next start.
    ``zone`` is asked at every look too, with what it said before.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        schedules: Callable[[], Mapping[str, str]],
        run: Callable[[str], bool | None],
        *,
        zone: Callable[[tzinfo | None], tzinfo] = local_zone,
    ) -> None:
        self._store, self._clock, self._schedules, self._run = store, clock, schedules, run
        self._ask_zone = zone
        self._zone: tzinfo | None = None
        self._awake_since = clock.now()
        self._last_look = self._awake_since
        self._seen_to: set[str] = set()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look at the schedules from now on, in a thread of its own."""
        self._stop.clear()
        self._seen_to.clear()
        self._thread = threading.Thread(target=self._watch, name="scheduler", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def look_now(self) -> list[str]:
        """Run what is due at this moment and return the names."""
        now, zone = self._clock.now(), self._local_zone()
        # A clock that was ahead when the program started would else hold back what was missed until its time has come.
        if (now - self._last_look).total_seconds() > ASLEEP_AFTER_S or now < self._awake_since:
            self._awake_since = now
        self._last_look = now
        planned = [(name, schedule) for name, schedule in sorted(self._schedules().items()) if schedule]
        return [name for name, schedule in planned if self._attempt(name, schedule, now, zone)]

    def _attempt(self, name: str, schedule: str, now: datetime, zone: tzinfo) -> bool:
        try:
            return self._run_if_due(name, schedule, now, zone)
        except HotelMLError:
            raise
        except Exception:
            # One that goes wrong at every look must not keep those behind it, such as the backup, from ever running.
            log.exception("%s cannot be looked at now", name)
            return False

    def _run_if_due(self, name: str, schedule: str, now: datetime, zone: tzinfo) -> bool:
        due = look(schedule, name, self._last_run(name, now), now, self._awake_since, zone)
        if due.planned is None:
            return self._run_if_cut_off(name, now)
        log.info("%s is due since %s%s", name, due.planned, " and was missed" if due.missed else "")
        # Kept before it runs: a schedule whose run takes the program down must not do so again at every start.
        with self._store.write() as connection:
            _keep(connection, name, due.planned)
            unfinished.begin(connection, name, now)
        self._begin(name)
        return True

    def _run_if_cut_off(self, name: str, now: datetime) -> bool:
        """Run again what was begun before the program started and has not come to its end."""
        if name in self._seen_to or now < catch_up_at(name, self._awake_since):
            return False
        self._seen_to.add(name)
        with self._store.read() as connection:
            before = unfinished.of(connection, name)
        if before is None:
            return False
        if before.tries >= unfinished.MOST_TRIES:
            log.warning("%s was begun %d times since %s and never finished", name, before.tries, before.at)
            return False
        log.info("%s was cut off, and begins again", name)
        with self._store.write() as connection:
            unfinished.begin_again(connection, name, before)
        self._begin(name)
        return True

    def _begin(self, name: str) -> None:
        self._seen_to.add(name)
        if not self._run(name):
            with self._store.write() as connection:
                unfinished.end(connection, name)

    def _last_run(self, name: str, now: datetime) -> datetime:
        """Return the moment a schedule last ran for; one that is new begins now."""
        with self._store.read() as connection:
            kept = data_settings.get(connection, f"{_SETTING}{name}")
        last = datetime.fromisoformat(str(kept)) if kept else None
        if last is None or last > now + _CLOCK_SET_BACK:
            last = now
            with self._store.write() as connection:
                _keep(connection, name, last)
        return last

    def _local_zone(self) -> tzinfo:
        self._zone = self._ask_zone(self._zone)
        return self._zone

    def _watch(self) -> None:
        while not self._stop.wait(LOOK_EVERY_S):
            try:
                self.look_now()
            except HotelMLError as error:
                log.warning("the schedules cannot be looked at now: %s", error)
            except Exception:
                log.exception("the schedules cannot be looked at now")


def _keep(connection: sqlite3.Connection, name: str, planned: datetime) -> None:
    data_settings.put(connection, f"{_SETTING}{name}", planned.isoformat())
