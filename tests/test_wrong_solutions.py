"""Wrong solutions written by hand, without a look at the declarations of the exercises: `check` must not pass any of them."""

import runpy
from pathlib import Path

import pytest

from grader.check import Check
from grader.course import load_lesson

FOLDER = Path(__file__).parent / "wrong_solutions"
FILES = sorted(FOLDER.glob("*/*.py"))

# What is still open: (what goes wrong, the exception or None). Strict: who mends one takes it out of here.
NOT_NOTICED = ("no case tells it from a right one", None)
CHECK_RAISES = ("check raises where it reads the sizes of a case with a tuple of unlike arrays", ValueError)
OPEN = {
    "cnn/conv_backward__overwrites_and_divides": CHECK_RAISES,
    "cnn/conv_backward_fast__db_without_axes": CHECK_RAISES,
    "cnn/conv_forward__padded_picture_in_cache": NOT_NOTICED,
    "cnn/pool_backward__mask_of_gradient": CHECK_RAISES,
    "deep_net/linear_backward__divided_by_units": CHECK_RAISES,
    "gradient_checking/backward_propagation_n__mean_too_early": CHECK_RAISES,
    "gradient_checking/backward_propagation_n__two_over_m_and_m_twice": CHECK_RAISES,
    "logistic_regression/predict__undecided_is_yes": NOT_NOTICED,
    "regularisation/split_data__rounded_down_one_by_one": NOT_NOTICED,
}


def _param(file):
    name = f"{file.parent.name}/{file.stem}"
    reason, raises = OPEN.get(name, ("", None))
    marks = [pytest.mark.xfail(strict=True, reason=reason, raises=raises or AssertionError)] if reason else []
    return pytest.param(file, id=name, marks=marks)


@pytest.mark.parametrize("file", [_param(file) for file in FILES])
def test_check_does_not_pass(file):
    lesson = load_lesson(file.parent.name)
    exercise = lesson.exercise(file.stem.split("__")[0])
    names = runpy.run_path(str(file))
    assert exercise.name in names
    result, _ = Check(lesson, names).run(exercise, names[exercise.name])
    assert result.status != "passed"


def test_every_lesson_has_some():
    assert len({file.parent for file in FILES}) == 9
    assert len(FILES) >= 60
