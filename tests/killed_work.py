"""Work that is killed at any moment: a process that has imported everything and forks a new worker each time it is asked.

Run as a program it reads lines "NAME ARGUMENT...", begins that work in a child and answers with the child's process id.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

TESTS = Path(__file__).resolve().parent


class Workers:
    """Starts workers and kills them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, work: str, *arguments: object, alive_s: float | None = None) -> bool:
        """Begin some work and kill it after so many seconds; without, let it end. Return whether it ended by itself, well."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join([work, *map(str, arguments)]) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        if alive_s is not None:
            time.sleep(alive_s)
            os.kill(pid, signal.SIGKILL)
        ended = self._process.stdout.readline().strip()
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        assert ended in ("0", str(-signal.SIGKILL)), f"{work} ended with {ended}"
        return ended == "0"

    def killed_at_random(self, times: int, seed: str, work: str, *arguments: object) -> Iterator[bool]:
        """Run some work once to its end, then again and again, killed at moments spread over as long as that took."""
        started = time.monotonic()
        yield self.run(work, *arguments)
        took, chance = time.monotonic() - started, random.Random(seed)
        for _ in range(times):
            yield self.run(work, *arguments, alive_s=chance.uniform(0, took))


@contextmanager
def workers() -> Iterator[Workers]:
    """Have workers at hand."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    command = [sys.executable, str(TESTS / "killed_work.py")]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, encoding="utf-8"
    )
    try:
        yield Workers(process)
    finally:
        process.communicate()


def import_dropped(home: str, folder: str) -> None:
    """Take in what lies in a drop folder, as often as there is something."""
    from hotelml_app.core.clock import SystemClock
    from hotelml_app.core.events import EventBus
    from hotelml_app.intake.drop import clerk
    from hotelml_app.intake.drop.watcher import FolderWatcher
    from hotelml_app.store import Store

    # However often it is killed here, it is not the file's fault.
    clerk.MOST_DEATHS = 10**6
    with Store.open(Path(home) / "hotelml.db", SystemClock()) as store:
        watcher = FolderWatcher(Path(folder), store=store, clock=SystemClock(), bus=EventBus(), polling=True, stable_after_s=0.0)
        watcher.step()
        watcher.step()


def back_up(home: str, target: str) -> None:
    """Copy the database to a file and into the backups folder."""
    from hotelml_app.core.clock import SystemClock
    from hotelml_app.store import Store

    with Store.open(Path(home) / "hotelml.db", SystemClock()) as store:
        store.backup(Path(target))
        store.backup()


def put_back(home: str, backup: str) -> None:
    """Put a backup in the place of the database, and open it as the next start would."""
    from hotelml_app.core.clock import SystemClock
    from hotelml_app.store import Store
    from hotelml_app.store.sqlite import putting_back

    putting_back.restore(Path(backup), Path(home) / "hotelml.db", SystemClock().now())
    Store.open(Path(home) / "hotelml.db", SystemClock()).close()


LATER = (
    "ALTER TABLE bookings ADD COLUMN stars INTEGER;",
    "CREATE TABLE copies AS SELECT * FROM booking_states;",
    "UPDATE bookings SET stars = 5; CREATE INDEX by_stars ON bookings (stars, reservation_id);",
)


def bring_up_to_date(home: str) -> None:
    """Open the database as a later HotelML, whose layout has three further changes."""
    from hotelml_app.core.clock import SystemClock
    from hotelml_app.store import Store
    from hotelml_app.store.sqlite import schema

    first = schema.migrations()
    later = (*first, *(schema.Migration(len(first) + n, f"m{n}", sql.replace("; ", ";\n")) for n, sql in enumerate(LATER, 1)))
    schema.migrations = lambda: later  # type: ignore[assignment]
    Store.open(Path(home) / "hotelml.db", SystemClock()).close()


def let_models_go_live(home: str) -> None:
    """Add model versions and let them go live and back, one after the other, as trainings and people do."""
    from models_on_disk import staged

    from hotelml_app.core.clock import SystemClock
    from hotelml_app.core.events import EventBus
    from hotelml_app.registry.registry import ModelRegistry
    from hotelml_app.store import Store

    place = Path(home)
    with Store.open(place / "hotelml.db", SystemClock()) as store:
        registry = ModelRegistry(store, place / "models", SystemClock(), EventBus())
        registry.sweep()
        for number in range(6):
            folder = place / "staging" / f"{os.getpid()}-{number}"
            version = registry.add(1, "tiny", staged(folder, slope=1 + number / 10, until=date(2016, 4, 30)))
            registry.promote(1, "tiny", version, "better")
            if number % 3 == 2:
                registry.rollback(1, "tiny")


def take_over(home: str, file: str) -> None:
    """Read a hand-over file into a home, as the command does."""
    from hotelml_app.services.handover.reading import read_now
    from hotelml_app.settings.home import HomeLayout

    read_now(HomeLayout(Path(home)), Path(file), "")


WORK: dict[str, Callable[..., None]] = {
    work.__name__: work for work in (import_dropped, back_up, put_back, bring_up_to_date, let_models_go_live, take_over)
}


def _serve() -> None:
    # Everything is imported before the first fork, so that what is killed is the work and not its start.
    import models_on_disk  # noqa: F401
    import polars  # noqa: F401
    import sqlite_utils  # noqa: F401

    import hotelml_app.intake.drop.watcher
    import hotelml_app.registry.registry
    import hotelml_app.services.handover.reading  # noqa: F401

    for line in sys.stdin:
        work, *arguments = line.rstrip("\n").split("\t")
        pid = os.fork()
        if not pid:
            WORK[work](*arguments)
            os._exit(0)
        print(pid, flush=True)
        # It stays a process that may be killed until it is waited for: nobody else gets its id meanwhile.
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        print(-ended.si_status if ended and ended.si_code == os.CLD_KILLED else ended and ended.si_status, flush=True)
        sys.stdin.readline()
        os.waitpid(pid, 0)


if __name__ == "__main__":
    _serve()
