"""Numbers of Qt's names, for properties of what is made before the window's first picture.

To know one name of ``Qt``, Python has to get to know all two thousand of them: a quarter of the time that the window takes
beyond a bare one. A property takes the number as well.
"""

from __future__ import annotations

PLAIN_TEXT = 0
ICON_ALONE, WORDS_BESIDE_ICON = 0, 2
TAB_AND_CLICK = 11
"""Both bring the focus, the wheel does not."""
