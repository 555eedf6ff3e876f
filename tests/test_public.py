"""What a program, an author and a student import from `grader`; what is said where a command cannot do its work."""

import importlib
import inspect
import json
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import grader
import making
from grader.cli.terminal import report_user_errors
from grader.course.courses import using
from grader.words.errors import GraderError

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="grading needs Linux")

# Raised and caught in one place: nobody reads their text as it is.
INTERNAL = {
    "WireError",
    "Ended",
    "Misfit",
    "Unavailable",
    "Refused",
    "Damaged",
    "WrongCase",
    "Broken",
    "BadAddress",
    "DecodeError",
    "MoreThanAsked",
    "_TooMuch",
}


def exceptions() -> dict[str, type[Exception]]:
    """{name: class} of every exception that the engine defines."""
    modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(grader.__path__, "grader.")
               if not one.name.endswith("__main__") and ".templates" not in one.name]  # fmt: skip
    return {
        name: found
        for module in modules
        for name, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, Exception) and found.__module__ == module.__name__
    }


def test_every_exception_that_people_read_is_a_grader_error() -> None:
    found = exceptions()
    assert set(found) >= INTERNAL
    assert {name for name, one in found.items() if not issubclass(one, GraderError)} == INTERNAL


@pytest.mark.parametrize("name", grader.__all__)
def test_a_public_name_is_there(name: str) -> None:
    assert getattr(grader, name).__name__ == name


def test_names_that_are_not_used_load_nothing() -> None:
    """The help of the command line is quick, and no process of the sandbox holds what a check needs."""
    found = "import sys, grader; print(sorted(name for name in sys.modules if name.startswith(('grader', 'numpy'))))"
    said = subprocess.run([sys.executable, "-c", found], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "['grader']"


def test_what_can_be_put_right_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    import typer

    with pytest.raises(typer.Exit) as stopped, report_user_errors():
        grader.load_lesson("no_such_lesson")
    assert stopped.value.exit_code == 2
    assert 'There is no lesson "no_such_lesson"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("module", "said"),
    [("msgspec", "[teach]"), ("distributed", "[cluster]"), ("fcntl", "needs Linux"), ("jupytext.config", "[teach]")],
)
def test_a_module_that_an_extra_would_bring_is_named_with_it(
    module: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import typer

    with pytest.raises(typer.Exit), report_user_errors():
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("error", [ModuleNotFoundError("No module named 'mine'", name="mine"), ImportError("a cycle")])
def test_any_other_import_that_fails_keeps_its_traceback(error: ImportError) -> None:
    with pytest.raises(ImportError) as raised, report_user_errors():
        raise error
    assert raised.value is error


def test_the_version_that_is_installed_is_the_one_in_the_code() -> None:
    from importlib.metadata import version

    assert version("nn-by-hand") == grader.__version__


# ---- a program grades

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., Path]:
    """Write a solved lesson into a file, with more cells after it; its path."""

    def written(name: str, *more: str) -> Path:
        path = tmp_path / f"{name}.ipynb"
        path.write_bytes(making.notebook([*making.solved(grader.load_lesson(name)).values(), *more]))
        return path

    return written


@pytest.mark.sandbox
@on_linux
@pytest.mark.sandbox
def test_a_program_gets_the_result_that_the_command_gives(hand_in: Callable[..., Path]) -> None:
    path = hand_in("logistic_regression", "def predict(w, b, X):\n    return 1")
    result = grader.grade(path, seed=7)
    command = [sys.executable, "-m", "grader", "grade", str(path), "--seed", "7", "--json"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert (result.lesson, result.student) == (said["lesson"], said["student"])
    assert 0 < result.points == said["points"] < result.max_points == said["max_points"]
    assert {one.name: one.status for one in result.exercises} == {
        one["name"]: one["status"] for one in said["exercises"]
    }


@pytest.mark.sandbox
@on_linux
@pytest.mark.sandbox
def test_a_program_names_a_course_for_one_call(tmp_path: Path) -> None:
    with using(EXAMPLES):
        path = tmp_path / "hers.ipynb"
        path.write_bytes(making.notebook(making.solved(grader.load_lesson("least_squares"))))
    before = grader.lesson_names()
    result = grader.grade(path, "least_squares", EXAMPLES)
    assert result.points == result.max_points > 0
    assert grader.lesson_names() == before


@on_linux
@pytest.mark.sandbox
def test_of_a_file_that_is_no_notebook_the_result_says_why(tmp_path: Path) -> None:
    path = tmp_path / "essay.ipynb"
    path.write_text("A network learns.", encoding="utf-8")
    result = grader.grade(path, "logistic_regression")
    assert result.error
    assert not result.exercises


@pytest.mark.sandbox
@on_linux
@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"lesson": "knitting"}, "no lesson"),
        ({"course": "nowhere"}, "cannot be read"),
        ({"isolation": "Full"}, '"Full" is not known'),
        ({"path": "."}, "is a folder"),
    ],
)
def test_what_the_caller_can_put_right_is_a_grader_error(
    named: Mapping[str, str], said: str, hand_in: Callable[..., Path]
) -> None:
    with pytest.raises(GraderError, match=said):
        grader.grade(**{"path": hand_in("logistic_regression"), **named})
