"""Every solved lesson runs from top to bottom, its checks give full points, and nbval finds the same again."""

import os
import subprocess
import sys

import pytest

from grader import lesson_names, load_lesson
from grader.authoring import build

pytestmark = pytest.mark.slow
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


@pytest.mark.parametrize("name", lesson_names())
def test_nbval_is_green_on_the_solved_lesson(name, tmp_path, monkeypatch):
    for variable, value in ONE_THREAD.items():
        monkeypatch.setenv(variable, value)
    # Executing it raises where a cell fails or a check gives less than its points.
    notebook = build.write_solved(load_lesson(name), tmp_path)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval-lax",
        "-q",
        "-p",
        "no:cacheprovider",
        "--nbval-cell-timeout=300",
    ]
    ran = subprocess.run(
        [*command, str(notebook)],
        cwd=tmp_path,
        env=os.environ | ONE_THREAD,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-3000:]
