"""Known mistakes and mutants: each is found, is named as itself, and nothing of a solution is told."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from ...course import Case, Exercise, Lesson, Reference
from ...grading import known_mistakes, sampling, solutions
from ...judging.compare import compare, extract
from ...judging.mutant_words import sentence
from ...judging.points import Played, judged
from ...judging.reasons import explained
from ...judging.references import read_contract
from ...running.calling import call
from ..strength import strength
from .exercises import SEEDS, hidden, visible

# A round whose hidden cases are held against the mutants.
MUTANTS_SEED = 12345
# So many drawings tell whether a mutant returns the same as the solution.
DRAWINGS = 4


def visible_cases_find_each_misconception(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Every known mistake fails some visible case."""
    for mistake in exercise.misconceptions:
        function = known_mistakes.edited(lesson, exercise, mistake)
        cases = judged(exercise, _played(lesson, exercise, function, visible(lesson, exercise))).cases
        if not any(case.findings for case in cases):
            yield f'"{mistake.id}" passes all visible cases: add one in which it returns something else'


def misconceptions_are_named_as_themselves(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """A known mistake is named as the cause of what it changes in two cases or more, and nothing else is."""
    for mistake in exercise.misconceptions:
        function = known_mistakes.edited(lesson, exercise, mistake)
        # What is drawn is the same in every run of the laws, whichever ran before.
        np.random.seed(0)
        shown = _played(lesson, exercise, function, visible(lesson, exercise))
        if other := _causes(exercise, shown) - {mistake.id}:
            yield f'"{mistake.id}" is called {_quoted(other)} in the visible cases'
        for seed in SEEDS:
            # They may have been drawn by another law, or are now.
            drawn = hidden(lesson, exercise, seed)
            np.random.seed(0)
            causes = _causes(exercise, [*shown, *_played(lesson, exercise, function, drawn)])
            if causes != {mistake.id}:
                yield f'"{mistake.id}" is called {_quoted(causes)} in the visible and hidden cases of seed {seed}'


def _causes(exercise: Exercise, played: Sequence[Played]) -> set[str | None]:
    """The causes named for the outputs that a mistake changes in two cases or more."""
    result = explained(exercise, played)
    found = {output: [f for case in result.cases if (f := case.finding(output))] for output in exercise.points}
    return {one.misconception for findings in found.values() if len(findings) >= 2 for one in findings}


def _played(
    lesson: Lesson, exercise: Exercise, function: Callable[..., Any], drawn: Sequence[Reference]
) -> list[Played]:
    contract = read_contract(lesson)
    return [Played(reference, call(function, reference.case, exercise.name, contract)) for reference in drawn]


def _quoted(causes: set[str | None]) -> str:
    return ", ".join(sorted(f'"{cause}"' if cause else "nothing" for cause in causes)) or "nothing"


def sentences_do_not_quote_the_solution(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """No sentence to a student contains a line of the solution."""
    source = solutions.function_source(lesson, exercise.name)
    lines = [line.strip() for line in source.splitlines() if len(line.strip()) > 10]
    for mistake in exercise.misconceptions:
        yield from (f'the sentence of "{mistake.id}" has the line {line}' for line in lines if line in mistake.sentence)


def visible_cases_kill_every_mutant(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Every small change of the solution fails a visible case, except those declared equivalent, each of which must exist."""
    found = strength(lesson, exercise, visible(lesson, exercise))
    for mutant in found.surviving:
        yield f"no visible case notices `{mutant.id}`: add one, or say in `equivalent` why it is no mistake"
    for id in exercise.equivalent:
        if id not in found.equivalent:
            yield f"`equivalent` has `{id}`, which is no mutant of the solution or does not survive: take it out"


def hidden_cases_kill_every_mutant(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Every small change of the solution fails a hidden case of a round, but those declared equivalent."""
    for mutant in strength(lesson, exercise, sampling.draw(lesson, exercise, MUTANTS_SEED)).surviving:
        yield f"no hidden case of seed {MUTANTS_SEED} notices `{mutant.id}`, though a visible one may"


def equivalent_mutants_return_the_same(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """What is declared equivalent returns what the solution returns, in cases that are drawn for it."""
    changed = [one for one in known_mistakes.mutants_of(lesson, exercise) if one.id in exercise.equivalent]
    drawn = [pair for seed in range(DRAWINGS if changed else 0) for pair in _drawn(lesson, exercise, seed)]
    for mutant in changed:
        other = solutions.compiled(lesson, exercise, mutant.source)
        for case, expected in drawn:
            if (
                compare(
                    expected, extract(exercise, case, call(other, case, exercise.name, read_contract(lesson)).value)
                )
                is not None
            ):
                yield f'`{mutant.id}` returns something else in case "{case.label}"'


def _drawn(lesson: Lesson, exercise: Exercise, seed: int) -> Iterator[tuple[Case, Any]]:
    """Cases of an exercise, each with what the solution returns."""
    assert exercise.draw is not None  # as it is declared
    right = getattr(solutions.module_of(lesson), exercise.name)
    for case in exercise.draw(np.random.default_rng([seed, 7])):
        yield case, extract(exercise, case, call(right, case, exercise.name, read_contract(lesson)).value)


def mutants_are_not_told_in_lines_of_the_solution(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """What a student reads of a small change is words, never a line of the solution."""
    source = solutions.function_source(lesson, exercise.name)
    lines = {line.strip() for line in ast.unparse(ast.parse(source)).splitlines() if " " in line.strip()}
    for mutant in known_mistakes.mutants_of(lesson, exercise):
        said = sentence(mutant.key)
        if not said:
            yield f"there are no words for `{mutant.id}`"
        yield from (f"the words for `{mutant.id}` have the line {line}" for line in lines if line in said)
