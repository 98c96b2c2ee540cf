"""Where an operation is run: in this process, if nobody owns the home, or by the HotelML that does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.jobs import CancelToken, ProgressCallback, no_progress
from hotelml_app.services.asking.home_owner import OpenAppliance, open_to_look, open_to_own, running
from hotelml_app.services.asking.interrupting import cancelled_by_interrupt
from hotelml_app.services.asking.loopback import LoopbackRunner
from hotelml_app.services.asking.operations import operation
from hotelml_app.settings.home import HomeLayout

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance

log = logging.getLogger(__name__)


class OperationRunner(Protocol):
    """Does operations, here or in another process."""

    def ask(self, name: str, arguments: Mapping[str, object], progress: ProgressCallback = no_progress) -> dict[str, object]:
        """Do one operation and return its JSON-ready answer. Raises HotelMLError."""


class LocalRunner:
    """Does operations in this process."""

    def __init__(self, appliance: Appliance, tell: Callable[[str], None]) -> None:
        self._appliance, self._tell = appliance, tell

    def ask(self, name: str, arguments: Mapping[str, object], progress: ProgressCallback = no_progress) -> dict[str, object]:
        """Do one operation and return its JSON-ready answer. Raises HotelMLError."""
        cancel = CancelToken()
        try:
            with cancelled_by_interrupt(cancel, self._tell):
                return operation(name).run(self._appliance.parts, arguments, progress, cancel)
        except HotelMLError as error:
            # People get a sentence; where it came from is for the log, which closes with the appliance.
            log.info("%s was refused: %s", name, error, exc_info=True)
            raise


@contextmanager
def open_runner(
    layout: HomeLayout, open_appliance: OpenAppliance, name: str, tell: Callable[[str], None]
) -> Iterator[OperationRunner]:
    """Give whoever runs the operation ``name``, for as long as it takes; ``tell`` hears why one has to wait, if so."""
    wanted = operation(name)
    if not wanted.heavy:
        other = running(layout)
        if other is not None:
            yield other
            return
    opened = open_to_own(layout, open_appliance, tell) if wanted.changes else open_to_look(layout, open_appliance)
    if isinstance(opened, LoopbackRunner):
        yield opened
        return
    with opened as appliance:
        yield LocalRunner(appliance, tell)
