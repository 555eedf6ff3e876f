"""The peers' own environments, made once under build/peers/, and scripts run in them.

A plain `pip install torch` brings gigabytes for GPUs. Where the machine has a CPU build at hand, as a file or from an index
of its own, install that one into build/peers/networks first: what is there already is kept.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "build" / "peers"
PACKAGES = {
    "networks": ["torch==2.13.0", "scipy>=1.13", "scikit-learn>=1.4", "numpy", "h5py", "matplotlib", "tqdm"],
    # What the graded notebook imports has to be there too: otter runs the whole of it.
    "otter": [
        "otter-grader>=6.1",
        "ipykernel",
        "numpy",
        "h5py",
        "matplotlib",
        "tqdm",
        "ipywidgets",
        "jinja2",
        "typer",
        "rich",
    ],
}


class PeerError(Exception):
    """A peer that cannot be measured here, and why, in one line."""


def python(peer: str) -> Path:
    """The interpreter of a peer's environment, which is made where it is not there yet. Raises PeerError."""
    folder = PEERS / peer
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "ready").exists():
        if not interpreter.exists():
            venv.create(folder, with_pip=True)
        done = subprocess.run(
            [interpreter, "-m", "pip", "install", "--quiet", *PACKAGES[peer]], capture_output=True, text=True
        )
        if done.returncode:
            raise PeerError(f"{peer}: pip could not install {', '.join(PACKAGES[peer])}: {done.stderr.strip()[-300:]}")
        (folder / "ready").touch()
    return interpreter


def run(peer: str, module: str, *arguments: object, threads: int = 1) -> Any:
    """What a module of the benchmarks prints as JSON, run in a peer's environment. Raises PeerError."""
    done = subprocess.run(
        [python(peer), "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ
        | {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise PeerError(f"{module} failed in the environment of {peer}: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout.splitlines()[-1])


def environment() -> dict[str, str]:
    """For programs of our own environment, nbgrader's among them: found by name, one BLAS thread."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return os.environ | {"PATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
