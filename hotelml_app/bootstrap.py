"""The wiring: the only place where the parts of HotelML are put together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotelml_app.core.clock import Clock
    from hotelml_app.core.events import EventBus
    from hotelml_app.notify.courier import Courier
    from hotelml_app.schedule.errands import Errands
    from hotelml_app.schedule.retraining import Retrainer
    from hotelml_app.schedule.scheduler import Scheduler
    from hotelml_app.schedule.upkeep import Upkeep
    from hotelml_app.services.appliance import Appliance
    from hotelml_app.services.background import BackgroundService
    from hotelml_app.services.handover.exchange import Waiting
    from hotelml_app.services.parts import Closes, Parts
    from hotelml_app.services.report.views import Report
    from hotelml_app.settings.home import HomeLayout

TRAINING_CHILD = "training-child"
"""The hidden command by which the trainer starts its children; it knows nothing of windows, commands or the API."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line, or a training child, and return the exit code."""
    from hotelml_app.services.process.log_files import keep_quiet
    from hotelml_app.services.process.network_calls import watch_network

    watch_network()
    is_child = bool(arguments) and arguments[0] == TRAINING_CHILD
    if not is_child:
        keep_quiet()
    if sys.platform == "win32":
        from hotelml_app.services.process.cpp_runtime import load_newest
        from hotelml_app.services.process.running_mark import mark_running

        load_newest()
        mark_running()
    if is_child:
        from hotelml_app.training.child import main

        return main(arguments[1:])
    from hotelml_app.cli.program import run as run_program
    from hotelml_app.cli.wiring import Wiring

    return run_program(arguments, Wiring(open_appliance, open_window, run_window, draw_screens, draw_report))


def open_appliance(layout: HomeLayout, *, writer: bool, clock: Clock | None = None, bus: EventBus | None = None) -> Appliance:
    """Open a home as its one writer, or to look only. Raises HomeBusyError where a writer is wanted and there is one.

    ``bus`` is where it tells what happens, for somebody who listens already.
    """
    from hotelml_app.core.clock import SystemClock
    from hotelml_app.core.events import EventBus
    from hotelml_app.services.appliance import Appliance

    holds: list[Closes] = []
    try:
        parts = _parts(layout, clock or SystemClock(), bus or EventBus(), writer, holds)
    except BaseException:
        for hold in reversed(holds):
            hold.close()
        raise
    return Appliance(parts, _background)


def _parts(layout: HomeLayout, clock: Clock, bus: EventBus, writer: bool, holds: list[Closes]) -> Parts:
    from hotelml_app.modules import discover
    from hotelml_app.registry.bundled import BundledModels, bundled_folder
    from hotelml_app.registry.registry import ModelRegistry
    from hotelml_app.services.exports.drop_folders import DropFolders
    from hotelml_app.services.handover import exchange
    from hotelml_app.services.parts import Parts
    from hotelml_app.services.process.log_files import COMMANDS_LOG, OWNER_LOG, LogFile
    from hotelml_app.services.process.network_calls import watch_network
    from hotelml_app.services.process.process_memory import keep_memory_small, set_code_aside
    from hotelml_app.settings.files import load
    from hotelml_app.store import Store

    keep_memory_small()
    set_code_aside()
    if not writer:
        exchange.refuse_cut_off(layout)
    came = _own_home(layout, clock, holds) if writer else None
    holds.append(LogFile(layout.logs, OWNER_LOG if writer else COMMANDS_LOG))
    settings = load(layout.home, discover())
    store = Store.open(layout.database, clock, writer=writer, backup_folder=layout.backups)
    holds.append(store)
    parts = Parts(
        layout=layout,
        clock=clock,
        bus=bus,
        store=store,
        settings=settings,
        registry=ModelRegistry(store, layout.models, clock, bus, BundledModels(bundled_folder())),
        folders=DropFolders(layout, store, settings, clock, bus),
        network=watch_network(),
        came=came,
    )
    if writer:
        _add_what_writes(parts, holds)
    parts.holds = tuple(holds)
    return parts


def _own_home(layout: HomeLayout, clock: Clock, holds: list[Closes]) -> Waiting | None:
    """Take the home's lock, and let a hand-over file that waits take its place; return what came."""
    from hotelml_app.services.handover import exchange
    from hotelml_app.services.home.lock import HeldHome

    holds.append(HeldHome(layout))
    layout.prepare()
    came = exchange.take_over(layout, clock.now())
    layout.prepare()
    return came


