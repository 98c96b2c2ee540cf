"""The type of the fixture that opens a window."""

from __future__ import annotations

from collections.abc import Callable

from hotelml_app.gui.application import WindowApplication

Open = Callable[..., WindowApplication]
"""Call it with an appliance and, if wanted, a page and a size."""
