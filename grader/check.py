"""The visible cases of a lesson, run in the student's own kernel: `check("propagate").points`, `check.summary()`."""

from __future__ import annotations

import dis
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from .calling import arguments, bare, call, find
from .changes import age, version_of
from .course import Case, Exercise, ExerciseResult, Lesson, Outcome, load_lesson
from .judge import Played, exercise_result
from .limits import SECONDS
from .notebook import NotebookError, read_cells
from .references import read_needs, read_references
from .show import as_html, as_text, summary_as_html, summary_as_text
from .words import _, for_stream


@dataclass(frozen=True)
class OpenLesson:
    """A lesson and its check, as a notebook holds them."""

    lesson: Lesson
    check: Check


def load(name: str) -> OpenLesson:
    """The lesson of that name, ready to check the functions of this notebook. Raises UnknownLesson."""
    lesson = load_lesson(name)
    if said := age(name, _version_of_running_notebook()):
        print(for_stream(said, sys.stdout))
    return OpenLesson(lesson, Check(lesson))


def _version_of_running_notebook() -> str:
    """The course's version in the file that this kernel runs; '' where Jupyter or VS Code does not name the file."""
    path = vars(sys.modules["__main__"]).get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", "")
    try:
        return version_of(read_cells(Path(path).read_bytes()).metadata)
    except (OSError, TypeError, ValueError, NotebookError):
        return ""


@dataclass(frozen=True)
class Points:
    """What `check` returns: `.points`, a plain float, which nbgrader reads as partial credit."""

    points: float
    max_points: float
    result: ExerciseResult | None = None

    def __repr__(self) -> str:
        return f"{self.points:g} / {self.max_points:g}"


class Check:
    """Checks the functions in `names`, or those of the running notebook. It shows what it finds and never raises."""

    def __init__(self, lesson: Lesson, names: Mapping[str, Any] | None = None) -> None:
        self.lesson = lesson
        self._names = names

    def __call__(self, exercise: str | Callable[..., Any]) -> Points:
        """Show a table of what is right in one exercise and what is not; pass its name or the function."""
        name = exercise if isinstance(exercise, str) else getattr(exercise, "__name__", str(exercise))
        declared = self._declared(name)
        if declared is None:
            return Points(0.0, 0.0)
        function = self._function(name) if isinstance(exercise, str) else exercise
        result, outcomes = self.run(declared, function)
        notes = [*self._first_mend(declared, result), *_notes(function, outcomes)]
        _display(as_text(declared, result, notes), as_html(declared, result, notes))
        return Points(float(result.points), float(result.max_points), result)

    def summary(self) -> None:
        """Show the points of every exercise as the functions stand now, and what is still open."""
        results = [self.run(exercise, self._function(exercise.name))[0] for exercise in self.lesson.exercises]
        notes = _what_next(results)
        _display(summary_as_text(results, notes), summary_as_html(results, notes))

    def inputs(self, name: str, case: str = "") -> tuple[Any, ...]:
        """The arguments of one case (the first, if none is named), to try a function on by hand."""
        cases = [reference.case for reference in read_references(self.lesson, self.lesson.exercise(name))]
        chosen = next((c for c in cases if c.label == case), cases[0])
        args, kwargs = arguments(chosen)
        return (*args, *kwargs.values())

    def run(self, exercise: Exercise, function: Callable[..., Any] | None) -> tuple[ExerciseResult, Sequence[Outcome]]:
        """The result of one exercise, and the outcome of each of its cases; nothing is shown."""
        references = read_references(self.lesson, exercise)
        outcomes = _outcomes(function, [reference.case for reference in references])
        played = [Played(reference, outcome) for reference, outcome in zip(references, outcomes, strict=True)]
        return exercise_result(exercise, played), outcomes

    def _first_mend(self, exercise: Exercise, result: ExerciseResult) -> list[str]:
        """Where to begin, if the exercise fails and uses another one that fails too."""
        if result.status == "passed":
            return []
        used = map(self.lesson.exercise, read_needs(self.lesson, exercise))
        wrong = (one.name for one in used if self.run(one, self._function(one.name))[0].status != "passed")
        first = next(wrong, None)
        said = _("`{name}` uses `{used}`, which is not right yet: begin there.")
        return [said.format(name=exercise.name, used=first)] if first else []

    def _function(self, name: str) -> Callable[..., Any] | None:
        # The running notebook's names are those of the module __main__.
        return find(self._names if self._names is not None else vars(sys.modules["__main__"]), name)

    def _declared(self, name: str) -> Exercise | None:
        names = [exercise.name for exercise in self.lesson.exercises]
        if meant := next((one for one in names if bare(one) == bare(name)), None):
            return self.lesson.exercise(meant)
        text = _("There is no exercise `{name}` in this lesson.").format(name=name) + " "
        if close := get_close_matches(name, names, 1):
            text += _("Did you mean `{close}`?").format(close=close[0])
        else:
            text += _("The exercises are: {names}.").format(names=", ".join(names))
        print(for_stream(text, sys.stdout))
        return None


