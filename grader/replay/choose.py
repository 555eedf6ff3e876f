"""A submission by its path or its student's name -> the replay of one exercise: which code, which cases, what to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..course import ExerciseResult, Reference, UnknownLesson, load_lesson
from ..gradebook import Gradebook
from ..grading.grade import Round, cases
from ..marks.roster import called
from ..running.bounds import OWN_MB, bounded_memory
from ..running.notebook import Cell
from ..sandbox import Limits
from ..submissions.opened import Unusable, open_file
from ..words.people import nearest_names
from .write import NoReplayError, replay_file

# A file of a few cases can be read; the first ones that fail are as good as all.
MOST_CASES = 4


@dataclass(frozen=True)
class Chosen:
    """What is replayed; `result` is known for a submission that was graded."""

    digest: str
    cells: tuple[Cell, ...]
    round: Round | None = None
    result: ExerciseResult | None = None


def replay(who: str, target: str, book: Gradebook | None, visible_only: bool = False) -> tuple[str, str]:
    """(a name for the file, its text) for an exercise `lesson::exercise`. Raises NoReplayError."""
    lesson_name, _, name = target.partition("::")
    try:
        lesson = load_lesson(lesson_name)
        exercise = lesson.exercise(name)
    except UnknownLesson as error:
        raise NoReplayError(str(error)) from None
    except KeyError:
        names = ", ".join(f"{lesson_name}::{one.name}" for one in lesson.exercises)
        raise NoReplayError(f"there is no exercise {target}; there are {names}") from None
    one = _chosen(who, lesson_name, name, book)
    if one.result and not visible_only:
        one = replace(one, result=one.result.in_full())
    if visible_only or one.round is None:
        every = tuple(case for case in cases(lesson, exercise, 0) if case[1])
    else:
        every = cases(lesson, exercise, one.round.seed)
    some = _first_failing(every, one.result)
    file = f"replay_{name}_{one.digest[:8]}.py"
    helpers = one.round.helpers if one.round else ()
    notes = _notes(who, one, some, len(every))
    try:
        with bounded_memory():
            return file, replay_file(lesson, exercise, one.cells, some, helpers=helpers, notes=notes, file=file)
    except MemoryError:
        raise NoReplayError(f"reading the notebook's code takes more than {OWN_MB} MB of memory") from None


def _chosen(who: str, lesson: str, exercise: str, book: Gradebook | None) -> Chosen:
    if book is not None:
        found = list(book.graded(lesson, who))
        if len(found) > 1:
            raise NoReplayError(
                f"{who} has handed in {len(found)} files of {lesson}: name the submission, as the report does"
            )
        if found:
            result = next((e for e in found[0].result.exercises if e.name == exercise), None)
            return Chosen(found[0].digest, found[0].cells, found[0].round, result)
    path = Path(who)
    if not path.is_file():
        raise NoReplayError(_not_there(who, lesson, book))
    opened = open_file(path, lesson)
    if isinstance(opened, Unusable):
        raise NoReplayError(f"{who}: {opened.reason}")
    seed = book.seed(lesson) if book else None
    return Chosen(opened.digest, opened.notebook.cells, None if seed is None else Round(lesson, 0, seed, Limits()))


def _not_there(who: str, lesson: str, book: Gradebook | None) -> str:
    if book is None:
        return f"{who} is not a file; a student's name needs --in DIR, the folder of the results"
    near = called(who, book.students()) or nearest_names(who, book.students())
    advice = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"{who} is not a file, and no readable submission of {lesson} is kept under that name{advice}"


def _first_failing(
    every: Sequence[tuple[Reference, bool]], result: ExerciseResult | None
) -> list[tuple[Reference, bool]]:
    """A few of the cases: those that failed while grading, alone where there are any, and the hidden ones first: they score."""
    every = sorted(every, key=lambda one: one[1])
    failing = {(case.name, case.visible) for case in result.cases if not case.passed} if result else set()
    wrong = [(reference, visible) for reference, visible in every if (reference.case.label, visible) in failing]
    telling = _each_output_once(wrong, result) if result else []
    others = [one for one in wrong if not any(one is first for first in telling)]
    return [*telling, *others][: max(MOST_CASES, len(telling))] or every[:MOST_CASES]


def _each_output_once(wrong: Sequence[tuple[Reference, bool]], result: ExerciseResult) -> list[tuple[Reference, bool]]:
    """The first failing case of each output that is not right, so that the file shows what the mark says."""
    cases = {(case.name, case.visible): case for case in result.cases}
    first = (
        next((one for one in wrong if cases[one[0].case.label, one[1]].finding(output)), None)
        for output in result.outputs
    )
    telling = [one for one in first if one is not None]
    return [one for number, one in enumerate(telling) if not any(one is other for other in telling[:number])]


def _notes(who: str, one: Chosen, some: Sequence[tuple[Reference, bool]], of: int) -> list[str]:
    notes = [f"Submission: {who} (sha256 {one.digest}). Cases: {len(some)} of {of}."]
    if not all(visible for _reference, visible in some):
        notes.append("Some cases are hidden ones, which students have not seen: they are for the instructor.")
    if one.result and one.result.cascade_from:
        roots = ", ".join(one.result.cascade_from)
        notes.append(
            f"While grading, the course's solution stood in the place of {roots}, which is not right in this submission. "
            "Here the submission's own runs, so more may differ."
        )
    if one.result and one.result.status in ("timeout", "memory", "killed"):
        notes.append("While grading, a call did not finish: be ready to stop this with Ctrl-C.")
    if any(reference.case.pace for reference, _visible in some):
        notes.append("How long a call takes is not measured here.")
    return [re.sub(r"\s+", " ", note) for note in notes]
