"""A bug hunt: one small change in a copy of a student's own right function, which they find, name and mend."""

import ast
import re

import pytest

from grader import load_lesson
from grader.running.notebook import Cell
from grader.student.check import Check
from grader.student.hunt import HuntAnswer, answers, is_done
from making import edited, functions, notebook, solved

NAME = "propagate"
# Another student's way of writing the same.
ANOTHER = """\
def propagate(w, b, X, Y):
    count = X.shape[1]
    prob = 1 / (1 + np.exp(-(np.dot(w.T, X) + b)))
    inside = Y * np.log(np.maximum(prob, 1e-300)) + (1 - Y) * np.log(np.maximum(1 - prob, 2**-54))
    cost = -np.mean(inside)
    error = prob - Y
    return {"dw": np.dot(X, error.T) / count, "db": np.mean(error)}, cost
"""


@pytest.fixture
def check(lesson, solution):
    return Check(lesson, functions(solution, lesson))


def quarry_of(lesson, source=None):
    names = functions({**solved(lesson), **({NAME: source} if source else {})}, lesson)
    return Check(lesson, names).ground(lesson.exercise(NAME)).quarry()


def mend_of(check, lesson):
    """The number of the changed line, and how it reads in the student's own function."""
    ground = check.ground(lesson.exercise(NAME))
    right, wrong = ground.source_without_prose.split("\n"), ground.quarry().changed.source.split("\n")
    return next((n, one.strip()) for n, (one, other) in enumerate(zip(right, wrong, strict=True), 1) if one != other)


def test_the_copy_differs_from_the_students_function_in_one_line_and_is_wrong(check, lesson):
    ground = check.ground(lesson.exercise(NAME))
    right, wrong = ground.source_without_prose.split("\n"), ground.quarry().changed.source.split("\n")
    assert sum(one != other for one, other in zip(right, wrong, strict=True)) == 1
    assert not ground.is_right(ground.quarry().changed.function)


def test_two_students_have_two_hunts_and_one_student_has_one(lesson):
    mine, other = quarry_of(lesson), quarry_of(lesson, ANOTHER)
    assert mine.changed.source != other.changed.source
    assert quarry_of(lesson, ANOTHER).changed.source == other.changed.source
    assert quarry_of(lesson, ANOTHER.replace("count = X", "count = X  # how many\n    count = X")) is not None


def test_a_comment_makes_no_other_hunt(lesson):
    with_comment = ANOTHER.replace("    error =", "    # how far off\n    error =")
    assert quarry_of(lesson, with_comment).changed.source == quarry_of(lesson, ANOTHER).changed.source


def test_nothing_of_a_solution_is_shown(lesson, capsys):
    names = functions({**solved(lesson), NAME: ANOTHER}, lesson)
    check = Check(lesson, names)
    hunt = check.hunt(NAME)
    hunt.differs(*check.inputs(NAME))
    hunt.cause(quarry_of(lesson, ANOTHER).right)
    shown = capsys.readouterr().out
    assert "np.dot(X, error.T)" in shown
    theirs = {node.id for node in ast.walk(ast.parse(solved(lesson)[NAME])) if isinstance(node, ast.Name)}
    alone = {name for name in theirs if len(name) > 2 and not re.search(rf"\b{name}\b", ANOTHER)}
    assert alone
    assert not {name for name in alone if re.search(rf"\b{name}\b", shown)}


def test_the_way_of_a_hunt(check, lesson, capsys):
    hunt = check.hunt(NAME)
    assert "one small thing" in capsys.readouterr().out
    hunt.cause(1)
    assert "First find an input" in capsys.readouterr().out
    for label in [case.name for case in check.result(NAME).cases]:
        hunt.differs(*check.inputs(NAME, label))
    assert "Which of these is it?" in capsys.readouterr().out
    right = quarry_of(lesson).right
    hunt.cause(right % 4 + 1)
    assert "No:" in capsys.readouterr().out
    hunt.mend(1, "pass")
    assert "First name the cause" in capsys.readouterr().out
    hunt.cause(right)
    assert "Mend it" in capsys.readouterr().out
    hunt.mend(1, "def propagate(:")
    assert "Not yet" in capsys.readouterr().out
    hunt.mend(*mend_of(check, lesson))
    assert "Well hunted" in capsys.readouterr().out


def test_arguments_that_the_change_does_not_touch_or_that_do_not_fit_are_told_kindly(check, capsys):
    hunt = check.hunt(NAME)
    hunt.differs(1)
    assert "Your own function stops" in capsys.readouterr().out


def test_the_copy_can_be_called(check):
    assert len(check.hunt(NAME)(*check.inputs(NAME))) == 2


@pytest.mark.parametrize(("old", "new"), [("dw = X", "dw = 2 * X"), ("A = sigmoid", "raise NotImplementedError  #")])
def test_who_has_not_passed_is_told_kindly(lesson, solution, capsys, old, new):
    check = Check(lesson, functions(edited(solution, NAME, old, new), lesson))
    assert check.hunt(NAME) is None
    assert "once its check passes" in capsys.readouterr().out


def test_an_exercise_in_which_too_little_can_be_changed_has_no_hunt(lesson, capsys):
    short = "def initialize_with_zeros(dim):\n    return np.zeros([dim, True]), False * 1.0"
    check = Check(lesson, functions({**solved(lesson), "initialize_with_zeros": short}, lesson))
    assert check.hunt("initialize_with_zeros") is None or "bug hunt" in capsys.readouterr().out


def test_no_exercise_of_that_name_is_said_as_in_a_check(check, capsys):
    assert check.hunt("propagat") is None
    assert "Did you mean `propagate`" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("name", ["shallow_net", "cnn", "deep_net"])
def test_most_exercises_have_a_hunt(name):
    lesson = load_lesson(name)
    check = Check(lesson, functions(solved(lesson), lesson))
    grounds = [check.ground(one) for one in lesson.exercises]
    assert sum(bool(ground and ground.quarry()) for ground in grounds) >= 0.6 * len(grounds)


# ---- what a notebook keeps of it


def test_the_last_answers_of_a_notebook_count():
    cells = [
        Cell(1, 'hunt = check.hunt("propagate")'),
        Cell(2, "hunt.cause(1)\nhunt.cause(3)\nother.cause(2)"),
        Cell(3, 'hunt.mend(4, "dw = 1")\nhunt.mend(n, text)'),
    ]
    assert answers(cells) == {"propagate": HuntAnswer(3, (4, "dw = 1"))}


def test_progress_shows_a_hunt_that_is_answered_rightly_and_no_other(check, lesson, solution, tmp_path, grader_command):
    line, text = mend_of(check, lesson)
    right = quarry_of(lesson).right
    assert is_done(check.ground(lesson.exercise(NAME)), HuntAnswer(right, (line, text)))
    for cause, shown in ((right, True), (right % 4 + 1, False)):
        hunting = f'hunt = check.hunt("{NAME}")\nhunt.cause({cause})\nhunt.mend({line}, {text!r})'
        data = notebook({**solution, "hunting": hunting}, nn_by_hand={"lesson": lesson.name})
        (tmp_path / "02.ipynb").write_bytes(data)
        assert ("bug hunts: propagate" in grader_command("progress", tmp_path).out) is shown
