"""Solutions with known mistakes edited in (misconceptions, mutants, pairs), and what they return."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cache
from itertools import chain, combinations, product
from typing import Any

from ..course import RAISED, TOGETHER, Case, Exercise, Lesson, Misconception, Outcome, Reference, current
from ..course.imprint import UNRECOGNISABLE, Imprint, alike, imprint
from ..judging.compare import UNSEEN, Difference, compare, extract
from ..judging.mutant_words import numbered, unnumbered
from ..judging.mutate import Mutant, mutants
from ..running.calling import call, plain
from .solutions import SolutionError, compiled, declared, function_source

# What a mistake in a function that draws returns by chance is no sign of it: it is run so often to tell.
RUNS = 4
_WORDS = re.compile(r"\w+|\W")
# (first word, the one after the last, what stands in their place)
_Edit = tuple[int, int, str]


class Mistakes(Mapping[str, Mapping[str, Imprint]]):
    """What each known mistake returns for one case where that differs, found out when it is asked for."""

    def __init__(self, lesson: Lesson, exercise: Exercise, case: Case, expected: Mapping[str, Any]) -> None:
        self._lesson, self._exercise, self._case, self._expected = lesson, exercise, case, expected
        self._found: dict[str, Mapping[str, Imprint]] = {}

    def __getitem__(self, key: str) -> Mapping[str, Imprint]:
        if key not in self._found:
            known = pairs if TOGETHER in key else mistaken
            self._found[key] = self._find(known(self._lesson, self._exercise)[key])
        return self._found[key]

    # Pairs are looked up, not listed: the packs name those that tell something.
    def __iter__(self) -> Iterator[str]:
        return iter(mistaken(self._lesson, self._exercise))

    def __len__(self) -> int:
        return len(mistaken(self._lesson, self._exercise))

    def _find(self, source: str) -> Mapping[str, Imprint]:
        """What the mistake returns; UNRECOGNISABLE for an output that is not the same each time."""
        function = compiled(self._lesson, self._exercise, source)
        runs = [self._run(function) for _run in range(RUNS if "random" in source else 1)]
        outputs = dict.fromkeys(output for found in runs for output in found)
        return {
            o: runs[0][o] if all(found.get(o) == runs[0].get(o) for found in runs) else UNRECOGNISABLE for o in outputs
        }

    def _run(self, function: Callable[..., Any]) -> Mapping[str, Imprint]:
        outcome = call(function, self._case)
        returned = outputs_of(self._exercise, self._case, outcome)
        if isinstance(returned, str):
            return {RAISED: imprint(outcome.signature) if outcome.signature else UNRECOGNISABLE}
        values = {output: (value, returned.get(output, UNSEEN)) for output, value in self._expected.items()}
        return {
            output: imprint(value)
            for output, (right, value) in values.items()
            if compare(right, value, self._exercise.rtol)
        }


def outputs_of(exercise: Exercise, case: Case, outcome: Outcome) -> dict[str, Any] | str:
    """What a call returned for a case, by output; a sentence where it returned nothing to judge."""
    if outcome.problem:
        return f"{outcome.problem}: {outcome.message}"
    found = extract(exercise, case, outcome.value)
    if isinstance(found, Difference):
        return found.message
    if missing := [d.message for d in found.values() if isinstance(d, Difference)]:
        return missing[0]
    return {output: plain(value) for output, value in found.items()}


def mutants_of(lesson: Lesson, exercise: Exercise) -> tuple[Mutant, ...]:
    """The small changes of a solution, told in names that the students of the course know."""
    return mutants(function_source(lesson, exercise.name), current().symbols)


@cache
def mistaken(lesson: Lesson, exercise: Exercise) -> dict[str, str]:
    """{key of a known mistake: the solution with it}, misconceptions first. Raises SolutionError."""
    found: dict[str, str] = {}
    exercise = declared(lesson, exercise)
    for mistake in exercise.misconceptions:
        for source in _edits(lesson, exercise, mistake):
            found[numbered(mistake.id, found)] = source
    for mutant in mutants_of(lesson, exercise):
        if mutant.id not in exercise.equivalent and _compiles(mutant.source):
            found[numbered(mutant.key, found)] = mutant.source
    return found


@cache
def pairs(lesson: Lesson, exercise: Exercise) -> dict[str, str]:
    """{the ids of two misconceptions: the solution with both}, for those that change different words of it."""
    found: dict[str, str] = {}
    exercise = declared(lesson, exercise)
    words = _WORDS.findall(function_source(lesson, exercise.name))
    changes = {
        m.id: [_changes(words, edited) for edited in _edits(lesson, exercise, m)] for m in exercise.misconceptions
    }
    for one, other in combinations(changes, 2):
        for both in product(changes[one], changes[other]):
            source = _merged(words, sorted(chain(*both)))
            if source and _compiles(source):
                found[numbered(TOGETHER.join([one, other]), found)] = source
    return found


def _changes(words: list[str], edited: str) -> list[_Edit]:
    others = _WORDS.findall(edited)
    steps = SequenceMatcher(None, words, others, autojunk=False).get_opcodes()
    return [(begin, end, "".join(others[i:j])) for kind, begin, end, i, j in steps if kind != "equal"]


def _merged(words: list[str], changes: list[_Edit]) -> str:
    """The text with all the changes; '' where two of them meet."""
    made, place = "", 0
    for begin, end, new in changes:
        if begin < place or (begin == place and made):
            return ""
        made += "".join(words[place:begin]) + new
        place = end
    return made + "".join(words[place:])


def _compiles(source: str) -> bool:
    try:
        compile(source, "", "exec")
    except SyntaxError:
        return False
    return True


def edited_source(lesson: Lesson, exercise: Exercise, mistake: Misconception) -> str:
    """The solution with the misconception's edit. Raises SolutionError."""
    known = declared(lesson, exercise).misconception(mistake.id) or mistake
    return _edits(lesson, exercise, known)[0]


