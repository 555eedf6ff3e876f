"""Right values in another form: the finding says which form, in check and in grade alike."""

import re

import pytest

from grader import load_lesson
from grader.course import Outcome
from grader.grading import solutions
from grader.grading.grade import Round, Submission, grade
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.judging.references import read_references
from grader.running.notebook import read_cells
from grader.student.check import Check
from making import edited, functions, notebook, solved


def in_check(lesson, sources, name, _sandbox):
    names = functions(sources, lesson)
    return Check(lesson, names).run(lesson.exercise(name), names[name])[0]


def in_grade(lesson, sources, name, sandbox):
    # The others would be graded too, each with a right one in the place of this.
    others = {one.name for one in lesson.exercises} - {name, *solutions.needs(lesson, lesson.exercise(name))}
    cells = read_cells(notebook({one: source for one, source in sources.items() if one not in others})).cells
    result = grade(Submission("", "", cells), Round(lesson.name, 1, 5), sandbox)
    return next(r for r in result.exercises if r.name == name)


@pytest.fixture(params=[in_check, in_grade], ids=["check", "grade"])
def said(request, sandbox):
    """What is said of an exercise whose solution is edited, in every failing case."""

    def messages(lesson_name, name, old, new):
        lesson = load_lesson(lesson_name)
        result = request.param(lesson, edited(solved(lesson), name, old, new), name, sandbox)
        assert result.status == "failed"
        found = {f.message for c in result.cases for f in c.findings}
        assert found
        return found

    return messages


@pytest.mark.parametrize(
    ("lesson", "name", "old", "new", "part"),
    [
        ("logistic_regression", "propagate", "return grads, cost", "return cost, grads", "in the order cost, grads"),
        (
            "logistic_regression",
            "propagate",
            "return grads, cost",
            "return (grads, cost),",
            "one more pair of brackets",
        ),
        ("logistic_regression", "propagate", "return grads, cost", "return cost", "`cost` alone; 2 values"),
        ("logistic_regression", "propagate", "return grads, cost", "print(grads, cost)", "`print` only shows a value"),
        ("logistic_regression", "propagate", "return grads, cost", "pass", "the call returned nothing"),
        ("deep_net", "linear_backward", "return dA_prev, dW, db", "return db, dA_prev, dW", "db, dA_prev, dW; asked"),
        ("optimisation", "initialize_adam", "return v, s", "return {'v': v, 's': s}", "asked for: v, s"),
    ],
)
def test_the_form_is_named_in_every_case(said, lesson, name, old, new, part):
    assert [message for message in said(lesson, name, old, new) if part not in message] == []


@pytest.mark.parametrize(
    ("lesson", "name", "old", "new", "part"),
    [
        (
            "logistic_regression",
            "propagate",
            '"db": db',
            '"dB": db',
            'no entry "db"; its keys are: "dw", "dB"; "dB" is spelt',
        ),
        ("logistic_regression", "propagate", '"db": db', '"bias": db', 'no entry "db"; its keys are: "dw", "bias"'),
        ("logistic_regression", "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T / m,", "a comma after"),
        ("logistic_regression", "propagate", "return grads, cost", "return grads", "`grads` alone; 2 values"),
        ("deep_net", "linear_backward", "return dA_prev, dW, db", "return dA_prev, db, db", "it is what db should be"),
        ("optimisation", "initialize_velocity", 'v["d" + name]', "v[name]", "has no entries"),
    ],
)
def test_an_output_says_what_it_is_instead(said, lesson, name, old, new, part):
    assert any(part in message for message in said(lesson, name, old, new))


def test_whole_numbers_that_are_alike_by_chance_are_not_said_to_be_another_output(said):
    assert not any("should be" in message for message in said("shallow_net", "layer_sizes", "n_h = 4", "n_h = 3"))


def test_what_stops_every_call_is_shown_once_for_all_outputs(capsys):
    lesson = load_lesson("logistic_regression")
    sources = edited(solved(lesson), "propagate", "w.T @ X", "w @ X")
    Check(lesson, functions(sources, lesson))("propagate")
    shown = capsys.readouterr().out
    assert shown.count("an error stopped the call in 8 of 8 cases") == 1
    assert shown.count("ValueError") == 1


def test_right_values_that_take_too_long_are_only_slow():
    lesson = load_lesson("cnn")
    exercise = lesson.exercise("conv_forward_fast")
    timed = next(r for r in read_references(lesson, exercise) if r.case.pace)
    outcome = Outcome((timed.expected["time for Z"], None), slowness=10**6)
    result = explained(exercise, [Played(timed, outcome)])
    assert [finding.kind for finding in result.cases[0].findings] == ["slow"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("w.T @ X", "w @ X"), ("np.sum(A - Y)", "np.sum(A - y)"), ("X.shape[1]", "X.shape[2]"), ("np.log(", "np.lgo(")],
)
def test_an_error_says_the_same_in_check_and_in_grade(sandbox, old, new):
    lesson = load_lesson("logistic_regression")
    solution = solved(lesson)
    sources = {**solution, "propagate": solution["propagate"].replace(old, new, 1)}
    checked, graded = (way(lesson, sources, "propagate", sandbox) for way in (in_check, in_grade))
    said = {case.name: case.findings[0].message for case in graded.cases if case.visible}
    assert {case.name: case.findings[0].message for case in checked.cases} == said


def test_fractions_that_an_array_of_whole_numbers_cannot_keep_are_said_to_be_cut_off(said):
    messages = said("logistic_regression", "standardize", "return X_scaled", "return X_scaled.astype(X.dtype)")
    # Where there were none to cut off, the kind of the numbers alone is said.
    said_of_it = re.compile("of the type uint8: the fractions are cut off|numbers that are not floating point")
    assert [one for one in messages if not said_of_it.search(one)] == []
