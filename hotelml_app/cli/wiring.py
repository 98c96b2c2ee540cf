"""What the command line needs from the floor above it, handed down so that it imports neither windows nor engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotelml_app.services.appliance import Appliance
    from hotelml_app.services.asking.home_owner import OpenAppliance
    from hotelml_app.services.report.views import Report
    from hotelml_app.settings.home import HomeLayout


@dataclass(frozen=True)
class Wiring:
    """How to open a home, to open the window of a home, hidden or not, to show that of an open one, to draw all pages into a
    folder, and to lay a report out in a PDF file beside a home.
    """

    open_appliance: OpenAppliance
    open_window: Callable[[HomeLayout, bool], int]
    run_window: Callable[[Appliance], int]
    draw_screens: Callable[[Appliance, Path], Sequence[Path]]
    draw_report: Callable[[Report, HomeLayout, Path], None]
