"""The demonstration: a synthetic hotel from an empty home to pages full of numbers, by the very way real exports take."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from hotelml_app.core.jobs import CancelToken, JobStage, ProgressCallback
from hotelml_app.intake.owners import find_or_former
from hotelml_app.modules import discover
from hotelml_app.registry import run_options
from hotelml_app.services.asking.arguments import Arguments
from hotelml_app.services.asking.words import count
from hotelml_app.services.errors import HomeNotEmptyError
from hotelml_app.services.exports.freshness import today_of
from hotelml_app.services.learning.plain_rules import in_staff_words
from hotelml_app.services.nights.given import given
from hotelml_app.services.rates import kept as rates_kept
from hotelml_app.settings.home import HomeLayout
from hotelml_app.store.exported import bookings
from hotelml_app.store.hotels import properties
from hotelml_app.training.orchestrator import train_all
from hotelml_app.training.report import TrainingReport

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance
    from hotelml_app.simulator import SyntheticHotel

NAME = "Hotel Mirasol"
DEFAULT_DAYS = 760
LEAST_DAYS, MOST_DAYS = 120, 3000
DEFAULT_SEED = 7
DELTA_DAYS = 14
"""The last days come one by one, as they would in daily use."""

LEARNED = ("forecast", "noshow")
"""What is taught before the window opens; the other modules learn by themselves behind it."""

ROOM_COST = 22.0
"""What an occupied room of the demonstration costs per night: cleaning, laundry, breakfast, in its currency."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class _Wish:
    days: int
    seed: int


def demo_layout(chosen: HomeLayout, *, named: bool) -> HomeLayout:
    """Return the home of the demonstration: the one that was named, else a folder of its own beside the user's data."""
    return chosen if named else HomeLayout(chosen.home.with_name(f"{chosen.home.name}-demo"))


def prepare_demo(appliance: Appliance, wishes: Mapping[str, object], progress: ProgressCallback, tell: Tell) -> dict[str, object]:
    """Invent a hotel, write its exports into the drop folder, import them, learn and predict. Raises HomeNotEmptyError.

    A demonstration that is already there is shown as it is.
    """
    wish = _wish(Arguments(wishes))
    if _is_there(appliance):
        tell(f"{NAME} is already there; it is shown as it is.")
        return {"home": str(appliance.parts.layout.home), "property": NAME, "sentence": f"{NAME} is ready."}
    began = monotonic()
    with _step(tell, "Inventing a hotel and its guests"):
        progress(0.02, "Inventing a hotel")
        hotel = _invent(appliance, wish)
        files = _write_exports(appliance, hotel)
    progress(0.15, "Importing")
    with _step(tell, f"Importing {count(len(files), 'export')}"):
        appliance.complete_first_run(NAME, appliance.parts.layout.drop)
        _describe(appliance, hotel)
        _import(appliance, files, lambda share, step: progress(0.15 + 0.2 * share, step))
    with _step(tell, "Learning from its bookings"):
        reports = _learn(appliance, lambda share, step: progress(0.35 + 0.55 * share, step))
    for report in reports:
        tell(f"  {in_staff_words(report.sentence)}")
    with _step(tell, "Predicting the coming nights"):
        progress(0.92, "Predicting")
        _predict(appliance)
    progress(1.0, "Ready")
    known = _bookings(appliance)
    learned = sum(report.stage is JobStage.DONE for report in reports)
    return {
        "home": str(appliance.parts.layout.home),
        "property": NAME,
        "business_date": hotel.last_day.isoformat(),
        "bookings": known,
        "seconds": round(monotonic() - began, 1),
        "trained": [in_staff_words(report.sentence) for report in reports],
        "sentence": f"{NAME} is ready: {count(known, 'booking')}, {count(learned, 'module')} trained.",
    }


def _wish(arguments: Arguments) -> _Wish:
    return _Wish(
        days=arguments.number("days", default=DEFAULT_DAYS, low=LEAST_DAYS, high=MOST_DAYS),
        seed=arguments.number("seed", default=DEFAULT_SEED, low=0, high=2**31 - 1),
    )


def _is_there(appliance: Appliance) -> bool:
    """Return whether the demonstration was prepared before. Raises HomeNotEmptyError where a real hotel lives here."""
    with appliance.parts.store.read() as connection:
        known, ours = properties.all(connection), find_or_former(connection, NAME)
    if any(row != ours for row in known):
        raise HomeNotEmptyError(
            f"{appliance.parts.layout.home} already holds {known[0].name}.",
            remedy="The demonstration does not mix with real data: name another folder with --home, or none at all.",
        )
    return bool(known) and known[0].business_date is not None


def _invent(appliance: Appliance, wish: _Wish) -> SyntheticHotel:
    """Simulate a hotel whose last business date was yesterday, so that its first night is tonight."""
    from hotelml_app.simulator import simulate

    last = today_of(appliance.parts.clock) - timedelta(days=1)
    return simulate(seed=wish.seed, property_name=NAME, start=last - timedelta(days=wish.days - 1), days=wish.days)


def _write_exports(appliance: Appliance, hotel: SyntheticHotel) -> Sequence[Path]:
    from hotelml_app.simulator import write_days

    folder = appliance.parts.layout.drop
    folder.mkdir(parents=True, exist_ok=True)
    first: date = hotel.last_day - timedelta(days=DELTA_DAYS)
    return write_days(hotel, folder, first, hotel.last_day)


def _describe(appliance: Appliance, hotel: SyntheticHotel) -> None:
    """Say what staff would say of their house on the Settings and Rates pages."""
    with appliance.parts.store.write() as connection:
        row = properties.by_name(connection, NAME)
        plan = hotel.plan
        properties.update(connection, row.id, country=plan.country, currency=plan.currency, rooms=plan.rooms)
        for kind in plan.room_types:
            properties.set_room_type(connection, row.id, kind.code, name=kind.name, rooms=kind.rooms)
    run_options.keep_options(appliance.parts.store, row.id, rates_kept.MODULE, {"room_cost": ROOM_COST})


def _import(appliance: Appliance, files: Sequence[Path], progress: ProgressCallback) -> None:
    """Take the exports in as the drop folder does: read, then put away. Raises what made one fail."""
    for number, file in enumerate(files):
        outcome = appliance.parts.folders.take_in(file, NAME)
        if outcome.error is not None:
            raise outcome.error
        progress((number + 1) / len(files), f"Importing {file.name}")


def _learn(appliance: Appliance, progress: ProgressCallback) -> list[TrainingReport]:
    with appliance.parts.store.read() as connection:
        row = properties.by_name(connection, NAME)
    return train_all(appliance.trainer, LEARNED, [row.id], progress=progress, cancel=CancelToken())


def _predict(appliance: Appliance) -> None:
    with appliance.parts.store.read() as connection:
        row = properties.by_name(connection, NAME)
    # All six, not only those that learned: the first look at the Today page has every decision in it.
    for module, manifest in discover().items():
        given(appliance.parts, row, module, manifest.horizon_days)


def _bookings(appliance: Appliance) -> int:
    with appliance.parts.store.read() as connection:
        return bookings.count(connection, properties.by_name(connection, NAME).id)


@contextmanager
def _step(tell: Tell, words: str) -> Iterator[None]:
    began = monotonic()
    tell(f"{words} ...")
    yield
    tell(f"  done in {monotonic() - began:.1f} s")
