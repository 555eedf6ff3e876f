"""Runs one submission's cases in the sandbox and reopens its session when the process has ended."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from ..course import Case, Exercise, ExerciseResult, Lesson, Outcome, Reference, load_lesson
from ..judging.compare import judge
from ..judging.points import Played
from ..judging.reasons import Subject, beyond_values
from ..judging.references import read_contract
from ..running.notebook import Cell, Problem
from ..running.watching import NOTHING_SEEN, Shape, Watched
from ..sandbox import Ended, Limits, Sandbox, SandboxError, Session
from ..sandbox.deadlines import total_used_up, wall_of
from ..sandbox.session import StandIn
from ..words import Sentence, _
from . import sampling, solutions
from .remembered import remembered

# A call may take this many times the solution's own time, where that is more than the limit.
SLOWER = 20
# An exercise that asks stand-ins may take so many times its limit: each question is written, sent and read twice.
ASKING = 4
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


@dataclass
class Budget:
    """The seconds of CPU, and those that may pass, which a submission has for its visible, or its hidden, cases."""

    cpu: float = math.inf
    wall: float = math.inf

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Count the time that passes."""
        start = time.monotonic()
        try:
            yield
        finally:
            self.wall -= time.monotonic() - start


def limit(round: Round, references: Iterable[Reference]) -> float:
    """The seconds of CPU for the cases of one exercise."""
    return max(round.limits.seconds, SLOWER * sum(reference.seconds for reference in references))


