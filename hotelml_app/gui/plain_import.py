"""Qt without PySide6's wrapper around Python's ``import``; to be imported before anything else brings Qt in.

The wrapper reads the source text of every module that is imported after Qt, to see whether it asks for another spelling of
Qt's names (``from __feature__ import snake_case``). Nothing here does, and opening a home imports some 600 modules: without
the wrapper that takes about half the time.
"""

from __future__ import annotations

import builtins

_PYTHONS_OWN = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

builtins.__import__ = _PYTHONS_OWN
