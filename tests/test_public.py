"""What a program, an author and a student import from `grader`; what is said where a command cannot do its work."""

import importlib
import inspect
import pkgutil
import subprocess
import sys

import pytest

import grader
from grader.cli.terminal import report_user_errors
from grader.words.errors import GraderError

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
