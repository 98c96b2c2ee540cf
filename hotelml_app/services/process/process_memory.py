"""The process's memory as the system sees it: what is freed should come back, and on Linux that takes a word or two."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Callable, Mapping

LARGE_BYTES = 1 << 18
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
"""From glibc's malloc.h."""

ARENAS = 2
"""Heaps that threads share; by default each of the many threads gets one of its own, and keeps what it once needed."""

OLDEST = 2
"""The generation of objects whose search goes through all of them."""

MANY_MODULES = 30
"""So many newly imported modules are worth setting aside."""

_modules_aside = 0
_elsewhere: Callable[[], object] | None = None


def keep_memory_small() -> None:
    """Have large arrays return to the system as soon as they are freed. Call it once, before anything large is made.

    The C library of Linux learns from freed arrays to keep ever larger ones for itself; with two hotels of 50,000
    bookings each that costs 120 MB. A fixed threshold stops the learning.
    """
    settle = _c_library("mallopt")
    if settle is not None:
        for option, value in ((_M_MMAP_THRESHOLD, LARGE_BYTES), (_M_TRIM_THRESHOLD, LARGE_BYTES), (_M_ARENA_MAX, ARENAS)):
            settle(option, value)


def set_code_aside() -> None:
    """Have what imports made left out of the search for garbage from now on.

    A full search holds up every thread. With all modules loaded it would look at 150,000 objects, nearly all of them code
    that stays anyway, and the window would not answer for a tenth of a second.
    """
    if _after_search not in gc.callbacks:
        gc.callbacks.append(_after_search)


def _after_search(phase: str, search: Mapping[str, int]) -> None:
    """Set aside what a full search left over, where modules were imported since the last time.

    Not after every search: what is set aside is never looked at again, and a window's day would leave its garbage there.
    """
    if phase == "stop" and search["generation"] == OLDEST and _much_is_new():
        set_all_aside()


def set_new_code_aside() -> bool:
    """Set aside what was just imported, before a full search has to look at all of it; return whether there was enough.

    Only the young are searched first: what is garbage among the older stays, which is little where this is asked often.
    """
    if not _much_is_new():
        return False
    gc.collect(OLDEST - 1)
    set_all_aside()
    return True


def set_all_aside() -> None:
    """Have everything that is there now left out of the search for garbage."""
    global _modules_aside
    _modules_aside = len(sys.modules)
    gc.freeze()


def _much_is_new() -> bool:
    return len(sys.modules) - _modules_aside >= MANY_MODULES


def ask_elsewhere(search: Callable[[], object] | None) -> None:
    """Have ``search`` asked in place of searching on the caller's thread: a window's garbage is not every thread's business."""
    global _elsewhere
    _elsewhere = search


def give_back_memory() -> None:
    """Hand freed memory back to the system; where somebody else searches for garbage, that happens a moment later, there."""
    (_elsewhere or search_and_give_back)()


def search_and_give_back() -> None:
    """Search all garbage on this thread, and hand freed memory back to the system."""
    gc.collect()
    trim = _c_library("malloc_trim")
    if trim is not None:
        trim(0)


def _c_library(name: str) -> Callable[..., object] | None:
    """Return a function of the C library where the system is Linux and has it."""
    if not sys.platform.startswith("linux"):
        return None
    function: Callable[..., object] | None = getattr(ctypes.CDLL(None), name, None)
    return function
