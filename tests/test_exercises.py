"""Every exercise of every lesson, as declared: what its cases demand, and that they hold what they promise."""

import numpy as np
import pytest

from grader import build, references, solutions
from grader.calling import call
from grader.check import Check
from grader.course import Case, Outcome
from grader.grade import Round, Submission, cases, grade
from grader.judge import Played, exercise_result
from grader.notebook import read_cells
from grader.packing.writer import inputs_digest
from making import functions, notebook, solved, stubs

LESSONS = build.lessons()
EXERCISES = [
    pytest.param(lesson, exercise, id=f"{lesson.name}-{exercise.name}")
    for lesson in LESSONS
    for exercise in lesson.exercises
]
MISCONCEPTIONS = [
    pytest.param(lesson, exercise, mistake, id=f"{lesson.name}-{exercise.name}-{mistake.id}")
    for lesson in LESSONS
    for exercise in lesson.exercises
    for mistake in exercise.misconceptions
]
SEEDS = [1, 300]
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
each_exercise = pytest.mark.parametrize(("lesson", "exercise"), EXERCISES)
each_misconception = pytest.mark.parametrize(("lesson", "exercise", "mistake"), MISCONCEPTIONS)
each_seed = pytest.mark.parametrize("seed", SEEDS, ids="seed {}".format)


def visible_cases(lesson, exercise):
    return references.read_references(lesson, exercise)


def hidden_cases(lesson, exercise, seed):
    return [reference for reference, visible in cases(lesson, exercise, seed) if not visible]


def outcomes(function, drawn):
    return [Played(reference, call(function, reference.case)) for reference in drawn]


def numbers(value):
    """Every array and number in the arguments of a case."""
    if isinstance(value, Case):
        return numbers([value.args, dict(value.kwargs), {n: g.data for n, g in value.given.items()}])
    if isinstance(value, dict):
        return numbers(list(value.values()))
    if isinstance(value, (list, tuple)):
        return [found for item in value for found in numbers(item)]
    return [] if value is None or isinstance(value, str) else [np.asarray(value)]


# ---- points


@each_lesson
def test_points_of_a_lesson_sum_to_100(lesson):
    assert lesson.max_points == 100


@each_exercise
def test_points_are_whole_numbers(lesson, exercise):
    assert all(type(points) is int and points >= 0 for points in exercise.points.values())


@each_exercise
def test_every_output_with_points_is_judged_by_at_least_two_cases_or_by_one_of_its_own(lesson, exercise):
    drawn = visible_cases(lesson, exercise)
    for output in exercise.points:
        about = [reference for reference in drawn if output in reference.expected]
        assert len(about) >= 2 or any(output in reference.case.judged for reference in about)


# ---- solutions earn everything, stubs nothing


@each_exercise
def test_the_solution_passes_the_visible_cases(lesson, exercise):
    names = functions(solved(lesson), lesson)
    result, _outcomes = Check(lesson, names).run(exercise, names[exercise.name])
    assert (result.status, result.points) == ("passed", exercise.max_points)


@each_exercise
def test_the_stub_earns_nothing_in_check(lesson, exercise):
    names = functions(stubs(lesson), lesson)
    result, _outcomes = Check(lesson, names).run(exercise, names[exercise.name])
    assert (result.status, result.points) == ("not_implemented", 0)


@pytest.fixture(scope="module")
def graded(sandbox):
    """(solved or stubs, lesson, seed) -> its Result; each is graded once."""
    kept = {}

    def result_of(made, lesson, seed):
        if (made, lesson, seed) not in kept:
            cells = read_cells(notebook(made(lesson))).cells
            kept[made, lesson, seed] = grade(Submission("", "", cells), Round(lesson.name, 1, seed), sandbox)
        return kept[made, lesson, seed]

    return result_of


@each_seed
@each_exercise
def test_the_solution_earns_full_marks_in_grade(lesson, exercise, seed, graded):
    result = next(r for r in graded(solved, lesson, seed).exercises if r.name == exercise.name)
    assert (result.status, result.points) == ("passed", exercise.max_points)


@each_exercise
def test_the_stub_earns_nothing_in_grade(lesson, exercise, graded):
    result = next(r for r in graded(stubs, lesson, SEEDS[0]).exercises if r.name == exercise.name)
    assert (result.status, result.points) == ("not_implemented", 0)


# ---- misconceptions


