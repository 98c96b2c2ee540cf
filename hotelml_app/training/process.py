"""A training process as its supervisor holds it: started, listened to, and ended with all its children."""

from __future__ import annotations

import logging
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from hotelml_app.training.wire import message_of

log = logging.getLogger(__name__)

_END_WITHIN_S = 5.0
_TAIL_LINES = 12
_CREATION_FLAGS = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
_TAIL_BYTES = 8_192
_FIRST_OF_WINDOWS = 0xC000_0000
"""From here on an exit code is Windows' own: 0xC0000005 is a program that reached for memory that is not its own."""


def child_command() -> list[str]:
    """Return how a training process is started; its specification follows.

    A packed HotelML has two programs on Windows: that of the window has no output that anybody could listen to.
    """
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        return [str(program.with_name(f"hotelml{program.suffix}")), "training-child"]
    return [str(_with_output(Path(sys.executable))), "-m", "hotelml_app", "training-child"]


def _with_output(interpreter: Path) -> Path:
    """Return the Python beside the one without a console, by which HotelML starts at sign-in on Windows."""
    plain = interpreter.with_name(f"python{interpreter.suffix}")
    return plain if interpreter.stem.lower() == "pythonw" and plain.is_file() else interpreter


class TrainingProcess:
    """One running child. Its stdin stays open for as long as this process lives: that is how it knows."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log_file: Path) -> None:
        self.log_file = log_file
        self._silent = False
        self._lines: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        with log_file.open("wb") as errors:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=dict(environment),
                # Ctrl+C at the terminal is for the one that asked: it stops the child in order, or ends and takes it along.
                start_new_session=True,
                creationflags=_CREATION_FLAGS,
            )
        assert self._process.stdout is not None, "it is a pipe"
        self._reader = threading.Thread(
            target=self._listen, args=(self._process.stdout,), name=f"listen-{self._process.pid}", daemon=True
        )
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """True once the process is gone."""
        return self._process.poll() is not None

    def processor_s(self) -> float:
        """Return how many seconds of a processor the process has had so far; 0 once it is gone."""
        import psutil

        try:
            used = psutil.Process(self._process.pid).cpu_times()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            return 0.0
        return float(used.user + used.system)

    def next_message(self, timeout_s: float) -> dict[str, Any] | None:
        """Return the next message, or None where none came in time or none will come."""
        if self._silent:
            return None
        try:
            message = self._lines.get(timeout=timeout_s)
        except queue.Empty:
            return None
        self._silent = message is None
        return message

    @property
    def silent(self) -> bool:
        """True once all it said was read and nothing more will come."""
        return self._silent

    def end(self, grace_s: float = 0.0) -> int:
        """Wait ``grace_s`` for the process to end, then end it and all it started; return its exit code."""
        try:
            self._process.wait(grace_s)
        except subprocess.TimeoutExpired:
            _kill_tree(self._process.pid)
        code = self._process.wait(_END_WITHIN_S)
        self._reader.join(_END_WITHIN_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return code

    def tail(self) -> tuple[str, ...]:
        """Return the last lines of what the process wrote to its log."""
        with self.log_file.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - _TAIL_BYTES))
            text = file.read().decode("utf-8", errors="replace")
        return tuple(text.splitlines()[-_TAIL_LINES:])

    def _listen(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            message = message_of(line)
            if message is None:
                log.warning("process %d wrote a line that is no message: %r", self.pid, line[:200])
            else:
                self._lines.put(message)
        self._lines.put(None)


def _kill_tree(pid: int) -> None:
    import psutil

    try:
        process = psutil.Process(pid)
        descendants = process.children(recursive=True)
    except psutil.NoSuchProcess:
        return
    for member in (process, *descendants):
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue
        except psutil.AccessDenied as error:
            # Windows says so of a process that is just ending by itself.
            log.info("process %d could not be ended: %s", member.pid, error)
    # The process itself is waited for by who started it; its exit code can be collected only once.
    psutil.wait_procs(descendants, timeout=_END_WITHIN_S)


def how_it_ended(code: int) -> str:
    """Return an exit code in words."""
    if code >= _FIRST_OF_WINDOWS:
        return f"it crashed (Windows calls it 0x{code:08X})"
    if code >= 0:
        return f"it ended with code {code} before its report"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    shortage = ", which also happens when memory runs out" if name == "SIGKILL" else ""
    return f"it was stopped from outside ({name}{shortage})"