def _outcomes(function: Callable[..., Any] | None, cases: Sequence[Case]) -> list[Outcome]:
    if function is None:
        return [Outcome(problem="missing")] * len(cases)
    outcomes: list[Outcome] = []
    try:
        for case in cases:
            outcomes.append(call(function, case))
    except KeyboardInterrupt:
        # The other cases would have to be stopped by hand too.
        outcomes += [Outcome(problem="timeout", message=_("you stopped it"))] * (len(cases) - len(outcomes))
    return outcomes


def _notes(function: Callable[..., Any] | None, outcomes: Sequence[Outcome]) -> list[str]:
    """What is not wrong but worth knowing."""
    notes = []
    if names := _reads_from_notebook(function):
        notes.append(
            _(
                "Note: your function uses {names} from the notebook. Use its arguments instead: other callers have other data."
            ).format(names=", ".join(f"`{name}`" for name in names))
        )
    warned = list(dict.fromkeys(text for outcome in outcomes for text in outcome.warnings))
    notes += [_("Note: numpy warned: {text}.").format(text=text.rstrip(".")) for text in warned[:3]]
    if any(outcome.seconds > SECONDS / 2 for outcome in outcomes):
        notes.append(
            _("Note: a call took more than {half:.0f} s. While grading it may take {limit:.0f} s.").format(
                half=SECONDS / 2, limit=SECONDS
            )
        )
    printed = next((outcome.printed.rstrip() for outcome in outcomes if outcome.printed.strip()), "")
    if printed:
        lines = printed.splitlines()
        notes.append(_("Your function printed:") + "\n" + "\n".join(lines[:10] + ["…"] * (len(lines) > 10)))
    return notes


def _reads_from_notebook(function: Callable[..., Any] | None) -> list[str]:
    """Variables of the notebook that a function reads without getting them as arguments."""
    code = getattr(function, "__code__", None)
    if code is None:
        return []
    around = function.__globals__  # type: ignore[union-attr]
    read = dict.fromkeys(str(step.argval) for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL")
    return [
        name
        for name in read
        if name in around and not callable(around[name]) and not isinstance(around[name], ModuleType)
    ]


def _what_next(results: Sequence[ExerciseResult]) -> list[str]:
    unfinished = next((r for r in results if r.status != "passed"), None)
    if unfinished is None:
        first = _("Everything in this lesson is right. Well done.")
    else:
        first = _("Next: `{name}`.").format(name=unfinished.name)
    return [
        first,
        _(
            "These points are practice points, for the functions as they run now. Before you hand in: Kernel, "
            "Restart and Run All, then save, so that the file holds what you see."
        ),
    ]


def _display(text: str, html: str) -> None:
    """HTML where a notebook can show it, else plain text."""
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        ipython.display.display({"text/plain": text, "text/html": html}, raw=True)
    else:
        print(for_stream(text, sys.stdout))
