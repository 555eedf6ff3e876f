"""Many submissions, kept: nothing is graded twice, a killed run continues, and a round has one seed."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from grader.gradebook import Gradebook, GradebookError, Settings, grade_paths, keys, pool
from grader.gradebook.run import backend
from grader.sandbox import Limits
from killing import command, stored, wait_for, waiting_class
from making import edited, notebook

pytestmark = pytest.mark.sandbox

LESSON = "logistic_regression"
SETTINGS = Settings(lesson=LESSON, seed=1, workers=1)


@pytest.fixture
def submissions(tmp_path, solution):
    """A class of three: right, wrong and blank in the two functions that its notebooks have."""
    folder = tmp_path / "class"
    folder.mkdir()
    right = {name: solution[name] for name in ("setup", "flatten_images", "standardize")}
    wrong = edited(right, "standardize", "X / max_value", "X // max_value")
    for student, sources in (("ann", right), ("ben", wrong), ("cem", {"setup": right["setup"]})):
        (folder / f"{student}.ipynb").write_bytes(notebook(sources))
    return folder


@pytest.fixture
def graded(monkeypatch):
    """The students whose submissions were played, one after the other."""
    played = []
    real = pool.grade

    def counting(submission, *rest):
        played.append(submission.student)
        return real(submission, *rest)

    monkeypatch.setattr(pool, "grade", counting)
    return played


def points(paths, folder, settings=SETTINGS):
    results, unusable = grade_paths([paths], folder, settings)
    assert unusable == []
    return {result.student: result.points for result in results}


EXPECTED = {"ann": 15, "ben": 10, "cem": 0}


# ---- nothing is graded twice


def test_a_second_run_grades_nothing_and_says_the_same(submissions, tmp_path, graded):
    first = grade_paths([submissions], tmp_path / "kept", SETTINGS)
    assert sorted(graded) == ["ann", "ben", "cem"]
    graded.clear()
    assert grade_paths([submissions], tmp_path / "kept", SETTINGS) == first
    assert graded == []


def test_a_changed_file_is_graded_anew_and_no_other(submissions, tmp_path, graded):
    assert points(submissions, tmp_path / "kept") == EXPECTED
    (submissions / "cem.ipynb").write_bytes((submissions / "ann.ipynb").read_bytes() + b"\n")
    graded.clear()
    assert points(submissions, tmp_path / "kept") == {**EXPECTED, "cem": 15}
    assert graded == ["cem"]


def test_a_new_file_is_graded_and_no_other(submissions, tmp_path, graded):
    points(submissions, tmp_path / "kept")
    (submissions / "dee.ipynb").write_bytes((submissions / "ben.ipynb").read_bytes() + b" ")
    graded.clear()
    assert points(submissions, tmp_path / "kept") == {**EXPECTED, "dee": 10}
    assert graded == ["dee"]


def test_a_copied_file_earns_what_the_original_earned_and_is_graded_once(submissions, tmp_path, graded):
    (submissions / "dee.ipynb").write_bytes((submissions / "ben.ipynb").read_bytes())
    assert points(submissions, tmp_path / "kept") == {**EXPECTED, "dee": 10}
    assert sorted(graded) == ["ann", "ben", "cem"]
    with Gradebook(tmp_path / "kept") as book:
        assert list(book.sharing().values()) == [[("ben.ipynb", "ben"), ("dee.ipynb", "dee")]]


def test_a_file_that_is_gone_keeps_its_result(submissions, tmp_path):
    points(submissions, tmp_path / "kept")
    (submissions / "ann.ipynb").unlink()
    assert points(submissions, tmp_path / "kept") == {"ben": 10, "cem": 0}
    with Gradebook(tmp_path / "kept") as book:
        assert {result.student: result.points for result in book.results()} == EXPECTED


@pytest.mark.parametrize(
    "changes",
    [{"limits": Limits(seconds=9.0)}, {"limits": Limits(memory_mb=777)}, {"helpers": {"my_utils": "a = 1"}}],
    ids=["time", "memory", "helpers"],
)
def test_other_conditions_grade_anew(submissions, tmp_path, graded, changes):
    points(submissions, tmp_path / "kept")
    graded.clear()
    assert points(submissions, tmp_path / "kept", replace(SETTINGS, **changes)) == EXPECTED
    assert len(graded) == 3


def test_another_grader_grades_anew(submissions, tmp_path, graded, monkeypatch):
    points(submissions, tmp_path / "kept")
    graded.clear()
    monkeypatch.setattr(keys, "fingerprint", lambda _course, _lesson: "another version")
    assert points(submissions, tmp_path / "kept") == EXPECTED
    assert len(graded) == 3


def test_without_a_folder_nothing_is_kept(submissions, tmp_path, graded, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(tmp_path.rglob("*"))
    assert points(submissions, None) == EXPECTED
    assert set(tmp_path.rglob("*")) == before
    points(submissions, None)
    assert len(graded) == 6


def test_a_file_that_cannot_be_read_is_kept_with_the_reason_until_it_can(submissions, tmp_path):
    good = (submissions / "ann.ipynb").read_bytes()
    (submissions / "ann.ipynb").write_bytes(good[:50])
    results, (unusable,) = grade_paths([submissions], tmp_path / "kept", SETTINGS)
    assert unusable.file == "ann.ipynb"
    assert {r.student: r.error for r in results if r.error} == {"ann": unusable.why}
    (submissions / "ann.ipynb").write_bytes(good)
    assert points(submissions, tmp_path / "kept") == EXPECTED


def test_a_fault_of_the_grader_costs_one_submission_and_says_so(submissions, tmp_path, monkeypatch, capfd):
    real = pool.grade

    def fails_for_ben(submission, *rest):
        if submission.student == "ben":
            raise ZeroDivisionError("unforeseen")
        return real(submission, *rest)

    monkeypatch.setattr(pool, "grade", fails_for_ben)
    results, _ = grade_paths([submissions], tmp_path / "kept", SETTINGS)
    assert {result.student: result.points for result in results} == {**EXPECTED, "ben": 0}
    (error,) = [result.error for result in results if result.error]
    assert "fault of the grader" in error
    # Students read the error, and what the fault says may quote a hidden case.
    assert "unforeseen" not in error
    assert "ZeroDivisionError: unforeseen" in capfd.readouterr().err


# ---- rounds


def seed_of(folder):
    with sqlite3.connect(folder / "gradebook.sqlite") as database:
        rows = database.execute("SELECT lesson, number, seed FROM rounds ORDER BY number").fetchall()
    database.close()
    return rows


def hidden_findings(folder):
    with Gradebook(folder) as book:
        return [
            f.message
            for r in book.results()
            for e in r.exercises
            if e.hidden
            for c in e.hidden.cases
            for f in c.findings
        ]


def test_the_same_seed_gives_the_same_results(submissions, tmp_path):
    one, other = (grade_paths([submissions], tmp_path / name, SETTINGS) for name in ("one", "other"))
    assert one == other


def test_a_seed_is_drawn_once_and_kept(submissions, tmp_path):
    secret = replace(SETTINGS, seed=None)
    points(submissions, tmp_path / "kept", secret)
    ((lesson, number, seed),) = seed_of(tmp_path / "kept")
    assert (lesson, number) == (LESSON, 1)
    points(submissions, tmp_path / "kept", secret)
    assert seed_of(tmp_path / "kept") == [(LESSON, 1, seed)]


def test_no_two_gradebooks_draw_the_same_seed(submissions, tmp_path):
    for name in ("one", "other"):
        points(submissions, tmp_path / name, replace(SETTINGS, seed=None))
    assert seed_of(tmp_path / "one") != seed_of(tmp_path / "other")


def test_another_seed_for_the_same_round_is_refused(submissions, tmp_path):
    points(submissions, tmp_path / "kept")
    with pytest.raises(GradebookError, match="--new-round"):
        points(submissions, tmp_path / "kept", replace(SETTINGS, seed=2))


def test_a_new_round_draws_other_cases_for_everybody(submissions, tmp_path, graded):
    points(submissions, tmp_path / "kept")
    before = hidden_findings(tmp_path / "kept")
    graded.clear()
    assert points(submissions, tmp_path / "kept", replace(SETTINGS, seed=2, new_round=True)) == EXPECTED
    assert len(graded) == 3
    assert hidden_findings(tmp_path / "kept") != before
    assert seed_of(tmp_path / "kept") == [(LESSON, 1, 1), (LESSON, 2, 2)]


def test_a_late_file_is_graded_in_the_latest_round(submissions, tmp_path):
    points(submissions, tmp_path / "kept")
    points(submissions, tmp_path / "kept", replace(SETTINGS, seed=2, new_round=True))
    (submissions / "dee.ipynb").write_bytes((submissions / "ben.ipynb").read_bytes() + b" ")
    results, _ = grade_paths([submissions], tmp_path / "kept", replace(SETTINGS, seed=None))
    assert {result.round for result in results} == {2}


# ---- what is stored


def test_names_of_students_stand_beside_the_grades_not_in_them(submissions, tmp_path):
    for path in submissions.iterdir():
        path.rename(path.with_name(f"quillfeather{path.name}"))
    points(submissions, tmp_path / "kept")
    database = sqlite3.connect(tmp_path / "kept" / "gradebook.sqlite")
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    holding = {
        table
        for table in tables
        for row in database.execute(f"SELECT * FROM {table}")
        if b"quillfeather" in repr(row).encode()
    }
    database.close()
    # A path names its owner too: it stands with the submission, never with the grade.
    assert holding == {"students", "submissions"}


def test_results_come_back_as_they_were(submissions, tmp_path):
    results, _ = grade_paths([submissions], tmp_path / "kept", SETTINGS)
    with Gradebook(tmp_path / "kept") as book:
        assert list(book.results()) == results


def test_there_is_no_gradebook_in_a_folder_without_one(tmp_path):
    with pytest.raises(GradebookError, match="grader grade"):
        Gradebook(tmp_path)


def spoil(path, kind):
    data = path.read_bytes()
    if kind == "text":
        path.write_bytes(b"this is no gradebook\n" * 100)
    elif kind == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif kind == "middle":
        path.write_bytes(data[:4096] + bytes(len(data) - 4096))
    elif kind == "folder":
        path.unlink()
        path.mkdir()
    else:
        database = sqlite3.connect(path)
        if kind == "other tables":
            database.execute("DROP TABLE submissions")
            database.execute("CREATE TABLE submissions (colour TEXT)")
        else:
            database.execute("UPDATE grades SET result = '{}'")
        database.commit()
        database.close()


@pytest.mark.parametrize("kind", ["text", "cut", "middle", "folder", "other tables", "other results"])
@pytest.mark.parametrize("command", ["grade", "report"])
def test_a_damaged_gradebook_is_one_clear_line(kind, command, submissions, tmp_path, grader_command):
    points(submissions, tmp_path / "kept")
    for beside in (tmp_path / "kept").glob("*-*"):
        beside.unlink()
    spoil(tmp_path / "kept" / "gradebook.sqlite", kind)
    (submissions / "dee.ipynb").write_bytes(notebook(["d = 1"]))
    arguments = [submissions, "--lesson", LESSON, "--workers", 1, "--out", tmp_path / "kept"]
    ran = grader_command(command, *(arguments if command == "grade" else [tmp_path / "kept"]))
    assert ran.code == 2
    assert ran.out == ""
    (line,) = ran.lines
    assert str(tmp_path / "kept") in line
    assert "folder" in line or "grader grade" in line


# ---- workers, and a run that is killed


@pytest.mark.parametrize(
    ("asked", "submissions", "workers"),
    [(None, 1, 1), (None, 20, 1), (None, 21, 2), (None, 100_000, 16), (3, 2, 2), (3, 20, 3), (40, 100, 40), (3, 0, 1)],
)
def test_a_process_more_is_started_where_there_is_enough_for_it_unless_told(monkeypatch, asked, submissions, workers):
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    with backend(Settings(workers=asked), submissions) as place:
        assert place.workers() == workers


@pytest.mark.slow
def test_two_workers_find_what_one_finds(submissions, tmp_path):
    one, two = (
        grade_paths([submissions], tmp_path / str(n), replace(SETTINGS, workers=n, limits=Limits(seconds=5.0)))
        for n in (1, 2)
    )
    assert one == two


@pytest.fixture
def slow_class(tmp_path, solution):
    """Eight submissions, each of which takes about a third of a second."""
    return waiting_class(tmp_path / "slow", solution, 8, 0.05)


@pytest.mark.slow
def test_a_killed_run_continues_where_it_was(slow_class, tmp_path, graded):
    undisturbed = subprocess.run(
        command(slow_class, tmp_path / "whole", "--workers", 1), capture_output=True, text=True, check=True
    )
    with subprocess.Popen(command(slow_class, tmp_path / "kept", "--workers", 1), stdout=subprocess.DEVNULL) as run:
        wait_for(tmp_path / "kept", 2)
        run.send_signal(signal.SIGKILL)
    done = stored(tmp_path / "kept")
    assert 2 <= done < 8
    results, _ = grade_paths([slow_class], tmp_path / "kept", replace(SETTINGS, seed=5))
    assert len(graded) == 8 - done
    with Gradebook(tmp_path / "whole") as book:
        assert list(book.results()) == results
    assert [json.loads(line)["points"] for line in undisturbed.stdout.splitlines()] == [5] * 8


def test_a_mark_depends_on_all_the_code_that_grades():
    program = "import sys, grader.grading.grade, grader.sandbox.zygote; print(*{m.split('.')[1] for m in sys.modules if m.startswith('grader.')})"
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert set(found) == keys.GRADING
