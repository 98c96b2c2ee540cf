"""Long work that the clock asks for, each piece in a thread of its own: the clockwork goes on, and the end of the program does
not wait for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from hotelml_app.core.errors import Cancelled
from hotelml_app.core.jobs import CancelToken

log = logging.getLogger(__name__)

ENDS_WITHIN_S = 3.0
"""How long the end of the program waits for what was told to stop; a share that does not answer is left behind."""

Errand = Callable[[CancelToken], None]
"""Work that looks at its token often, and ends by raising Cancelled, or returning, once it is asked to stop."""


class Errands:
    """Runs errands by name, each once at a time, from ``start`` to ``stop``. Any thread may call."""

    def __init__(self, ends_within_s: float = ENDS_WITHIN_S) -> None:
        self._ends_within_s = ends_within_s
        self._lock = threading.Lock()
        self._under_way: dict[str, threading.Thread] = {}
        self._cancel: CancelToken | None = None

    def start(self) -> None:
        """Take errands from now on."""
        with self._lock:
            self._cancel = CancelToken()

    def stop(self) -> None:
        """Interrupt what is under way, and take nothing any more."""
        with self._lock:
            cancel, self._cancel = self._cancel, None
            under_way, self._under_way = self._under_way, {}
        if cancel is not None:
            cancel.cancel()
        deadline = time.monotonic() + self._ends_within_s
        for name, thread in under_way.items():
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                log.warning("%s does not end; it is left behind", name)

    def begin(self, name: str, errand: Errand) -> bool:
        """Begin an errand, and return False where the one before of that name is still under way."""
        with self._lock:
            if self._cancel is None:
                # The program ends: what the clock asked for a moment ago is too late.
                return True
            if name in self._under_way:
                log.warning("%s is still under way since the last time, and not begun again", name)
                return False
            thread = threading.Thread(target=self._run, args=(name, errand, self._cancel), name=name, daemon=True)
            self._under_way[name] = thread
            thread.start()
        return True

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until nothing is under way and return whether that came in time."""
        with self._lock:
            under_way = list(self._under_way.values())
        deadline = time.monotonic() + timeout_s
        for thread in under_way:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in under_way)

    def _run(self, name: str, errand: Errand, cancel: CancelToken) -> None:
        try:
            errand(cancel)
        except Cancelled:
            log.info("%s was stopped before it finished", name)
        except Exception:
            log.exception("%s did not succeed", name)
        finally:
            with self._lock:
                if self._under_way.get(name) is threading.current_thread():
                    del self._under_way[name]
