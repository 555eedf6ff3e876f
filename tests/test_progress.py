"""`grader progress`: the whole course drawn from the notebooks of a folder, and what comes next."""

import pytest

from grader import lesson_names, load_lesson
from grader.course import ExerciseResult
from grader.student import progress as module
from grader.student.check import Check
from grader.student.progress import Standing, following, look, notebooks, whole_course
from grader.student.start import start
from making import edited, functions, notebook, solved, stubs

NAME = "logistic_regression.ipynb"


@pytest.fixture
def put(lesson, solution, tmp_path):
    """Puts a notebook of solutions, some of them changed, into the folder of the course."""

    def write(changed=(), name=f"02_logistic_regression/{NAME}"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(notebook({**solution, **dict(changed)}, nn_by_hand={"lesson": lesson.name}))
        return path

    return write


def standing_of(path):
    (found,) = look([path], lambda _text: None)
    return found


def states(standing):
    return {result.name: result.status for result in standing.results}


def made(name, *statuses):
    lesson = load_lesson(name)
    results = [
        ExerciseResult(e.name, {"all": (e.max_points if status == "passed" else 0, e.max_points)}, status, ())
        for e, status in zip([e for e in lesson.exercises if e.max_points], statuses, strict=False)
    ]
    return Standing(lesson, results=tuple(results))


@pytest.mark.slow
def test_every_lesson_is_drawn_with_a_mark_for_each_exercise(tmp_path, grader_command, lesson, solution):
    start(tmp_path)
    ran = grader_command("progress", tmp_path)
    assert ran.code == 0
    assert ran.out.count("○ ○ ○") > 0
    count = sum(len(load_lesson(name).exercises) for name in lesson_names())
    assert ran.out.count("○") == count + 1  # and the one that says what it means
    assert f"0 of {100 * len(lesson_names())}" in ran.out
    assert "Next: `image2vector`, in 01_numpy_basics/numpy_basics.ipynb" in ran.out


def test_right_wrong_and_open_have_marks_of_their_own(put, lesson, solution, tmp_path, grader_command):
    wrong = edited(solution, "standardize", "/ max_value", "// max_value")["standardize"]
    put({"standardize": wrong, "model": stubs(lesson)["model"]})
    out = grader_command("progress", tmp_path).out
    assert "✓ flatten_images" in out
    assert "✗ standardize" in out
    assert "○ model" in out
    assert "Next: `standardize`" in out
    assert out.count("no notebook here") == len(lesson_names()) - 1


def test_a_finished_course_is_said_to_be_that(put, tmp_path, grader_command):
    put()
    ran = grader_command("progress", tmp_path)
    assert "100 / 100" in ran.out
    assert "Well done" in ran.out


def test_a_lesson_counts_once_with_its_best_notebook(put, lesson, tmp_path, grader_command):
    put(name="copy/ja.ipynb")
    put({"model": stubs(lesson)["model"]})
    put({"predict": stubs(lesson)["predict"]}, name="old/another.ipynb")
    out = grader_command("progress", tmp_path).out
    assert out.count("100 / 100") == 1
    assert "Practice points: 100 of 100." in out
    assert f"copy/ja.ipynb counts; also here: 02_logistic_regression/{NAME}, old/another.ipynb" in out


def test_nothing_is_written(put, tmp_path, grader_command):
    path = put()
    before = path.read_bytes()
    grader_command("progress", tmp_path)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]
    assert path.read_bytes() == before


def test_copies_that_programs_keep_are_not_read(put, tmp_path):
    put()
    put(name=f".ipynb_checkpoints/{NAME}")
    assert len(notebooks(tmp_path)) == 1


@pytest.mark.parametrize("caught", ["Exception", "BaseException"])
def test_an_endless_loop_costs_its_own_exercise(caught, put, monkeypatch, capsys):
    monkeypatch.setattr(module, "PATIENCE", 2.0)
    rounds = (
        f"for _ in range(1000):\n        try:\n            time.sleep(0.01)\n        except {caught}:\n            pass"
    )
    found = states(standing_of(put({"standardize": f"import time\ndef standardize(X, max_value):\n    {rounds}"})))
    assert found["standardize"] == "timeout"
    assert found["flatten_images"] == found["predict"] == "passed"
    print("the stream is there")
    assert "the stream is there" in capsys.readouterr().out


def test_a_function_that_asks_for_input_does_not_wait(put):
    assert states(standing_of(put({"predict": "def predict(w, b, X):\n    return input()"})))["predict"] == "error"


def test_a_borrowed_function_is_marked_and_earns_nothing(put, solution, tmp_path, grader_command):
    put({**edited(solution, "propagate", "dw = X", "dw = 2 * X"), "borrow": 'check.borrow("propagate")'})
    out = grader_command("progress", tmp_path).out
    assert "○ propagate (borrowed)" in out
    assert "✓ model" in out
    assert "80 / 100" in out


def test_a_damaged_notebook_is_named_and_the_others_are_drawn(put, tmp_path, grader_command):
    put()
    (tmp_path / "cnn.ipynb").write_bytes(b"{")
    ran = grader_command("progress", tmp_path)
    assert ran.code == 2
    assert "cnn.ipynb" in ran.err
    assert "100 / 100" in ran.out


def test_a_name_with_brackets_is_no_markup(put, tmp_path, grader_command):
    put(name="[red]02[/b]_logistic_regression.ipynb".replace("/", "_"))
    assert grader_command("progress", tmp_path).code == 0


def test_a_notebook_of_something_else_is_left_out(put, tmp_path, grader_command):
    put()
    (tmp_path / "holidays.ipynb").write_bytes(notebook(["a = 1"]))
    ran = grader_command("progress", tmp_path)
    assert ran.code == 0
    assert "holidays.ipynb: left out" in ran.err


@pytest.mark.parametrize("place", ["", "nowhere"])
def test_a_folder_without_notebooks_says_how_to_start(place, tmp_path, grader_command):
    ran = grader_command("progress", tmp_path / place)
    assert ran.code == 2
    assert "grader start" in ran.err


# ---- what comes next


def test_next_is_what_was_begun_then_what_follows_the_last_finished_then_the_first():
    first, second, third = lesson_names()[:3]
    done = made(first, *["passed"] * 99)
    begun, untouched = made(third, "passed", "failed"), made(second, "not_implemented")
    assert following(whole_course([done, untouched, begun])).lesson.name == third
    assert following(whole_course([untouched, made(third, *["passed"] * 99)])).lesson.name == second
    assert following(whole_course([done, untouched, made(third, "missing")])).lesson.name == second
    assert following([done]) is None


def test_summary_of_a_finished_lesson_names_the_next_one(lesson, solution, capsys):
    Check(lesson, functions(solution, lesson)).summary()
    shown = capsys.readouterr().out
    assert "03_shallow_net/shallow_net.ipynb" in shown


def test_summary_of_the_last_lesson_ends_the_course(capsys):
    last = load_lesson(lesson_names()[-1])
    Check(last, functions(solved(last), last)).summary()
    assert "the last one" in capsys.readouterr().out
