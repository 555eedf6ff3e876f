"""The laws of a course: each says in a sentence what breaks it, and pytest collects them for any course."""

import os
import subprocess
import sys
import zlib
from dataclasses import replace

import numpy as np
import pytest

from grader.authoring import build, laws
from grader.authoring.laws import built, earning, exercises, gradients, handwritten, mistakes, notebooks
from grader.course import Misconception, current
from grader.course.courses import VARIABLE

OTHER = Misconception("other", "A > 0.5", "A < 0.5", "Turned.")


@pytest.fixture(scope="module")
def lesson():
    """As it is declared, with its generators and the edits of its known mistakes."""
    return current().declared("logistic_regression")


@pytest.fixture
def propagate(lesson):
    return lesson.exercise("propagate")


@pytest.fixture
def predict(lesson):
    return lesson.exercise("predict")


def broken(law, *things):
    """What a law says, in one text."""
    return "\n".join(law(*things))


# ---- cases


def test_points_that_are_no_whole_numbers_are_named(lesson, propagate):
    assert "cost has 1.5 points" in broken(
        exercises.points_are_whole_numbers, lesson, replace(propagate, points={"cost": 1.5})
    )


def test_an_output_that_no_case_judges_is_named(lesson, propagate):
    law = exercises.every_output_is_judged_twice_or_by_a_case_of_its_own
    more = replace(propagate, points={**propagate.points, "loss": 3})
    assert "loss is judged by 0 visible cases" in broken(law, lesson, more)


def test_two_cases_of_one_label_are_named(lesson, propagate, monkeypatch):
    first = exercises.visible(lesson, propagate)[0]
    monkeypatch.setattr(exercises, "visible", lambda *_: (first, first))
    assert f'2 cases have the label "{first.case.label}"' in broken(exercises.labels_differ, lesson, propagate)


def test_hidden_cases_that_demand_something_else_are_named(lesson, propagate):
    fewer = replace(propagate, draw=lambda rng: iter([next(iter(propagate.draw(rng)))]))
    said = broken(exercises.hidden_cases_demand_what_visible_ones_demand, lesson, fewer)
    assert "seed 1 gives 1 cases" in said
    turned = replace(propagate, draw=lambda rng: reversed(list(propagate.draw(rng))))
    assert "asks for" in broken(exercises.hidden_cases_demand_what_visible_ones_demand, lesson, turned)


def test_hidden_cases_with_the_visible_numbers_are_named(lesson, propagate):
    seed = [0, zlib.crc32(b"propagate")]
    same = replace(propagate, draw=lambda _rng: propagate.draw(np.random.default_rng(seed)))
    assert "the numbers of the visible cases" in broken(exercises.hidden_cases_have_other_numbers, lesson, same)


def test_cases_that_chance_decides_are_named(lesson, propagate):
    chance = replace(propagate, draw=lambda _rng: propagate.draw(np.random.default_rng()))
    assert "differ from one drawing" in broken(exercises.a_seed_gives_the_same_cases, lesson, chance)


def test_what_only_this_course_asks_for_in_a_common_case_is_named(lesson, propagate):
    law = exercises.what_only_this_course_asks_for_has_cases_of_its_own
    said = broken(law, lesson, replace(propagate, ours=frozenset({"cost", "loss"})))
    assert "is about cost and about what others ask for too" in said
    assert "`ours` names loss, which has no points" in said


def test_a_warm_up_with_points_and_an_extra_that_is_needed_are_named(lesson, propagate):
    law = exercises.a_warm_up_is_needed_and_an_extra_is_not
    warm_up = replace(propagate, warm_up=True)
    assert f"it is a warm-up and has {propagate.max_points} points" in broken(law, lesson, warm_up)
    assert "optimize needs it" in broken(law, lesson, replace(propagate, points={}))


def test_missing_hints_are_named(lesson, propagate, monkeypatch):
    monkeypatch.setattr(exercises, "hints", lambda *_: ())
    assert "no hint above it" in broken(exercises.there_are_hints, lesson, propagate)


# ---- earning