def _add_what_writes(parts: Parts, holds: list[Closes]) -> None:
    from functools import partial

    from hotelml_app.collector import DataCollector
    from hotelml_app.notify.notices import Notices
    from hotelml_app.services.backups.nightly import tell_at_start
    from hotelml_app.services.exports.data_counts import points_known
    from hotelml_app.services.home.settings_page import know_set_up, tell_when_known
    from hotelml_app.services.learning.lost_accuracy import lost_accuracy
    from hotelml_app.services.updates.telling import tidy_at_start
    from hotelml_app.training.trainer import Trainer

    holds.append(Notices(parts.store, parts.clock, parts.bus, lambda: parts.settings.notifications))
    tell_at_start(parts)
    know_set_up(parts)
    holds.append(tell_when_known(parts))
    tidy_at_start(parts)
    rules = parts.settings.collector
    collector = DataCollector(
        parts.store,
        parts.clock,
        capacity=rules.buffer_size,
        flush_after_s=rules.flush_after_s,
        journal_folder=parts.layout.run,
    )
    holds.append(collector)
    parts.collector = collector
    parts.trainer = Trainer(
        parts.store,
        parts.registry,
        parts.layout,
        parts.settings,
        parts.clock,
        parts.bus,
        lost=partial(lost_accuracy, parts.store),
        counted=partial(points_known, parts),
    )
    holds.append(parts.trainer)


def _retrainer(parts: Parts) -> Retrainer:
    from functools import partial

    from hotelml_app.modules import discover
    from hotelml_app.monitor.monitor import Monitor
    from hotelml_app.schedule.retraining import Retrainer
    from hotelml_app.services.exports.data_counts import points_of

    assert parts.trainer is not None, "only the owner of a home retrains"
    judge = Monitor(parts.store, parts.collector)
    count = partial(points_of, parts)
    return Retrainer(parts.store, lambda: parts.settings, parts.trainer.submit, judge, lambda: discover().values(), count)


def _upkeep(parts: Parts, retrainer: Retrainer) -> Upkeep:
    from hotelml_app.modules import discover
    from hotelml_app.monitor.monitor import Monitor
    from hotelml_app.schedule.refresh import Refresher
    from hotelml_app.schedule.upkeep import Upkeep

    judge = Monitor(parts.store, parts.collector)
    refresher = Refresher(
        parts.store, parts.registry, parts.clock, parts.bus, judge, lambda: discover().values(), parts.property_data_of
    )
    return Upkeep(parts.store, parts.clock, parts.bus, refresher, retrainer)


def _scheduler(parts: Parts, retrainer: Retrainer, errands: Errands) -> Scheduler:
    from hotelml_app.schedule.scheduler import Scheduler
    from hotelml_app.services.home.timetable import Timetable

    timetable = Timetable(parts, retrainer, errands)
    return Scheduler(parts.store, parts.clock, timetable.schedules, timetable.run)


def _courier(parts: Parts) -> Courier:
    from hotelml_app.notify.courier import Courier
    from hotelml_app.services.channels.delivery import deliver

    return Courier(parts.store, parts.clock, parts.bus, lambda: parts.settings.notifications, lambda one: deliver(parts, one))


def _background(appliance: Appliance) -> Sequence[BackgroundService]:
    """Return what works in the background of a started appliance, in the order it starts."""
    from hotelml_app.api.server import LoopbackServer
    from hotelml_app.schedule.errands import Errands
    from hotelml_app.services.process.resting import Resting

    parts = appliance.parts
    if not parts.writes:
        return ()
    retrainer = _retrainer(parts)
    parts.upkeep = _upkeep(parts, retrainer)
    errands, courier = Errands(), _courier(parts)
    scheduler = _scheduler(parts, retrainer, errands)
    return (LoopbackServer(appliance), Resting(parts), courier, parts.upkeep, errands, scheduler, parts.folders)


def open_window(layout: HomeLayout, hidden: bool = False) -> int:
    """Show the window at once unless it is to stay hidden, open its home behind it, and return when the window is closed.

    Raises what kept the home from being opened; the window has told it, too.
    """
    from functools import partial
    from typing import cast

    from hotelml_app.gui import run as run_gui
    from hotelml_app.services.home.opening import OpeningHome, open_behind_window

    with OpeningHome(lambda bus: open_behind_window(layout, partial(open_appliance, bus=bus))) as home:
        return run_gui(cast("Appliance", home), hidden=hidden)


def run_window(appliance: Appliance) -> int:
    """Show the window of an open home, start the appliance behind it, and return when the window is closed."""
    from typing import cast

    from hotelml_app.gui import run as run_gui
    from hotelml_app.services.home.opening import OpeningHome

    appliance.parts.has_window = True
    with OpeningHome(lambda _: appliance, appliance.events) as home:
        return run_gui(cast("Appliance", home))


def draw_screens(appliance: Appliance, folder: Path) -> Sequence[Path]:
    """Draw every page, light and dark, into ``folder`` and return the files; no screen is needed."""
    from hotelml_app.gui.screenshots import render_all

    return render_all(appliance, folder)


def draw_report(report: Report, layout: HomeLayout, target: Path) -> None:
    """Lay a report out in a PDF file; no screen is needed. Raises FileNotWrittenError."""
    from hotelml_app.gui.paper.report_paper import pdf_without_window
    from hotelml_app.services.report.keeping import keep

    keep(layout, target, pdf_without_window(report))
