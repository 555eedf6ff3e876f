"""What of a result counts: what a class from elsewhere was asked for, less what the instructor dropped. Pure.

A class is from elsewhere where no notebook in it is the course's own. It is marked for the exercises that enough of its
notebooks define, and not for what only this course demands of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..course import CaseResult, Exercise, ExerciseResult, Lesson, Play, Result, load_lesson
from ..judging.points import status_of, told_status
from ..words import _

# With fewer notebooks nothing is decided.
ENOUGH = 10
# An exercise counts where at least one in so many defines it.
ONE_IN = 3
NOT_ASKED, OURS = "not asked", "ours"
_NEVER_READ = ("timeout", "memory", "killed", "grader_fault")


@dataclass(frozen=True)
class Asked:
    """What the notebooks of one lesson were asked for; `exercises` is None where it is the whole lesson.

    decided   False for a class from elsewhere that is too small: everything counts until somebody decides
    """

    exercises: tuple[str, ...] | None = None
    decided: bool = True


WHOLE_LESSON = Asked()


@dataclass(frozen=True)
class Aside:
    """A part of an exercise that was graded and does not count, and why: NOT_ASKED, OURS or the instructor's words."""

    part: ExerciseResult
    reason: str

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        if self.reason == NOT_ASKED:
            return _("this class was not asked for it")
        return _("more than this class was asked for") if self.reason == OURS else self.reason


@dataclass(frozen=True)
class Counting:
    """What counts of every lesson: what was asked, and {"lesson::exercise" or "lesson::exercise::output": reason} dropped."""

    asked: Mapping[str, Asked] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)

    def of(self, lesson: str) -> Asked:
        return self.asked.get(lesson, WHOLE_LESSON)

    def reasons(self, lesson: Lesson, asked: Asked | None = None) -> dict[str, dict[str, str]]:
        """{exercise: {output: why it does not count}}; `asked` in place of what was decided."""
        asked = asked or (found if (found := self.of(lesson.name)).decided else WHOLE_LESSON)
        return {one.name: dict(_reasons(one, asked, self.dropped)) for one in lesson.exercises}


