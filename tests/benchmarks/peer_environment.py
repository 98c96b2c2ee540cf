"""The peers run in an environment of their own beside the project, so that nothing of theirs slips into HotelML."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from peers import ROOT

HERE = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv-peers"
WANTED = HERE / "peers.txt"


def peer_python() -> Path:
    """Return the peers' interpreter; the environment is made at its first use."""
    python = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = ENVIRONMENT / "installed.txt"
    wanted = WANTED.read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        print("installing the peers (once) ...", file=sys.stderr, flush=True)
        venv.EnvBuilder(with_pip=True, clear=ENVIRONMENT.exists()).create(ENVIRONMENT)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(WANTED)], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def ask_peer(peer: str, **arrays: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return a peer's answers to some arrays; see ``peer_models`` for what each takes and gives."""
    with tempfile.TemporaryDirectory() as name:
        given, told = Path(name) / "given.npz", Path(name) / "told.npy"
        np.savez(given, **arrays)
        subprocess.run(
            [str(peer_python()), "-W", "ignore", str(HERE / "peer_models.py"), peer, str(given), str(told)], check=True
        )
        answer: NDArray[np.float64] = np.load(told)
        return answer
