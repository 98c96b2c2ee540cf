"""A training lets everything else on this PC go first."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

log = logging.getLogger(__name__)

NICENESS = 10
"""How far the window and the import go first, on systems that count it so."""

SESSION_NICENESS = Path("/proc/self/autogroup")
"""Where Linux keeps the niceness of a whole session, if it counts by sessions."""

BETWEEN_SESSIONS_S = 0.12
"""After this long Linux lowers another session: it refuses a second one within a tenth of a second."""


def step_back() -> None:
    """Lower this process's priority, and that of its session where it has one of its own."""
    import psutil

    lower = psutil.BELOW_NORMAL_PRIORITY_CLASS if sys.platform == "win32" else NICENESS
    try:
        psutil.Process().nice(lower)
    except psutil.AccessDenied:
        log.info("this process may not lower its own priority")
    if sys.platform == "linux" and os.getsid(0) == os.getpid():
        step_back_as_session(SESSION_NICENESS)


def step_back_as_session(niceness: Path) -> None:
    """Lower the priority of this process's session.

    Most desktops have Linux share the processor between sessions first: a training in a session of its own would get as
    much of it as the window with all its threads, however low the priority of its process.
    """
    for pause in (BETWEEN_SESSIONS_S, 2 * BETWEEN_SESSIONS_S, None):
        try:
            niceness.write_text(f"{NICENESS}\n", encoding="ascii")
        except BlockingIOError as busy:
            if pause is None:
                log.info("the session's priority stays as it is: %s", busy)
            else:
                time.sleep(pause)
        except FileNotFoundError:
            log.debug("this system does not count by sessions")
            return
        except OSError as error:
            log.info("the session's priority stays as it is: %s", error)
            return
        else:
            return
