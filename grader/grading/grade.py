"""Grades one submission: points come from hidden cases, feedback for the student from visible ones.

A process that has seen a hidden case never says a word to a student: the visible cases are played in processes, with
stand-ins and on a budget that have nothing to do with a hidden one. Which of them are played follows from the points.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..course import Exercise, ExerciseResult, Lesson, Play, Reference, Result, load_lesson
from ..judging.points import tally, told_status
from ..judging.references import read_references
from ..running.notebook import Cell
from ..running.uses import defined_instead, reached
from ..sandbox import Limits, Sandbox
from ..sandbox.deadlines import wall_of
from ..words.language import ENGLISH, speaking
from . import sampling, solutions
from .seat import ASKING, Budget, Round, Seat, Submission, limit

__all__ = ["Round", "Submission", "cases", "doubtful", "grade", "rehearse"]

# What a busy machine may have caused: it is confirmed by one more run before it counts.
_DOUBTFUL = ("timeout", "memory", "killed", "grader_fault")
# What no other function can help.
_HOPELESS = ("passed", "grader_fault", "missing")
# What something else may have ended: it is played once more at once, for what follows depends on it.
_ENDED = ("killed", "grader_fault")
# {exercise: what its visible or its hidden cases came to}
_Results = Mapping[str, ExerciseResult]


@cache
def cases(lesson: Lesson, exercise: Exercise, seed: int) -> tuple[tuple[Reference, bool], ...]:
    """(reference, visible?) for all cases of an exercise in a round: the visible ones, then the hidden ones."""
    visible = [(reference, True) for reference in read_references(lesson, exercise)]
    return (*visible, *((reference, False) for reference in sampling.draw(lesson, exercise, seed)))


def doubtful(result: Result) -> bool:
    """Whether some exercise's calls did not come to their end."""
    return any(_doubtful(play) for one in result.exercises for play in (one, one.hidden) if play)


def _doubtful(play: ExerciseResult | Play) -> bool:
    return play.status in _DOUBTFUL or not _kinds(play).isdisjoint(_DOUBTFUL)


def _kinds(play: ExerciseResult | Play) -> set[str]:
    """The kinds of what was found."""
    return {finding.kind for case in play.cases for finding in case.findings}


@speaking(ENGLISH)
def grade(submission: Submission, round: Round, sandbox: Sandbox, earlier: Result | None = None) -> Result:
    """The result of one submission; of an `earlier` result only what is doubtful is graded anew. Raises IsolationError.

    A fault of the sandbox itself is reported as such, never as the student's. What it says is English.
    """
    lesson = load_lesson(round.lesson)
    first, visible = (_Side(submission, lesson, round, True, _earlier(lesson, earlier, True)) for _side in range(2))
    hidden = _Side(submission, lesson, round, False, _earlier(lesson, earlier, False))
    without_points = [one for one in lesson.exercises if not one.max_points]
    with hidden.seat(sandbox) as closed:
        # What has no points has no hidden case; others may need it. This process has seen no hidden case yet.
        first.play(closed, without_points)
        hidden.play(closed, [one for one in lesson.exercises if one.max_points], first.wrong)
        scored = hidden.with_stand_ins(closed)
    told = first.settled()
    if told is None or any(_told(lesson, submission.cells, scored, first.wrong)):
        # All that is said is played now, so that of no two things that are said one is older than a hidden case.
        with visible.seat(sandbox) as open:
            visible.play(open, without_points)
            visible.play(open, list(_told(lesson, submission.cells, scored, visible.wrong)))
            told = visible.with_stand_ins(open)
    exercises = tuple(_merged(one, told.get(one.name), scored.get(one.name)) for one in lesson.exercises)
    return Result(
        submission.name,
        submission.student,
        lesson.name,
        round.number,
        round.limits.isolation,
        exercises,
        lesson.max_points,
        defines=defined_instead(submission.cells, [one.name for one in lesson.exercises]),
    )


