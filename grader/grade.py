"""One submission -> its Result: visible and hidden cases, student code in the sandbox, compared here."""

from __future__ import annotations

import math
import time
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import islice

from . import solutions
from .course import Case, Exercise, ExerciseResult, Lesson, Outcome, Reference, Result, load_lesson
from .inplace import with_cause
from .judge import Played, exercise_result, judged
from .notebook import Cell, Problem
from .references import read_contract, read_references
from .sandbox import Ended, Limits, Sandbox, SandboxError, Session
from .sandbox.session import PATIENCE, StandIn
from .words import _
from .words.language import ENGLISH, speaking

# A call may take this many times the solution's own time, where that is more than the limit.
SLOWER = 20
# What ends the calls of an exercise: the next case would cost the same again.
_FINAL = ("timeout", "missing", "memory", "killed")


@dataclass(frozen=True)
class Submission:
    """A notebook that could be read: where it came from and the code in it."""

    name: str
    student: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Round:
    """One grading of one lesson for everybody: the same secret seed, limits and helpers."""

    lesson: str
    number: int
    seed: int
    limits: Limits = field(default_factory=Limits)
    helpers: tuple[tuple[str, str], ...] = ()


@cache
def cases(lesson: Lesson, exercise: Exercise, seed: int) -> tuple[tuple[Reference, bool], ...]:
    """(reference, visible?) for all cases of an exercise in a round: the visible ones, then the hidden ones."""
    visible = [(reference, True) for reference in read_references(lesson, exercise)]
    return (*visible, *((reference, False) for reference in solutions.draw(lesson, exercise, seed)))


def _visible(one: tuple[Reference, bool]) -> bool:
    return one[1]


# What a busy machine may have caused: it is confirmed by one more run before it counts.
_DOUBTFUL = ("timeout", "memory", "killed", "grader_fault")


def doubtful(result: Result) -> bool:
    """Whether some exercise's calls did not come to their end."""
    return any(exercise.status in _DOUBTFUL for exercise in result.exercises)


@speaking(ENGLISH)
def grade(submission: Submission, round: Round, sandbox: Sandbox, earlier: Result | None = None) -> Result:
    """The result of one submission; of an `earlier` result only what is doubtful is graded anew. Raises IsolationError.

    A fault of the sandbox itself is reported as such, never as the student's. What it says is English.
    """
    lesson = load_lesson(round.lesson)
    sure = {one.name: one for one in earlier.exercises if one.status not in _DOUBTFUL} if earlier else {}
    seat = _Seat(submission, round, sandbox)
    try:
        alone = [sure.get(exercise.name) or seat.play(lesson, exercise) for exercise in lesson.exercises]
        wrong = {one.name for one in alone if one.status != "passed" or one.cascade_from}
        results: list[ExerciseResult] = []
        for one in alone:
            # What is right with stand-ins is no cause; what is still wrong with them is one too.
            roots = wrong - {result.name for result in results if result.cascade_from and result.status == "passed"}
            results.append(_without_cascade(seat, lesson, one, wrong, roots))
    finally:
        seat.leave()
    level = round.limits.isolation
    return Result(
        submission.name, submission.student, lesson.name, round.number, level, tuple(results), lesson.max_points
    )


@speaking(ENGLISH)
def rehearse(submission: Submission, lesson: Lesson, sandbox: Sandbox, limits: Limits) -> Iterator[ExerciseResult]:
    """The exercises of a lesson with their visible cases alone, in the sandbox. Raises IsolationError."""
    seat = _Seat(submission, Round(lesson.name, 0, 0, limits), sandbox)
    try:
        for exercise in lesson.exercises:
            references = [(reference, True) for reference in read_references(lesson, exercise)]
            yield exercise_result(exercise, list(seat.calls(exercise, references)))
    finally:
        seat.leave()


def _without_cascade(
    seat: _Seat, lesson: Lesson, alone: ExerciseResult, wrong: Container[str], roots: Container[str]
) -> ExerciseResult:
    """An exercise that fails and needs others that are wrong, graded with stand-ins for those, if that is better.

    It names those among them that are wrong for a reason of their own, the `roots`.
    """
    exercise = lesson.exercise(alone.name)
    needs = solutions.needs(lesson, exercise)
    needed = tuple(name for name in needs if name in wrong)
    if alone.status in ("passed", "grader_fault") or alone.cascade_from:
        return alone
    if not needed:
        changing = [name for name in needs if name in seat.changing]
        return with_cause(alone, changing, lambda name: seat.play(lesson, exercise, copied=[name]))
    helped = seat.play(lesson, exercise, needed)
    if helped.points <= alone.points:
        return alone
    return replace(helped, cascade_from=tuple(name for name in needed if name in roots))


