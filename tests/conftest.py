"""Shared by the tests: the lesson, a sandbox, and lessons of a test's own."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from hypothesis import HealthCheck, settings

import grader.exercises
import source_solutions
from grader import build, cli, load_lesson, references, solutions
from grader.course import Lesson
from making import Sources, solved

if TYPE_CHECKING:
    from grader.sandbox import Sandbox

# Whatever language the machine speaks, the tests read English.
os.environ["NNBH_LANG"] = "en"

# A machine that is busy with other things is no failure. `pytest --hypothesis-profile thorough` looks further.
PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("patient", **PATIENT)
settings.register_profile("thorough", max_examples=3000, **PATIENT)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def lesson() -> Lesson:
    return load_lesson("logistic_regression")


@pytest.fixture(scope="session")
def solution(lesson: Lesson) -> Sources:
    """{function: its source} of the lesson's solutions."""
    return solved(lesson)


@pytest.fixture(scope="session")
def solved_notebook(lesson: Lesson) -> bytes:
    """The lesson as `grader build` makes it before it takes the solutions out; not executed."""
    text = build.source_of(lesson).read_text(encoding="utf-8")
    return nbformat.writes(build.read_source(lesson, text)).encode()


@pytest.fixture(scope="session")
def released_notebook(lesson: Lesson) -> bytes:
    """The lesson as a student gets it."""
    text = build.source_of(lesson).read_text(encoding="utf-8")
    return nbformat.writes(build.release(build.read_source(lesson, text))).encode()


@pytest.fixture(scope="session")
def sandbox() -> "Iterator[Sandbox]":
    # POSIX alone has what it needs; the other tests run on any system.
    from grader.sandbox import Sandbox

    with Sandbox() as opened:
        yield opened


TOY = "shallow_net"


@pytest.fixture
def make_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], Lesson]]:
    """Makes a lesson of declarations and solutions, with a reference file, in the place of a lesson of the course."""
    modules = [f"{package.__name__}.{TOY}" for package in (grader.exercises, source_solutions)]
    for module in modules:
        monkeypatch.delitem(sys.modules, module, raising=False)

    def make(declarations: str, solution: str) -> Lesson:
        for package, text in ((grader.exercises, declarations), (source_solutions, solution)):
            folder = tmp_path / package.__name__
            folder.mkdir()
            (folder / f"{TOY}.py").write_text(text, encoding="utf-8")
            monkeypatch.setattr(package, "__path__", [str(folder), *package.__path__])
        monkeypatch.setattr(references, "FOLDER", tmp_path)
        toy = load_lesson(TOY)
        drawn = {exercise.name: solutions.draw(toy, exercise) for exercise in toy.exercises}
        references.write_references(references.path_of(toy), drawn, {}, dict.fromkeys(drawn, ()), {})
        return toy

    yield make
    for module in modules:
        sys.modules.pop(module, None)


@dataclass(frozen=True)
class Ran:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it said on stderr."""
        return [line for line in self.err.splitlines() if line.strip()]

    @property
    def objects(self) -> list[dict[str, Any]]:
        """What it printed, one JSON object per line."""
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def grader_command(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs `grader ...` in this process."""

    def run(*arguments: object) -> Ran:
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.app([str(argument) for argument in arguments], prog_name="grader")
        return Ran(int(ended.value.code or 0), *capfd.readouterr())

    return run
