"""What a figure is held against, run in the same minute on the same machine."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One line of the table: ours beside the peer, the ratio, and whether the goal is met."""

    what: str
    ours: float
    peer: float
    unit: str
    peer_name: str
    goal: str
    met: bool

    @property
    def ratio(self) -> float:
        return self.ours / self.peer if self.peer else float("nan")

    def as_dict(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio}

    def __str__(self) -> str:
        verdict = "met" if self.met else "NOT MET"
        return (
            f"{self.what:46s} {self.ours:10.3f} {self.unit:4s} | {self.peer_name:44s} {self.peer:10.3f} | "
            f"ratio {self.ratio:8.3f} | {self.goal:24s} {verdict}"
        )


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def in_child(code: str, *arguments: str) -> tuple[float, float]:
    """Run Python code in a child; return its wall seconds and peak memory in MB."""
    probe = (
        "import resource, sys, time\nstarted = time.perf_counter()\n"
        + code
        + "\nprint(time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    result = subprocess.run([sys.executable, "-c", probe, *arguments], capture_output=True, text=True, check=True)
    seconds, megabytes = result.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def peak_memory_of_children_mb() -> float:
    """Return the largest resident size any finished child reached."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


ROOT = Path(__file__).resolve().parents[2]
