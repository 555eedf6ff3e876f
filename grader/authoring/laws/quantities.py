"""The first quantity that differs: what is said about it is true."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from ...course import Exercise, ExerciseResult, Lesson, Quantity, Reference
from ...course.imprint import alike
from ...grading.known_mistakes import edited_source
from ...judging.points import Played
from ...judging.quantity_words import Told, told
from ...judging.reasons import Subject, explained
from ...judging.references import read_contract
from ...running.calling import call
from ...running.watching import watch
from ..packing.quantities import quantities_in, watchable
from .exercises import visible


def first_quantities_that_differ_do_differ(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """If a known mistake were unknown, the quantity named would indeed be wrong in it, and those before it right."""
    references = [replace(one, mistakes={}) for one in visible(lesson, exercise)]
    for mistake in exercise.misconceptions:
        source = edited_source(lesson, exercise, mistake)
        mine = quantities_in(source, lesson, exercise, references)
        for version in (source, _with_other_names(source)):
            result = _result(version, lesson, exercise, references)
            for case, reference, wrong in zip(result.cases, references, mine, strict=True):
                for said in filter(None, {told(finding.misconception) for finding in case.findings}):
                    for why in _false(said, reference, wrong, exercise.rtol):
                        yield f'"{mistake.id}", case "{case.name}": {why}'


def _result(source: str, lesson: Lesson, exercise: Exercise, references: Sequence[Reference]) -> ExerciseResult:
    """What is said of a wrong function that nothing else is known of."""
    function = watchable(source, lesson, exercise)
    contract = read_contract(lesson)
    played = [Played(one, call(function, one.case, exercise.name, contract)) for one in references]
    return explained(exercise, played, Subject(partial(watch, function)))


def _false(said: Told, reference: Reference, mine: Sequence[Quantity], rtol: float) -> Iterator[str]:
    """What of it is false, given the values of the wrong function's variables in the case."""
    right, wrong = ({one.key: one.value for one in of} for of in (reference.quantities, mine))
    same = {key for key in right if key in wrong and alike(right[key], wrong[key], rtol)}
    if said.key in same:
        yield f"`{said.key}` is said to differ, and is right"
    yield from (
        f"`{key}` is said to be right, and differs"
        for key in said.after
        if key in right and key in wrong and key not in same
    )


def _with_other_names(source: str) -> str:
    """The source with other names for the variables it assigns to, as somebody else might choose them."""
    tree = ast.parse(source)
    definition = next(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    nodes = list(ast.walk(definition))
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    assigned = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in assigned - arguments:
            node.id = f"my_{node.id}"
    return ast.unparse(tree)
