"""Drawing where no window is open: no screen is looked for, and the system's fonts are there all the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def draw_without_screen() -> None:
    """Choose how Qt draws, before its application is made; what the environment chose already stays."""
    # An empty value chooses nothing, and Qt would look for a screen.
    os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
    if sys.platform == "win32":
        # Without a screen, Qt does not ask Windows for its fonts: what the bundled one lacks (Thai, Chinese) would be boxes.
        os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ.get("SYSTEMROOT", "C:/Windows")) / "Fonts"))
