"""What becomes of a submission, as frozen values: the Outcome of a call, what is wrong in it, and the Result of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from ..words import Sentence

NOTHING_SAID = Sentence()

# The statuses of an exercise, mildest first: it has the gravest status of its cases.
GradedStatus = Literal[
    "passed",
    "failed",
    "unsupported",
    "error",
    "not_implemented",
    "missing",
    "timeout",
    "memory",
    "killed",
    "grader_fault",
]
STATUSES: tuple[GradedStatus, ...] = get_args(GradedStatus)
# In a check, a function may stand in for one that is still open.
ExerciseStatus = GradedStatus | Literal["borrowed"]

# Why a whole call gave nothing to judge.
CallProblem = Literal[
    "missing",
    "not_implemented",
    "arguments",
    "raised",
    "unavailable",
    "timeout",
    "memory",
    "killed",
    "grader_fault",
]
# What can be wrong with one output.
OutputFault = Literal["kind", "unsupported", "shape", "dtype", "not_finite", "values", "undrawn", "warned", "slow"]
FindingKind = CallProblem | OutputFault

# How student code is kept apart, from the level that keeps most from it to the one that keeps least.
Level = Literal["full", "wasm", "process", "none"]
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True)
class Unsupported:
    """In place of a returned value that is no plain data; `what` says in words what it was."""

    what: str


@dataclass(frozen=True)
class Outcome:
    """What a call of a student's function came to: its value, or `problem` with its message.

    slowness   the CPU time of the call in units of the case's pace
    changed    whether an argument was changed in place
    signature  the sizes or the key that an exception named, by which a known mistake is told from another
    asked      which functions that took the place of others were called
    order      that its parameters come in another order than is asked for
    undrawn    that what it draws by chance does not come from the Generator that it is given
    notes      what is no mistake but worth knowing
    digest     of all of this but the time, where it came from a sandbox: the same outcome has the same one
    """

    value: Any = None
    problem: CallProblem | None = None
    message: Sentence = NOTHING_SAID
    seconds: float = 0.0
    printed: str = ""
    warnings: tuple[str, ...] = ()
    slowness: float = 0.0
    changed: bool = False
    signature: str = ""
    asked: tuple[str, ...] = ()
    order: Sentence = NOTHING_SAID
    undrawn: Sentence = NOTHING_SAID
    notes: tuple[Sentence, ...] = ()
    digest: bytes = b""


@dataclass(frozen=True)
class Finding:
    """One explained difference. `output` is None where the whole call gave nothing to judge.

    kind           what is wrong: with the whole call, or with one output
    misconception  the id of the one cause that gives this very result: a misconception, or two, a mutant or a relation
    slip           the id of the one place in the student's text that makes the difference, with what to tell of it; in a check
    """

    kind: FindingKind
    output: str | None
    message: Sentence
    misconception: str | None = None
    slip: str = ""


@dataclass(frozen=True)
class CaseResult:
    """One case, judged; `outputs` are those it is about."""

    name: str
    visible: bool
    outputs: tuple[str, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.findings

    def finding(self, output: str) -> Finding | None:
        """What is wrong with one output in this case, or None."""
        if output not in self.outputs:
            return None
        return next((f for f in self.findings if f.output in (output, None)), None)


@dataclass(frozen=True)
class Play:
    """What the hidden cases of one exercise came to, in processes of their own."""

    status: ExerciseStatus
    cases: tuple[CaseResult, ...]
    cascade_from: tuple[str, ...] = ()


@dataclass(frozen=True)
class ExerciseResult:
    """One exercise: its points, and what its visible cases came to, which is all that its student may know.

    outputs   {output: (points, most)}; in a round the hidden cases decide them
    status    of the visible cases, and "failed" where these are right and points were lost
    cases     the visible cases; none where nothing that the exercise needs lost a point
    hidden    for the instructor alone while the round is open; None in a check, and of an exercise without points
    """

    name: str
    outputs: Mapping[str, tuple[int, int]]
    status: ExerciseStatus
    cases: tuple[CaseResult, ...]
    cascade_from: tuple[str, ...] = ()
    hidden: Play | None = None

    def in_full(self) -> ExerciseResult:
        """The visible and the hidden cases together, with the status that the hidden ones gave: the instructor's view."""
        if self.hidden is None:
            return self
        hidden = self.hidden
        cases = self.cases + hidden.cases
        return replace(self, status=hidden.status, cases=cases, cascade_from=hidden.cascade_from, hidden=None)

    @property
    def points(self) -> int:
        return sum(points for points, _ in self.outputs.values())

    @property
    def max_points(self) -> int:
        return sum(most for _, most in self.outputs.values())


@dataclass(frozen=True)
class Result:
    """One submission, graded.

    isolation   how its code was kept apart; '' where none was run
    error       in one line, why a file could not be graded at all
    defines     what a notebook defines in which no exercise is defined; None where one is
    """

    submission: str
    student: str
    lesson: str
    round: int
    isolation: Level | Literal[""]
    exercises: tuple[ExerciseResult, ...] = ()
    max_points: int = 0
    error: Sentence | None = None
    defines: tuple[str, ...] | None = None

    def in_full(self) -> Result:
        """With every exercise as the instructor sees it."""
        return replace(self, exercises=tuple(one.in_full() for one in self.exercises))

    @property
    def points(self) -> int:
        return sum(exercise.points for exercise in self.exercises)
