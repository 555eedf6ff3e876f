"""Why an exercise is wrong, beyond its values: the one thing that `check` and `grade` both ask.

Every source of reasons is one step from a result to the same result with the reasons that it finds, the most specific
first: what one of them has explained, the next leaves as it is. What contradicts anything that was seen is not said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..course import RAISED, CaseResult, Exercise, ExerciseResult, Finding
from ..running.inplace import with_cause
from ..running.signatures import NOTHING_AGREED, Contract
from ..running.watching import Watch
from .budget import Budget
from .compare import UNSEEN, Difference, extract
from .contradictions import Seen, Text, uncontradicted
from .diagnose import causes
from .points import Played, concerned, judged
from .quantities import first_differences
from .slips.search import Slips, slips_in, with_slips

# What a slip in the function's own text may be the cause of.
_OF_THE_TEXT = ("failed", "error")


@dataclass(frozen=True)
class Subject:
    """The function that is judged, as far as more may be asked of it than what its calls returned.

    watch       what it computes on its way in a case
    function    itself, where it may be changed and called again: in its student's own process
    contract    what it is called with
    changing    the functions it uses that change what they are given
    on_copies   of one of these: the result where it is given copies
    """

    watch: Watch | None = None
    function: Callable[..., object] | None = None
    contract: Contract = NOTHING_AGREED
    changing: Iterable[str] = ()
    on_copies: Callable[[str], ExerciseResult] | None = None


# Of which nothing is known but what its calls returned.
OUT_OF_REACH = Subject()


def explained(exercise: Exercise, played: Sequence[Played], subject: Subject = OUT_OF_REACH) -> ExerciseResult:
    """The result of an exercise, its findings with their reasons."""
    return beyond_values(exercise, played, by_values(exercise, played), subject)


def by_values(exercise: Exercise, played: Sequence[Played]) -> ExerciseResult:
    """The result of an exercise, its findings with those reasons that follow from what the calls returned."""
    return _with_causes(exercise, played, judged(exercise, played))


def with_reasons(
    exercise: Exercise, played: Sequence[Played], result: ExerciseResult, subject: Subject = OUT_OF_REACH
) -> ExerciseResult:
    """The result, its findings with the reasons there are."""
    return beyond_values(exercise, played, _with_causes(exercise, played, result), subject)


def beyond_values(
    exercise: Exercise, played: Sequence[Played], result: ExerciseResult, subject: Subject
) -> ExerciseResult:
    """The result, its findings with the reasons for which the function itself is asked as well."""
    if all(case.passed for case in result.cases):
        return result
    budget = Budget.after(sum(one.outcome.seconds for one in played))
    for step in _STEPS:
        if (found := step(exercise, played, result, subject, budget)) is not result:
            # What is contradicted keeps no other source from being asked.
            result = without_contradictions(exercise, played, found)
    slips = _slips(exercise, played, result, subject, budget)
    if slips.text is None:
        return result
    return without_contradictions(exercise, played, with_slips(result, slips), slips.text)


def without_contradictions(
    exercise: Exercise, played: Sequence[Played], result: ExerciseResult, text: Text | None = None
) -> ExerciseResult:
    """The result with those reasons that nothing contradicts which was seen of these cases, or stands in the text."""
    if not any(finding.misconception for case in result.cases for finding in case.findings):
        # To see all again takes time where values are observed.
        return result
    seen = [one for one in _all_seen(exercise, played, result) if one]
    return uncontradicted(exercise, seen, result, text)


def _with_causes(exercise: Exercise, played: Sequence[Played], result: ExerciseResult) -> ExerciseResult:
    """A known mistake, a mutant of the solution, a relation to what is right: known by the values alone."""
    if all(case.passed for case in result.cases):
        return result
    seen = _all_seen(exercise, played, result)
    found = causes(exercise, [one for one in seen if one]) if all(seen) else {}
    if not any(found.values()):
        return result
    caused = _each(result, lambda _case, finding: replace(finding, misconception=found.get(finding.output or RAISED)))
    return without_contradictions(exercise, played, caused)


def _all_seen(exercise: Exercise, played: Sequence[Played], result: ExerciseResult) -> list[Seen | None]:
    """What came back in each case that the exercise is judged on."""
    judged_on = concerned(exercise, played)
    return [_seen(exercise, one, case) for one, case in zip(played, result.cases, strict=True) if one in judged_on]


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


def _with_first_quantities(
    exercise: Exercise, played: Sequence[Played], result: ExerciseResult, subject: Subject, budget: Budget
) -> ExerciseResult:
    """Where no cause is known: the first quantity of the solution that the function does not arrive at."""
    if subject.watch is None:
        return result
    calls = [(one.reference, one.outcome) for one in played]
    with budget:
        found = first_differences(exercise, calls, result.cases, subject.watch, budget)
    return _each(result, lambda case, finding: _placed(case, finding, found)) if found else result


def _placed(case: CaseResult, finding: Finding, found: Mapping[str, str]) -> Finding:
    outputs = [finding.output] if finding.output else case.outputs
    ids = {found[output] for output in outputs if output in found}
    return replace(finding, misconception=ids.pop()) if len(ids) == 1 else finding


def _with_changed_arguments(
    _exercise: Exercise, _played: Sequence[Played], result: ExerciseResult, subject: Subject, _budget: Budget
) -> ExerciseResult:
    """Another function that changes what it is given, where that is why this one fails."""
    if result.status != "failed" or subject.on_copies is None:
        return result
    return with_cause(result, subject.changing, subject.on_copies)


def _slips(
    exercise: Exercise, played: Sequence[Played], result: ExerciseResult, subject: Subject, budget: Budget
) -> Slips:
    """The place in the function's own text that makes the difference; nothing where the text is out of reach."""
    if result.status not in _OF_THE_TEXT or subject.function is None:
        return Slips()
    found = [finding for case in result.cases for finding in case.findings]
    known = all(exercise.misconception(finding.misconception or "") for finding in found)
    causes = {finding.misconception for finding in found if finding.misconception}
    return slips_in(exercise, subject.function, played, subject.contract, known, budget, causes)


_Step = Callable[[Exercise, Sequence[Played], ExerciseResult, Subject, Budget], ExerciseResult]
_STEPS: tuple[_Step, ...] = (_with_first_quantities, _with_changed_arguments)


def _each(result: ExerciseResult, change: Callable[[CaseResult, Finding], Finding]) -> ExerciseResult:
    """The result with each finding changed."""
    cases = (replace(case, findings=tuple(change(case, one) for one in case.findings)) for case in result.cases)
    return replace(result, cases=tuple(cases))