class Seat:
    """One process for all that a submission does by itself, and fresh ones for each play in which others stand in.

    What is visible and what is hidden is never played in the same seat. Use as a context manager.
    """

    def __init__(self, submission: Submission, round: Round, sandbox: Sandbox, budget: Budget) -> None:
        self._submission, self._round, self._sandbox, self._budget = submission, round, sandbox, budget
        self._lesson = load_lesson(round.lesson)
        self._session: Session | None = None
        self._is_loaded = self._tried_again = False
        self._problems: Sequence[Problem] = ()
        self._unloadable: Outcome | None = None
        self._solutions: Session | None = None
        # The exercises whose functions changed an argument in place.
        self.changing: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for session in filter(None, (self._session, self._solutions)):
            session.close()

    def play(self, exercise: Exercise, references: Sequence[Reference], visible: bool) -> ExerciseResult:
        """The cases of one exercise, called and judged."""
        played = list(self.calls(exercise, references, visible))
        # Of hidden cases nothing is said but that they fail.
        watch = partial(self._watch, exercise, limit(self._round, references)) if visible else None
        with self._budget.spending():
            return beyond_values(exercise, played, remembered().result(exercise, played), Subject(watch))

    def _watch(self, exercise: Exercise, seconds: float, case: Case, shapes: Collection[Shape]) -> Watched:
        """What the function computes on its way in a visible case."""
        left = Budget(min(seconds, self._budget.cpu), min(wall_of(seconds), self._budget.wall))
        try:
            session = self._open(left.wall)
        except SandboxError:
            return NOTHING_SEEN
        if self._unloadable or min(left.cpu, left.wall) <= 0:
            return NOTHING_SEEN
        found, used = session.watch(exercise.name, case, shapes, left.cpu, left.wall)
        self._budget.cpu -= used
        return found

    def play_helped(
        self,
        lesson: Lesson,
        exercise: Exercise,
        references: Sequence[Reference],
        visible: bool,
        replaced: Sequence[str],
    ) -> ExerciseResult:
        """The same in a fresh process, with the solutions in place of the functions named in `replaced`."""
        with Seat(self._submission, self._round, self._sandbox, self._budget) as fresh:
            stand_ins = {name: partial(fresh._solve, lesson, name) for name in replaced}
            played = list(fresh.calls(exercise, references, visible, stand_ins))
        with self._budget.spending():
            return remembered().result(exercise, played)

    def calls(
        self,
        exercise: Exercise,
        references: Sequence[Reference],
        visible: bool,
        stand_ins: Mapping[str, StandIn] | None = None,
    ) -> Iterator[Played]:
        """One call after the other; after one that did not end, or cannot end otherwise, the others are not called."""
        seconds = limit(self._round, references) * (ASKING if stand_ins else 1)
        left = Budget(min(seconds, self._budget.cpu), min(wall_of(seconds), self._budget.wall))
        # Where less is left for the whole, it is that which ends a call.
        said = seconds if (left.cpu, left.wall) == (seconds, wall_of(seconds)) else None
        final: Outcome | None = None
        for reference in references:
            if final is None:
                with left.spending(), self._budget.spending():
                    outcome = self._call(exercise, reference, said, left, stand_ins or {})
                left.cpu -= outcome.seconds
                self._budget.cpu -= outcome.seconds
                final = outcome if outcome.problem in _FINAL else None
            yield Played(reference, final or outcome, visible)

    def _solve(self, lesson: Lesson, name: str, case: Case, seconds: float, wall: float) -> Outcome:
        """What the solution returns. Its arguments are the student's, so it runs in a sandbox too, one of its own."""
        if self._solutions is None or self._solutions.ended:
            self._solutions = self._sandbox.session(lesson.name, self._round.limits)
            source = solutions.source_path(lesson).read_text(encoding="utf-8")
            self._solutions.load(lesson.name, [Cell(0, source)], {})
        return self._solutions.call(name, case, seconds, wall=wall)

    def _call(
        self,
        exercise: Exercise,
        reference: Reference,
        limit: float | None,
        left: Budget,
        stand_ins: Mapping[str, StandIn],
    ) -> Outcome:
        if min(self._budget.cpu, self._budget.wall) <= 0:
            return Outcome(problem="timeout", message=total_used_up())
        start = time.monotonic()
        try:
            session = self._open(left.wall)
        except SandboxError as error:
            return Outcome(problem="grader_fault", message=Sentence(str(error)))
        if self._unloadable:
            return self._unloadable
        wall = left.wall - (time.monotonic() - start)
        is_right = partial(_is_right, self._lesson, exercise)
        outcome = session.call(exercise.name, reference.case, left.cpu, stand_ins, wall, limit, is_right)
        if outcome.changed:
            self.changing.add(exercise.name)
        if outcome.problem == "missing":
            return _why_missing(exercise.name, self._problems) or outcome
        return outcome

    def _open(self, wall: float) -> Session:
        """The process with the submission's definitions in it; a new one where it has ended. Raises SandboxError."""
        while self._session is None or (self._session.ended and not self._unloadable):
            self._session = self._sandbox.session(self._round.lesson, self._round.limits)
            self._load(self._session, wall)
        return self._session

    def _load(self, session: Session, wall: float) -> None:
        helpers, contract = dict(self._round.helpers), read_contract(self._lesson)
        try:
            self._problems = session.load(self._round.lesson, self._submission.cells, helpers, contract, wall)
        except Ended as end:
            if end.problem == "killed" and not self._tried_again:
                # Something else may have ended it: it is tried once more.
                self._tried_again = True
                return
            self._unloadable = Outcome(
                problem=end.problem, message=_("while the notebook's definitions were read: {why}").format(why=end)
            )


def _is_right(lesson: Lesson, exercise: Exercise, case: Case, outcome: Outcome) -> bool:
    """Whether an outcome is right, of a case that was made for this one call."""
    try:
        return not judge(exercise, sampling.reference_of(lesson, exercise, case), outcome)
    except solutions.SolutionError:
        return False


def _why_missing(name: str, problems: Sequence[Problem]) -> Outcome | None:
    """A missing function whose cell is there but does not work is an error with its reason."""
    problem = next((p for p in reversed(problems) if name in p.names), None)
    return Outcome(problem="raised", message=problem.message) if problem else None
