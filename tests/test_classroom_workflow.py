"""docs/github-classroom.yml: its step that checks is run here, in a repository as `grader release` lays it out, and what it
hands to Classroom's reporter is read as that does."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from grader import load_lesson
from making import edited, notebook, solved

WORKFLOW = Path(__file__).parents[1] / "docs" / "github-classroom.yml"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its script is for bash on Linux")


def workflow():
    """The workflow, the name of its one job, and the job."""
    found = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    ((name, job),) = found["jobs"].items()
    return found, name, job


def steps():
    """The step that checks, and the one that reports."""
    *_others, checks, reports = workflow()[2]["steps"]
    return checks, reports


def push(folder, **notebooks):
    """A repository with a notebook of each of these lessons, as a release has them."""
    for lesson, content in notebooks.items():
        place = folder / "notebooks" / load_lesson(lesson).folder
        place.mkdir(parents=True)
        (place / f"{lesson}.ipynb").write_bytes(content)
    return folder


def practice(folder):
    """Runs the step that checks, as GitHub does: with bash, stopping at errors. Its code, the summary, its outputs."""
    summary, outputs = folder / "summary.md", folder / "outputs"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    given = os.environ | {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs), "PATH": path}
    ran = subprocess.run(["bash", "-e", "-c", steps()[0]["run"]], cwd=folder, capture_output=True, text=True, env=given,
                         check=False)  # fmt: skip
    return ran.returncode, summary.read_text(encoding="utf-8"), outputs.read_text(encoding="utf-8")


def reported(outputs):
    """What the reporter does with the step's output: (points, of so many, status, {test: (its status, its score)})."""
    name, _equals, value = outputs.strip().partition("=")
    assert name == "result"
    assert "\n" not in value
    results = json.loads(base64.b64decode(value))
    points = sum(test["score"] for test in results["tests"])
    return (
        points,
        results["max_score"],
        results["status"],
        {test["name"]: (test["status"], test["score"]) for test in results["tests"]},
    )


@pytest.mark.parametrize("right", [True, False])
def test_a_push_gets_practice_points_and_is_red_until_all_is_right(right, tmp_path, solution):
    sources = solution if right else edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
    code, summary, outputs = practice(push(tmp_path, logistic_regression=notebook(sources)))
    assert code == (not right)
    assert "practice points" in summary
    assert ("Yours is exactly m times the expected gradient" in summary) == (not right)
    points, most, status, tests = reported(outputs)
    assert (most, status) == (100, "pass" if right else "fail")
    assert (points == most) == right
    assert tests["logistic_regression: propagate"] == (("pass", 20) if right else ("fail", 14))


def test_points_of_several_notebooks_add_up_and_a_damaged_one_is_an_error(tmp_path, solution):
    both = {"logistic_regression": notebook(solution), "shallow_net": notebook(solved(load_lesson("shallow_net")))}
    (tmp_path / "one").mkdir()
    assert reported(practice(push(tmp_path / "one", **both))[2])[:3] == (200, 200, "pass")
    (tmp_path / "two").mkdir()
    _code, _summary, outputs = practice(push(tmp_path / "two", **both | {"shallow_net": b"{"}))
    points, most, status, tests = reported(outputs)
    assert (points, status) == (100, "fail")
    assert most in (100, 200)
    assert ("error", 0) in tests.values()


def test_a_repository_without_notebooks_reports_no_points(tmp_path):
    code, _summary, outputs = practice(tmp_path)
    assert code == 1
    assert reported(outputs)[:3] == (0, 0, "fail")


def test_the_reporter_gets_what_the_step_hands_out_also_when_it_is_red():
    checks, reports = steps()
    (runner,) = reports["with"]["runners"].split(",")
    assert reports["env"] == {f"{runner.upper()}_RESULTS": f"${{{{ steps.{checks['id']}.outputs.result }}}}"}
    assert reports["if"] == "always()"
    assert runner == checks["id"]


def test_classroom_finds_the_run_by_its_names_and_the_bot_s_pushes_are_left_out():
    found, name, job = workflow()
    assert (found["name"], name) == ("Autograding Tests", "run-autograding-tests")
    assert "github-classroom[bot]" in job["if"]


def test_nothing_hidden_is_run_and_the_points_alone_may_be_written():
    found, _name, job = workflow()
    assert not any("grader grade" in step.get("run", "") for step in job["steps"])
    assert found["permissions"] == {"checks": "write", "actions": "read", "contents": "read"}
