"""Shared by the tests: the lesson, a sandbox, and lessons of a test's own."""

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from grader import cli, load_lesson
from grader.course import Lesson, current
from grader.course.courses import VARIABLE
from grader.grading import sampling
from making import Sources, lesson_notebook, solved

if TYPE_CHECKING:
    from grader.sandbox import Sandbox
    from website.pages import Site

# Whatever language the machine speaks, the tests read English.
os.environ["NNBH_LANG"] = "en"

# A machine that is busy with other things is no failure. `pytest --hypothesis-profile thorough` looks further.
PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("patient", **PATIENT)
settings.register_profile("thorough", max_examples=3000, **PATIENT)
settings.load_profile("patient")


# What takes long to import is imported in the tests that need it, so that those of one exercise run in seconds.
SLOW_TO_IMPORT = {"distributed", "fontTools", "jsonschema", "jupytext", "nbclient", "nbconvert", "nbformat", "nbgrader", "selenium",
                  "skimage", "sklearn", "sqlalchemy", "wasmtime"}  # fmt: skip
IMPORTED = pytest.StashKey[set[str]]()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """What is collected stays until the end: looking through it for garbage, now and later, would be in vain."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()
        session.config.stash[IMPORTED] = SLOW_TO_IMPORT & sys.modules.keys()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for the sandbox or the browser by a fixture is marked as one that needs it."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        for name in {"sandbox", "browser"} & names:
            item.add_marker(name)
        if "instances" in names:
            item.add_marker("wasm")


@pytest.fixture(autouse=True)
def sandbox_only_where_marked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps `-m "not sandbox"` true: a test without the mark fails where it opens one."""
    if sys.platform != "linux" or any(map(request.node.get_closest_marker, ("sandbox", "wasm"))):
        return

    def refuse(*_arguments: object, **_options: object) -> None:
        pytest.fail("this test opens a sandbox: mark it with pytest.mark.sandbox", pytrace=False)

    monkeypatch.setattr("grader.sandbox.host._tested", refuse)


@pytest.fixture(autouse=True)
def no_chosen_course(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command that is run in this process chooses ends with its test."""
    monkeypatch.setenv(VARIABLE, "")


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
    return lesson_notebook(lesson).encode()


@pytest.fixture(scope="session")
def released_notebook(lesson: Lesson) -> bytes:
    """The lesson as a student gets it."""
    return lesson_notebook(lesson, released=True).encode()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What only waits is ended soon."""
    monkeypatch.setattr("grader.sandbox.deadlines.PATIENCE", 1.5)


@pytest.fixture(scope="session")
def sandbox() -> "Iterator[Sandbox]":
    # POSIX alone has what it needs; the other tests run on any system.
    from grader.sandbox import Sandbox

    with Sandbox() as opened:
        yield opened


@pytest.fixture(scope="session")
def instances() -> "Iterator[Sandbox]":
    """A sandbox for isolation `wasm`. Compiling its interpreter takes a minute of CPU: `make laptop` does, this does not."""
    from grader.sandbox import Sandbox
    from grader.sandbox.wasm import engine

    if not engine.available() or not engine.is_compiled():
        pytest.skip("the WebAssembly interpreter is not compiled here: make laptop")
    with Sandbox() as opened:
        yield opened


TOY = "shallow_net"


@pytest.fixture
def make_lesson(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Lesson]:
    """Makes a course of one lesson of declarations and solutions, with its pack; it is used meanwhile."""

    def make(declarations: str, solution: str) -> Lesson:
        from grader.authoring.packing import Declared

        folder = tmp_path / "source_solutions" / TOY
        folder.mkdir(parents=True)
        (folder / "cases.py").write_text(declarations, encoding="utf-8")
        (folder / "lesson.py").write_text(solution, encoding="utf-8")
        about = f'name = "toy"\ntitle = "A toy"\nversion = "1"\nlessons = ["{TOY}"]'
        (tmp_path / "course.toml").write_text(f"[course]\n{about}\n", encoding="utf-8")
        monkeypatch.setenv(VARIABLE, str(tmp_path))
        toy = current().declared(TOY)
        drawn = {exercise.name: sampling.draw(toy, exercise) for exercise in toy.exercises}
        (tmp_path / "packs").mkdir()
        content = Declared(toy, current().module(TOY, "cases")).pack(drawn, {})
        (tmp_path / "packs" / f"{TOY}.pack").write_bytes(content)
        return load_lesson(TOY)

    return make


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


@pytest.fixture(scope="session")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> "Site":
    """The website of this course, built once for all that looks at it."""
    from site_building import whole

    return whole(tmp_path_factory.mktemp("whole"))
