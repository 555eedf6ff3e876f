"""The outcomes of one exercise's cases -> its ExerciseResult: points, findings and their causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..course import (
    RAISED,
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
from ..running.watching import Watch
from .compare import UNSEEN, Difference, extract, judge
from .contradictions import Seen, Text, uncontradicted
from .diagnose import causes
from .forms import with_forms
from .quantities import first_differences

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


def exercise_result(exercise: Exercise, played: Sequence[Played], watch: Watch | None = None) -> ExerciseResult:
    """The result of an exercise, each finding with the id of its output's cause where there is one.

    watch: what the student's function computes on its way, where that may be looked at to find the first difference
    """
    result = judged(exercise, played)
    if all(case.passed for case in result.cases):
        return result
    cases = _with_causes(exercise, played, result.cases)
    if watch:
        found = first_differences(exercise, [(one.reference, one.outcome) for one in played], cases, watch)
        cases = [_with_places(case, found) for case in cases]
    return without_contradictions(exercise, played, replace(result, cases=tuple(cases)))


def without_contradictions(
    exercise: Exercise, played: Sequence[Played], result: ExerciseResult, text: Text | None = None
) -> ExerciseResult:
    """The result with those reasons that nothing contradicts which was seen of these cases, or stands in the text."""
    judged_on = concerned(exercise, played)
    seen = [_seen(exercise, one, case) for one, case in zip(played, result.cases, strict=True) if one in judged_on]
    return uncontradicted(exercise, [one for one in seen if one], result, text)


def _with_places(case: CaseResult, found: Mapping[str, str]) -> CaseResult:
    """The case, where no cause is known with the first quantity that differs."""

    def placed(finding: Finding) -> Finding:
        outputs = [finding.output] if finding.output else case.outputs
        ids = {found[output] for output in outputs if output in found}
        return replace(finding, misconception=finding.misconception or (ids.pop() if len(ids) == 1 else None))

    return replace(case, findings=tuple(map(placed, case.findings)))


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
    """The result without causes."""
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


def _with_causes(exercise: Exercise, played: Sequence[Played], cases: Sequence[CaseResult]) -> list[CaseResult]:
    judged_on = concerned(exercise, played)
    seen = [_seen(exercise, one, case) for one, case in zip(played, cases, strict=True) if one in judged_on]
    found = causes(exercise, [one for one in seen if one]) if all(seen) else {}
    return [
        replace(case, findings=tuple(replace(f, misconception=found.get(f.output or RAISED)) for f in case.findings))
        for case in cases
    ]


def _seen(exercise: Exercise, one: Played, case: CaseResult) -> Seen | None:
    """What came back in one case; None if that says nothing about causes, as where the call did not end."""
    if one.outcome.problem:
        raised = one.outcome.problem == "raised"
        return Seen(one.reference, {RAISED: one.outcome.signature}, [RAISED]) if raised else None
    returned = extract(exercise, one.reference.case, one.outcome.value, one.reference.expected)
    if isinstance(returned, Difference):
        return None
    values = {output: returned.get(output, UNSEEN) for output in case.outputs}
    return Seen(one.reference, values, [output for output in case.outputs if case.finding(output)])
