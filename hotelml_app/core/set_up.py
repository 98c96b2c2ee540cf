"""How whoever looks after the PC gets a HotelML that lacks something whole again."""

from __future__ import annotations

import sys


def set_up_again() -> str:
    """Return what to do: install the packed program again, or set up again from its folder."""
    if getattr(sys, "frozen", False):
        return "Install HotelML again."
    # On Windows, python3 opens the Microsoft Store.
    return f"Set HotelML up again: {'py' if sys.platform == 'win32' else 'python3'} packaging/bootstrap.py setup"
