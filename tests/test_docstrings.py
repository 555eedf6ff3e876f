"""What an exercise's docstring says is tested by its cases, as laws over all exercises and as single sentences that are broken."""

import ast
import inspect
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from grader import lesson_names, load_lesson
from grader.grading import solutions
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.judging.references import read_references
from grader.running.calling import call
from grader.running.lookup import find
from grader.student.check import Check
from making import solved
from source_solutions import cross_entropy

LESSONS = [load_lesson(name) for name in lesson_names()]
EXERCISES = [
    pytest.param(lesson, exercise, id=f"{lesson.name}-{exercise.name}")
    for lesson in LESSONS
    for exercise in lesson.exercises
]
each_exercise = pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)


def solution(lesson, exercise):
    return getattr(solutions.module_of(lesson), exercise.name)


def parameters_of(lesson, exercise):
    return inspect.signature(solution(lesson, exercise)).parameters


def checked(lesson, exercise, function):
    """The result of a function on the visible cases."""
    return explained(exercise, [Played(r, call(function, r.case)) for r in read_references(lesson, exercise)])


# ---- whole numbers where a docstring says numbers

# Arguments that are never whole numbers, or whose kind of number is the course's own choice and not the caller's.
FLOATS = {
    **dict.fromkeys(["w", "W", "b", "parameters", "theta"], "what a network has learnt"),
    **dict.fromkeys(["grads", "gradients", "v", "s", "dA", "dZ", "dY", "dP", "g"], "gradients and their averages"),
    **dict.fromkeys(["tape", "wrt"], "texts"),
    **dict.fromkeys(["cache", "caches", "ZL"], "what a forward pass kept"),
    **dict.fromkeys(["A2", "A3", "AL", "P"], "probabilities"),
    **dict.fromkeys(["slope", "fractions", "keep_prob", "beta", "beta1", "beta2", "epsilon"], "a part of 1"),
    "dev_costs": "costs",
}
# A rate of 1 is too long a step for the networks of these.
SMALL_RATES = {"L_layer_model", "two_layer_model"}


def is_whole(value):
    """Whether a value, or one of those in a tuple, is made of whole numbers."""
    if isinstance(value, (tuple, list)):
        return any(map(is_whole, value))
    return np.asarray(value).dtype.kind in "iu" and not isinstance(value, (str, bool))


def numbers_of(lesson, exercise, case):
    """{parameter: what a case passes for it}, of those that may be whole numbers."""
    bound = inspect.signature(solution(lesson, exercise)).bind(*case.args, **case.kwargs).arguments
    exempt = {*FLOATS, *(["learning_rate"] if exercise.name in SMALL_RATES else [])}
    kept = {name: value for name, value in bound.items() if name not in exempt and value is not None}
    return {n: v for n, v in kept.items() if not isinstance(v, (str, bool, dict)) and type(v).__name__ != "Seeded"}


@each_exercise
def test_every_argument_that_may_be_whole_numbers_is_so_in_some_case(lesson, exercise):
    passed = [numbers_of(lesson, exercise, reference.case) for reference in read_references(lesson, exercise)]
    names = dict.fromkeys(name for one in passed for name in one)
    assert [name for name in names if not any(is_whole(one[name]) for one in passed if name in one)] == []


def filled_like(function, place):
    """The function, its first result filled into zeros_like of an argument of the same shape."""

    def filled(*args, **kwargs):
        value = function(*args, **kwargs)
        first = value[0] if isinstance(value, tuple) else value
        if np.shape(first) != np.shape(args[place]):
            return value
        made = np.zeros_like(args[place])
        made[...] = first
        return (made, *value[1:]) if isinstance(value, tuple) else made

    return filled


def fillings(lesson, exercise):
    """The places of the arguments whose shape is that of the first result, where it holds fractions."""
    reference = read_references(lesson, exercise)[0]
    value = call(solution(lesson, exercise), reference.case).value
    first = np.asarray(value[0] if isinstance(value, tuple) else value)
    if first.dtype.kind == "f" and first.ndim and (first % 1).any():
        names = list(parameters_of(lesson, exercise))
        for place, argument in enumerate(reference.case.args):
            if names[place] not in FLOATS and first.shape == np.shape(argument):
                yield place