@speaking(ENGLISH)
def rehearse(submission: Submission, lesson: Lesson, sandbox: Sandbox, limits: Limits) -> Iterator[ExerciseResult]:
    """The exercises of a lesson with their visible cases alone, in the sandbox. Raises IsolationError."""
    with _Side(submission, lesson, Round(lesson.name, 0, 0, limits), True, {}).seat(sandbox) as seat:
        for exercise in lesson.exercises:
            yield seat.play(exercise, read_references(lesson, exercise), visible=True)


def _once_more(play: Callable[[], ExerciseResult]) -> ExerciseResult:
    """What is played; where its process was ended, what is played once more."""
    found = play()
    return play() if found.status in _ENDED else found


def _better(one: ExerciseResult, other: ExerciseResult) -> ExerciseResult:
    """The result with more points; of extra exercises, the one that passed. The first if they are alike."""
    return max(one, other, key=lambda result: (result.points, result.status == "passed"))


def _called(lesson: Lesson, exercise: Exercise, cells: Sequence[Cell]) -> tuple[str, ...]:
    """The other exercises that a solution calls, or the submission's own function, and those they call in turn.

    Of those that only the submission calls, the ones that come before: else two exercises could each be answered by the
    stand-in of the other.
    """
    names = [one.name for one in lesson.exercises]
    before = names[: names.index(exercise.name)]
    called = {*solutions.needs(lesson, exercise), *(reached(cells, exercise.name) & {*before})}
    return tuple(name for name in names if name in called)


def _told(lesson: Lesson, cells: Sequence[Cell], scored: _Results, wrong: Collection[str]) -> Iterator[Exercise]:
    """The exercises with points of which more is to be said than that they are right.

    Of the hidden cases the points alone decide which; `wrong` are those without points that are not right.
    """
    lost = {one.name for one in scored.values() if one.points < one.max_points} | set(wrong)
    if not lost:
        return
    needs = {one.name: {one.name, *_called(lesson, one, cells)} for one in lesson.exercises}
    # What is lost may be lost by an exercise that it needs, and cost one that needs it.
    needed = {name for one in lost for name in needs[one]}
    for exercise in lesson.exercises:
        if exercise.max_points and (exercise.name in needed or lost & needs[exercise.name]):
            yield exercise


def _merged(exercise: Exercise, visible: ExerciseResult | None, hidden: ExerciseResult | None) -> ExerciseResult:
    """Points from the hidden cases, all else from the visible ones and these points."""
    if hidden is None:
        assert visible is not None  # what has no points
        return visible
    told = visible or tally(exercise, ())
    play = Play(hidden.status, hidden.cases, hidden.cascade_from)
    return replace(told, outputs=hidden.outputs, status=told_status(hidden.outputs, told.status), hidden=play)


def _earlier(lesson: Lesson, earlier: Result | None, visible: bool) -> _Results:
    """What an earlier result says for sure of the visible, or of the hidden, cases."""
    found: dict[str, ExerciseResult] = {}
    for one in earlier.exercises if earlier else ():
        exercise, play = lesson.exercise(one.name), one if visible else one.hidden
        if play is not None and not _doubtful(play):
            found[one.name] = replace(tally(exercise, play.cases), cascade_from=play.cascade_from)
    return found


