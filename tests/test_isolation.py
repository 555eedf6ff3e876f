"""Levels of isolation: which one a result was made with, what happens where a machine gives less, what is confirmed."""

import json
import sys
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from attacking import HONEST, TARGET, hostile
from grader.cli import app
from grader.gradebook import Settings, grade_paths, key_of, pool
from grader.grading.grade import Round
from grader.sandbox import Limits, Sandbox, SandboxError, doctor, host, landlock, machine, seccomp
from making import notebook

pytestmark = pytest.mark.sandbox

LESSON = "logistic_regression"


@pytest.fixture
def one(tmp_path):
    path = tmp_path / "zoe.ipynb"
    path.write_bytes(notebook(hostile("")))
    return path


@pytest.fixture
def run():
    """Runs the command line with a sandbox of its own."""
    pool._sandbox.cache_clear()
    yield lambda *arguments: CliRunner().invoke(app, list(map(str, arguments)))
    pool._sandbox().__exit__()
    pool._sandbox.cache_clear()


@pytest.fixture
def does_not_hold(monkeypatch):
    monkeypatch.setattr(host, "failures", lambda *_asked: ["open a file"])


@pytest.mark.parametrize("level", ["full", "process", "none"])
def test_level_stands_in_the_result(run, one, level):
    done = run("grade", one, "--lesson", LESSON, "--isolation", level, "--json")
    if level == "process" and done.exit_code == 2:
        pytest.skip(f"root cannot become nobody here: {done.stderr}")
    assert json.loads(done.stdout)["isolation"] == level


def test_level_decides_what_a_stored_result_is_good_for():
    rounds = [Round(LESSON, 1, 1, Limits(isolation=level)) for level in ("full", "process", "none")]
    assert len({key_of(b"", round) for round in rounds}) == 3


def test_grade_refuses_where_the_level_does_not_hold(run, one, tmp_path, does_not_hold):
    done = run("grade", one, "--lesson", LESSON, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "student code could open a file" in done.stderr
    assert "grader grade PATH --out DIR --isolation process" in done.stderr
    assert "Traceback" not in done.output


def test_check_needs_no_sandbox(run, one, does_not_hold):
    assert run("check", one, "--lesson", LESSON, "--exercise", "propagate").exit_code == 0


def test_doctor_ends_with_1_where_isolation_is_less(run, does_not_hold):
    done = run("doctor")
    assert done.exit_code == 1
    assert "student code could open a file" in done.stdout


@pytest.mark.parametrize(
    ("part", "lacking"),
    [("Landlock", (landlock, "abi", 0)), ("a seccomp filter", (seccomp, "supported", False))],
)
def test_doctor_says_what_a_missing_part_would_stop(monkeypatch, part, lacking):
    module, name, value = lacking
    monkeypatch.setattr(module, name, lambda: value)
    lines, _full = doctor.examine()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"✗ {part}"))
    assert lines[at + 1].strip().startswith("missing; it would stop: ")


@pytest.mark.parametrize(("platform", "command"), [("darwin", "docker run"), ("win32", "wsl grader")])
def test_another_system_is_told_its_command(monkeypatch, platform, command):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(sys, "argv", ["grader", "grade", "my class", "--out", "x"])
    text = machine.remedy("grading needs Linux", "full")
    assert command in text
    assert "my class" in text


def test_what_a_busy_machine_may_have_caused_is_graded_once_more(tmp_path, monkeypatch):
    """What did not end is run again, alone; what did is not, and the second run counts."""
    real, earlier_results = pool.grade, []

    def noting(submission, round, sandbox, earlier=None):
        earlier_results.append(earlier)
        result = real(submission, round, sandbox, earlier)
        if earlier is None:
            ended = (replace(e, status="timeout") if e.name == TARGET else e for e in result.exercises)
            result = replace(result, exercises=tuple(ended))
        return result

    monkeypatch.setattr(pool, "grade", noting)
    for name in "ann", "zoe":
        (tmp_path / f"{name}.ipynb").write_bytes(notebook(hostile(f"# {name}")))
    results, _unusable = grade_paths([tmp_path], None, Settings(lesson=LESSON, workers=1))
    assert [earlier is None for earlier in earlier_results] == [True, True, False, False]
    for result in results:
        assert {e.name: e.points for e in result.exercises if e.points} == {TARGET: 5, **HONEST}
        assert "timeout" not in {e.status for e in result.exercises}


def test_a_sandbox_that_cannot_start_is_no_fault_of_the_student(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with Sandbox() as broken, pytest.raises(SandboxError):
        broken.session(LESSON, Limits())
