"""The outcomes of one exercise's cases -> its ExerciseResult: points and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..course import (
    STATUSES,
    CaseResult,
    Exercise,
    ExerciseResult,
    ExerciseStatus,
    Finding,
    FindingKind,
    GradedStatus,
    Outcome,
    Reference,
)
from .compare import judge
from .forms import with_forms

# What the other kinds of finding come to is that the exercise failed.
_STATUS_OF: Mapping[FindingKind, GradedStatus] = {
    "raised": "error",
    "arguments": "error",
    "unavailable": "error",
    "unsupported": "unsupported",
    "not_implemented": "not_implemented",
    "missing": "missing",
    "timeout": "timeout",
    "memory": "memory",
    "killed": "killed",
    "grader_fault": "grader_fault",
}


@dataclass(frozen=True, eq=False)
class Played:
    """One case that was called: `visible` cases are those of `check`, the others are drawn for a round."""

    reference: Reference
    outcome: Outcome
    visible: bool = True


def concerned(exercise: Exercise, played: Sequence[Played]) -> Sequence[Played]:
    """The cases an exercise is judged on: where it calls nothing that a case replaces, those that replace nothing.

    So a check of a gradient may have the formulas it checks written out. All cases, where the others are not about everything,
    or where no call came to its end: what it calls is not known then, and no case is right.
    """
    if any(one.outcome.asked for one in played) or all(one.outcome.problem for one in played):
        return played
    plain = [one for one in played if not one.reference.case.given]
    about = {output for one in plain for output in one.reference.expected}
    return plain if plain and about.issuperset(exercise.points) else played


def judged(exercise: Exercise, played: Sequence[Played]) -> ExerciseResult:
    """The result, no finding with a reason beyond its values."""
    judged_on = concerned(exercise, played)
    cases = [
        CaseResult(
            p.reference.case.label,
            p.visible,
            tuple(p.reference.expected),
            findings(exercise, p) if p in judged_on else (),
        )
        for p in played
    ]
    return tally(exercise, cases)


def tally(exercise: Exercise, cases: Sequence[CaseResult]) -> ExerciseResult:
    """The result that these cases give: points for each output that is right in all of them."""
    outputs = {
        output: (0 if any(case.finding(output) for case in cases) else points, points)
        for output, points in exercise.points.items()
    }
    return ExerciseResult(exercise.name, outputs, status_of(cases, exercise.points), tuple(cases))


def status_of(cases: Sequence[CaseResult], points: Mapping[str, int]) -> GradedStatus:
    """The gravest status of the cases. An output without points is an extra one: left open, it leaves the exercise passed."""
    core = [case for case in cases if any(points[output] for output in case.outputs)] or cases
    return max((_status(f) for case in core for f in case.findings), key=STATUSES.index, default="passed")


def told_status(outputs: Mapping[str, tuple[int, int]], visible: ExerciseStatus) -> ExerciseStatus:
    """What is said of an exercise: that it is right where it has all its points, else what its visible cases came to."""
    points, most = (sum(of) for of in zip(*outputs.values(), strict=True)) if outputs else (0, 0)
    if most and points == most:
        return "passed"
    return "failed" if most and visible == "passed" else visible


def findings(exercise: Exercise, played: Played) -> tuple[Finding, ...]:
    """What is wrong in one case, without causes."""
    reference, outcome = played.reference, played.outcome
    return with_forms(exercise, reference, outcome, judge(exercise, reference, outcome))


def _status(finding: Finding) -> GradedStatus:
    return _STATUS_OF.get(finding.kind, "failed")
