"""The real nbgrader commands on this lesson: generate_assignment, validate, autograde, generate_feedback."""

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import demo.sample_class as sample
from grader import build

ROOT = Path(__file__).parents[1]
ASSIGNMENT = sample.LESSON.folder
NOTEBOOK = f"{sample.LESSON.name}.ipynb"
HALF = 45  # flatten_images, standardize, initialize_with_zeros, propagate

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs one nbgrader command in a course of its own; `.folder` is the course."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    # nbgrader starts `alembic` by name.
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    def run(*arguments: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or not ok, done.stderr
        return done

    run.folder = folder  # type: ignore[attr-defined]
    return run


@pytest.fixture(scope="module")
def course(nbgrader: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The course after grading three students: the solved lesson, the released one, a half-right one."""
    folder: Path = nbgrader.folder  # type: ignore[attr-defined]
    build.write_solved(sample.LESSON, folder / "source")
    nbgrader("generate_assignment", ASSIGNMENT)
    texts = sample.sample_class()
    released = (folder / "release" / ASSIGNMENT / NOTEBOOK).read_text(encoding="utf-8")
    for student, text in {"solved": texts["ada"], "released": released, "half": texts["half_done"]}.items():
        target = folder / "submitted" / student / ASSIGNMENT
        target.mkdir(parents=True)
        (target / NOTEBOOK).write_text(text, encoding="utf-8")
    nbgrader("autograde", ASSIGNMENT)
    nbgrader("generate_feedback", ASSIGNMENT)
    nbgrader("export")
    return folder


def test_generate_assignment_gives_the_notebook_of_grader_build(course: Path) -> None:
    released = course / "release" / ASSIGNMENT / NOTEBOOK
    assert released.read_bytes() == build.notebook_of(sample.LESSON).read_bytes()


@pytest.mark.parametrize(("student", "points"), [("solved", 100), ("released", 0), ("half", HALF)])
def test_autograde_gives_the_solved_lesson_all_the_released_none_and_half_its_part(
    course: Path, student: str, points: int
) -> None:
    with (course / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert float(rows[student]["score"]) == points
    assert float(rows[student]["max_score"]) == 100


def test_validate_passes_the_solved_lesson_and_names_what_the_released_one_lacks(
    nbgrader: Callable[..., subprocess.CompletedProcess[str]], course: Path
) -> None:
    solved = nbgrader("validate", str(course / "submitted" / "solved" / ASSIGNMENT / NOTEBOOK))
    assert "Success" in solved.stdout
    released = nbgrader("validate", str(course / "submitted" / "released" / ASSIGNMENT / NOTEBOOK), ok=False)
    assert 'check("propagate")' in released.stdout


def test_feedback_shows_our_tables_and_calls_their_points_practice_points(course: Path) -> None:
    page = (course / "feedback" / "half" / ASSIGNMENT / NOTEBOOK).with_suffix(".html").read_text(encoding="utf-8")
    assert "practice points: 20 / 20" in page
    assert "not filled in yet" in page
