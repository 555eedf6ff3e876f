"""A student's functions, tried on the visible cases of their lesson: what comes of it, and nothing is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..course import Case, Exercise, ExerciseResult, Given, Lesson, Outcome, current
from ..judging.points import Played, judged
from ..judging.reasons import Subject, with_reasons
from ..judging.references import read_contract, read_needs, read_references
from ..running.calling import call
from ..running.exceptions import where_stopped
from ..running.inplace import on_copies
from ..running.lookup import find, why_not_own
from ..running.notebook import MOST_ORIGINS, Cell, not_parsed, why_not_defined
from ..running.signatures import Contract
from ..running.watching import watch
from ..words import _
from .borrowing import is_borrowed
from .notes import notes_on, notes_on_absent

# What does not keep the exercises that use it from being right.
GOING_ON = ("passed", "borrowed")


class Attempts:
    """The functions in `names`, or those of the running notebook.

    cells: the code of the notebook, if it is a file; in a running one it is what has been run.
    """

    def __init__(self, lesson: Lesson, names: dict[str, Any] | None = None, cells: Sequence[Cell] = ()) -> None:
        self.lesson = lesson
        self._names = names
        self._cells = cells

    def found(self, exercise: Exercise, function: Callable[..., Any] | None) -> tuple[ExerciseResult, list[str]]:
        """The result of one exercise with its reasons, and what is to be said beside it."""
        result, outcomes, begin = self._explained(exercise, function)
        if is_borrowed(function):
            return result, []
        name = exercise.name
        absent = self._absent(name) if function is not None else {}
        messages = [finding.message for case in result.cases for finding in case.findings]
        return result, [*begin, *absent.values(), *notes_on(function, outcomes, absent, messages)]

    def _absent(self, name: str) -> dict[str, str]:
        library = current().library_in(self.lesson.name)
        return notes_on_absent(name, self.names(), self.code(), self._exercises(), library)

    def run(self, exercise: Exercise, function: Callable[..., Any] | None) -> tuple[ExerciseResult, Sequence[Outcome]]:
        """The result of one exercise with its reasons, and the outcome of each of its cases.

        A borrowed function is not called and earns nothing: its status is "borrowed".
        """
        result, outcomes, _begin = self._explained(exercise, function)
        return result, outcomes

    def result(self, name: str) -> ExerciseResult:
        """The result of one exercise as its function stands now, with its reasons. Raises KeyError."""
        return self.run(self.lesson.exercise(name), self.function(name))[0]

    def judged(self, name: str) -> ExerciseResult:
        """The same without reasons, which take time."""
        return self._played(self.lesson.exercise(name), self.function(name))[0]

    def _explained(
        self, exercise: Exercise, function: Callable[..., Any] | None
    ) -> tuple[ExerciseResult, Sequence[Outcome], list[str]]:
        """The result of one exercise with its reasons, the outcome of each case, and where to begin."""
        result, played = self._played(exercise, function)
        outcomes = [one.outcome for one in played]
        begin = [] if result.status in GOING_ON else self.first_mend(exercise)
        return with_reasons(exercise, played, result, self._subject(exercise, function, bool(begin))), outcomes, begin

    def _subject(self, exercise: Exercise, function: Callable[..., Any] | None, others_first: bool) -> Subject:
        """As far as the function may be looked at: where another one is to be mended first, its text is not."""
        contract = read_contract(self.lesson)
        watching = partial(watch, function, name=exercise.name, contract=contract) if function else None
        if others_first:
            return Subject(watching)
        changing = (name for name in read_needs(self.lesson, exercise) if self._changes(name))
        return Subject(watching, function, contract, changing, lambda name: self._played(exercise, function, [name])[0])

    def _changes(self, name: str) -> bool:
        """Whether a function changes what it is given."""
        _result, played = self._played(self.lesson.exercise(name), self.function(name))
        return any(one.outcome.changed for one in played)

    def _played(
        self, exercise: Exercise, function: Callable[..., Any] | None, copied: Sequence[str] = ()
    ) -> tuple[ExerciseResult, Sequence[Played]]:
        """The result of one exercise without reasons, and each of its cases as it was called.

        copied: functions of the notebook that get copies of their arguments
        """
        if is_borrowed(function):
            nothing = {output: (0, most) for output, most in exercise.points.items()}
            return ExerciseResult(exercise.name, nothing, "borrowed", ()), ()
        references = read_references(self.lesson, exercise)
        given = {name: Given(on_copies, self.function(name)) for name in copied}
        asked = [replace(reference.case, given={**given, **reference.case.given}) for reference in references]
        outcomes = self._outcomes(exercise, function, asked)
        played = [Played(reference, outcome) for reference, outcome in zip(references, outcomes, strict=True)]
        return judged(exercise, played), played

    def _outcomes(
        self, exercise: Exercise, function: Callable[..., Any] | None, cases: Sequence[Case]
    ) -> Sequence[Outcome]:
        # Of a file, the last definition that parses counts, as in `grade`.
        if not self._cells and (broken := not_parsed(self.code(), exercise.name)):
            return [Outcome(problem="raised", message=broken)] * len(cases)
        if function is None:
            return [
                Outcome(problem="missing", message=why_not_defined(self.code(), exercise.name, self._exercises()))
            ] * len(cases)
        if why := why_not_own(self.names(), exercise.name):
            return [Outcome(problem="missing", message=why)] * len(cases)
        return _outcomes(function, cases, exercise.name, read_contract(self.lesson))

    def first_mend(self, exercise: Exercise) -> list[str]:
        """Where to begin, if the exercise uses another one that fails."""
        first = next((used for used in read_needs(self.lesson, exercise) if self._is_in_the_way(used)), None)
        said = _("`{name}` uses `{used}`, which is not right yet: begin there.")
        return [said.format(name=exercise.name, used=first)] if first else []

    def _is_in_the_way(self, used: str) -> bool:
        """Whether a function fails in more than what this course alone asks of it: that is nothing its callers need."""
        result, ours = self.judged(used), self.lesson.exercise(used).ours
        lost = {output for case in result.cases for output in case.outputs if case.finding(output)}
        return result.status not in GOING_ON and not lost <= ours

    def function(self, name: str) -> Callable[..., Any] | None:
        """The notebook's function of that name, if it has one."""
        return find(self.names(), name)

    def names(self) -> dict[str, Any]:
        """The names of the notebook."""
        # The running notebook's names are those of the module __main__.
        return self._names if self._names is not None else vars(sys.modules["__main__"])

    def code(self) -> Sequence[Cell]:
        """The code of the notebook, as far as it is known: IPython keeps what has been run under the name In."""
        run = self.names().get("In")
        history = run[-MOST_ORIGINS:] if isinstance(run, list) else []
        return self._cells or [Cell(number, text) for number, text in enumerate(history) if isinstance(text, str)]

    def _exercises(self) -> list[str]:
        return [exercise.name for exercise in self.lesson.exercises]


def _outcomes(function: Callable[..., Any], cases: Sequence[Case], name: str, contract: Contract) -> list[Outcome]:
    outcomes: list[Outcome] = []
    try:
        for case in cases:
            outcomes.append(call(function, case, name, contract))
    except KeyboardInterrupt as stop:
        # The other cases would have to be stopped by hand too.
        stopped = Outcome(problem="timeout", message=_("you stopped it") + where_stopped(stop, function))
        outcomes += [stopped] * (len(cases) - len(outcomes))
    return outcomes
