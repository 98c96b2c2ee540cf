#!/usr/bin/env python3
"""Run every check in one go: format, lint, types, floors, tests. Arguments go to pytest.

Each step is shown with its time; all steps run even where one fails, and the exit code is 0 only if all passed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMITED_THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "QT_QPA_PLATFORM": "offscreen"}


def steps(pytest_arguments: list[str]) -> list[tuple[str, list[str]]]:
    """Return the name and command of each check."""
    python = sys.executable
    scripts = Path(python).parent
    workers = str(min(4, os.cpu_count() or 1))
    return [
        ("format", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("lint", [python, "-m", "ruff", "check", "--quiet", "."]),
        ("types", [python, "-m", "mypy", "--no-error-summary"]),
        ("floors", [str(scripts / ("lint-imports.exe" if os.name == "nt" else "lint-imports"))]),
        ("tests", [python, "-m", "pytest", "-q", "-n", workers, "--dist", "worksteal", *pytest_arguments]),
    ]


def main(arguments: list[str]) -> int:
    """Run the checks; return 0 where all passed."""
    failed = []
    for name, command in steps(arguments):
        print(f"== {name}", flush=True)
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, **LIMITED_THREADS}).returncode
        print(f"== {name}: {'ok' if code == 0 else f'FAILED ({code})'} in {time.monotonic() - started:.0f} s", flush=True)
        if code:
            failed.append(name)
    print("all checks passed" if not failed else f"failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
