"""Watching one training process from its start to its end, whatever end that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hotelml_app.core.clock import Clock
from hotelml_app.core.jobs import CancelToken, JobStage, ProgressCallback
from hotelml_app.training.process import TrainingProcess, how_it_ended

_LOOK_EVERY_S = 0.1
_LONGEST_LOOK_S = 10.0
"""What lies beyond this between two looks, the PC slept through: Windows counts it as time, but nobody worked."""

_STRETCH_S = 10.0
_STUCK_SHARE = 0.01
"""A training steps back behind all else on the PC. One that gets less of a processor than this does not wait for its turn: it
hangs."""

_SILENCE_AFTER_DEATH_S = 2.0
_GRACE_AFTER_REPORT_S = 5.0


@dataclass(frozen=True, slots=True)
class ChildEnd:
    """How a training process ended: ``report`` where it went well, else ``reason`` and ``remedy`` in words.

    ``points`` is how many examples there were and ``as_of`` up to which day, where it got as far as counting them.
    """

    stage: JobStage
    report: Mapping[str, Any] | None = None
    reason: str = ""
    remedy: str = ""
    points: int | None = None
    log_tail: tuple[str, ...] = ()
    as_of: str = ""


class _Work:
    """How long a training has worked: where others take the PC from it, only the time that it got."""

    def __init__(self, process: TrainingProcess, now_s: float) -> None:
        self._process, self._looked_s = process, now_s
        self._before_s, self._stretch_s, self._used_s = 0.0, 0.0, process.processor_s()

    def seconds(self, now_s: float) -> float:
        """Return the time up to now; what the PC slept through is none of it."""
        self._stretch_s += min(now_s - self._looked_s, _LONGEST_LOOK_S)
        self._looked_s = now_s
        if self._stretch_s >= _STRETCH_S:
            used_s = self._process.processor_s()
            got_s = used_s - self._used_s
            starved = _STUCK_SHARE * self._stretch_s < got_s < self._stretch_s
            self._before_s += got_s if starved else self._stretch_s
            self._stretch_s, self._used_s = 0.0, used_s
        return self._before_s + self._stretch_s


def supervise(
    start: Callable[[], TrainingProcess],
    token: CancelToken,
    clock: Clock,
    time_limit_s: float,
    progress: ProgressCallback,
) -> ChildEnd:
    """Start a process, pass on its progress, and return its end; it is gone when this returns."""
    try:
        process = start()
    except OSError as error:
        return ChildEnd(JobStage.FAILED, reason=f"The training process cannot be started ({error.strerror or error}).")
    end, known = None, ChildEnd(JobStage.RUNNING)
    try:
        work = _Work(process, clock.monotonic())
        while end is None:
            if token.cancelled:
                return ChildEnd(JobStage.CANCELLED, reason="Stopped on request; nothing was changed.")
            if work.seconds(clock.monotonic()) > time_limit_s:
                return _knowing(known, _too_slow(process, time_limit_s))
            gone = process.ended
            message = process.next_message(_SILENCE_AFTER_DEATH_S if gone else _LOOK_EVERY_S)
            if message is not None and "counted" in message:
                known = replace(known, points=int(message["counted"]), as_of=str(message["as_of"]))
            elif message is not None:
                end = _understood(message, process, progress)
            elif gone or process.silent:
                end = _died(process)
    finally:
        process.end(_GRACE_AFTER_REPORT_S if end is not None else 0.0)
    return _knowing(known, end)


def _knowing(known: ChildEnd, end: ChildEnd) -> ChildEnd:
    """Return an end with what was counted before it came, whatever it is."""
    return replace(end, points=known.points, as_of=known.as_of) if known.points is not None else end


def _understood(message: Mapping[str, Any], process: TrainingProcess, progress: ProgressCallback) -> ChildEnd | None:
    """Pass on progress; return the end that any other message is."""
    if "progress" in message:
        progress(float(message["progress"]), str(message.get("step", "")))
        return None
    if "report" in message:
        return ChildEnd(JobStage.DONE, report=message["report"])
    remedy = str(message.get("remedy", ""))
    if "skipped" in message:
        return ChildEnd(JobStage.SKIPPED, reason=str(message["skipped"]), remedy=remedy, points=message.get("points"))
    reason = str(message.get("error", "The training failed."))
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
