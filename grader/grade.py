"""One submission -> its Result: visible and hidden cases, student code in the sandbox, compared here."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from . import solutions
from .course import Exercise, ExerciseResult, Lesson, Outcome, Reference, Result, load_lesson
from .judge import Played, exercise_result
from .notebook import Cell, Problem
from .references import read_references
from .sandbox import Ended, Limits, Sandbox, SandboxError, Session

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


def grade(submission: Submission, round: Round, sandbox: Sandbox, only: Container[str] | None = None) -> Result:
    """The result of one submission, or of some of its exercises. Raises IsolationError.

    A fault of the sandbox itself is reported as such, never as the student's.
    """
    lesson = load_lesson(round.lesson)
    exercises = [exercise for exercise in lesson.exercises if only is None or exercise.name in only]
    seat = _Seat(submission, round, sandbox)
    try:
        results = tuple(seat.play(lesson, exercise) for exercise in exercises)
    finally:
        seat.leave()
    level = round.limits.isolation
    return Result(submission.name, submission.student, lesson.name, round.number, level, results, lesson.max_points)


# What a busy machine may have caused: it is confirmed before it counts.
_DOUBTFUL = ("timeout", "memory", "killed", "grader_fault")


def doubtful(result: Result) -> frozenset[str]:
    """The exercises whose calls did not come to their end."""
    return frozenset(exercise.name for exercise in result.exercises if exercise.status in _DOUBTFUL)


def confirm(result: Result, submission: Submission, round: Round, sandbox: Sandbox) -> Result:
    """The result with its doubtful exercises graded once more, the second time counting. Raises IsolationError."""
    again = {exercise.name: exercise for exercise in grade(submission, round, sandbox, doubtful(result)).exercises}
    return replace(result, exercises=tuple(again.get(exercise.name, exercise) for exercise in result.exercises))


class _Seat:
    """A submission's place in the sandbox: a session that is opened anew after its process has ended."""

    def __init__(self, submission: Submission, round: Round, sandbox: Sandbox) -> None:
        self._submission, self._round, self._sandbox = submission, round, sandbox
        self._session: Session | None = None
        self._problems: Sequence[Problem] = ()
        self._unloadable: Outcome | None = None

    def leave(self) -> None:
        if self._session:
            self._session.close()

    def play(self, lesson: Lesson, exercise: Exercise) -> ExerciseResult:
        """All cases of one exercise. After one that did not end, or cannot end otherwise, the rest is not called."""
        references = cases(lesson, exercise, self._round.seed)
        slow = SLOWER * sum(reference.seconds for reference, _visible in references)
        left = max(self._round.limits.seconds, slow)
        final: Outcome | None = None
        played = []
        for reference, visible in references:
            outcome = final or self._call(exercise, reference, left)
            left -= outcome.seconds
            if outcome.problem in _FINAL:
                final = outcome
            played.append(Played(reference, outcome, visible))
        return exercise_result(exercise, played)

    def _call(self, exercise: Exercise, reference: Reference, seconds: float) -> Outcome:
        try:
            session = self._open()
        except SandboxError as error:
            return Outcome(problem="grader_fault", message=str(error))
        if self._unloadable:
            return self._unloadable
        outcome = session.call(exercise.name, reference.case, max(seconds, 0.1))
        if outcome.problem == "missing":
            return _why_missing(exercise.name, self._problems)
        return outcome

    def _open(self) -> Session:
        if self._session is None or (self._session.ended and not self._unloadable):
            self._session = self._sandbox.session(self._round.lesson, self._round.limits)
            try:
                self._problems = self._session.load(
                    self._round.lesson, self._submission.cells, dict(self._round.helpers)
                )
            except Ended as end:
                self._unloadable = Outcome(
                    problem=end.problem, message=f"while the notebook's definitions were read: {end}"
                )
        return self._session


def _why_missing(name: str, problems: Sequence[Problem]) -> Outcome:
    """A missing function whose cell is there but does not work is an error with its reason."""
    problem = next((p for p in reversed(problems) if name in p.names), None)
    return Outcome(problem="raised", message=problem.message) if problem else Outcome(problem="missing")
