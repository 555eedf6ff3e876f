"""`pytest -p grader.bridges.pytest_plugin --submission NOTEBOOK`: an item for each visible case, named lesson::exercise::case.

The notebook's functions run in the sandbox where there is one, else in this process; the header says which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from ..course import ExerciseResult, Lesson, load_lesson
from ..judging.references import read_references
from ..running.notebook import Cell
from ..show import rows, rows_as_text
from ..student.own import open_own
from ..submissions.opened import Unusable, open_file


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("grader", "notebooks of a course")
    group.addoption("--submission", action="append", default=[], metavar="NOTEBOOK", help="a notebook to check")
    group.addoption("--lesson", metavar="NAME", help="which lesson it is, if the file does not say")


def pytest_configure(config: pytest.Config) -> None:
    # Without a path on the command line, pytest would also collect what is in this folder.
    if config.getoption("submission") and config.args_source is not pytest.Config.ArgsSource.ARGS:
        config.args = []


def pytest_report_header(config: pytest.Config) -> list[str]:
    if not config.getoption("submission"):
        return []
    where = "in the sandbox" if _is_sandboxed() else "in this process, which is for your own notebooks"
    return [f"grader: the functions of the notebook run {where}"]


@pytest.hookimpl(tryfirst=True)  # before -k chooses among the items
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    for name in config.getoption("submission"):
        items += _items(session, SubmittedNotebook.read(Path(name), config.getoption("lesson")))


def _items(session: pytest.Session, submitted: SubmittedNotebook) -> Iterator[pytest.Item]:
    for exercise in submitted.lesson.exercises:
        for number, reference in enumerate(read_references(submitted.lesson, exercise)):
            name = f"{submitted.lesson.name}::{exercise.name}::{reference.case.label}"
            item = CaseItem.from_parent(session, name=name, nodeid=name)
            item.submitted, item.exercise, item.number = submitted, exercise.name, number
            yield item


class SubmittedNotebook:
    """One notebook; its exercises are checked when the first of them is asked for."""

    def __init__(self, path: Path, lesson: Lesson, cells: tuple[Cell, ...]) -> None:
        self.path, self.lesson, self._cells = path, lesson, cells

    @classmethod
    def read(cls, path: Path, lesson: str | None) -> SubmittedNotebook:
        """Raises pytest.UsageError, which says what is wrong with the file."""
        opened = Unusable(str(path), "this is a folder: name a notebook") if path.is_dir() else open_file(path, lesson)
        if isinstance(opened, Unusable):
            raise pytest.UsageError(f"{path}: {opened.reason}")
        return cls(path, load_lesson(opened.lesson), opened.notebook.cells)

    @cached_property
    def results(self) -> Mapping[str, ExerciseResult]:
        """{exercise: the result of its visible cases}."""
        return {result.name: result for result in (self._in_sandbox() if _is_sandboxed() else self._here())}

    def _in_sandbox(self) -> Iterator[ExerciseResult]:
        from ..grading.grade import Submission, rehearse
        from ..sandbox import Limits, Sandbox

        with Sandbox() as sandbox:
            yield from rehearse(Submission(self.path.name, "", self._cells), self.lesson, sandbox, Limits())

    def _here(self) -> Iterator[ExerciseResult]:
        own = open_own(self.path, self.lesson.name)
        assert not isinstance(own, Unusable)
        for exercise in self.lesson.exercises:
            yield own.check.result(exercise.name)


@cache
def _is_sandboxed() -> bool:
    """Whether this is an instructor's install on a machine with full isolation."""
    try:
        from ..grading import grade  # noqa: F401
        from ..sandbox.doctor import examine
    except ImportError:
        return False
    return examine()[1]


class WrongCase(Exception):
    """A case that is not right; the message is the table of its outputs."""


class CaseItem(pytest.Item):
    """One case of one exercise."""

    submitted: SubmittedNotebook
    exercise: str
    number: int

    def runtest(self) -> None:
        result = self.submitted.results[self.exercise]
        case = result.cases[self.number]
        if case.findings:
            exercise = self.submitted.lesson.exercise(self.exercise)
            outputs = {output: points for output, points in result.outputs.items() if output in case.outputs}
            shown = rows(exercise, replace(result, cases=(case,), outputs=outputs))
            raise WrongCase("\n".join(rows_as_text([row for row in shown if not row.right])))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *named: Any) -> Any:
        if isinstance(excinfo.value, WrongCase):
            return str(excinfo.value)
        return super().repr_failure(excinfo, *named)

    def reportinfo(self) -> tuple[Path, None, str]:
        # Not the name itself: pytest takes a dot in it for the one between a class and a method.
        return self.submitted.path, None, f"{self.exercise}: {self.name}"
