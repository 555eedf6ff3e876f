"""docs/github-classroom.yml: what its last step does is run here, in a repository as `grader release` lays it out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from making import edited, notebook

WORKFLOW = Path(__file__).parents[1] / "docs" / "github-classroom.yml"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its script is for bash on Linux")


def practice(folder):
    """Runs the step that checks, as GitHub does: with bash, stopping at errors."""
    (job,) = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"].values()
    summary = folder / "summary.md"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = subprocess.run(["bash", "-e", "-c", job["steps"][-1]["run"]], cwd=folder, capture_output=True, text=True,
                         env=os.environ | {"GITHUB_STEP_SUMMARY": str(summary), "PATH": path}, check=False)  # fmt: skip
    return ran.returncode, summary.read_text(encoding="utf-8")


@pytest.mark.parametrize("right", [True, False])
def test_a_push_gets_practice_points_and_is_red_until_all_is_right(right, tmp_path, solution):
    sources = solution if right else edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
    folder = tmp_path / "notebooks" / "02_logistic_regression"
    folder.mkdir(parents=True)
    (folder / "logistic_regression.ipynb").write_bytes(notebook(sources))
    code, summary = practice(tmp_path)
    assert code == (not right)
    assert "practice points" in summary
    assert ("Yours is exactly m times the expected gradient" in summary) == (not right)


def test_nothing_hidden_is_run_and_nothing_may_be_written():
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    assert not any("grader grade" in step.get("run", "") for step in job["steps"])
    assert workflow["permissions"] == {"contents": "read"}