def test_a_solution_that_fails_its_check_is_named(lesson, propagate, monkeypatch):
    monkeypatch.setattr(notebooks, "solved", notebooks.stubs)
    assert "the solution is not_implemented with 0 of" in broken(earning.solution_passes_check, lesson, propagate)


def test_a_stub_that_earns_something_is_named(lesson, propagate, monkeypatch):
    monkeypatch.setattr(notebooks, "stubs", notebooks.solved)
    assert "the stub is passed" in broken(earning.stub_earns_nothing_in_check, lesson, propagate)


def test_marks_in_grade_that_are_not_the_solutions_are_named(lesson, sandbox, monkeypatch):
    kept = notebooks.solved, notebooks.stubs
    monkeypatch.setattr(notebooks, "solved", kept[1])
    assert "seed 1: propagate is not_implemented" in broken(earning.solutions_earn_everything_in_grade, lesson, sandbox)
    monkeypatch.setattr(notebooks, "stubs", kept[0])
    assert "the stub of propagate is passed" in broken(earning.stubs_earn_nothing_in_grade, lesson, sandbox)


# ---- gradients


def test_a_declared_gradient_is_measured(lesson, propagate):
    law = gradients.gradients_agree_with_numerical_ones
    right = {'grads["dw"]': ("cost", "w"), 'grads["db"]': ("cost", "b")}
    assert broken(law, lesson, replace(propagate, gradients=right)) == ""
    assert "the shape" in broken(law, lesson, replace(propagate, gradients={'grads["db"]': ("cost", "w")}))
    wrong = {"cost": ("cost", "b")}
    assert "cost is not the gradient of cost by b" in broken(law, lesson, replace(propagate, gradients=wrong))


def test_a_gradient_of_another_exercise_is_measured():
    lesson = current().declared("gradient_checking")
    exercise = replace(lesson.exercise("backward_propagation"), gradients={"dtheta": ("forward_propagation", "theta")})
    assert broken(gradients.gradients_agree_with_numerical_ones, lesson, exercise) == ""
    wrong = replace(exercise, gradients={"dtheta": ("forward_propagation", "x")})
    assert "is not the gradient of forward_propagation by x" in broken(
        gradients.gradients_agree_with_numerical_ones, lesson, wrong
    )


# ---- mistakes


def test_a_misconception_that_passes_is_named(lesson, predict):
    same = replace(predict, misconceptions=(Misconception("same", "A > 0.5", "A > 0.5 + 1e-12", "The same."),))
    assert '"same" passes all visible cases' in broken(mistakes.visible_cases_find_each_misconception, lesson, same)


def test_a_misconception_that_is_called_something_else_is_named(lesson, predict):
    said = broken(mistakes.misconceptions_are_named_as_themselves, lesson, replace(predict, misconceptions=(OTHER,)))
    assert '"other" is called ' in said
    assert "in the visible cases" in said


def test_a_sentence_with_a_line_of_the_solution_is_named(lesson, predict):
    quoting = replace(OTHER, sentence="Write Y_prediction = (A > 0.5).astype(int) instead.")
    said = broken(mistakes.sentences_do_not_quote_the_solution, lesson, replace(predict, misconceptions=(quoting,)))
    assert 'the sentence of "other" has the line Y_prediction = (A > 0.5).astype(int)' in said


def test_a_mutant_that_survives_is_named(lesson, predict, monkeypatch):
    def without_one_half(rng):
        return (case for case in predict.draw(rng) if not case.judged)

    weaker = replace(predict, draw=without_one_half)
    assert "Y_prediction = (A >= 0.5).astype(int)" in broken(mistakes.hidden_cases_kill_every_mutant, lesson, weaker)
    few = [one for one in exercises.visible(lesson, predict) if not one.case.judged]
    monkeypatch.setattr(mistakes, "visible", lambda *_: few)
    assert "no visible case notices `Y_prediction = (A >= 0.5)" in broken(
        mistakes.visible_cases_kill_every_mutant, lesson, predict
    )


