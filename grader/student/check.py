"""The visible cases of a lesson, run in the student's own kernel: `check("name of an exercise").points`, `check.summary()`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..course import CourseError, Exercise, ExerciseResult, Lesson
from ..course.faults import report_faults
from ..course.packs import PackError
from ..judging.references import read_contract, read_references
from ..running.calling import arguments
from ..running.lookup import askable, bare
from ..running.notebook import Cell
from ..show import as_html, as_text, in_the_words_of, summary_as_html, summary_as_text
from ..show.notebook import display, tell
from ..words import _, for_stream
from . import asking_for_help
from .attempts import GOING_ON, Attempts
from .borrowing import borrow, closed, is_borrowed, is_tried, solution
from .hints import Hints
from .hunt import Ground, Hunt, answers, is_done
from .patience import say_how_to_stop
from .what_next import what_next

# After so many checks that failed, a check says where help is.
_PATIENT = 3


@dataclass(frozen=True)
class Points:
    """What `check` returns: `.points`, a plain float, which nbgrader reads as partial credit."""

    points: float
    max_points: float
    result: ExerciseResult | None = None

    def __repr__(self) -> str:
        return f"{self.points:g} / {self.max_points:g}"


class Check(Attempts):
    """Checks the functions in `names`, or those of the running notebook. It shows what it finds and never raises.

    folder: where the notebook is; a course.toml there or above says whether solutions are shown.
    cells: the code of the notebook, if it is a file; in a running one it is what has been run.
    fault: why the lesson's pack cannot be read: said by every check.
    opened: how many hints of each exercise are open, where somebody keeps that.
    """

    def __init__(
        self,
        lesson: Lesson,
        names: dict[str, Any] | None = None,
        folder: Path = Path(),
        cells: Sequence[Cell] = (),
        fault: CourseError | PackError | None = None,
        opened: Counter[str] | None = None,
    ) -> None:
        super().__init__(lesson, names, cells)
        self._fault = fault
        self._folder = folder
        self.hints = Hints(lesson, opened)
        self._failed: Counter[str] = Counter()

    def __call__(self, exercise: str | Callable[..., Any]) -> Points:
        """Show a table of what is right in one exercise and what is not; pass its name or the function."""
        return report_faults(lambda: self._checked(exercise), Points(0.0, 0.0))

    def _checked(self, exercise: str | Callable[..., Any]) -> Points:
        declared = self.declared(exercise)
        if declared is None:
            return Points(0.0, 0.0)
        name = declared.name
        function = self.function(name) if isinstance(exercise, str) else askable(exercise)
        if is_borrowed(function):
            tell(
                _("`{name}` is borrowed: it earns no points. Run the cell with your own to check it.").format(name=name)
            )
            result, _outcomes = self.run(declared, function)
            return Points(0.0, float(result.max_points), result)
        with say_how_to_stop(name):
            result, notes = self.found(declared, function)
        notes += [*self._where_help_is(result), *self._goes_on_with_it(result)]
        with self.words_for(result):
            display(as_text(declared, result, notes), lambda: as_html(declared, result, notes))
        return Points(float(result.points), float(result.max_points), result)

    def words_for(self, result: ExerciseResult) -> AbstractContextManager[None]:
        """Inside the block, a result is explained in the words of this folder's teacher, if there are any."""
        return in_the_words_of(self._explanations() if result.status != "passed" else {})

    def _explanations(self) -> Mapping[str, str | None]:
        """What the teacher of this folder's course says of causes; nothing if the course.toml cannot be read."""
        places = self._folder.absolute()
        if not any((place / "course.toml").is_file() for place in (places, *places.parents)):
            return {}
        # Here, because time zones take longer to import than the rest of a check.
        from ..course.policy import PolicyError, find_policy

        try:
            course = find_policy(self._folder)
        except PolicyError:
            return {}
        return course.explanations if course else {}

    def summary(self) -> None:
        """Show the points of every exercise as the functions stand now, and what is still open."""
        report_faults(self._summed_up, None)

    def _summed_up(self) -> None:
        if self._fault:
            raise self._fault
        self.show_summary([self.judged(exercise.name) for exercise in self.lesson.exercises])

    def show_summary(self, results: Sequence[ExerciseResult]) -> None:
        """Show the points of every exercise, by what each of them came to."""
        notes = what_next(self.lesson, results)
        display(summary_as_text(self.lesson, results, notes), lambda: summary_as_html(self.lesson, results, notes))

    def hint(self, exercise: str | Callable[..., Any]) -> None:
        """Show the next hint of an exercise; when all are open, all of them."""
        report_faults(lambda: self._hinted(exercise), None)

    def _hinted(self, exercise: str | Callable[..., Any]) -> None:
        if declared := self.declared(exercise):
            self.hints.open_next(declared.name)

    def inputs(self, exercise: str | Callable[..., Any], case: str = "") -> tuple[Any, ...]:
        """The arguments of one case (the first, if none is named), to try a function on by hand; () where there is no such case."""
        return report_faults(lambda: self._inputs(exercise, case), ())

    def _inputs(self, exercise: str | Callable[..., Any], case: str) -> tuple[Any, ...]:
        declared = self.declared(exercise)
        if declared is None:
            return ()
        cases = [reference.case for reference in read_references(self.lesson, declared)]
        by_label = {label: one for one in cases for label in (one.label, _(one.label))}
        if case and case not in by_label:
            tell(_no_such_case(case, [_(one.label) for one in cases]))
            return ()
        args, kwargs = arguments(by_label[case] if case else cases[0])
        return (*args, *kwargs.values())

    def report(self, exercise: str | Callable[..., Any] | None = None) -> None:
        """Print what can be pasted when asking for help: of one exercise, or of those to mend first."""
        report_faults(lambda: self._report(exercise), None)

    def _report(self, exercise: str | Callable[..., Any] | None) -> None:
        asked = [self.declared(exercise)] if exercise is not None else self.lesson.exercises
        parts = []
        for declared in filter(None, asked):
            function = self.function(declared.name)
            result, notes = self.found(declared, function)
            begun = result.status not in (*GOING_ON, "missing", "not_implemented")
            # What fails because of an earlier one needs no help of its own.
            if exercise is not None or (begun and not self.first_mend(declared)):
                with self.words_for(result):
                    parts.append(asking_for_help.part(declared.name, as_text(declared, result, notes), function))
        if parts:
            print(for_stream(asking_for_help.report(self.lesson, parts), sys.stdout))
        elif exercise is None:
            tell(_('Nothing that was begun is wrong. For one exercise: `check.report("NAME")`.'))

    def solution(self, exercise: str | Callable[..., Any]) -> None:
        """Show one way to write an exercise, once it has been tried and its hints are open."""
        report_faults(lambda: self._solved(exercise), None)

    def _solved(self, exercise: str | Callable[..., Any]) -> None:
        declared = self.declared(exercise)
        if declared is None or not self._may_look(declared):
            return
        name = declared.name
        if self.hints.open_others(name) and self.judged(name).status != "passed":
            tell(
                _('Now all hints are open: try once more. Then ask again with `check.solution("{name}")`.').format(
                    name=name
                )
            )
            return
        tell(_("One way to write `{name}`; other ways are right too.").format(name=name))
        source = solution(self.lesson, name)
        tell(f"```python\n{source}\n```", f"\n{source}\n")
        tell(_("Read it line by line, then write your own without looking."))

    def hunt(self, exercise: str | Callable[..., Any]) -> Hunt | None:
        """A hunt for one small change in a copy of your own right function, in three steps: it says how."""
        return report_faults(lambda: self._hunting(exercise), None)

    def _hunting(self, exercise: str | Callable[..., Any]) -> Hunt | None:
        declared = self.declared(exercise)
        if declared is None:
            return None
        ground = self.ground(declared)
        if ground is None:
            tell(
                _(
                    "A bug hunt changes one thing in your own right function. `{name}` is not right yet: once its check passes, "
                    "come back and hunt."
                ).format(name=declared.name)
            )
            return None
        if (quarry := ground.quarry()) is None:
            tell(
                _("There is no hunt for `{name}`: too little in it can be changed. Try another exercise.").format(
                    name=declared.name
                )
            )
            return None
        hunt = Hunt(ground, quarry)
        hunt.begin()
        return hunt

    def hunts(self) -> list[str]:
        """The exercises whose hunts the notebook answers, rightly or not."""
        return [exercise.name for exercise in self.lesson.exercises if exercise.name in answers(self.code())]

    def has_hunted(self, name: str) -> bool:
        """Whether the notebook's answers in the hunt of an exercise are right."""
        ground = self.ground(self.lesson.exercise(name))
        return ground is not None and is_done(ground, answers(self.code())[name])

    def ground(self, exercise: Exercise) -> Ground | None:
        """Where a hunt can take place; None where the student's own function is not right."""
        function = self.function(exercise.name)
        if function is None or self.judged(exercise.name).status != "passed":
            return None
        return Ground(exercise, read_references(self.lesson, exercise), function, read_contract(self.lesson))

    def borrow(self, exercise: str | Callable[..., Any]) -> None:
        """Let the rest of the notebook go on with a right function in the place of one that was tried, without points."""
        report_faults(lambda: self._borrowed(exercise), None)

    def _borrowed(self, exercise: str | Callable[..., Any]) -> None:
        declared = self.declared(exercise)
        if declared is None or not self._may_look(declared):
            return
        if self.judged(declared.name).status == "passed":
            tell(_("Your `{name}` is right: there is nothing to borrow.").format(name=declared.name))
            return
        self.hints.open_others(declared.name)
        borrow(self.lesson, declared.name, self.names())
        text = _("`{name}` is borrowed until you run the cell with your own again. It earns no points.")
        tell(text.format(name=declared.name))
        for note in self.first_mend(declared):
            tell(note)

    def lend(self, names: Sequence[str]) -> None:
        """What `borrow` does, silently, for a saved notebook that asks for it."""
        mine = {exercise.name for exercise in self.lesson.exercises}
        for name in names:
            wanted = name in mine and is_tried(self.function(name)) and not closed(self.lesson, self._folder)
            if wanted and self.judged(name).status != "passed":
                borrow(self.lesson, name, self.names())

    def _where_help_is(self, result: ExerciseResult) -> list[str]:
        """Where to find help, for somebody whose attempts have failed a few times."""
        name = result.name
        self._failed[name] += result.status not in ("passed", "missing", "not_implemented")
        if result.status == "passed" or self._failed[name] < _PATIENT:
            return []
        if self.hints.are_left(name):
            return [_('Stuck? `check.hint("{name}")` shows a hint.').format(name=name)]
        if closed(self.lesson, self._folder):
            return []
        return [_('Stuck? `check.solution("{name}")` shows one way to write it.').format(name=name)]

    def _goes_on_with_it(self, result: ExerciseResult) -> list[str]:
        """That the notebook's other cells compute with a function that is wrong, at its first failed check; of a file nothing runs on."""
        if result.status != "failed" or self._failed[result.name] > 1 or self._cells:
            return []
        said = _("Cells below that call `{name}` run with it as it is: until it is right, what they show may be wrong.")
        return [said.format(name=result.name)]

    def _may_look(self, exercise: Exercise) -> bool:
        """Whether a solution may be seen or borrowed; if not, it says why."""
        if why := self.why_no_solution(exercise):
            tell(why)
        return not why

    def why_no_solution(self, exercise: Exercise) -> str:
        """Why a solution may not be seen or borrowed here and now, whatever hints are open; '' where it may."""
        if why := closed(self.lesson, self._folder):
            return why
        if is_tried(self.function(exercise.name)):
            return ""
        return _(
            "First try `{name}` yourself: write what you can in place of the line `raise NotImplementedError(...)`, "
            "run the cell, and check it. An attempt that is not right is enough."
        ).format(name=exercise.name)

    def _name_of(self, function: Callable[..., Any], exercises: Sequence[str]) -> str:
        """The exercise that a function stands for, which may be another name than that of its `def`; else the latter."""
        mine = (name for name in exercises if self.function(name) is function)
        return next(mine, str(getattr(function, "__name__", function)))

    def declared(self, asked: str | Callable[..., Any]) -> Exercise | None:
        """The exercise of that name, or of that function; None where there is none, which it says. Raises PackError."""
        if self._fault:
            raise self._fault
        names = [exercise.name for exercise in self.lesson.exercises]
        asked = askable(asked)
        name = asked if isinstance(asked, str) else self._name_of(asked, names)
        if meant := next((one for one in names if bare(one) == bare(name)), None):
            return self.lesson.exercise(meant)
        text = _("There is no exercise `{name}` in this lesson.").format(name=name) + " "
        if close := get_close_matches(name, names, 1):
            text += _("Did you mean `{close}`?").format(close=close[0])
        else:
            text += _("The exercises are: {names}.").format(names=", ".join(names))
        print(for_stream(text, sys.stdout))
        return None


def _no_such_case(case: str, labels: Sequence[str]) -> str:
    said = _('There is no case "{case}" here.').format(case=case)
    if close := get_close_matches(case, labels, 1):
        return f"{said} " + _('Did you mean "{close}"?').format(close=close[0])
    return f"{said} " + _("The cases are: {names}.").format(names=", ".join(f'"{label}"' for label in labels))
