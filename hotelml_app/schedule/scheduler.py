"""The clockwork: one thread that looks at every schedule and runs what is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, tzinfo

from hotelml_app.core.clock import Clock
from hotelml_app.core.errors import HotelMLError
from hotelml_app.schedule.cron import look
from hotelml_app.schedule.local_zone import local_zone
from hotelml_app.store import Store, data_settings

log = logging.getLogger(__name__)

LOOK_EVERY_S = 15.0
ASLEEP_AFTER_S = 120.0
"""A look that comes this much later than the one before means the PC slept in between."""

_CLOCK_SET_BACK = timedelta(days=1)
_SETTING = "schedule."


class Scheduler:
    """Runs named crontab schedules; what it ran for last is kept in the database, so that nothing runs twice or is forgotten.

    ``schedules`` is asked at every look, so that changed settings hold at once; "" is no schedule. ``run`` is called on
    the scheduler's thread and must return quickly. ``zone`` is asked at every look too, with what it said before.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        schedules: Callable[[], Mapping[str, str]],
        run: Callable[[str], None],
        *,
        zone: Callable[[tzinfo | None], tzinfo] = local_zone,
    ) -> None:
        self._store, self._clock, self._schedules, self._run = store, clock, schedules, run
        self._ask_zone = zone
        self._zone: tzinfo | None = None
        self._awake_since = clock.now()
        self._last_look = self._awake_since
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look at the schedules from now on, in a thread of its own."""
        self._stop.clear()
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
        return [name for name, schedule in planned if self._run_if_due(name, schedule, now, zone)]

    def _run_if_due(self, name: str, schedule: str, now: datetime, zone: tzinfo) -> bool:
        due = look(schedule, name, self._last_run(name, now), now, self._awake_since, zone)
        if due.planned is None:
            return False
        log.info("%s is due since %s%s", name, due.planned, " and was missed" if due.missed else "")
        # Kept before it runs: a schedule whose run takes the program down must not do so again at every start.
        self._keep(name, due.planned)
        self._run(name)
        return True

    def _last_run(self, name: str, now: datetime) -> datetime:
        """Return the moment a schedule last ran for; one that is new begins now."""
        with self._store.read() as connection:
            kept = data_settings.get(connection, f"{_SETTING}{name}")
        last = datetime.fromisoformat(str(kept)) if kept else None
        if last is None or last > now + _CLOCK_SET_BACK:
            last = now
            self._keep(name, last)
        return last

    def _keep(self, name: str, planned: datetime) -> None:
        with self._store.write() as connection:
            data_settings.put(connection, f"{_SETTING}{name}", planned.isoformat())

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
