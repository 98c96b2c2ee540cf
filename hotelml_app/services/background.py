"""What works in the background of an open appliance, the watcher, the schedule, the API: ended in reverse order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from hotelml_app.core.errors import HotelMLError
from hotelml_app.core.events import EventBus, Settled, Warned
from hotelml_app.core.severity import Severity
from hotelml_app.services.asking.discretion import in_short

log = logging.getLogger(__name__)

NOT_STARTED = "start"
"""The key of what is warned of."""


class BackgroundService(Protocol):
    """Something that works on its own threads while the appliance is started."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End, and leave no thread behind; one that did not begin has nothing to end."""


def start_all(services: Iterable[BackgroundService], bus: EventBus) -> None:
    """Start all of them; one that fails is warned of and does not keep the others, such as the watcher, from their work.

    Raises what the first of them failed with, once all the others were started.
    """
    troubles = [error for error in map(_trouble_starting, services) if error is not None]
    if not troubles:
        bus.publish(Settled(NOT_STARTED))
        return
    told = "; ".join(error.message if isinstance(error, HotelMLError) else in_short(error) for error in troubles)
    remedy = "Start HotelML again. If this happens again, the log has the details."
    bus.publish(Warned(NOT_STARTED, "A part of HotelML could not be started", told, remedy, Severity.FAILURE))
    raise troubles[0]


def _trouble_starting(service: BackgroundService) -> Exception | None:
    try:
        service.start()
    except Exception as error:
        log.exception("%s could not be started", type(service).__name__)
        return error
    return None


def stop_all(services: Sequence[BackgroundService]) -> None:
    """End all of them, the one that began last first."""
    end_each(service.stop for service in reversed(services))


def end_each(ends: Iterable[Callable[[], None]]) -> None:
    """End one part after the other; what goes wrong with one must not keep the others from ending."""
    for end in ends:
        try:
            end()
        except Exception:
            log.exception("a part did not end well")
