"""Watching one training process from its start to its end, whatever end that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hotelml_app.core.clock import Clock
from hotelml_app.core.jobs import CancelToken, JobStage, ProgressCallback
from hotelml_app.training.process import TrainingProcess, how_it_ended

_LOOK_EVERY_S = 0.1
_LONGEST_LOOK_S = 10.0
"""What lies beyond this between two looks, the PC slept through: Windows counts it as time, but nobody worked."""

_SILENCE_AFTER_DEATH_S = 2.0
_GRACE_AFTER_REPORT_S = 5.0


@dataclass(frozen=True, slots=True)
class ChildEnd:
    """How a training process ended: ``report`` where it went well, else ``reason`` and ``remedy`` in words."""

    stage: JobStage
    report: Mapping[str, Any] | None = None
    reason: str = ""
    remedy: str = ""
    points: int | None = None
    log_tail: tuple[str, ...] = ()


def supervise(
    start: Callable[[], TrainingProcess],
    token: CancelToken,
    clock: Clock,
    time_limit_s: float,
    progress: ProgressCallback,
) -> ChildEnd:
    """Start a process, pass on its progress, and return its end; it is gone when this returns."""
    looked_s, worked_s = clock.monotonic(), 0.0
    try:
        process = start()
    except OSError as error:
        return ChildEnd(JobStage.FAILED, reason=f"The training process cannot be started ({error.strerror or error}).")
    end: ChildEnd | None = None
    try:
        while end is None:
            if token.cancelled:
                return ChildEnd(JobStage.CANCELLED, reason="Stopped on request; nothing was changed.")
            worked_s += min(clock.monotonic() - looked_s, _LONGEST_LOOK_S)
            looked_s = clock.monotonic()
            if worked_s > time_limit_s:
                return _too_slow(process, time_limit_s)
            gone = process.ended
            message = process.next_message(_SILENCE_AFTER_DEATH_S if gone else _LOOK_EVERY_S)
            if message is not None:
                end = _understood(message, process, progress)
            elif gone or process.silent:
                end = _died(process)
    finally:
        process.end(_GRACE_AFTER_REPORT_S if end is not None else 0.0)
    return end


def _understood(message: Mapping[str, Any], process: TrainingProcess, progress: ProgressCallback) -> ChildEnd | None:
    """Pass on progress; return the end that any other message is."""
    if "progress" in message:
        progress(float(message["progress"]), str(message.get("step", "")))
        return None
    if "report" in message:
        return ChildEnd(JobStage.DONE, report=message["report"])
    if "skipped" in message:
        return ChildEnd(JobStage.SKIPPED, reason=str(message["skipped"]), points=message.get("points"))
    reason, remedy = str(message.get("error", "The training failed.")), str(message.get("remedy", ""))
    return ChildEnd(JobStage.FAILED, reason=reason, remedy=remedy, log_tail=process.tail())


def _too_slow(process: TrainingProcess, time_limit_s: float) -> ChildEnd:
    return ChildEnd(
        JobStage.FAILED,
        reason=f"The training took longer than its time limit of {_duration(time_limit_s)} and was stopped.",
        remedy="Raise time_limit_s of this module in the settings if the PC is just slow.",
        log_tail=process.tail(),
    )


def _died(process: TrainingProcess) -> ChildEnd:
    code = process.end(_GRACE_AFTER_REPORT_S)
    return ChildEnd(
        JobStage.FAILED,
        reason=f"The training process died: {how_it_ended(code)}. Everything else is untouched.",
        remedy="Start the training again; if it keeps dying, close other programs or look into the log.",
        log_tail=process.tail(),
    )


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"