@each_exercise
def test_a_result_filled_into_zeros_like_of_an_argument_is_not_right(lesson, exercise):
    places = [] if exercise.observe or exercise.name == "relu" else fillings(lesson, exercise)
    for place in places:
        function = filled_like(solution(lesson, exercise), place)
        assert checked(lesson, exercise, function).status != "passed", place


# ---- what is returned beside the first value


def exchanged(parts, one, other):
    parts = list(parts)
    parts[one], parts[other] = parts[other], parts[one]
    return tuple(parts)


def size_of_cache(lesson, exercise):
    """How many parts the last returned value has where it is a tuple: a cache, of which the docstring lists the parts."""
    value = call(solution(lesson, exercise), read_references(lesson, exercise)[0].case).value
    return len(value[-1]) if isinstance(value, tuple) and isinstance(value[-1], tuple) else 0


@each_exercise
def test_a_returned_cache_with_two_parts_exchanged_is_not_right(lesson, exercise):
    right = solution(lesson, exercise)
    for one in range(size_of_cache(lesson, exercise)):
        for other in range(one):

            def wrong(*args, one=one, other=other, **kwargs):
                *values, cache = right(*args, **kwargs)
                return (*values, exchanged(cache, one, other))

            result = checked(lesson, exercise, wrong)
            assert result.status != "passed", (one, other)


# ---- arguments that are not looked at

# What these decide is not in the result.
WITHOUT_EFFECT = {"print_cost", "seed"}


def optional():
    for lesson in LESSONS:
        for exercise in lesson.exercises:
            for name, parameter in parameters_of(lesson, exercise).items():
                if parameter.default is not parameter.empty and name not in WITHOUT_EFFECT:
                    yield pytest.param(lesson, exercise, name, id=f"{lesson.name}-{exercise.name}-{name}")


@pytest.mark.parametrize(("lesson", "exercise", "name"), list(optional()))
def test_a_default_in_the_place_of_what_was_passed_is_not_right(lesson, exercise, name):
    source = solutions.function_source(lesson, exercise.name)
    head, body = source.split('"""')[0], source.split('"""', 2)[2]
    default = parameters_of(lesson, exercise)[name].default
    deaf = solutions.compiled(lesson, exercise, f"{head}{name} = {default!r}{body}")
    assert checked(lesson, exercise, deaf).status != "passed"


# ---- costs

COSTS = [param for param in EXERCISES if cross_entropy.WRONG in param.values[1].points]
each_cost = pytest.mark.parametrize(("lesson", "exercise"), COSTS)


def with_logarithms(lesson, exercise, log, add=np.sum):
    """The solution of a cost with other logarithms and another sum."""
    if exercise.name == "compute_cost_with_regularization":
        names = {**vars(solutions.module_of(lesson)), "compute_cost": lambda A, Y: mean_cost(A, Y, log, add)}
        source = solutions.function_source(lesson, exercise.name)
        exec(source, names)
        return names[exercise.name]
    source = solutions.function_source(lesson, exercise.name)
    tree = ast.parse(source)
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    A = next(name for name in ("A", "A2", "A3", "AL") if f"np.maximum({name}, " in source)
    assert {"log_a", "log_not_a"} <= names
    source = source.replace(f"np.log(np.maximum({A}, 1e-300))", f"log({A})")
    source = source.replace(f"np.log(np.maximum(1 - {A}, 2**-54))", f"log(1 - {A})")
    source = source.replace("cost = -np.sum(", "cost = -add(")
    assert "maximum" not in source.replace("np.maximum(0", "")
    names = {**vars(solutions.module_of(lesson)), "log": log, "add": add}
    exec(source, names)
    return names[exercise.name]


def mean_cost(A, Y, log, add):
    return -add(Y * log(A) + (1 - Y) * log(1 - A)) / Y.shape[1]


def lost(result):
    return {output for case in result.cases for output in case.outputs if case.finding(output)}


