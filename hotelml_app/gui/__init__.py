"""The window: what staff see and press. Qt is imported when it is opened, not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hotelml_app.gui.port import AppliancePort


def run(appliance: AppliancePort, *, hidden: bool = False) -> int:
    """Show the window, out of sight at first where ``hidden``, and return its exit code once the user quits.

    The caller starts and closes the appliance.
    """
    import gc

    # Nothing that is made before the first picture is garbage yet.
    gc.disable()
    import hotelml_app.gui.plain_import  # noqa: F401 - before anything else brings Qt in
    from hotelml_app.gui.application import run as run_application

    return run_application(appliance, hidden=hidden)