@each_misconception
def test_the_visible_cases_find_the_misconception(lesson, exercise, mistake):
    visible = visible_cases(lesson, exercise)
    result = exercise_result(exercise, outcomes(solutions.edited(lesson, exercise, mistake), visible))
    assert any(case.findings for case in result.cases)


def diagnosed(lesson, exercise, mistake, drawn):
    """The outputs that the misconception changes in two cases or more, and the cause named for each."""
    played = outcomes(solutions.edited(lesson, exercise, mistake), drawn)
    result = exercise_result(exercise, played)
    return {
        output: {case.finding(output).misconception for case in result.cases if case.finding(output)}
        for output in exercise.points
        if sum(case.finding(output) is not None for case in result.cases) >= 2
    }


@each_misconception
def test_the_misconception_is_named_as_the_cause(lesson, exercise, mistake):
    causes = diagnosed(lesson, exercise, mistake, visible_cases(lesson, exercise))
    assert set().union(*causes.values()) <= {mistake.id}


@each_seed
@each_misconception
def test_the_misconception_is_named_in_visible_and_hidden_cases_together(lesson, exercise, mistake, seed):
    np.random.seed(seed)
    visible, hidden = visible_cases(lesson, exercise), hidden_cases(lesson, exercise, seed)
    causes = diagnosed(lesson, exercise, mistake, [*visible, *hidden])
    assert causes
    assert set().union(*causes.values()) == {mistake.id}


@each_exercise
def test_the_sentences_do_not_quote_the_solution(lesson, exercise):
    lines = {line.strip() for line in solutions.function_source(lesson, exercise.name).splitlines()}
    quoted = [line for line in lines if len(line) > 10 and any(line in m.sentence for m in exercise.misconceptions)]
    assert quoted == []


# ---- cases


@each_seed
@each_exercise
def test_hidden_cases_demand_what_the_visible_ones_demand(lesson, exercise, seed):
    visible, hidden = visible_cases(lesson, exercise), hidden_cases(lesson, exercise, seed)
    assert [r.case.label for r in hidden] == [r.case.label for r in visible]
    assert [dict(r.case.judged) for r in hidden] == [dict(r.case.judged) for r in visible]
    assert [len(r.case.args) for r in hidden] == [len(r.case.args) for r in visible]
    assert [set(r.expected) for r in hidden] == [set(r.expected) for r in visible]


@each_seed
@each_exercise
def test_hidden_cases_have_other_numbers(lesson, exercise, seed):
    visible, hidden = visible_cases(lesson, exercise), hidden_cases(lesson, exercise, seed)
    pairs = zip(numbers([r.case for r in visible]), numbers([r.case for r in hidden]), strict=True)
    assert any(not np.array_equal(one, other) for one, other in pairs)


@each_exercise
def test_a_seed_gives_the_same_cases_each_time(lesson, exercise):
    one, other = (solutions.draw(lesson, exercise, 7) for _ in range(2))
    assert inputs_digest({"": one}) == inputs_digest({"": other})


@each_seed
@each_exercise
def test_no_input_is_square_but_where_a_label_says_so(lesson, exercise, seed):
    drawn = [
        reference for reference in hidden_cases(lesson, exercise, seed) if "of one size" not in reference.case.label
    ]
    assert len(drawn) >= 2
    for reference in drawn:
        for array in numbers(reference.case):
            # A filter is square by its definition: its two sides count as one.
            filters = lesson.name == "cnn" and array.ndim > 2 and array.shape[0] == array.shape[1]
            sizes = [size for size in array.shape[filters:] if size > 1]
            assert len(sizes) == len(set(sizes)), f'case "{reference.case.label}": shape {array.shape}'


@each_exercise
def test_cases_differ_in_shape_or_size(lesson, exercise):
    seen = [reference.case for reference in visible_cases(lesson, exercise)]
    sizes = {tuple(a.shape or a.item() for a in numbers(case)) for case in seen}
    assert len(sizes) == len(seen)


@each_exercise
def test_visible_labels_are_all_different(lesson, exercise):
    labels = [reference.case.label for reference in visible_cases(lesson, exercise)]
    assert len(labels) == len(set(labels))


@each_exercise
def test_a_function_that_returns_nothing_is_never_right(lesson, exercise):
    drawn = visible_cases(lesson, exercise)
    result = exercise_result(exercise, [Played(reference, Outcome(None)) for reference in drawn])
    assert (result.points, result.status) == (0, "failed")
