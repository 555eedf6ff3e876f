"""Every solved lesson runs from top to bottom under nbval, and its checks give full points."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader import lesson_names, load_lesson
from grader.authoring import build
from grader.course import Lesson
from making import lesson_notebook

pytestmark = pytest.mark.slow
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def under_nbval(notebook: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "nbval", "--nbval-lax", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "--nbval-cell-timeout=300", notebook.name],
        cwd=notebook.parent,
        env=os.environ | ONE_THREAD,
        capture_output=True,
        text=True,
        check=False,
    )


def with_points_asserted(lesson: Lesson, text: str) -> str:
    """The solved notebook, not executed: each check asserts its points, in place of an output that is stored."""
    import nbformat

    notebook = nbformat.reads(text, as_version=4)
    checks = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id", "").startswith("check_")]
    assert len(checks) == len(lesson.exercises)
    for cell in checks:
        cell.source = f"assert {cell.source} == {cell.metadata['nbgrader']['points']}"
        del cell.metadata["tags"]
    return nbformat.writes(notebook)


@pytest.mark.parametrize("name", lesson_names())
def test_the_solved_lesson_runs_and_its_checks_give_full_points(name: str, tmp_path: Path) -> None:
    lesson = load_lesson(name)
    notebook = build.notebook_of(lesson, tmp_path)
    notebook.parent.mkdir(parents=True)
    notebook.write_text(with_points_asserted(lesson, lesson_notebook(lesson)), encoding="utf-8")
    ran = under_nbval(notebook)
    assert ran.returncode == 0, ran.stdout[-3000:]


def test_a_check_with_less_than_its_points_is_noticed(tmp_path: Path) -> None:
    lesson = load_lesson("numpy_basics")
    text = with_points_asserted(lesson, lesson_notebook(lesson).replace("np.exp(-", "np.exp(2 - "))
    notebook = build.notebook_of(lesson, tmp_path)
    notebook.parent.mkdir(parents=True)
    notebook.write_text(text, encoding="utf-8")
    ran = under_nbval(notebook)
    assert ran.returncode == 1
    assert "AssertionError" in ran.stdout


def test_nbval_finds_again_what_the_executed_lesson_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in ONE_THREAD.items():
        monkeypatch.setenv(variable, value)
    # Executing it raises where a cell fails or a check gives less than its points.
    ran = under_nbval(build.write_solved(load_lesson("numpy_basics"), tmp_path))
    assert ran.returncode == 0, ran.stdout[-3000:]
