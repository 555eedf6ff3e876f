"""`pytest -p grader.bridges.pytest_plugin`: a case is an item, a failure is a finding."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.bridges import pytest_plugin
from grader.judging.references import read_references
from making import edited, notebook, stubs

pytestmark = pytest.mark.slow
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path, solution, lesson) -> Run:
    """Runs pytest on one notebook, in a folder that has a test of its own."""
    (tmp_path / "test_other.py").write_text("def test_other():\n    assert False\n", encoding="utf-8")

    def running(data: bytes, *options: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "mine.ipynb").write_bytes(data)
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "grader.bridges.pytest_plugin",
            "-p",
            "no:cacheprovider",
            "--color=no",
        ]
        command += ["--submission", "mine.ipynb", *options]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return running


def test_every_case_is_an_item_named_for_its_exercise(run: Run, solution, lesson) -> None:
    ran = run(notebook(solution), "--lesson", lesson.name, "-v")
    assert ran.returncode == 0, ran.stdout
    named = re.findall(r"^(logistic_regression::.*) PASSED", ran.stdout, re.MULTILINE)
    assert named == [
        f"{lesson.name}::{e.name}::{reference.case.label}"
        for e in lesson.exercises
        for reference in read_references(lesson, e)
    ]
    assert "test_other" not in ran.stdout


def test_a_failure_shows_the_finding_and_no_traceback(run: Run, solution, lesson) -> None:
    wrong = edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
    ran = run(notebook(wrong), "--lesson", lesson.name, "-k", "propagate")
    assert ran.returncode == 1
    assert "exactly m times the expected gradient" in " ".join(ran.stdout.split())
    assert "Traceback" not in ran.stdout
    assert ".py:" not in ran.stdout
    assert "deselected" in ran.stdout


def test_the_lesson_is_read_from_the_notebook(run: Run, lesson) -> None:
    ran = run(notebook(stubs(lesson), nn_by_hand={"lesson": lesson.name}), "-q", "-k", "standardize")
    assert ran.returncode == 1
    assert "not filled in yet" in ran.stdout


@pytest.mark.parametrize(
    ("data", "said"), [(b"{", "not complete JSON"), (notebook(["x = 1"]), "--lesson numpy_basics")]
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(run: Run, data: bytes, said: str) -> None:
    ran = run(data)
    assert ran.returncode == 4
    assert "mine.ipynb" in ran.stderr
    assert said in ran.stderr


@pytest.mark.sandbox
def test_without_a_sandbox_the_functions_run_here_and_find_the_same(solution, lesson, tmp_path, monkeypatch) -> None:
    (tmp_path / "mine.ipynb").write_bytes(notebook(edited(solution, "standardize", "X / max_value", "X // max_value")))
    found = []
    for sandboxed in (True, False):
        monkeypatch.setattr(pytest_plugin, "_is_sandboxed", lambda answer=sandboxed: answer)
        results = pytest_plugin.SubmittedNotebook.read(tmp_path / "mine.ipynb", lesson.name).results
        found.append({n: [c.findings for c in result.cases] for n, result in results.items()})
    assert found[0] == found[1]
    assert any(findings for findings in found[0]["standardize"])
