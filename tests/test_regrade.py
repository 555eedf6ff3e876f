"""After a change of a case, a solution or a library: a preview writes nothing, and --never-lower lowers nothing."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import ExerciseResult, Result
from grader.gradebook import Gradebook, Settings, grade_paths, keys, pool
from grader.gradebook.regrade import PointsChange, better, regrade
from making import notebook

pytestmark = pytest.mark.sandbox

LESSON = "logistic_regression"
ONE = Settings(workers=1)
NAMES = ("standardize", "flatten_images")


def result(points, lesson=LESSON):
    """A result with these points of each exercise, out of 10."""
    exercises = [ExerciseResult(name, {"X": (p, 10)}, "failed", ()) for name, p in points.items()]
    return Result("", "", lesson, 1, "full", tuple(exercises), 100)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A gradebook of three, graded by a grader that is made to say what the tests want."""
    (tmp_path / "class").mkdir()
    marks = {}
    for student in ("ann", "ben", "cem"):
        data = notebook([f"name = '{student}'"])
        (tmp_path / "class" / f"{student}.ipynb").write_bytes(data)
        marks[f"name = '{student}'"] = {"standardize": 5, "flatten_images": 5}
    monkeypatch.setattr(pool, "grade", lambda submission, *_rest: result(marks[submission.cells[0].source]))
    grade_paths([tmp_path / "class"], tmp_path / "kept", Settings(lesson=LESSON, seed=1, workers=1))
    marks["name = 'ann'"] = {"standardize": 8, "flatten_images": 5}
    marks["name = 'ben'"] = {"standardize": 2, "flatten_images": 9}
    return tmp_path / "kept"


@pytest.fixture
def changed(kept, monkeypatch):
    """What decides points is another thing than when `kept` was graded."""
    assert kept.is_dir()
    monkeypatch.setattr(keys, "fingerprint", lambda _course, _lesson: "another case")


def points(folder):
    with Gradebook(folder) as book:
        return {r.student: {e.name: e.points for e in r.exercises} for r in book.results()}


CHANGES = {
    PointsChange("ann", LESSON, "standardize", 5, 8),
    PointsChange("ben", LESSON, "standardize", 5, 2),
    PointsChange("ben", LESSON, "flatten_images", 5, 9),
}


@pytest.mark.usefixtures("changed")
def test_a_preview_says_who_would_gain_and_lose_and_writes_nothing(kept):
    before = hashlib.sha256((kept / "gradebook.sqlite").read_bytes()).digest()
    with Gradebook(kept) as book:
        found = regrade(book, write=False, settings=ONE)
    assert (found.graded, set(found.changes)) == (3, CHANGES)
    assert hashlib.sha256((kept / "gradebook.sqlite").read_bytes()).digest() == before


@pytest.mark.usefixtures("changed")
def test_applied_it_is_what_the_preview_said_and_the_next_run_has_nothing_to_do(kept, tmp_path):
    with Gradebook(kept) as book:
        assert set(regrade(book, write=True, settings=ONE).changes) == CHANGES
        assert regrade(book, write=True, settings=ONE).graded == 0
    assert points(kept)["ben"] == {"standardize": 2, "flatten_images": 9}
    results, _ = grade_paths([tmp_path / "class"], kept, Settings(lesson=LESSON, workers=1))
    assert {r.student: r.points for r in results} == {"ann": 13, "ben": 11, "cem": 10}


@pytest.mark.usefixtures("changed")
def test_never_lower_keeps_the_better_of_each_exercise_for_good(kept, tmp_path):
    with Gradebook(kept) as book:
        found = regrade(book, write=True, never_lower=True, settings=ONE)
    assert set(found.changes) == {change for change in CHANGES if change.after > change.before}
    assert points(kept)["ben"] == {"standardize": 5, "flatten_images": 9}
    grade_paths([tmp_path / "class"], kept, Settings(lesson=LESSON, workers=1))
    assert points(kept)["ben"] == {"standardize": 5, "flatten_images": 9}


def test_the_same_file_graded_twice_keeps_the_best_for_both(kept, tmp_path, monkeypatch):
    """Two old grades of one file become one: neither student loses by it."""
    (tmp_path / "dan.ipynb").write_bytes((tmp_path / "class" / "ben.ipynb").read_bytes())
    monkeypatch.setattr(keys, "fingerprint", lambda _course, _lesson: "a second version")
    grade_paths([tmp_path / "dan.ipynb"], kept, Settings(lesson=LESSON, workers=1))
    assert points(kept)["ben"] != points(kept)["dan"]
    monkeypatch.setattr(keys, "fingerprint", lambda _course, _lesson: "a third version")
    with Gradebook(kept) as book:
        regrade(book, write=True, never_lower=True, settings=ONE)
    assert points(kept)["ben"] == points(kept)["dan"] == {"standardize": 5, "flatten_images": 9}


def test_where_nothing_changed_nothing_is_graded(kept):
    with Gradebook(kept) as book:
        assert regrade(book, write=True, settings=ONE).graded == 0


@pytest.mark.usefixtures("changed")
def test_a_grade_stays_in_its_own_round(kept, tmp_path):
    grade_paths([tmp_path / "class" / "ann.ipynb"], kept, Settings(lesson=LESSON, seed=2, new_round=True, workers=1))
    with Gradebook(kept) as book:
        regrade(book, write=True, settings=ONE)
        assert {graded.round.number for graded in book.graded()} == {1, 2}


@given(*[st.fixed_dictionaries({name: st.integers(0, 10) for name in NAMES})] * 2)
def test_the_better_result_is_the_greater_in_every_exercise(old, new):
    found = better(result(old), result(new))
    assert {one.name: one.points for one in found.exercises} == {name: max(old[name], new[name]) for name in NAMES}


@pytest.mark.usefixtures("changed")
def test_the_command_lists_the_changes_by_exercise(kept, grader_command):
    ran = grader_command("regrade", kept, "--preview", "--workers", 1)
    assert ran.code == 0
    assert f"{LESSON}::standardize: 1 would gain, 1 would lose" in ran.out
    assert "nothing was written" in ran.err


def test_the_command_asks_for_one_of_preview_and_apply(kept, grader_command):
    for options in ((), ("--preview", "--apply")):
        ran = grader_command("regrade", kept, *options)
        assert (ran.code, ran.out) == (2, "")
        assert "--preview" in ran.lines[0]
