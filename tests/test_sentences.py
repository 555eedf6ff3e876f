"""Each sentence of each docstring is listed with what breaks it, and what breaks it is not right.

`broken_sentences/LESSON/sentences.toml` has them, {exercise: {sentence: what holds it}}:

    several lines   code in the place of the solution's own, between the markers, that breaks the sentence
    "mistake: ID"   the known mistake of that name breaks it
    "file: NAME"    a function in a file beside it breaks it
    "mistakes"      of a first sentence: every known mistake breaks it
    "returns"       of one that says what is returned: other shapes and missing parts break it, by the laws below
    "given"         it says what is passed, and asks for nothing
    "open: WHY"     it is no demand
"""

import inspect
import re
import tomllib
from functools import cache

import numpy as np
import pytest

from grader import lesson_names, load_lesson
from grader.course import split_output
from grader.grading import solutions
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.judging.references import read_references
from grader.running.calling import call
from grader.running.lookup import find
from grader.student.check import Check
from making import solved
from test_docstrings import FOLDER, each_exercise, parameters_of, solution

START, END = "### START CODE HERE ###", "### END CODE HERE ###"
_DOTS = {"...,": "\0", "... ": "\1"}


def sentences(exercise_doc):
    """The sentences of a docstring: its first line, what it says of each argument, and what it says of the result."""
    text = re.sub(r"\n(?!\n)(?!Returns|[\w, ]+: )", " ", exercise_doc.replace("\n\n", "   "))
    for dots, sign in _DOTS.items():
        text = text.replace(dots, sign)
    parts = re.split(r"\n| {3,}|(?<=[.;]) (?=[^.])", text)
    for dots, sign in _DOTS.items():
        parts = [part.replace(sign, dots) for part in parts]
    return [" ".join(part.strip(" ;").split()) for part in parts if part.strip(" ;")]


@cache
def listed(lesson_name):
    return tomllib.loads((FOLDER / lesson_name / "sentences.toml").read_text(encoding="utf-8"))


def of(lesson, exercise):
    return listed(lesson.name).get(exercise.name, {})


def broken():
    """(lesson, exercise, sentence, code that breaks it)"""
    for name in lesson_names():
        lesson = load_lesson(name)
        for exercise_name, held in listed(name).items():
            for number, (sentence, holder) in enumerate(held.items()):
                if "\n" in holder:
                    id = f"{name}-{exercise_name}-{number}"
                    yield pytest.param(lesson, lesson.exercise(exercise_name), sentence, holder, id=id)


@each_exercise
def test_every_sentence_of_a_docstring_is_listed_with_what_holds_it(lesson, exercise):
    assert list(of(lesson, exercise)) == sentences(inspect.getdoc(solution(lesson, exercise)))


@each_exercise
def test_what_holds_a_sentence_is_there_and_fits_it(lesson, exercise):
    names = set(parameters_of(lesson, exercise))
    known = {key for reference in read_references(lesson, exercise) for key in reference.mistakes}
    for place, (sentence, holder) in enumerate(of(lesson, exercise).items()):
        kind, _, what = holder.partition(": ")
        if "\n" in holder:
            continue
        fits = {
            "given": lambda s=sentence: set(s.partition(":")[0].split(", ")) <= names,
            "returns": lambda s=sentence: s.startswith(("Returns", "costs:")),
            "mistakes": lambda p=place: p == 0 and bool(exercise.misconceptions and known),
            "mistake": lambda w=what: exercise.misconception(w) is not None and any(key.startswith(w) for key in known),
            "file": lambda w=what: w.startswith(f"{exercise.name}__") and (FOLDER / lesson.name / f"{w}.py").is_file(),
            "open": lambda w=what: len(w) > 10,
        }
        assert fits[kind](), (sentence, holder)


@pytest.mark.parametrize(("lesson", "exercise", "sentence", "code"), list(broken()))
def test_code_that_breaks_a_sentence_is_not_right(lesson, exercise, sentence, code):
    before, rest = solutions.function_source(lesson, exercise.name).split(START)
    source = f"{before}{START}\n{code}    {END}{rest.split(END)[1]}"
    names = {"__name__": "__main__"}
    for cell in {**solved(lesson), exercise.name: source}.values():
        exec(compile(cell, "<cell>", "exec"), names)
    result, _ = Check(lesson, names).run(exercise, find(names, exercise.name))
    lost = [output for case in result.cases for output in case.outputs if case.finding(output)]
    assert lost, sentence


# ---- what is returned


def result_of(lesson, exercise, change):
    """The result of the solution, with a change of what it returns."""
    right = solution(lesson, exercise)

    def changed(*args, **kwargs):
        return change(right(*args, **kwargs))

    return explained(exercise, [Played(r, call(changed, r.case)) for r in read_references(lesson, exercise)])


def with_an_axis_more(value):
    """All arrays of several numbers in a value, each with one axis more."""
    if isinstance(value, dict):
        return {key: with_an_axis_more(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(with_an_axis_more(one) for one in value)
    return value[np.newaxis] if np.size(value) > 1 else value


@each_exercise
def test_arrays_of_another_shape_are_not_what_is_asked_for(lesson, exercise):
    value = call(solution(lesson, exercise), read_references(lesson, exercise)[0].case).value
    if str(with_an_axis_more(value)) != str(value):
        assert result_of(lesson, exercise, with_an_axis_more).status != "passed"


@each_exercise
def test_of_several_returned_values_none_may_be_missing(lesson, exercise):
    if len(exercise.returns) > 1:
        assert result_of(lesson, exercise, lambda values: values[:-1]).points == 0
        assert result_of(lesson, exercise, lambda values: values[:-1]).status != "passed"


@each_exercise
def test_an_entry_of_a_dictionary_that_is_asked_for_may_not_be_missing(lesson, exercise):
    for output in exercise.points if not exercise.observe else ():
        path = next(
            iter(
                exercise.judged(r.case)[output]
                for r in read_references(lesson, exercise)
                if output in exercise.judged(r.case)
            )
        )
        name, key = split_output(path)
        if key is None:
            continue

        def without(values, name=name, key=key):
            parts = values if len(exercise.returns) > 1 else (values,)
            kept = {k: v for k, v in parts[exercise.returns.index(name)].items() if k != key}
            parts = tuple(kept if of == name else part for of, part in zip(exercise.returns, parts, strict=True))
            return parts if len(exercise.returns) > 1 else parts[0]

        assert result_of(lesson, exercise, without).outputs[output][0] == 0
