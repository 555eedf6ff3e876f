"""The command line: what it reads, what it says of what it cannot read, and its exit codes."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from grader import lesson_names
from grader.cli.terminal import Isolation
from grader.course import courses
from grader.course.results import LEVELS
from grader.running.notebook import Notebook, NotebookError, read_cells
from grader.sandbox import IsolationError, level_of
from grader.submissions.collect import Asked, collect
from grader.submissions.opened import lesson_of
from making import notebook

ROOT = Path(__file__).resolve().parents[1]
LESSON = "logistic_regression"
OTHERS = [name for name in lesson_names() if name != LESSON]


@pytest.fixture
def small(solution):
    """A notebook with two right functions, worth 15 points, that is graded quickly."""
    sources = {name: solution[name] for name in ("setup", "flatten_images", "standardize")}
    return notebook(sources, nn_by_hand={"lesson": LESSON})


@pytest.fixture
def good(tmp_path, small):
    """A good submission beside which a bad one stands."""
    path = tmp_path / "zoe.ipynb"
    path.write_bytes(small)
    return path


def grade(grader_command, *arguments):
    return grader_command("grade", *arguments, "--lesson", LESSON, "--json", "--workers", 1, "--seed", 1)


# ---- bad input: one line that names the file and the remedy, exit 2, and the others are graded


def spoilt_notebooks(text):
    return {
        "empty": b"",
        "cut": text[: len(text) // 2],
        "text": b"This is my homework.\n",
        "list": b"[]",
        "json": b'{"answer": 42}',
        "binary": bytes(range(256)),
        "nested": b"[" * 100_000,
        "of another lesson": notebook(["a = 1"], nn_by_hand={"lesson": OTHERS[0]}),
    }


@pytest.mark.sandbox
@pytest.mark.parametrize("kind", spoilt_notebooks(b""))
def test_a_bad_file_is_named_with_the_remedy_and_the_others_are_graded(kind, grader_command, good, small, tmp_path):
    bad = tmp_path / "bad.ipynb"
    bad.write_bytes(spoilt_notebooks(small)[kind])
    ran = grade(grader_command, bad, good)
    assert ran.code == 2
    (line,) = ran.lines
    assert re.match(r".*bad\.ipynb: ", line)
    assert re.search(r"\b(save|hand (it )?in|leave it out|make)\b", line)
    points = {one["student"]: one["points"] for one in ran.objects}
    assert points == {"bad": 0, "zoe": 15}


@pytest.mark.parametrize("command", ["grade", "check"])
def test_a_file_that_is_not_there_is_named(command, grader_command, tmp_path):
    ran = grader_command(command, tmp_path / "nowhere.ipynb")
    assert ran.code == 2
    (line,) = ran.lines
    assert "nowhere.ipynb" in line
    assert "check the path" in line
    assert ran.out == ""


@pytest.mark.sandbox
def test_a_folder_without_a_notebook_is_named(grader_command, tmp_path, good):
    empty = tmp_path / "empty"
    empty.mkdir()
    ran = grade(grader_command, empty, good)
    assert ran.code == 2
    (line,) = ran.lines
    assert "empty" in line
    assert "no notebook" in line
    assert {one["student"]: one["points"] for one in ran.objects} == {"empty": 0, "zoe": 15}


@pytest.mark.sandbox
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_regular_file_is_not_waited_for(grader_command, tmp_path, good):
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    ran = grade(grader_command, tmp_path)
    assert ran.code == 2
    assert {one["student"]: one["points"] for one in ran.objects}["zoe"] == 15
    assert all("pipe" in line or "folder" in line for line in ran.lines)


def test_a_file_of_a_lesson_whose_pack_is_not_here_says_which_file_is_missing(monkeypatch, tmp_path):
    monkeypatch.setattr(courses.Course, "packs", tmp_path)
    with pytest.raises(NotebookError, match=rf"{OTHERS[0]}\.pack is missing"):
        lesson_of(Notebook((), {}), f"{OTHERS[0]}.ipynb")


def test_a_lesson_that_does_not_exist_lists_the_lessons(grader_command, good):
    ran = grader_command("grade", good, "--lesson", "logistic_regresion", "--json")
    assert ran.code == 2
    (line,) = ran.lines
    assert LESSON in line


def test_files_of_several_lessons_or_none_list_the_candidates(grader_command, tmp_path, solution):
    small = notebook([solution["standardize"]])
    for name in (f"{LESSON}_and_shallow_net.ipynb", "homework.ipynb"):
        (tmp_path / name).write_bytes(small)
        ran = grader_command("grade", tmp_path / name, "--json")
        assert ran.code == 2
        (line,) = ran.lines
        assert name in line
        assert f"--lesson {LESSON}" in line
        (tmp_path / name).unlink()


@pytest.mark.sandbox
def test_the_other_lessons_files_are_named_and_left_out(grader_command, tmp_path, small):
    (tmp_path / "a.ipynb").write_bytes(small)
    (tmp_path / "b.ipynb").write_bytes(notebook(["a = 1"], nn_by_hand={"lesson": OTHERS[1]}))
    ran = grade(grader_command, tmp_path)
    assert ran.code == 2
    (line,) = ran.lines
    assert "b.ipynb" in line
    assert OTHERS[1] in line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--out", "{file}"], "{file}"),
        (["--helpers", "{nowhere}"], "{nowhere}"),
        (["--helpers", "{empty}"], "no Python module"),
        (["--helpers", "{binary}"], "UTF-8"),
        (["--seed", "-1"], "--seed"),
        (["--workers", "0"], "--workers"),
        (["--timeout", "soon"], "--timeout"),
        (["--memory", "1"], "--memory"),
        (["--isolation", "some"], "--isolation"),
        (["--colour"], "--colour"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_an_option_that_cannot_be_used_is_named(arguments, said, grader_command, good, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary").mkdir()
    (tmp_path / "binary" / "helper.py").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "file").write_text("a file")
    places = {name: tmp_path / name for name in ("file", "nowhere", "empty", "binary")}
    ran = grader_command("grade", good, "--lesson", LESSON, *(a.format(**places) for a in arguments))
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert said.format(**places) in ran.err.replace("\n", "") or said.format(**places).split("/")[-1] in ran.err


def test_a_folder_without_a_gradebook_says_how_to_make_one(grader_command, tmp_path):
    ran = grader_command("report", tmp_path)
    assert ran.code == 2
    (line,) = ran.lines
    assert str(tmp_path) in line
    assert "grader grade" in line


def test_an_error_in_a_real_process_has_no_traceback(tmp_path):
    """As a person runs it: exit code, streams, and nothing left over."""
    run = subprocess.run(
        [sys.executable, "-W", "error", "-m", "grader", "grade", tmp_path / "nowhere.ipynb"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stdout == ""
    assert len(run.stderr.splitlines()) == 1


# ---- archives


def archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


@pytest.mark.sandbox
def test_the_notebooks_of_an_archive_are_graded(grader_command, tmp_path, small):
    path = archive(tmp_path / "class.zip", {
        "alice/hw.ipynb": small, "bob.ipynb": small, "notes.txt": b"hello",
        "__MACOSX/._bob.ipynb": b"\0", "alice/.ipynb_checkpoints/hw-checkpoint.ipynb": b"{}",
    })  # fmt: skip
    ran = grade(grader_command, path)
    assert ran.code == 0
    assert len(ran.objects) == 2
    assert {one["points"] for one in ran.objects} == {15}


def test_the_students_of_an_archive_are_read_off_its_paths(tmp_path, small):
    members = ["class/alice/logistic_regression.ipynb", "class\\bob\\logistic_regression.ipynb", "carol.ipynb"]
    path = archive(tmp_path / "class.zip", dict.fromkeys(members, small))
    assert {row.student for row in collect([path], Asked())} == {"alice", "bob", "carol"}


@pytest.mark.sandbox
def test_an_archive_in_a_folder_is_read(grader_command, tmp_path, small):
    archive(tmp_path / "late.zip", {"carol.ipynb": small})
    ran = grade(grader_command, tmp_path)
    assert [one["points"] for one in ran.objects] == [15]


@pytest.mark.sandbox
@pytest.mark.parametrize(
    "name", ["../../evil.ipynb", "/tmp/evil.ipynb", "..\\evil.ipynb", "C:\\evil.ipynb", "a/../../evil.ipynb"]
)
def test_a_path_in_an_archive_leads_nowhere(grader_command, tmp_path, small, name):
    inside = tmp_path / "deep" / "inside"
    inside.mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    path = archive(inside / "class.zip", {name: small})
    ran = grade(grader_command, path)
    assert ran.code == 0
    assert [one["points"] for one in ran.objects] == [15]
    assert set(tmp_path.rglob("*")) == before | {path}


def spoilt_archives(data):
    encrypted = bytearray(data)
    # The flag of encryption, in the member's own header and in the list at the end.
    encrypted[6] |= 1
    encrypted[data.rindex(b"PK\x01\x02") + 8] |= 1
    unknown = bytearray(data)
    unknown[8] = unknown[data.rindex(b"PK\x01\x02") + 10] = 99
    changed = bytearray(data)
    changed[60:70] = bytes(10)
    return {
        "empty": b"",
        "cut": data[:-30],
        "text": b"hello",
        "changed": changed,
        "encrypted": encrypted,
        "unknown method": unknown,
    }


@pytest.mark.sandbox
@pytest.mark.parametrize("kind", ["empty", "cut", "text", "changed", "encrypted", "unknown method"])
def test_a_bad_archive_is_named_with_the_remedy_and_the_others_are_graded(kind, grader_command, tmp_path, small, good):
    path = archive(tmp_path / "class.zip", {"alice.ipynb": small})
    path.write_bytes(spoilt_archives(path.read_bytes())[kind])
    ran = grade(grader_command, path, good)
    assert ran.code == 2
    (line,) = ran.lines
    assert "class.zip" in line or "alice.ipynb" in line
    assert "make the archive again" in line
    assert {one["student"]: one["points"] for one in ran.objects}["zoe"] == 15


def test_an_archive_with_any_byte_changed_stops_nothing(tmp_path, small):
    path = archive(tmp_path / "class.zip", {"alice.ipynb": small})
    data = path.read_bytes()
    for place in range(0, len(data), 7):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :])
        assert len(collect([path], Asked())) == 1


# ---- whose file it is


@pytest.mark.sandbox
def test_students_of_an_nbgrader_tree(grader_command, tmp_path, small):
    for student in ("ada", "bo"):
        folder = tmp_path / "submitted" / student / "02_logistic_regression"
        folder.mkdir(parents=True)
        (folder / "logistic_regression.ipynb").write_bytes(small)
    ran = grader_command("grade", tmp_path / "submitted", "--json", "--workers", 1)
    assert {one["student"]: one["points"] for one in ran.objects} == {"ada": 15, "bo": 15}
    assert {one["lesson"] for one in ran.objects} == {LESSON}


@pytest.mark.sandbox
@pytest.mark.parametrize("named", ["files", "folders"])
def test_files_of_the_same_name_are_all_graded(named, grader_command, tmp_path, small, solution):
    """`grader grade class/*/logistic_regression.ipynb`: each counts for its own student."""
    paths = []
    for student, data in (("ada", small), ("bo", notebook({"setup": solution["setup"]}))):
        (tmp_path / student).mkdir()
        path = tmp_path / student / "logistic_regression.ipynb"
        path.write_bytes(data)
        paths.append(path if named == "files" else path.parent)
    ran = grader_command("grade", *paths, "--json", "--workers", 1)
    assert {one["student"]: one["points"] for one in ran.objects} == {"ada": 15, "bo": 0}


@pytest.mark.sandbox
def test_no_submission_is_lost_without_a_word(grader_command, tmp_path, small):
    """Two different files that look like one: both are graded, or what is left out is said."""
    for folder, data in (("monday", small), ("friday", notebook(["a = 1"]))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "alice.ipynb").write_bytes(data)
    ran = grade(grader_command, tmp_path / "monday", tmp_path / "friday")
    assert len(ran.objects) == 2 or (ran.code == 2 and "alice.ipynb" in ran.err)


# ---- which lesson it is


def inferred(name, cells=(), asked=None, **metadata):
    return lesson_of(read_cells(notebook(cells, **metadata)), name, asked)


def test_metadata_say_which_lesson_it_is():
    assert inferred("x.ipynb", nn_by_hand={"lesson": LESSON}) == LESSON


@pytest.mark.parametrize(
    "name",
    ["logistic_regression.ipynb", "02-Logistic-Regression (3).ipynb", "alice_Logistic_regression.ipynb",
     "02_logistic_regression/alice.ipynb", "alice/02 logistic regression/hw.ipynb"],
)  # fmt: skip
def test_the_name_says_which_lesson_it_is(name):
    assert inferred(name) == LESSON


@pytest.mark.parametrize(
    ("name", "cells", "candidates"),
    [
        ("x.ipynb", [], lesson_names()),
        ("x.ipynb", ["def propagate(w, b, X, Y):\n    pass"], [LESSON]),
        ("logistic_regression_shallow_net.ipynb", [], [LESSON, "shallow_net"]),
        ("deep_net_cnn.ipynb", [], ["deep_net", "cnn"]),
    ],
)
def test_where_it_is_not_said_the_candidates_are_listed(name, cells, candidates):
    with pytest.raises(NotebookError) as refused:
        inferred(name, cells)
    assert re.findall(r"--lesson (\w+)", str(refused.value)) == list(candidates)


def test_name_and_metadata_of_different_lessons_are_both_listed():
    with pytest.raises(NotebookError, match=r"logistic_regression.*cnn"):
        inferred("logistic_regression.ipynb", nn_by_hand={"lesson": "cnn"})


def test_the_lesson_asked_for_needs_no_other_word():
    assert inferred("homework.ipynb", asked=LESSON) == LESSON


def test_the_lesson_asked_for_is_not_believed_against_the_metadata():
    with pytest.raises(NotebookError, match="--lesson cnn"):
        inferred("homework.ipynb", asked=LESSON, nn_by_hand={"lesson": "cnn"})


@pytest.mark.parametrize(
    "metadata", [{"nn_by_hand": 5}, {"nn_by_hand": {"lesson": ["cnn"]}}, {"nn_by_hand": {"lesson": "x"}}]
)
def test_damaged_metadata_say_nothing(metadata):
    assert lesson_of(Notebook((), metadata), "logistic_regression.ipynb") == LESSON


# ---- output

RESULT = {"version", "submission", "student", "lesson", "points", "max_points", "mark", "round", "isolation"}
RESULT |= {"please_look", "same_file", "exercises", "asked", "not_counted", "replaced", "undecided"}
MARK = {
    "points",
    "penalty",
    "final",
    "handed_in",
    "due",
    "timing",
    "max_points",
    "by_hand",
    "bonuses",
    "whole",
    "overrides",
}
EXERCISE = {"name", "points", "max_points", "outputs", "status", "cascade_from", "cases", "shown"}
CASE = {"name", "visible", "passed", "findings"}
FINDING = {"kind", "output", "message", "misconception"}


@pytest.mark.sandbox
def test_json_has_the_documented_keys(grader_command, good):
    (result,) = grade(grader_command, good).objects
    assert set(result) == RESULT
    assert set(result["mark"]) == MARK
    for exercise in result["exercises"]:
        assert set(exercise) == EXERCISE
        assert exercise["points"] == sum(points for points, _most in exercise["outputs"].values())
        for case in exercise["cases"]:
            assert set(case) == CASE
            assert case["passed"] == (case["findings"] == [])
            assert all(set(finding) == FINDING for finding in case["findings"])
    assert result["points"] == sum(exercise["points"] for exercise in result["exercises"])
    assert result["max_points"] == 100


@pytest.mark.sandbox
def test_json_of_a_file_without_a_grade_says_why(grader_command, tmp_path, good):
    (tmp_path / "bad.ipynb").write_bytes(b"")
    results = {one["student"]: one for one in grade(grader_command, tmp_path).objects}
    assert set(results["bad"]) == RESULT | {"error"}
    assert results["bad"]["exercises"] == []
    assert "error" not in results["zoe"]


@pytest.mark.sandbox
def test_json_is_all_there_is_on_stdout_and_stderr(grader_command, good):
    ran = grade(grader_command, good)
    assert ran.code == 0
    assert ran.err == ""
    assert len(ran.objects) == len(ran.out.splitlines()) == 1


@pytest.mark.sandbox
def test_without_json_stdout_is_empty(grader_command, good):
    ran = grader_command("grade", good, "--lesson", LESSON, "--workers", 1)
    assert ran.code == 0
    assert ran.out == ""
    assert "zoe" in ran.err
    assert "15" in ran.err


@pytest.mark.sandbox
def test_report_prints_what_grade_printed(grader_command, good, tmp_path):
    graded = grade(grader_command, good, "--out", tmp_path / "results")
    reported = grader_command("report", tmp_path / "results", "--format", "json")
    assert (reported.code, reported.out) == (0, graded.out)


@pytest.mark.sandbox
def test_report_for_people(grader_command, good, tmp_path):
    grade(grader_command, good, "--out", tmp_path / "results")
    shown = grader_command("report", tmp_path / "results")
    assert shown.code == 0
    assert "zoe" in shown.out


@pytest.mark.sandbox
def test_what_a_student_wrote_cannot_break_a_line_of_json(grader_command, tmp_path, solution):
    source = 'def standardize(X, max_value):\n    raise ValueError("a\\nb\\u2028c\\x1b[31m")'
    (tmp_path / "eve.ipynb").write_bytes(notebook([solution["setup"], source]))
    ran = grade(grader_command, tmp_path)
    assert len(ran.out.splitlines()) == len(ran.out.strip().split("\n")) == 1
    assert "\x1b" not in ran.out


# ---- exit codes


@pytest.fixture
def as_files(tmp_path, solved_notebook, released_notebook):
    for name, data in (("solved", solved_notebook), ("released", released_notebook)):
        (tmp_path / f"{name}.ipynb").write_bytes(data)
    return tmp_path


@pytest.mark.parametrize(("name", "code", "said"), [("solved", 0, "100 / 100"), ("released", 1, "0 / 100")])
def test_check_ends_with_0_only_where_everything_passes(grader_command, as_files, name, code, said):
    ran = grader_command("check", as_files / f"{name}.ipynb")
    assert ran.code == code
    assert said in ran.out


def test_check_says_before_anything_else_that_the_code_runs_with_ones_own_rights(grader_command, tmp_path, solution):
    path = tmp_path / "logistic_regression.ipynb"
    path.write_bytes(notebook([solution["setup"], "import sys\nclass _:\n    print('ran', file=sys.stderr)"]))
    ran = grader_command("check", path, "--exercise", "predict")
    assert "runs here with your rights" in ran.lines[0]


def test_check_of_one_exercise(grader_command, as_files):
    ran = grader_command("check", as_files / "solved.ipynb", "--exercise", "predict")
    assert ran.code == 0
    assert "predict" in ran.out
    assert "propagate" not in ran.out


def test_check_of_a_misspelt_exercise_is_no_pass(grader_command, as_files):
    ran = grader_command("check", as_files / "solved.ipynb", "--exercise", "predictt")
    assert ran.code in (1, 2)
    assert "predict" in ran.out + ran.err


def test_check_says_which_cell_does_not_parse(grader_command, tmp_path, solution):
    path = tmp_path / "logistic_regression.ipynb"
    path.write_bytes(notebook([solution["setup"], "def predict(w, b, X:\n    pass"]))
    ran = grader_command("check", path)
    assert ran.code == 1
    assert "predict: its cell does not parse" in ran.err


def test_check_of_a_folder_says_what_to_do(grader_command, tmp_path):
    ran = grader_command("check", tmp_path)
    assert ran.code == 2
    (line,) = ran.lines
    assert "grader grade" in line


@pytest.mark.parametrize("content", [b"", b"{}", b"hello"])
def test_check_of_a_damaged_file_is_one_line(grader_command, tmp_path, content):
    path = tmp_path / "logistic_regression.ipynb"
    path.write_bytes(content)
    ran = grader_command("check", path)
    assert ran.code == 2
    assert ran.out == ""
    (line,) = ran.lines
    assert "logistic_regression.ipynb" in line


def test_build_check_ends_with_0_where_everything_is_fresh(grader_command):
    # That all lessons are is a law of each (notebook_and_references_are_fresh), and `make lint` runs it of all.
    ran = grader_command("build", "--check", "logistic_regression", "autodiff")
    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if "of its notebook have no translation into" not in line] == []


def test_build_check_ends_with_1_and_the_reason_where_something_is_stale(grader_command, monkeypatch):
    monkeypatch.setattr("grader.authoring.build.stale", lambda _lesson: iter(["this is missing"]))
    ran = grader_command("build", "--check")
    assert ran.code == 1
    assert "this is missing" in ran.out
    assert "grader build" in ran.err


def test_one_lesson_is_built(grader_command, monkeypatch):
    asked = []
    monkeypatch.setattr("grader.authoring.build.stale", lambda lesson: asked.append(lesson.name) or iter(()))
    ran = grader_command("build", "--check", "shallow_net", "cnn")
    assert (ran.code, asked) == (0, ["shallow_net", "cnn"])
    ran = grader_command("build", "astrology")
    assert (ran.code, len(ran.lines)) == (2, 1)
    assert "There is no lesson" in ran.lines[0]


def test_one_lesson_is_built_solved(grader_command, monkeypatch, tmp_path):
    written = []
    monkeypatch.setattr(
        "grader.authoring.build.write_solved", lambda lesson, folder: written.append((lesson.name, folder)) or folder
    )
    assert grader_command("build", "--solved", tmp_path, "cnn").code == 0
    assert written == [("cnn", tmp_path)]


def test_in_another_checkout_its_own_engine_builds(tmp_path):
    """Also from a folder below, with the program that another checkout installed."""
    (tmp_path / "course.toml").write_text(
        '[course]\nname = "b"\ntitle = "B"\nversion = "1"\nlessons = ["x"]\n', encoding="utf-8"
    )
    for name, text in {
        "__init__.py": "",
        "__main__.py": "import sys; print('the engine here', sys.argv[1:]); sys.exit(3)",
    }.items():
        (tmp_path / "grader").mkdir(exist_ok=True)
        (tmp_path / "grader" / name).write_text(text, encoding="utf-8")
    below = tmp_path / "source_solutions"
    below.mkdir()
    from_here = "import sys; sys.argv[1:] = ['build', '--check']; from grader.cli import main; main()"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", from_here],
        cwd=below,
        capture_output=True,
        text=True,
        env={**os.environ, "NNBH_COURSE": ""},
    )
    assert (ran.returncode, ran.stdout) == (3, "the engine here ['build', '--check']\n")
    assert "its own grader does it" in ran.stderr


def test_help_lists_the_commands(grader_command):
    ran = grader_command("--help")
    assert ran.code == 0
    assert set(re.findall(r"^\W*(check|grade|report|build)\b", ran.out, re.MULTILINE)) == {
        "check",
        "grade",
        "report",
        "build",
    }


@pytest.mark.parametrize("command", ["check", "grade", "report", "build"])
def test_each_command_has_help(grader_command, command):
    ran = grader_command(command, "--help")
    assert ran.code == 0
    assert command in ran.out


# Modules that take long to import, each for something that these commands do not do.
SLOW = [
    "asyncio",
    "h5py",
    "IPython",
    "jinja2",
    "jupytext",
    "matplotlib",
    "msgspec",
    "multiprocessing",
    "nbformat",
    "pydantic",
    "rich",
    "sqlite3",
    "unittest",
]


@pytest.mark.parametrize(
    ("asked", "without"),
    [
        (["--help"], [*SLOW, "numpy"]),
        (["check", "--help"], [*SLOW, "numpy"]),
        (["check", "least_squares.ipynb"], [*SLOW, "grader.submissions.collect", "grader.sandbox", "grader.gradebook"]),
    ],
)
def test_a_command_waits_for_no_module_that_it_does_not_need(asked, without):
    code = "import sys; from grader import cli\ntry:\n    cli.app(sys.argv[1:])\nfinally:\n    print(*sys.modules)"
    folder = ROOT / "examples" / "notebooks" / "01_least_squares"
    course = {"NNBH_COURSE": str(ROOT / "examples")}
    run = subprocess.run(
        [sys.executable, "-c", code, *asked], capture_output=True, text=True, cwd=folder, env={**os.environ, **course}
    )
    assert run.returncode == (1 if "least_squares.ipynb" in asked else 0), run.stderr
    assert {*run.stdout.splitlines()[-1].split()}.isdisjoint(without)


def test_help_has_the_commands_by_who_uses_them(grader_command):
    panels = re.split(r"For (students|instructors|authors)", grader_command("--help").out)[2::2]
    first = [re.findall(r"^\W*([a-z]+) {2,}\w", panel, re.MULTILINE)[0] for panel in panels]
    assert first == ["start", "release", "build"]


def test_an_unknown_command_is_an_error(grader_command):
    assert grader_command("gradee").code == 2


@pytest.mark.sandbox
def test_json_lines_are_json(grader_command, good):
    for line in grade(grader_command, good).out.splitlines():
        json.loads(line)


@pytest.mark.sandbox
def test_grade_says_once_which_helpers_are_not_there_before_it_grades(grader_command, tmp_path):
    source = "import numpy as np\nfrom planar_utils import sigmoid\ndef sigmoid_derivative(x):\n    return sigmoid(x)"
    for name in ("ada", "ben"):
        (tmp_path / f"{name}.ipynb").write_bytes(notebook([source]))
    said = grader_command("grade", tmp_path, "--lesson", "numpy_basics").err
    assert said.count("modules that are not here: planar_utils") == 1
    assert "planar_utils" in said.splitlines()[0]


def test_every_level_of_isolation_can_be_asked_for():
    assert [*Isolation] == [*LEVELS] == [level_of(level) for level in LEVELS]
    with pytest.raises(IsolationError, match='isolation "half" is not known'):
        level_of("half")
