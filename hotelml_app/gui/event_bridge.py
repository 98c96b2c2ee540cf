"""From the appliance's threads to the Qt thread: events as one Qt signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from hotelml_app.core.events import Event, EventBus


class EventBridge(QObject):
    """Emit ``arrived`` on the Qt thread for every event the appliance publishes on any thread."""

    arrived = Signal(object)

    def __init__(self, bus: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe = bus.subscribe(self._forward)

    def close(self) -> None:
        """Stop listening; call it before the object goes."""
        self._unsubscribe()

    def _forward(self, event: Event) -> None:
        # Qt queues the delivery because the receivers live on another thread than the publisher.
        self.arrived.emit(event)