class _Seat:
    """A submission's place in the sandbox: a session that is opened anew after its process has ended."""

    def __init__(self, submission: Submission, round: Round, sandbox: Sandbox) -> None:
        self._submission, self._round, self._sandbox = submission, round, sandbox
        self._session: Session | None = None
        self._problems: Sequence[Problem] = ()
        self._unloadable: Outcome | None = None
        self._solutions: Session | None = None
        self._end = time.monotonic() + (round.limits.total or math.inf)
        # The exercises whose functions changed an argument in place.
        self.changing: set[str] = set()

    def leave(self) -> None:
        for session in filter(None, (self._session, self._solutions)):
            session.close()

    def play(
        self, lesson: Lesson, exercise: Exercise, replaced: Sequence[str] = (), copied: Sequence[str] = ()
    ) -> ExerciseResult:
        """The hidden cases of one exercise, with the solutions in place of the functions named in `replaced`.

        Those named in `copied` get copies of their arguments.
        Where one is not right, the visible ones are called too: they tell whether the student could see it, and why it is.
        """
        stand_ins = {name: partial(self._solve, lesson, name) for name in replaced}
        references = cases(lesson, exercise, self._round.seed)
        calls = self.calls(exercise, sorted(references, key=_visible), stand_ins, copied)
        played = list(islice(calls, sum(not visible for _reference, visible in references)))
        result = judged(exercise, played)
        return result if all(case.passed for case in result.cases) else exercise_result(exercise, [*calls, *played])

    def calls(
        self,
        exercise: Exercise,
        references: Sequence[tuple[Reference, bool]],
        stand_ins: Mapping[str, StandIn] | None = None,
        copied: Sequence[str] = (),
    ) -> Iterator[Played]:
        """One call after the other; after one that did not end, or cannot end otherwise, the others are not called."""
        slow = SLOWER * sum(reference.seconds for reference, _visible in references)
        left = max(self._round.limits.seconds, slow)
        final: Outcome | None = None
        for reference, visible in references:
            outcome = final or self._call(exercise, reference, left, stand_ins or {}, copied)
            left -= outcome.seconds
            if outcome.problem in _FINAL:
                final = outcome
            yield Played(reference, outcome, visible)

    def _solve(self, lesson: Lesson, name: str, case: Case) -> Outcome:
        """What the solution returns. Its arguments are the student's, so it runs in a sandbox too, one of its own."""
        if self._solutions is None or self._solutions.ended:
            self._solutions = self._sandbox.session(lesson.name, self._round.limits)
            source = solutions.source_path(lesson).read_text(encoding="utf-8")
            self._solutions.load(lesson.name, [Cell(0, source)], {})
        return self._solutions.call(name, case, self._round.limits.seconds)

    def _call(
        self,
        exercise: Exercise,
        reference: Reference,
        seconds: float,
        stand_ins: Mapping[str, StandIn],
        copied: Sequence[str],
    ) -> Outcome:
        # A call that waits may take twice its seconds and more.
        left = self._end - time.monotonic() - PATIENCE
        if left < 0:
            return Outcome(problem="timeout", message=_("the time for the whole notebook was used up"))
        try:
            session = self._open()
        except SandboxError as error:
            return Outcome(problem="grader_fault", message=str(error))
        if self._unloadable:
            return self._unloadable
        outcome = session.call(exercise.name, reference.case, max(min(seconds, left / 2), 0.1), stand_ins, copied)
        if outcome.changed:
            self.changing.add(exercise.name)
        if outcome.problem == "missing":
            return _why_missing(exercise.name, self._problems) or outcome
        return outcome

    def _open(self) -> Session:
        if self._session is None or (self._session.ended and not self._unloadable):
            self._session = self._sandbox.session(self._round.lesson, self._round.limits)
            try:
                self._problems = self._session.load(
                    self._round.lesson,
                    self._submission.cells,
                    dict(self._round.helpers),
                    read_contract(load_lesson(self._round.lesson)),
                )
            except Ended as end:
                self._unloadable = Outcome(
                    problem=end.problem, message=_("while the notebook's definitions were read: {why}").format(why=end)
                )
        return self._session


def _why_missing(name: str, problems: Sequence[Problem]) -> Outcome | None:
    """A missing function whose cell is there but does not work is an error with its reason."""
    problem = next((p for p in reversed(problems) if name in p.names), None)
    return Outcome(problem="raised", message=problem.message) if problem else None
