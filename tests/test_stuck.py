"""What somebody who is stuck gets: hints one at a time, and in self-study a solution to read or to borrow."""

import importlib.machinery
import shutil
import zipfile
from pathlib import Path

import pytest

from grader.course import courses, lesson_names, load_lesson
from grader.grading.solutions import function_source
from grader.running.notebook import Cell
from grader.student import borrowing
from grader.student.check import Check
from grader.student.hints import hints
from making import edited, functions, notebook, solved, stubs

ROOT = Path(__file__).parents[1]


@pytest.fixture
def wrong(lesson, solution):
    """Everything right but `propagate`, which was tried."""
    return edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")


@pytest.fixture
def names(lesson, wrong):
    return functions(wrong, lesson)


@pytest.fixture
def check(lesson, names, tmp_path):
    return Check(lesson, names, tmp_path)


def shown(capsys, ask, name="propagate"):
    capsys.readouterr()
    ask(name)
    return capsys.readouterr().out


# ---- hints


def test_hints_come_one_at_a_time_then_all_again(check, lesson, capsys):
    every = hints(lesson, "propagate")
    for number in range(1, len(every) + 1):
        out = shown(capsys, check.hint)
        assert f"Hint {number} of {len(every)}" in out
        assert out.count("Hint ") == 1
    assert shown(capsys, check.hint).count("Hint ") == len(every)


def test_hint_for_what_is_no_exercise_names_the_near_one(check, capsys):
    assert "Did you mean `propagate`?" in shown(capsys, check.hint, "propagat")


def test_without_the_notebook_there_are_no_hints_and_nothing_breaks(check, monkeypatch, capsys):
    monkeypatch.setattr("grader.student.hints.hints", lambda *_: ())
    assert "no hints" in shown(capsys, check.hint)
    assert "One way" in shown(capsys, check.solution)


@pytest.mark.parametrize("ask", ["hint", "solution", "borrow"])
@pytest.mark.parametrize("thing", [5, None, [], lambda: 1], ids=lambda thing: type(thing).__name__)
def test_asking_for_a_thing_that_is_no_exercise_breaks_nothing(ask, thing, check, capsys):
    assert "no exercise" in shown(capsys, getattr(check, ask), thing)


def test_the_function_itself_serves_for_its_name(check, names, capsys):
    assert "Hint 1" in shown(capsys, check.hint, names["propagate"])


def test_after_a_few_failed_checks_help_is_named_step_by_step(check, lesson, tmp_path, capsys):
    assert ["Stuck?" in shown(capsys, check) for _time in range(3)] == [False, False, True]
    for _hint in hints(lesson, "propagate"):
        assert "check.hint" in shown(capsys, check)
        check.hint("propagate")
    assert "check.solution" in shown(capsys, check)
    (tmp_path / "course.toml").write_text('name = "A course"', encoding="utf-8")
    assert "Stuck?" not in shown(capsys, check)


def test_the_first_failed_check_says_that_experiments_go_on_with_the_wrong_function(check, capsys):
    assert ["run with it as it is" in shown(capsys, check) for _time in range(3)] == [True, False, False]


def test_what_is_right_or_gives_no_value_or_stands_in_a_file_goes_on_nowhere(check, names, lesson, solution, capsys):
    of_a_file = Check(lesson, dict(names), cells=[Cell(1, "x = 1")])
    names.update(functions({**solution, "predict": stubs(lesson)["predict"]}, lesson))
    for asked, name in ((check, "propagate"), (check, "predict"), (of_a_file, "propagate")):
        assert "run with it as it is" not in shown(capsys, asked, name)


def test_what_is_right_or_untouched_needs_no_help(check, names, lesson, solution, capsys):
    names.update(functions({**solution, "predict": stubs(lesson)["predict"]}, lesson))
    for name in ["propagate", "predict"] * 4:
        assert "Stuck?" not in shown(capsys, check, name)


# ---- a solution to read


def test_solution_opens_the_hints_first_and_is_shown_when_asked_again(check, lesson, capsys):
    first = shown(capsys, check.solution)
    assert first.count("Hint ") == len(hints(lesson, "propagate"))
    assert "dw = X" not in first
    second = shown(capsys, check.solution)
    assert "dw = X @ (A - Y).T / m" in second
    assert "CODE HERE" not in second


def test_hints_that_are_open_are_not_shown_again(check, lesson, capsys):
    for _hint in hints(lesson, "propagate"):
        check.hint("propagate")
    assert "One way to write `propagate`" in shown(capsys, check.solution)


def test_a_right_function_can_be_compared_at_once_and_is_not_replaced(check, names, capsys):
    mine = names["predict"]
    shown(capsys, check.solution, "predict")
    assert "nothing to borrow" in shown(capsys, check.borrow, "predict")
    assert names["predict"] is mine


@pytest.mark.parametrize("ask", ["solution", "borrow"])
def test_a_function_that_was_not_tried_comes_first(ask, lesson, solution, tmp_path, capsys):
    names = functions({**solution, "propagate": stubs(lesson)["propagate"]}, lesson)
    stub = names["propagate"]
    said = shown(capsys, getattr(Check(lesson, names, tmp_path), ask))
    assert "First try" in said
    assert "Hint" not in said
    assert names["propagate"] is stub


def test_a_solution_is_shown_to_the_letter(tmp_path, capsys):
    lesson = load_lesson("shallow_net")
    check = Check(lesson, {"backward_propagation": lambda *_: 0}, tmp_path)
    shown(capsys, check.solution, "backward_propagation")
    assert borrowing.solution(lesson, "backward_propagation") in shown(capsys, check.solution, "backward_propagation")


