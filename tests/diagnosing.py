"""What the grader says of a known mistake, judged: is the cause it names the mistake, or one equal to it on the cases?"""

import ast
import contextlib
import io
import runpy
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from grader.course import RAISED, Exercise, ExerciseResult, Lesson, Reference, load_lesson
from grader.course.imprint import UNRECOGNISABLE, Imprint, alike
from grader.grading import known_mistakes, solutions
from grader.judging.mutant_words import unnumbered
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.judging.references import read_contract, read_references
from grader.judging.relations import RELATIONS
from grader.running.calling import call
from grader.student.check import Check

HAND_WRITTEN = Path(__file__).parents[1] / "source_solutions"
# Of several outputs the last of these counts.
VERDICTS = ("right", "equal on every case", "a relation", "the quantity alone", "wrong")
NOT_NAMED = ("raises in every case", "differs in one case only", "not at all")


def named(exercise: Exercise, result: ExerciseResult) -> dict[str, tuple[set[str | None], int]]:
    """{wrong output: (the causes named, in how many cases it is wrong)}."""
    found = {o: [f for case in result.cases if (f := case.finding(o))] for o in exercise.points}
    return {o: ({f.misconception for f in findings}, len(findings)) for o, findings in found.items() if findings}


def verdict(lesson: Lesson, exercise: Exercise, key: str) -> str:
    """One of VERDICTS or NOT_NAMED, for a function that has the known mistake of that key."""
    visible = read_references(lesson, exercise)
    function = solutions.compiled(lesson, exercise, known_mistakes.mistaken(lesson, exercise)[key])
    played = _played(lesson, exercise, function, visible)
    if all(one.outcome.problem for one in played):
        return "raises in every case"
    outputs = named(exercise, explained(exercise, played))
    verdicts = [_judged(cause, key, lesson, exercise) for causes, _n in outputs.values() for cause in causes if cause]
    if verdicts:
        return max(verdicts, key=VERDICTS.index)
    return "not at all" if max((n for _causes, n in outputs.values()), default=0) > 1 else "differs in one case only"


def _played(
    lesson: Lesson, exercise: Exercise, function: Callable[..., object], drawn: Iterable[Reference]
) -> list[Played]:
    """Its calls as a check makes them: with what the lesson's functions are called with."""
    contract = read_contract(lesson)
    return [Played(one, call(function, one.case, exercise.name, contract)) for one in drawn]


def _judged(cause: str, key: str, lesson: Lesson, exercise: Exercise) -> str:
    if cause == unnumbered(key):
        return "right"
    if cause in RELATIONS:
        return "a relation"
    if key.startswith(cause):
        return "the quantity alone"
    called = [other for other in known_mistakes.mistaken(lesson, exercise) if unnumbered(other) == cause]
    visible = read_references(lesson, exercise)
    return "equal on every case" if any(same(visible, key, other, exercise.rtol) for other in called) else "wrong"


def same(references: Iterable[Reference], one: str, other: str, rtol: float) -> bool:
    """Whether two known mistakes return the same in every case, as far as what they return is the same each time."""
    return all(_same(r.mistakes.get(one, {}), r.mistakes.get(other, {}), rtol) for r in references)


def _same(one: Mapping[str, Imprint], other: Mapping[str, Imprint], rtol: float) -> bool:
    unsure = {output for found in (one, other) for output, kept in found.items() if kept == UNRECOGNISABLE} - {RAISED}
    return one.keys() - unsure == other.keys() - unsure and all(
        alike(one[output], other[output], rtol) for output in one.keys() - unsure
    )


def hand_written(file: Path) -> tuple[Lesson, Exercise, ExerciseResult]:
    """(lesson, exercise, its check's result) of one file of source_solutions/*/wrong."""
    lesson = load_lesson(file.parents[1].name)
    exercise = lesson.exercise(file.stem.split("__")[0])
    with contextlib.redirect_stdout(io.StringIO()):
        names = runpy.run_path(str(file))
    return lesson, exercise, Check(lesson, names).run(exercise, names[exercise.name])[0]


def what_is_wrong(file: Path) -> str:
    return " ".join((ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").split())


def pairs(lesson: Lesson, exercise: Exercise) -> dict[str, str]:
    """{key of two misconceptions that are kept together: the solution with both}."""
    kept = {key for reference in read_references(lesson, exercise) for key in reference.mistakes}
    return {key: source for key, source in known_mistakes.pairs(lesson, exercise).items() if key in kept}


def told(lesson: Lesson, exercise: Exercise, source: str) -> dict[str, str | None]:
    """{wrong output: the cause named} for a function."""
    function = solutions.compiled(lesson, exercise, source)
    played = _played(lesson, exercise, function, read_references(lesson, exercise))
    found = named(exercise, explained(exercise, played))
    # A case in which a mistake cannot be told from others says nothing; the order of a set is by chance.
    return {output: min((one for one in causes if one), default=None) for output, (causes, _n) in found.items()}