@dataclass
class _Side:
    """The visible, or the hidden, cases of a submission's exercises, and what they came to."""

    submission: Submission
    lesson: Lesson
    round: Round
    visible: bool
    earlier: _Results

    def __post_init__(self) -> None:
        self._alone: dict[str, ExerciseResult] = {}
        self._wrong: set[str] = set()

    def seat(self, sandbox: Sandbox) -> Seat:
        """A seat with all the time that this side has: half of what was set for the whole, else what is always enough."""
        total = self.round.limits.total
        if total is not None:
            return Seat(self.submission, self.round, sandbox, Budget(total / 2, total / 2))
        # Every exercise may take all of its time, by itself and once more with stand-ins.
        seconds = (1 + ASKING) * sum(limit(self.round, self._references(one)) for one in self.lesson.exercises)
        return Seat(self.submission, self.round, sandbox, Budget(seconds, wall_of(seconds)))

    @property
    def wrong(self) -> frozenset[str]:
        """The exercises that are not right by themselves."""
        return frozenset(self._wrong)

    def play(self, seat: Seat, exercises: Iterable[Exercise], wrong: Collection[str] = ()) -> None:
        """Play the exercises, each with the submission's own functions; `wrong` is what is known of others."""
        self._wrong.update(wrong)
        for one in exercises:
            found = self.earlier.get(one.name) or self._play(seat, one)
            self._alone[one.name] = found
            if found.status != "passed" or found.cascade_from:
                self._wrong.add(one.name)

    def _play(self, seat: Seat, exercise: Exercise) -> ExerciseResult:
        return _once_more(lambda: seat.play(exercise, self._references(exercise), self.visible))

    def settled(self) -> _Results | None:
        """The results, where no play with stand-ins could change them."""
        return None if any(map(self._others, self._alone)) else self._alone

    def with_stand_ins(self, seat: Seat) -> _Results:
        """The results, of those that fail because of others with right ones in place of these."""
        results: dict[str, ExerciseResult] = {}
        for exercise in self.lesson.exercises:
            if exercise.name in self._alone:
                # What is right with stand-ins is no cause; what is still wrong with them is one too.
                helped = {one.name for one in results.values() if one.cascade_from and one.status == "passed"}
                results[exercise.name] = self._without_cascade(seat, exercise, self._wrong - helped)
        return results

    def _without_cascade(self, seat: Seat, exercise: Exercise, roots: Collection[str]) -> ExerciseResult:
        """An exercise that fails, played with right functions in place of those it calls, if that is better.

        It names those that are wrong for a reason of their own, the `roots`, or else the ones that make the difference.
        """
        best = alone = self._alone[exercise.name]
        for others in self._others(exercise.name):
            if best.status != "passed":
                best = _better(best, self._helped(seat, exercise, others))
        if best is alone:
            return alone
        called = _called(self.lesson, exercise, self.submission.cells)
        named = tuple(name for name in called if name in roots)
        return replace(best, cascade_from=named or self._decisive(seat, exercise, called, best))

    def _others(self, name: str) -> list[tuple[str, ...]]:
        """The functions to stand in for, if an exercise fails: those that are wrong, then all that it calls.

        For what passes by itself may still break its caller.
        """
        alone, cells = self._alone[name], self.submission.cells
        # How a function can be called is its own.
        if alone.status in _HOPELESS or alone.cascade_from or _kinds(alone) == {"arguments"}:
            return []
        called = _called(self.lesson, self.lesson.exercise(name), cells)
        if alone.status == "not_implemented" and not reached(cells, name) & {*called}:
            # One that is not filled in calls nothing.
            return []
        wrong = tuple(one for one in called if one in self._wrong)
        return [others for others in dict.fromkeys((wrong, called)) if others]

    def _decisive(self, seat: Seat, exercise: Exercise, called: Sequence[str], best: ExerciseResult) -> tuple[str, ...]:
        """The one function that is enough to make the difference, or else all of them."""
        # What changes its arguments is the likeliest.
        for name in sorted(called, key=lambda name: name not in seat.changing):
            if _better(self._helped(seat, exercise, [name]), best) is not best:
                return (name,)
        return tuple(called)

    def _helped(self, seat: Seat, exercise: Exercise, replaced: Sequence[str]) -> ExerciseResult:
        references = self._references(exercise)
        return _once_more(lambda: seat.play_helped(self.lesson, exercise, references, self.visible, replaced))

    def _references(self, exercise: Exercise) -> Sequence[Reference]:
        found = cases(self.lesson, exercise, self.round.seed)
        return [reference for reference, visible in found if visible is self.visible]