def _reasons(exercise: Exercise, asked: Asked, dropped: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for output in exercise.points:
        named = (exercise.full_name, f"{exercise.full_name}::{output}")
        if reason := next((dropped[name] for name in named if name in dropped), None):
            yield output, reason
        elif asked.exercises is not None and exercise.name not in asked.exercises:
            yield output, NOT_ASKED
        elif asked.exercises is not None and output in exercise.ours:
            yield output, OURS


def commonly_defined(lesson: Lesson, results: Iterable[Result]) -> tuple[tuple[str, ...], int]:
    """The exercises that enough of the notebooks define, in the order of the lesson; and how many define any."""
    defined = [names for result in results if (names := _defined(result))]
    counts = Counter(name for names in defined for name in names)
    common = tuple(one.name for one in lesson.exercises if counts[one.name] * ONE_IN >= len(defined) > 0)
    return common, len(defined)


def asked_in_words(lesson: Lesson, asked: Asked) -> str:
    """In a line for the instructor: what a class from elsewhere is marked for; '' for a class of the course's own."""
    if asked.exercises is None:
        return ""
    names, others = ", ".join(asked.exercises) or "nothing", [one.name for one in lesson.exercises]
    if not asked.decided and not asked.exercises:
        return (
            f"{lesson.name}: these notebooks are not the course's own, and no exercise is defined in a third of those that "
            "define any. The whole lesson counts. If it is the right lesson, decide with --asked all or --asked NAME,NAME"
        )
    if not asked.decided:
        return (
            f"{lesson.name}: these notebooks are not the course's own, and what they were asked for is not decided. The "
            "whole lesson counts; beside it stand the points for what they define. Decide with --asked all or --asked "
            + ",".join(asked.exercises)
        )
    left = ", ".join(name for name in others if name not in asked.exercises)
    return (
        f"{lesson.name}: these notebooks are not the course's own. They are marked for what they were asked: {names}"
        + f" (not {left})" * bool(left)
        + ", without what only this course demands. To change that: --asked all or --asked NAME,NAME"
    )


def _defined(result: Result) -> list[str]:
    """The exercises that a notebook defines; none where it could not be read to its end, for then nobody knows."""
    if all(one.status in _NEVER_READ for one in result.exercises):
        return []
    return [one.name for one in result.exercises if one.status != "missing"]


def counted(result: Result, reasons: Mapping[str, Mapping[str, str]]) -> tuple[Result, tuple[Aside, ...]]:
    """The result with what counts alone, and what was set aside; `reasons` are those of `Counting.reasons`."""
    if not any(reasons.values()):
        return result, ()
    parts = [(one, reasons.get(one.name, {})) for one in result.exercises]
    kept = [_only(one, [output for output in one.outputs if output not in why]) for one, why in parts if why]
    asides = tuple(aside for one, why in parts for aside in _asides(one, why))
    by_name = {one.name: one for one in kept}
    exercises = [by_name.get(one.name, one) for one in result.exercises]
    wrong = {one.name for one in exercises if one.status != "passed"}
    told = tuple(_without_right_roots(one, wrong) for one in exercises if one.outputs)
    return replace(result, exercises=told, max_points=_most(result, reasons)), asides


def _most(result: Result, reasons: Mapping[str, Mapping[str, str]]) -> int:
    """The points that can be had, also where the file could not be graded."""
    if not result.lesson:
        return result.max_points
    lesson = load_lesson(result.lesson)
    declared = sum(lesson.exercise(name).points[output] for name, why in reasons.items() for output in why)
    return result.max_points - declared


def _only(one: ExerciseResult, outputs: Sequence[str]) -> ExerciseResult:
    """An exercise's result as if it had these outputs alone."""
    points = {output: one.outputs[output] for output in outputs}
    visible = _only_play(Play(one.status, one.cases, one.cascade_from), points)
    hidden = _only_play(one.hidden, points) if one.hidden else None
    return replace(one, outputs=points, cases=visible.cases, status=told_status(points, visible.status), hidden=hidden)


def _only_play(play: Play, points: Mapping[str, tuple[int, int]]) -> Play:
    cases = tuple(_only_case(case, list(points)) for case in play.cases if set(points) & set(case.outputs))
    status = status_of(cases, {output: most for output, (_points, most) in points.items()})
    # Where nothing was called, no case says why.
    return replace(play, cases=cases, status=status if play.cases else play.status)


def _only_case(case: CaseResult, outputs: Sequence[str]) -> CaseResult:
    findings = tuple(found for found in case.findings if found.output is None or found.output in outputs)
    return replace(case, outputs=tuple(name for name in case.outputs if name in outputs), findings=findings)


def _asides(one: ExerciseResult, why: Mapping[str, str]) -> Iterator[Aside]:
    """What does not count of an exercise, apart for each reason; what is not there is not worth a word."""
    if one.status == "missing":
        return
    for reason in dict.fromkeys(why.values()):
        part = _only(one, [output for output, said in why.items() if said == reason and output in one.outputs])
        hidden = part.hidden and replace(part.hidden, cases=_without_causes(part.hidden.cases), cascade_from=())
        yield Aside(replace(part, cases=_without_causes(part.cases), cascade_from=(), hidden=hidden), reason)


def _without_causes(cases: Iterable[CaseResult]) -> tuple[CaseResult, ...]:
    """The cases without causes: that of what nobody was asked for is no mistake of theirs."""
    return tuple(
        replace(case, findings=tuple(replace(found, misconception=None) for found in case.findings)) for case in cases
    )


def _without_right_roots(one: ExerciseResult, wrong: Iterable[str]) -> ExerciseResult:
    """A cascade comes from what is wrong in what counts."""

    def among_wrong(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name in wrong)

    hidden = one.hidden and replace(one.hidden, cascade_from=among_wrong(one.hidden.cascade_from))
    return replace(one, cascade_from=among_wrong(one.cascade_from), hidden=hidden)
