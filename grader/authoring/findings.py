"""What a student reads of wrong solutions of every exercise: a known mistake, a mutant and one that raises."""

from __future__ import annotations

import linecache
from collections.abc import Iterator
from itertools import islice
from zlib import crc32

import numpy as np

from ..course import RAISED, Exercise, ExerciseResult, Lesson, lesson_names, load_lesson
from ..grading import known_mistakes, solutions
from ..judging.contradictions import AGREEING
from ..judging.mutant_words import is_mutant, unnumbered
from ..judging.references import read_references
from ..show import as_text, title
from ..student.check import Check

_HEAD = """# What students read

Made by `grader findings` from the solutions. Of every exercise: the first known mistake
that two cases show, one small change of the solution that is told in words, and one that raises an error. In brackets stands the id
by which `course.toml` can switch an explanation off or reword it."""


def page() -> Iterator[str]:
    """The lines of the page."""
    yield from _HEAD.split("\n")
    for lesson in map(load_lesson, lesson_names()):
        yield from ("", f"## {lesson.number:02} {lesson.title}")
        for exercise in lesson.exercises:
            yield from ("", f"### {exercise.name}")
            for key, result in _shown(lesson, exercise):
                cause = next((f.misconception for case in result.cases for f in case.findings if f.misconception), None)
                id = f"`{exercise.full_name}::{cause}`" if cause else "no id"
                text = as_text(exercise, result).split("\n")
                yield from ("", f"{title(unnumbered(key))} ({id})", "", "```text", *map(str.rstrip, text), "```")


def _shown(lesson: Lesson, exercise: Exercise) -> Iterator[tuple[str, ExerciseResult]]:
    """(key, result of its check) of a misconception, of a mutant that is named as itself and of a mutant that raises."""
    for choices in (_misconceptions, _mutants_told, _raising):
        yield from islice(choices(lesson, exercise), 1)


def _misconceptions(lesson: Lesson, exercise: Exercise) -> Iterator[tuple[str, ExerciseResult]]:
    for mistake in exercise.misconceptions:
        if _cases(lesson, exercise, mistake.id) >= AGREEING:
            yield mistake.id, _result(lesson, exercise, mistake.id)


def _mutants_told(lesson: Lesson, exercise: Exercise) -> Iterator[tuple[str, ExerciseResult]]:
    for key in _mixed(lesson, exercise):
        if _cases(lesson, exercise, key) >= AGREEING:
            result = _result(lesson, exercise, key)
            if unnumbered(key) in {f.misconception for case in result.cases for f in case.findings}:
                yield key, result


def _raising(lesson: Lesson, exercise: Exercise) -> Iterator[tuple[str, ExerciseResult]]:
    references = read_references(lesson, exercise)
    for key in _mixed(lesson, exercise):
        if all(RAISED in reference.mistakes.get(key, {}) for reference in references):
            result = _result(lesson, exercise, key)
            if result.status == "error":
                yield key, result


def _mixed(lesson: Lesson, exercise: Exercise) -> list[str]:
    """The mutants, shuffled so that the page shows many kinds; the order is the same each time."""
    keys = filter(is_mutant, known_mistakes.mistaken(lesson, exercise))
    return sorted(keys, key=lambda key: ("left out" in key, crc32(f"{exercise.name} {key}".encode())))


def _cases(lesson: Lesson, exercise: Exercise, key: str) -> int:
    """In how many cases a mistake gives a wrong value; 0 where it raises in one."""
    found = [reference.mistakes.get(key, {}) for reference in read_references(lesson, exercise)]
    return 0 if any(RAISED in each for each in found) else sum(map(bool, found))


def _result(lesson: Lesson, exercise: Exercise, key: str) -> ExerciseResult:
    """What `check` finds; what is drawn is the same each time."""
    np.random.seed(0)
    source = known_mistakes.mistaken(lesson, exercise)[key]
    function = solutions.compiled(lesson, exercise, source)
    file = function.__code__.co_filename
    # Where an exception's line is looked up.
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    return Check(lesson).run(exercise, function)[0]