@cache
def edited(lesson: Lesson, exercise: Exercise, mistake: Misconception) -> Callable[..., Any]:
    """The solution with the misconception's edit, living among the other solutions. Raises SolutionError."""
    return compiled(lesson, exercise, edited_source(lesson, exercise, mistake))


def _edits(lesson: Lesson, exercise: Exercise, mistake: Misconception) -> list[str]:
    """The solution with each text that the misconception puts in the place of its own."""
    source = function_source(lesson, exercise.name)
    if source.count(mistake.old) != 1:
        raise SolutionError(
            f'{lesson.name}::{exercise.name}, misconception "{mistake.id}": its text must stand in the solution exactly '
            f"once and stands there {source.count(mistake.old)} times:\n    {mistake.old}"
        )
    return [source.replace(mistake.old, new) for new in mistake.ways]


def check_misconceptions(lesson: Lesson, exercise: Exercise, references: tuple[Reference, ...]) -> None:
    """Every misconception changes some visible case, and no two change them alike. Raises SolutionError."""
    where = f"{lesson.name}::{exercise.name}"
    seen: dict[str, list[Mapping[str, Imprint]]] = {}
    for key in filter(lambda key: exercise.misconception(unnumbered(key)), mistaken(lesson, exercise)):
        returned = [r.mistakes[key] for r in references]
        if not any(returned):
            raise SolutionError(f'{where}, misconception "{key}": no visible case shows a difference')
        for other, same in seen.items():
            if _return_the_same(returned, same, exercise.rtol):
                raise SolutionError(f'{where}: "{key}" and "{other}" return the same on every visible case')
        seen[key] = returned


def with_telling_pairs(lesson: Lesson, exercise: Exercise, references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references with those pairs of misconceptions that give some output which neither of the two gives alone."""
    telling = [
        key for key in pairs(lesson, exercise) if any(_tells(key, r.mistakes, exercise.rtol) for r in references)
    ]
    return tuple(replace(r, mistakes={key: r.mistakes[key] for key in (*r.mistakes, *telling)}) for r in references)


def _tells(pair: str, mistakes: Mapping[str, Mapping[str, Imprint]], rtol: float) -> bool:
    """Whether both of a pair change some output, and together give it a value that neither gives."""
    one, other = (mistakes[id] for id in unnumbered(pair).split(TOGETHER))
    return any(
        output in one
        and output in other
        and not alike(kept, one[output], rtol)
        and not alike(kept, other[output], rtol)
        for output, kept in mistakes[pair].items()
        if output != RAISED
    )


def _return_the_same(one: list[Mapping[str, Imprint]], other: list[Mapping[str, Imprint]], rtol: float) -> bool:
    return all(
        a.keys() == b.keys() and all(alike(a[output], b[output], rtol) for output in a)
        for a, b in zip(one, other, strict=True)
    )
