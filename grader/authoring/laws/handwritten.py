"""Solutions by hand, in a lesson's folders `right` and `wrong`: right ones pass in any style, wrong ones do not.

Each is a cell, EXERCISE__STYLE.py, and runs among the lesson's other solutions. What is accepted as an exception stands in
`accepted.toml` beside them, with its reason.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path

from ...course import ExerciseResult, Lesson
from ...judging.points import Played, judged
from ...judging.references import read_contract
from ...running.calling import call
from ...running.lookup import find
from ...sandbox import Sandbox
from ...student.check import Check
from ..build import source_of
from . import notebooks
from .earning import graded
from .exercises import hidden

SEED = 6
# Of files in `right`: right alone, and in their place among others not; in the form of their originals, without what
# only this course asks for.
ALONE, ORIGINAL = "alone", "original"
# Of files in `wrong`: not what the exercise says, and right all the same.
PASSES = "passes"
KINDS: Mapping[str, Collection[str]] = {"right": (ALONE, ORIGINAL), "wrong": (PASSES,)}
EXCEPTIONS = "accepted.toml"


def files(lesson: Lesson, folder: str) -> list[Path]:
    """The solutions by hand in one of a lesson's folders."""
    return sorted((source_of(lesson).parent / folder).glob("*.py"))


def accepted(lesson: Lesson, folder: str, kind: str) -> Mapping[str, str]:
    """{name of a file without its ending: why it is an exception of this kind}."""
    return _table(source_of(lesson).parent / folder / EXCEPTIONS).get(kind, {})


@cache
def _table(path: Path) -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def exceptions_are_files_with_a_reason(lesson: Lesson) -> Iterator[str]:
    """What is accepted as an exception is one of the solutions by hand, and says why."""
    for folder, kinds in KINDS.items():
        names = {file.stem for file in files(lesson, folder)}
        for kind, found in _table(source_of(lesson).parent / folder / EXCEPTIONS).items():
            where = f"{folder}/{EXCEPTIONS}, [{kind}]"
            if kind not in kinds:
                yield f"{where}: write {' or '.join(f'[{one}]' for one in kinds)}"
            yield from (f"{where}: there is no file {name}.py" for name in found if name not in names)
            yield from (f"{where}: {name} has no reason" for name, why in found.items() if not why.strip())


def exercise_of(file: Path) -> str:
    return file.stem.partition("__")[0]


def right_solution_passes(lesson: Lesson, file: Path) -> Iterator[str]:
    """A right solution passes the visible and the hidden cases, however it is written."""
    exercise = lesson.exercise(exercise_of(file))
    names = notebooks.run(notebooks.among_solutions(lesson, exercise.name, file))
    function = find(names, exercise.name)
    if function is None:
        yield f"it does not define {exercise.name}"
        return
    checked = Check(lesson, names).judged(exercise.name)
    contract = read_contract(lesson)
    played = [
        Played(one, call(function, one.case, exercise.name, contract), visible=False)
        for one in hidden(lesson, exercise, SEED)
    ]
    excused = exercise.ours if file.stem in accepted(lesson, "right", ORIGINAL) else frozenset()
    for where, result in (("check", checked), ("the hidden cases", judged(exercise, played))):
        yield from (f"in {where}: {why}" for why in _lost(result, excused))


def _lost(result: ExerciseResult, excused: Collection[str]) -> Iterator[str]:
    """Why a right solution lost points, or is not passed, for an output that is not excused."""
    lost = {output for output, (points, most) in result.outputs.items() if points != most} - set(excused)
    if not lost and (excused or result.status == "passed"):
        return
    yield f"it is {result.status}, without the points for {', '.join(sorted(lost)) or 'nothing'}"
    for case in result.cases:
        for finding in case.findings:
            if lost.intersection([finding.output] if finding.output else case.outputs) or not lost:
                yield f'case "{case.name}", {finding.output or "the call"}: {finding.message}'


def notebooks_of_right_solutions_earn_everything_in_grade(lesson: Lesson, sandbox: Sandbox) -> Iterator[str]:
    """Whole notebooks of right solutions have full marks in `grade`."""
    original = {exercise_of(Path(name)) for name in accepted(lesson, "right", ORIGINAL)}
    for number, sources in enumerate(_whole_notebooks(lesson), 1):
        for exercise, result in graded(lesson, notebooks.as_cells(sources), SEED, sandbox):
            excused = exercise.ours if exercise.name in original else frozenset()
            yield from (f"notebook {number}, {exercise.name}: {why}" for why in _lost(result, excused))


def _whole_notebooks(lesson: Lesson) -> Iterator[notebooks.Sources]:
    """Notebooks of which every exercise is a right solution, if there is one; those of the commonest style stand together."""
    alone = accepted(lesson, "right", ALONE)
    chosen = [file for file in files(lesson, "right") if file.stem not in alone]
    by_exercise = {name: list(found) for name, found in groupby(chosen, exercise_of)}
    styles = Counter(map(_style, chosen))
    common = max(styles, key=lambda style: styles[style], default="")
    for number in range(max(map(len, by_exercise.values()), default=0)):
        picked = {
            name: sorted(found, key=lambda file: (_style(file) != common, file))[number % len(found)]
            for name, found in by_exercise.items()
        }
        written = {name: file.read_text(encoding="utf-8") for name, file in picked.items()}
        yield {**notebooks.sources(lesson), **written}


def _style(file: Path) -> str:
    return file.stem.partition("__")[2]


def wrong_solution_does_not_pass(lesson: Lesson, file: Path) -> Iterator[str]:
    """A wrong solution does not pass the check."""
    exercise = lesson.exercise(exercise_of(file))
    names = notebooks.run(notebooks.among_solutions(lesson, exercise.name, file))
    result = Check(lesson, names).judged(exercise.name)
    passes = accepted(lesson, "wrong", PASSES)
    if result.status in ("missing", "not_implemented"):
        yield f"it is {result.status}: a wrong solution defines {exercise.name}"
    elif result.status == "passed" and file.stem not in passes:
        yield "it passes: add a case that it fails, or say in wrong/accepted.toml, under [passes], why it may"
    elif result.status != "passed" and file.stem in passes:
        yield "wrong/accepted.toml says that it passes, and it does not: take it out there"
