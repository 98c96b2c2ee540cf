"""Starting must be quick, and predicting must work where the training packages are not even installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TRAINING = ("keras", "jax", "sklearn", "skl2onnx", "onnx", "scipy")
HEAVY = (*TRAINING, "polars", "onnxruntime", "PySide6", "fastapi", "uvicorn", "pydantic", "numpy", "sqlite_utils", "cryptography")

_LOADED = """
import sys
from hotelml_app.__main__ import main
try:
    code = main(sys.argv[1:])
finally:
    sys.stderr.write("LOADED " + " ".join(sorted(name for name in sys.modules if "." not in name)))
sys.exit(code)
"""

_WITHOUT = """
import sys
for name in {missing!r}:
    sys.modules[name] = None
from hotelml_app.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run(script: str, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "HOTELML_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def loaded(*arguments: str, home: Path) -> set[str]:
    """Return the packages that a command imported."""
    done = run(_LOADED, *arguments, home=home)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.partition("LOADED ")[2].split())


def test_help_imports_nothing_heavy(home: Path) -> None:
    assert loaded("--help", home=home) & set(HEAVY) == set()
    assert loaded("predict", "--help", home=home) & (set(HEAVY) - {"pydantic"}) == set()


@pytest.mark.parametrize("module", ["forecast", "noshow", "pricing", "allocation", "guests", "sentiment"])
def test_a_prediction_imports_no_training_package_and_no_frames(module: str, hotel_home: Path, tmp_path: Path) -> None:
    found = loaded("predict", module, "--out", str(tmp_path / "out.csv"), home=hotel_home)
    assert found & {*TRAINING, "polars", "PySide6", "fastapi", "cryptography"} == set()


def test_predictions_and_status_work_where_nothing_can_be_trained(hotel_home: Path, tmp_path: Path) -> None:
    script = _WITHOUT.format(missing=TRAINING)
    done = run(script, "predict", "forecast", "--out", str(tmp_path / "out.csv"), home=hotel_home)
    assert done.returncode == 0, done.stderr
    assert run(script, "status", home=hotel_home).returncode == 0
