"""The environment a training process runs in; it must be set before the heavy packages are imported."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

JAX_CACHE = "jax-cache"
"""Folder below ``staging`` that keeps compiled programs from one training to the next."""

_THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_SLEEPING_THREADS = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0", "KMP_BLOCKTIME": "0"}
"""Threads that wait for each other in a loop turn seconds into minutes on a PC that has other work; let them sleep."""

_GIVEN_BACK_FROM_BYTES = str(4 * 2**20)
_FREED_MEMORY_RETURNS = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": _GIVEN_BACK_FROM_BYTES,
    "MALLOC_TRIM_THRESHOLD_": _GIVEN_BACK_FROM_BYTES,
}
"""The C library of Linux keeps freed arrays for itself otherwise, a tenth of what a training takes.

Smaller ones it may keep: to fetch each column of a house's bookings from the system anew took two fifths of the time in which a
house of 600 rooms learns its rates, and saved 2 % of the memory.
"""

_ONE_THREAD_XLA = "--xla_cpu_multi_thread_eigen=false"


def training_environment(cache_folder: Path, threads: int, base: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a training process that may use ``threads`` threads."""
    environment = dict(os.environ if base is None else base)
    environment.update(
        KERAS_BACKEND="jax",
        JAX_PLATFORMS="cpu",
        JAX_COMPILATION_CACHE_DIR=str(cache_folder),
        JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS="0",
        JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES="-1",
        PYTHONUTF8="1",
    )
    environment.update({name: str(threads) for name in _THREAD_LIMITS})
    environment.update(_SLEEPING_THREADS)
    environment.update(_FREED_MEMORY_RETURNS)
    if threads == 1:
        environment["XLA_FLAGS"] = f"{environment.get('XLA_FLAGS', '')} {_ONE_THREAD_XLA}".strip()
    return environment


def usable_cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def children_at_once(configured: int, cores: int) -> int:
    """Return how many trainings may run beside each other; 0 leaves one core to the window."""
    return configured or max(1, cores - 1)
