"""Wrong solutions written by hand, without a look at the declarations of the exercises: `check` must not pass any of them."""

import runpy
from pathlib import Path

import pytest

from grader.check import Check
from grader.course import load_lesson

FOLDER = Path(__file__).parents[1] / "source_solutions"
FILES = sorted(FOLDER.glob("*/wrong/*.py"))

# Not what their exercise says, and accepted all the same, each for its reason.
ACCEPTED = {
    "gradient_checking/gradient_check__formula_copied": "the formulas written out are right: it is judged without replacements",
    "deep_net/update_parameters__in_place": "an exercise may change its arguments in place",
    "optimisation/initialize_adam__one_dictionary": "the values are right, and each step makes dictionaries of its own",
}


def name_of(file):
    return f"{file.parents[1].name}/{file.stem}"


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_check_does_not_pass_but_what_is_accepted(file):
    lesson = load_lesson(file.parents[1].name)
    exercise = lesson.exercise(file.stem.split("__")[0])
    names = runpy.run_path(str(file))
    assert exercise.name in names
    result, _ = Check(lesson, names).run(exercise, names[exercise.name])
    assert (result.status == "passed") == (name_of(file) in ACCEPTED)


def test_every_lesson_has_some():
    assert len({file.parent for file in FILES}) == 9
    assert len(FILES) >= 300