def test_what_is_declared_equivalent_and_is_not_is_named(lesson, predict):
    mutant = "Y_prediction = (A >= 0.5).astype(int)"
    declared = replace(predict, equivalent={mutant: "no reason"})
    assert f"`{mutant}` returns something else" in broken(mistakes.equivalent_mutants_return_the_same, lesson, declared)
    assert f"`equivalent` has `{mutant}`" in broken(mistakes.visible_cases_kill_every_mutant, lesson, declared)


def test_words_for_a_mutant_that_tell_the_solution_are_named(lesson, predict, monkeypatch):
    monkeypatch.setattr(mistakes, "sentence", lambda _says: "Write A = sigmoid(w.T @ X + b) here.")
    law = mistakes.mutants_are_not_told_in_lines_of_the_solution
    assert "have the line A = sigmoid(w.T @ X + b)" in broken(law, lesson, predict)


# ---- what is built


def test_a_line_of_a_solution_in_a_text_is_named(lesson, tmp_path, monkeypatch):
    text = build.source_of(lesson).read_text(encoding="utf-8")
    path = tmp_path / "lesson.py"
    path.write_text("# %% [markdown]\n# Write `dw = X @ (A - Y).T / m`.\n\n" + text, encoding="utf-8")
    monkeypatch.setattr(build, "source_of", lambda _lesson: path)
    said = broken(built.notebook_holds_no_line_of_a_solution, lesson)
    assert said == "the notebook has the line dw = X @ (A - Y).T / m"


def test_a_lesson_that_does_something_when_it_is_imported_is_named(lesson, tmp_path, monkeypatch):
    path = tmp_path / "lesson.py"
    monkeypatch.setattr(build, "source_of", lambda _lesson: path)
    path.write_text("def predict(x):\n    return x\n", encoding="utf-8")
    assert broken(built.importing_the_solutions_does_nothing, lesson) == ""
    path.write_text("import tqdm\nprint('hello')\n", encoding="utf-8")
    assert broken(built.importing_the_solutions_does_nothing, lesson) == "importing it prints or loads: hello\ntqdm"
    path.write_text("1 / 0\n", encoding="utf-8")
    assert "ZeroDivisionError" in broken(built.importing_the_solutions_does_nothing, lesson)


# ---- solutions by hand


@pytest.fixture
def by_hand(tmp_path):
    """Writes a solution by hand; its file."""

    def write(source, name="predict__here", folder="right"):
        path = tmp_path / folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8")
        return path

    return write


RIGHT = "def predict(w, b, X):\n    return sigmoid(w.T @ X + b) > 0.5\n"


def test_a_right_solution_that_fails_is_named_with_its_case(lesson, by_hand):
    assert broken(handwritten.right_solution_passes, lesson, by_hand(RIGHT)) == ""
    said = broken(handwritten.right_solution_passes, lesson, by_hand(RIGHT.replace(">", "<")))
    assert 'in check: case "' in said
    assert "in the hidden cases: it is failed, without the points for Y_prediction" in said
    nothing = broken(handwritten.right_solution_passes, lesson, by_hand("x = 1\n"))
    assert nothing == "it does not define predict"


def test_a_wrong_solution_that_passes_is_named(lesson, by_hand, monkeypatch):
    law = handwritten.wrong_solution_does_not_pass
    assert broken(law, lesson, by_hand(RIGHT)).startswith("it passes: add a case")
    assert broken(law, lesson, by_hand(RIGHT.replace(">", "<"))) == ""
    assert "a wrong solution defines predict" in broken(law, lesson, by_hand("x = 1\n"))
    monkeypatch.setattr(handwritten, "accepted", lambda *_: {"predict__here": "it may"})
    assert broken(law, lesson, by_hand(RIGHT)) == ""
    assert "take it out there" in broken(law, lesson, by_hand(RIGHT.replace(">", "<")))