def test_every_solution_is_found_and_has_comments():
    for name in lesson_names():
        lesson = load_lesson(name)
        for exercise in lesson.exercises:
            text = borrowing.solution(lesson, exercise.name)
            assert "# " in text, exercise.name
            assert text.startswith(f"def {exercise.name}(")
            code = [line for line in text.splitlines() if not line.strip().startswith("#")]
            kept = [line for line in function_source(lesson, exercise.name).splitlines() if "CODE HERE" not in line]
            assert code == kept


# ---- a graded course


@pytest.mark.parametrize("ask", ["solution", "borrow"])
@pytest.mark.parametrize("text", ['name = "A course"', 'solutions = "never"', "solutions = 5"])
def test_in_a_graded_course_both_are_off(text, ask, check, names, tmp_path, capsys):
    (tmp_path / "course.toml").write_text(text, encoding="utf-8")
    mine = names["propagate"]
    for _time in range(3):
        assert "dw = X" not in shown(capsys, getattr(check, ask))
    assert names["propagate"] is mine


def test_a_course_may_show_them_after_the_hints(check, tmp_path, capsys):
    (tmp_path / "course.toml").write_text('solutions = "after_hints"', encoding="utf-8")
    shown(capsys, check.solution)
    assert "One way" in shown(capsys, check.solution)


@pytest.mark.parametrize("ask", ["solution", "borrow"])
def test_without_the_solutions_package_it_is_named(ask, check, monkeypatch, capsys):
    monkeypatch.setattr("grader.course.Course.sources", ROOT / "nowhere")
    assert "the package `nn-by-hand-solutions`" in shown(capsys, getattr(check, ask))


# ---- a borrowed function


def test_a_borrowed_function_lets_the_rest_go_on_and_earns_nothing(check, lesson, capsys):
    said = shown(capsys, check.borrow)
    assert "is borrowed" in said
    assert said.count("Hint ") == len(hints(lesson, "propagate"))
    assert check("propagate").points == 0.0
    assert check("model").points == lesson.exercise("model").max_points
    check.summary()
    summary = capsys.readouterr().out
    assert "80 / 100" in summary
    assert "borrowed" in summary
    assert "write your own `propagate`" in summary


def test_ones_own_function_takes_its_place_again(check, names, lesson, wrong, solution):
    check.borrow("propagate")
    names["propagate"] = functions(solution, lesson)["propagate"]
    assert check("propagate").points == 20


def test_borrowing_names_what_the_function_uses_and_is_not_right(check, capsys):
    said = shown(capsys, check.borrow, "model")
    assert "`model` uses `propagate`" in said


@pytest.mark.parametrize(
    ("new", "first"), [("-sigmoid(Z2)", True), ("sigmoid(Z2[:1])", False)], ids=["wrong", "ours alone"]
)
def test_what_only_this_course_asks_of_a_function_is_never_the_first_thing_to_mend(new, first, tmp_path, capsys):
    lesson = load_lesson("shallow_net")
    sources = edited(solved(lesson), "forward_propagation", "sigmoid(Z2)", new)
    names = functions(sources, lesson) | {"predict": lambda *_: None}
    assert ("`predict` uses `forward_propagation`" in shown(capsys, Check(lesson, names, tmp_path), "predict")) == first


def test_what_uses_a_borrowed_function_is_not_sent_back_to_it(check, names, capsys):
    check.borrow("propagate")
    names["optimize"] = lambda *_: None
    assert "begin there" not in shown(capsys, check, "optimize")


def test_a_saved_notebook_that_borrows_is_checked_with_what_it_borrows(wrong, tmp_path, grader_command):
    path = tmp_path / "logistic_regression.ipynb"
    path.write_bytes(notebook([*wrong.values(), 'check.borrow("propagate")\ncheck.borrow("no such thing")']))
    ran = grader_command("check", path)
    assert ran.code == 1
    assert "80 / 100" in ran.out
    (tmp_path / "course.toml").write_text('name = "A course"', encoding="utf-8")
    assert "80 / 100" not in grader_command("check", path).out


def test_borrowing_shadows_nothing_else(check, names):
    before = set(names)
    check.borrow("propagate")
    assert set(names) == before


# ---- the wheels


def test_the_solutions_are_a_wheel_of_their_own(tmp_path, monkeypatch):
    from hatchling.build import build_wheel

    monkeypatch.chdir(ROOT / "solutions_package")
    with zipfile.ZipFile(tmp_path / build_wheel(str(tmp_path))) as wheel:
        names = [name for name in wheel.namelist() if ".dist-info" not in name]
        each = {f"{lesson}/{name}" for lesson in lesson_names() for name in ("__init__", "lesson", "cases")}
        assert set(names) == {f"source_solutions/{name}.py" for name in (*each, "__init__", "cross_entropy")}
        wheel.extractall(tmp_path / "installed")
    # Installed anywhere, it is found there by a course without solutions of its own.
    spec = importlib.machinery.PathFinder.find_spec("source_solutions", [str(tmp_path / "installed")])
    monkeypatch.setattr(courses, "find_spec", lambda _: spec)
    shutil.copy(ROOT / "course.toml", tmp_path)
    shutil.copytree(ROOT / "packs", tmp_path / "packs")
    monkeypatch.setenv("NNBH_COURSE", str(tmp_path))
    assert "def propagate" in borrowing.solution(load_lesson("logistic_regression"), "propagate")