@each_cost
@pytest.mark.parametrize(
    "log",
    [
        lambda p: np.log(p + 1e-8),
        lambda p: np.log(np.maximum(p, 1e-16)),
        lambda p: np.log(np.clip(p, 1e-12, 1 - 1e-12)),
        lambda p: np.log(p + 1e-300),
        lambda p: np.nan_to_num(np.log(p), neginf=-700),
    ],
    ids=["1e-8 added", "at least 1e-16", "clipped on both sides", "1e-300 added", "nan_to_num with a bound"],
)
def test_every_way_to_keep_a_cost_finite_is_right(lesson, exercise, log):
    assert lost(checked(lesson, exercise, with_logarithms(lesson, exercise, log))) == set()


@each_cost
def test_a_cost_that_leaves_out_nan_is_wrong_where_it_is_sure_and_wrong_alone(lesson, exercise):
    result = checked(lesson, exercise, with_logarithms(lesson, exercise, np.log, np.nansum))
    assert lost(result) == {cross_entropy.WRONG}
    said = {(f.kind, f.message.partition(".")[0], f.misconception) for case in result.cases for f in case.findings}
    assert said == {("not_finite", "inf", "infinite when sure and wrong")}


@each_cost
def test_a_cost_that_is_capped_low_is_wrong_where_it_is_sure_and_wrong(lesson, exercise):
    result = checked(lesson, exercise, with_logarithms(lesson, exercise, lambda p: np.log(np.maximum(p, 1e-6))))
    assert cross_entropy.WRONG in lost(result)


@each_cost
def test_the_cost_of_the_solution_does_not_jump_where_a_probability_rounds(lesson, exercise):
    """1 - 2**-53 is the largest number below 1."""
    Y = np.array([[0, 1, 0]])
    if exercise.name.startswith("compute_cost"):
        more = ({f"W{n}": np.zeros((1, 1)) for n in (1, 2, 3)}, 0.0) if "regular" in exercise.name else ()
        costs = [solution(lesson, exercise)(np.array([[last, 0.5, 0.25]]), Y, *more) for last in (1.0, 1 - 2.0**-53)]
        assert 0 < costs[0] - costs[1] < 1


# ---- warnings


@each_exercise
def test_a_warning_costs_points_exactly_where_the_docstring_asks_for_none(lesson, exercise):
    silent = any(reference.case.silent for reference in read_references(lesson, exercise))
    assert silent == ("without a warning" in inspect.getdoc(solution(lesson, exercise)))


# ---- predictions

PREDICTIONS = [param for param in EXERCISES if param.values[1].name == "predict"]


@pytest.mark.parametrize(("lesson", "exercise"), PREDICTIONS)
def test_one_half_is_not_above_one_half(lesson, exercise):
    source = solutions.function_source(lesson, exercise.name)
    result = checked(lesson, exercise, solutions.compiled(lesson, exercise, source.replace(" > 0.5", " >= 0.5")))
    (output,) = lost(result)
    assert output.endswith("at exactly 0.5")
    assert {f.misconception for case in result.cases for f in case.findings} == {"one half counts as above"}


# ---- single sentences

FOLDER = Path(__file__).parent / "broken_sentences"
FILES = sorted(FOLDER.glob("*/*.py"))
cells_of = cache(solved)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_function_that_breaks_a_sentence_of_its_docstring_is_not_right(file):
    lesson = load_lesson(file.parent.name)
    exercise = lesson.exercise(file.stem.split("__")[0])
    sentence = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))).split(" -- ")[0]
    assert " ".join(sentence.split()) in " ".join(inspect.getdoc(solution(lesson, exercise)).split())
    names = {"__name__": "__main__"}
    for source in {**cells_of(lesson), exercise.name: file.read_text(encoding="utf-8")}.values():
        exec(compile(source, "<cell>", "exec"), names)
    with np.errstate(all="ignore"):
        result, _ = Check(lesson, names).run(exercise, find(names, exercise.name))
    assert result.status not in ("passed", "missing", "not_implemented")