def test_an_exception_without_a_file_or_a_reason_is_named(lesson, by_hand, monkeypatch):
    file = by_hand(RIGHT)
    monkeypatch.setattr(handwritten, "source_of", lambda _lesson: file.parents[1] / "lesson.py")
    law = handwritten.exceptions_are_files_with_a_reason
    assert broken(law, lesson) == ""
    exceptions = '[alone]\npredict__here = " "\npredict__gone = "a reason"\n[right]\npredict__here = "a reason"\n'
    (file.parent / "accepted.toml").write_text(exceptions, encoding="utf-8")
    handwritten._table.cache_clear()
    said = broken(law, lesson)
    handwritten._table.cache_clear()
    assert "right/accepted.toml, [alone]: there is no file predict__gone.py" in said
    assert "right/accepted.toml, [alone]: predict__here has no reason" in said
    assert "right/accepted.toml, [right]: write [alone] or [original]" in said


# ---- as a plugin

DECLARED = """
from grader.course import Lesson, case, exercise


@exercise(returns=["y"], points={"y": 1.5})
def doubled(rng):
    yield case("one number", float(rng.normal()))


@exercise(returns=["y"], points={"y": 50})
def halved(rng):
    yield case("one number", float(rng.normal()))


LESSON = Lesson("numbers", "Numbers", (doubled, halved))
"""


@pytest.fixture
def course(tmp_path):
    """The folder of a small course."""
    folder = tmp_path / "course"
    lesson = folder / "source_solutions" / "numbers"
    (lesson / "wrong").mkdir(parents=True)
    (folder / "course.toml").write_text(
        '[course]\nname = "small"\ntitle = "Small"\nversion = "1"\nlessons = ["numbers"]\n', encoding="utf-8"
    )
    (lesson / "cases.py").write_text(DECLARED, encoding="utf-8")
    (lesson / "wrong" / "halved__not.py").write_text("def halved(x):\n    return x\n", encoding="utf-8")
    return folder


def run(folder, *arguments):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no", *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def collected(folder, *arguments):
    out = run(folder, "--collect-only", *arguments).stdout
    return [line.partition("course.toml::")[2] for line in out.splitlines() if "course.toml::" in line]


def test_a_course_is_collected_by_lesson_and_exercise(course, tmp_path):
    found = collected(tmp_path, "--course", course)
    assert {name.rpartition("::")[0] for name in found} == {"", "numbers", "numbers::doubled", "numbers::halved"}
    assert "numbers::halved::wrong[not]" in found
    assert len(found) == len(set(found))
    assert all(name.startswith("numbers::halved::") for name in collected(tmp_path, "--course", course, "-k", "halved"))


def test_the_file_of_a_course_can_be_named_and_is_not_collected_by_itself(course):
    assert collected(course, "course.toml") == collected(course, "--course", ".")
    assert collected(course, ".") == []


def test_a_broken_law_is_told_in_sentences_and_not_by_a_traceback(course, tmp_path):
    ran = run(tmp_path, "--course", course, "-k", "points_are_whole_numbers")
    assert ran.returncode == 1
    assert (
        "The law: Points are whole numbers, none of them negative.\n\ny has 1.5 points: write a whole number"
        in ran.stdout
    )
    assert "1 failed, 1 passed" in ran.stdout
    assert "Traceback" not in ran.stdout
    assert "laws/exercises.py" not in ran.stdout


def test_workers_of_xdist_collect_the_same(course, tmp_path):
    ran = run(tmp_path, "--course", course, "-k", "points_are_whole_numbers", "-n", "2")
    assert "1 failed, 1 passed" in ran.stdout


def test_a_folder_without_a_course_is_refused(tmp_path):
    ran = run(tmp_path, "--course", tmp_path)
    assert ran.returncode == pytest.ExitCode.USAGE_ERROR
    assert "there is no course.toml in this folder" in ran.stderr


def test_a_solution_by_hand_of_no_exercise_is_named(course, tmp_path):
    stranger = course / "source_solutions" / "numbers" / "wrong" / "thirded__not.py"
    stranger.touch()
    ran = run(tmp_path, "--course", course)
    assert f"{stranger}: numbers has no such exercise" in ran.stdout


def test_every_law_says_what_holds():
    every = [*laws.OF_A_COURSE, *laws.OF_A_LESSON, *laws.GRADED, *laws.OF_AN_EXERCISE, *laws.OF_A_FILE.values()]
    assert all(law.__doc__ and laws.promise(law).endswith(".") for law in every)
    assert len({law.__name__ for law in every}) == len(every)
