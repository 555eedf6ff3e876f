"""The tail of a replay file, copied verbatim: judges the function on each case and prints the result.

Its names begin with _replay, so that they are not the student's.
"""

import sys as _replay_sys
from collections.abc import Sequence as _ReplaySequence
from typing import Any as _ReplayAny

import numpy as _replay_np

from grader.course import Exercise as _ReplayExercise
from grader.course import ExerciseResult as _ReplayResult
from grader.course import Outcome as _ReplayOutcome
from grader.course import Reference as _ReplayReference
from grader.judging.compare import Difference as _ReplayDifference
from grader.judging.compare import extract as _replay_extract
from grader.judging.points import Played as _ReplayPlayed
from grader.judging.points import judged as _replay_judged
from grader.running.calling import call as _replay_call
from grader.running.lookup import find as _replay_find
from grader.running.lookup import why_not_own as _replay_why_not_own
from grader.running.signatures import Contract as _ReplayContract


def _replay_played(
    exercise: _ReplayExercise,
    contract: _ReplayContract,
    cases: _ReplaySequence[tuple[_ReplayReference, bool]],
    names: dict[str, _ReplayAny],
) -> tuple[_ReplayResult, list[_ReplayPlayed]]:
    """The grader's own verdict on the student's function, and what it was given on."""
    function, elsewhere = _replay_find(names, exercise.name), _replay_why_not_own(names, exercise.name)
    played = []
    for reference, visible in cases:
        with _replay_np.errstate():
            if elsewhere or function is None:
                outcome = _ReplayOutcome(problem="missing", message=elsewhere)
            else:
                outcome = _replay_call(function, reference.case, exercise.name, contract)
        played.append(_ReplayPlayed(reference, outcome, visible))
    return _replay_judged(exercise, played), played


def _replay_show(exercise: _ReplayExercise, result: _ReplayResult, played: _ReplaySequence[_ReplayPlayed]) -> None:
    for one, case in zip(played, result.cases, strict=True):
        print(f'\ncase "{case.name}" ({"visible" if case.visible else "hidden"})')
        if whole := next((found for found in case.findings if found.output is None), None):
            print(f"  {whole.kind}: {whole.message}")
            continue
        values = _replay_extract(exercise, one.reference.case, one.outcome.value)
        for output in case.outputs:
            found = case.finding(output)
            print(f"  {output}: {(found.message or found.kind) if found else 'as expected'}")
            if found and not isinstance(values, _ReplayDifference):
                print(f"    yours:    {_replay_shown(values.get(output))}")
                print(f"    expected: {_replay_shown(one.reference.expected[output])}")
    shown = {output for case in result.cases for output in case.outputs}
    points = (f"{output} {had} of {most}" for output, (had, most) in result.outputs.items() if output in shown)
    print(f"\nPoints by these cases: {', '.join(points)}")


def _replay_shown(value: _ReplayAny) -> str:
    with _replay_np.printoptions(threshold=40, edgeitems=2, linewidth=110):
        return str(value).replace("\n", "\n              ")


def _replay_main(
    title: str,
    exercise: _ReplayExercise,
    contract: _ReplayContract,
    cases: _ReplaySequence[tuple[_ReplayReference, bool]],
    names: dict[str, _ReplayAny],
) -> None:
    """Exit with 1 where something differs."""
    result, played = _replay_played(exercise, contract, cases, names)
    print(title)
    _replay_show(exercise, result, played)
    _replay_sys.exit(0 if all(case.passed for case in result.cases) else 1)
