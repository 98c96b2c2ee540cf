"""What the window asks first: which properties there are, how it should look, whether this is the first start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotelml_app.gui.port import AppliancePort
    from hotelml_app.services.properties.views import PropertyView


@dataclass(frozen=True)
class Opening:
    """The answer to the window's first question."""

    properties: tuple[PropertyView, ...]
    needs_first_run: bool
    theme: str
    desktop_level: str


def ask_opening(appliance: AppliancePort) -> Opening:
    """Ask the appliance; runs in the background. Raises HotelMLError."""
    settings = appliance.settings()
    levels = settings.appearance.theme, settings.notifications.desktop
    return Opening(appliance.properties(), appliance.needs_first_run(), *levels)
