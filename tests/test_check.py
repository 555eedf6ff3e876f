"""What a student sees under a function, and that nothing they write can break it."""

import ast
import io
import json
import os
import re
import sys
import types
from html.parser import HTMLParser

import numpy as np
import pytest

import grader
from grader.course import Outcome
from grader.course.courses import VARIABLE
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.judging.references import read_references
from grader.show import as_html, as_text, rows, summary_as_html
from grader.student.check import Check
from grader.words import for_stream
from grader.words.place import VARIABLE as PLACE
from making import edited, functions, solved, stubs

ADD_SCRIPT = "<script>alert('x')</script>"


@pytest.fixture
def check(lesson, solution):
    """The check of a notebook with every function right."""
    return Check(lesson, functions(solution, lesson))


@pytest.fixture
def checking(lesson, solution):
    """Checks one function that is written anew, among the solutions."""

    def run(source, name="propagate"):
        names = functions({**solution, name: source}, lesson)
        return Check(lesson, names)(name)

    return run


def broken(body, name="propagate", arguments="w, b, X, Y"):
    return f"def {name}({arguments}):\n    {body}"


# ---- points


@pytest.mark.parametrize("sources", ["solved", "stubs"])
def test_points_are_a_plain_float(lesson, solution, sources):
    check = Check(lesson, functions(solution if sources == "solved" else stubs(lesson), lesson))
    for exercise in lesson.exercises:
        points = check(exercise.name).points
        assert type(points) is float
        assert points == (exercise.max_points if sources == "solved" else 0)


def test_points_of_a_half_right_function_are_those_of_its_right_outputs(lesson, solution):
    names = functions(edited(solution, "propagate", '"db": db', '"db": -db'), lesson)
    points = Check(lesson, names)("propagate")
    propagate = lesson.exercise("propagate")
    assert points.points == propagate.max_points - propagate.points['grads["db"]']
    assert type(points.points) is float


def test_points_are_shown_with_the_most_there_are(check):
    assert repr(check("predict")) == "15 / 15"


def test_name_and_function_give_the_same(lesson, solution, capsys):
    names = functions(edited(solution, "propagate", "dw = X", "dw = 2 * X"), lesson)
    # Each the first: what is said at the first failed check is not said again.
    by_name, shown = Check(lesson, names)("propagate"), capsys.readouterr()
    by_function, shown_again = Check(lesson, names)(names["propagate"]), capsys.readouterr()
    assert by_name.points == by_function.points
    assert shown == shown_again


def test_a_name_in_another_spelling_is_checked(lesson, solution):
    names = functions(edited(solution, "flatten_images", "def flatten_images", "def flattenImages"), lesson)
    check = Check(lesson, names)
    assert check("flatten_images").points == check(names["flattenImages"]).points == 10


def test_without_names_the_running_programs_functions_are_checked(lesson, solution, monkeypatch):
    main = types.ModuleType("__main__")
    vars(main).update(functions(solution, lesson))
    monkeypatch.setitem(sys.modules, "__main__", main)
    assert grader.load("logistic_regression").check("predict").points == 15


def test_load_knows_the_lessons():
    with pytest.raises(grader.UnknownLesson, match="logistic_regression"):
        grader.load("logistic_regresion")


# ---- nothing breaks it

GARBAGE = {
    "raises": "raise ValueError('no')",
    "exits": "raise SystemExit",
    "exits by name": "exit()",
    "calls what is not there": "return undefined_name",
    "stub": "raise NotImplementedError('propagate: about 6 lines')",
    "recursion": "return propagate(w, b, X, Y)",
    "too much memory": "return np.zeros((10**9, 10**9))",
    "nothing": "pass",
    "text": "return 'text'",
    "function": "return np.sum",
    "generator": "yield 1",
    "coroutine": "return iter([])",
    "class": "return ValueError",
    "list within itself": "x = []; x.append(x); return x",
    "objects": "return np.array([None]), np.array([object()])",
    "wrong dictionary": "return {1: 2, (3, 4): 5, None: 6}, {}",
    "huge number": "return {'dw': 10**5000, 'db': 10**5000}, 10**5000",
    "huge key": "return {10**5000: 1}, 1.0",
    "half a character": "return {'dw': '\\ud83d', 'db': 1}, '\\ud83d'",
    "half a character raised": "raise ValueError('\\ud83d')",
    "half a character printed": "print('\\ud83d')",
    "not a number": "return {'dw': w * np.nan, 'db': np.inf}, np.nan",
    "prints to stderr": "import sys; print('oh', file=sys.stderr); return {}, 1",
    "warns": "import warnings; warnings.warn('careful'); return {'dw': np.log(-1.0), 'db': 1 / np.zeros(1)}, 1",
    "numpy error state": "np.seterr(all='raise'); return np.log(0.0)",
}


@pytest.mark.parametrize("body", GARBAGE.values(), ids=GARBAGE)
def test_no_function_breaks_the_check(body, checking, capfd):
    state = np.geterr()
    try:
        points = checking(broken(body))
    finally:
        np.seterr(**state)
    assert (points.points, type(points.points)) == (0, float)
    shown = capfd.readouterr()
    assert "propagate" in shown.out
    assert shown.err == ""


def test_an_exception_that_cannot_be_printed_does_not_break_the_check(checking):
    source = "class Mute(Exception):\n    def __str__(self):\n        raise ValueError\n" + broken("raise Mute")
    assert checking(source).points == 0


@pytest.mark.parametrize("thing", [5, None, "text", np.ones(3), np], ids=lambda thing: type(thing).__name__)
def test_a_name_that_is_no_function_does_not_break_the_check(lesson, thing):
    assert Check(lesson, {"propagate": thing})("propagate").points == 0


@pytest.mark.parametrize("thing", [5, None, np.ones(3), [], lambda: 1], ids=lambda thing: type(thing).__name__)
def test_asking_for_a_thing_that_is_no_exercise_lists_the_exercises(check, thing, capsys):
    assert check(thing).points == 0
    assert "propagate" in capsys.readouterr().out


def test_an_undefined_function_is_said_to_be_that(lesson, capsys):
    points = Check(lesson, {})("propagate")
    assert (points.points, points.result.status) == (0, "missing")
    assert "not defined" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "meant"), [("propagat", "propagate"), ("Predict", "predict"), ("optimise", "optimize")]
)
def test_a_misspelt_name_is_answered_with_the_right_one(check, typed, meant, capsys):
    points = check(typed)
    assert points.points in (0.0, float(check.lesson.exercise(meant).max_points))
    assert meant in capsys.readouterr().out


def test_an_interrupt_ends_the_exercise_and_is_a_finding(lesson, solution, capsys):
    names = functions(solution, lesson)
    exec("calls = []\ndef propagate(*_arguments):\n    calls.append(1)\n    raise KeyboardInterrupt", names)
    points = Check(lesson, names)("propagate")
    assert (points.points, points.result.status) == (0, "timeout")
    assert "stopped" in capsys.readouterr().out
    # The next case would have to be stopped by hand too.
    assert len(names["calls"]) == 1


def test_the_students_own_arrays_are_not_changed(lesson, solution):
    names = functions(edited(solution, "propagate", "m = X.shape[1]", "m = X.shape[1]; X *= 0; w *= 0"), lesson)
    check = Check(lesson, names)
    before = [array.copy() for array in check.inputs("propagate") if isinstance(array, np.ndarray)]
    check("propagate")
    after = [array for array in check.inputs("propagate") if isinstance(array, np.ndarray)]
    assert all(map(np.array_equal, before, after))


def test_the_notebooks_functions_are_as_they_were(lesson, solution):
    names = functions(solution, lesson)
    before = dict(names)
    Check(lesson, names).summary()
    assert names == before


# ---- what it says


def test_everything_right_says_so_for_each_output(check, lesson, capsys):
    check("propagate")
    shown = capsys.readouterr().out
    assert all(output in shown for output in lesson.exercise("propagate").points)
    assert "✗" not in shown
    assert "20 / 20" in shown


def test_a_wrong_output_says_which_case_and_what_was_expected(lesson, solution, capsys):
    names = functions(edited(solution, "propagate", "cost = -np.sum", "cost = 7 + np.sum"), lesson)
    reference = read_references(lesson, lesson.exercise("propagate"))[0]
    yours = names["propagate"](*reference.case.args)[1]
    Check(lesson, names)("propagate")
    shown = capsys.readouterr().out
    assert reference.case.label in shown
    assert f"{yours:.4f}" in shown
    assert f"{reference.expected['cost']:.4f}" in shown


def test_a_misconception_is_explained(lesson, solution, capsys):
    names = functions(edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T"), lesson)
    Check(lesson, names)("propagate")
    sentence = lesson.exercise("propagate").misconception("dw without the mean").sentence
    shown = " ".join(capsys.readouterr().out.split())
    assert for_stream(sentence, sys.stdout) in shown


def test_a_stub_is_said_to_be_open_once(checking, capsys):
    checking(broken("raise NotImplementedError('propagate: about 6 lines')"))
    shown = capsys.readouterr().out
    assert shown.count("propagate: about 6 lines") == 1


def test_the_line_of_an_exception_is_quoted(checking, capsys):
    checking(broken("return X @ X"))
    shown = capsys.readouterr().out
    assert "line 2" in shown
    assert "return X @ X" in shown


def test_points_shown_are_the_sum_of_the_outputs(lesson, solution, capsys):
    names = functions(edited(solution, "propagate", '"db": db', '"db": -db'), lesson)
    result = Check(lesson, names)("propagate").result
    assert result.points == sum(points for points, _most in result.outputs.values())
    assert "14 / 20" in capsys.readouterr().out


# ---- inputs and summary


def test_inputs_are_the_arguments_of_a_case(check, solution, lesson):
    references_of = read_references(lesson, lesson.exercise("propagate"))
    np.testing.assert_equal(check.inputs("propagate"), references_of[0].case.args)
    np.testing.assert_equal(check.inputs("propagate", "labels all 1"), references_of[3].case.args)
    functions(solution, lesson)["propagate"](*check.inputs("propagate"))


@pytest.mark.parametrize(
    ("name", "case", "said"),
    [
        ("propagate", "labels all one", 'There is no case "labels all one" here. Did you mean "labels all 1"?'),
        ("propagate", "zzz", 'The cases are: "five examples"'),
        ("propagat", "", "Did you mean `propagate`?"),
    ],
)
def test_inputs_of_a_case_that_is_not_there_are_none_and_it_says_so(check, capsys, name, case, said):
    assert check.inputs(name, case) == ()
    assert said in capsys.readouterr().out


def test_a_case_to_try_is_named_in_the_language_of_the_reader(lesson, solution, monkeypatch, capsys):
    monkeypatch.setenv("NNBH_LANG", "ja")
    check = Check(lesson, functions(edited(solution, "propagate", "return grads, cost", "return 1 / 0"), lesson))
    check("propagate")
    asked = re.search(r'check\.inputs\("propagate", "(.*?)"\)', "".join(capsys.readouterr().out.split("\n")))
    assert not asked[1].isascii()
    assert check.inputs("propagate", asked[1])


def test_changing_inputs_does_not_change_the_next_check(check):
    check.inputs("propagate")[0][:] = 0
    assert check("propagate").points == 20


# ---- asking for help


def test_a_report_has_what_a_helper_needs_and_nothing_of_the_machine(lesson, solution, capsys):
    from pathlib import Path

    wrong = edited(solution, "propagate", "X @ (A - Y).T / m", "X @ (A - Y).T")["propagate"]
    check = Check(lesson, functions({**solution, "propagate": wrong, "optimize": stubs(lesson)["optimize"]}, lesson))
    check.report()
    told = capsys.readouterr().out
    assert "**propagate**" in told
    assert "so its gradient is a mean too" in " ".join(told.split())
    assert "X @ (A - Y).T\n" in told
    assert all(version in told for version in (grader.__version__, np.__version__, lesson.title))
    # Neither what is right nor what was not begun, and no path of this machine.
    assert "**optimize**" not in told
    assert "**predict**" not in told
    assert str(Path.home()) not in told
    check.report("predict")
    assert "**predict**" in capsys.readouterr().out


def test_where_nothing_is_wrong_a_report_says_so(check, capsys):
    check.report()
    assert "Nothing that was begun is wrong" in capsys.readouterr().out


# ---- what the lesson asks for is not there while grading

GIVEN_FORMS = {
    "the module of it": "import nnlab.given.deep_net as g\ndef linear_forward(A, W, b):\n    return g.linear_forward(A, W, b)\n",
    "the function of it": "from nnlab.given.deep_net import linear_forward as lf\ndef linear_forward(A, W, b):\n    return lf(A, W, b)\n",
    "within the function": "def linear_forward(A, W, b):\n    from nnlab.given import deep_net\n    return deep_net.linear_forward(A, W, b)\n",
    "by its whole name": "def linear_forward(A, W, b):\n    import nnlab.given.deep_net\n    return nnlab.given.deep_net.linear_forward(A, W, b)\n",
    "what a helper of the notebook calls": "import nnlab.given.deep_net as g\ndef h(*a):\n    return g.linear_forward(*a)\ndef linear_forward(A, W, b):\n    return h(A, W, b)\n",
}  # fmt: skip


def note_on(source, capsys):
    names = {"__name__": "__main__", "np": np, "In": ["", source]}
    exec(compile(source, "<cell>", "exec"), names)
    Check(grader.load("deep_net").lesson, names)("linear_forward")
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("form", GIVEN_FORMS)
def test_who_uses_what_the_lesson_asks_for_is_told_at_once_that_it_earns_nothing(form, capsys):
    assert "what needs it earns nothing" in note_on(GIVEN_FORMS[form], capsys)


def test_what_earlier_lessons_give_may_be_used(capsys):
    source = "from nnlab.given import sigmoid\ndef linear_forward(A, W, b):\n    sigmoid(0)\n    return W @ A + b, (A, W, b)\n"
    assert "earns nothing" not in note_on(source, capsys)


def test_summary_shows_every_exercise_and_the_next_open_one(lesson, solution, capsys):
    names = functions({**solution, "optimize": stubs(lesson)["optimize"]}, lesson)
    Check(lesson, names).summary()
    shown = capsys.readouterr().out
    assert all(exercise.name in shown for exercise in lesson.exercises)
    # `model` calls `optimize`: it is open as long as that is.
    assert "60 / 100" in shown
    assert "Next: `optimize`" in shown


def test_summary_of_everything_right_says_so(check, capsys):
    check.summary()
    shown = capsys.readouterr().out
    assert "100 / 100" in shown
    assert "Next" not in shown


def test_who_runs_the_check_may_say_how_one_hands_in_and_goes_on(monkeypatch, capsys):
    lesson = grader.load_lesson("numpy_basics")
    there = {"hand_in": "Press {this} and hand in.", "next_lesson": "Turn the page.", "no_solutions": "None here."}
    for said in (json.dumps(there), "no JSON", "[]", '{"hand_in": 1}'):
        monkeypatch.setenv(PLACE, said)
        Check(lesson, functions(solved(lesson), lesson)).summary()
        shown = capsys.readouterr().out
        assert [each in shown for each in (there["hand_in"], there["next_lesson"])] == [said == json.dumps(there)] * 2
        assert ("Restart and Run All" in shown) == (said != json.dumps(there))


def test_an_exercise_without_points_says_so_in_the_place_of_points(capsys):
    for lesson, name, kind in (("numpy_basics", "leaky_relu", "extra"), ("deep_net", "relu", "warm-up")):
        opened = grader.load_lesson(lesson)
        Check(opened, functions(solved(opened), opened))(name)
        shown = capsys.readouterr().out
        assert f"{kind}, no points" in shown
        assert "0 / 0" not in shown


def test_summary_of_nothing_defined_does_not_break(lesson, capsys):
    Check(lesson, {}).summary()
    assert "0 / 100" in capsys.readouterr().out


# ---- notes


def test_note_on_a_variable_of_the_notebook(lesson, solution, capsys):
    sources = edited(
        {**solution, "setup": solution["setup"] + "\nm_train = 5"},
        "propagate",
        "m = X.shape[1]",
        "m = X.shape[1] + 0 * m_train",
    )
    assert Check(lesson, functions(sources, lesson))("propagate").points == 20
    assert "`m_train`" in capsys.readouterr().out


def test_no_note_on_modules_and_functions(check, capsys):
    check("model")
    assert "Note" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("source", "part"),
    [
        (
            "made = [np.maximum]\nfor relu in made:\n    relu = np.vectorize(lambda x: max(0.0, x))",
            "`for relu in made:`",
        ),
        (
            "LOW = float(0) if open else 1\ndef relu(x):\n    return np.maximum(LOW, x)",
            "`LOW = float(0) if open else 1`",
        ),
        (
            "with np.errstate():\n    one = np.vectorize(abs)\ndef relu(x):\n    return (x + helper(x)) / 2\ndef helper(x):\n    return one(x)",
            "`one`",
        ),
        (
            "from scipy.special import expit\ndef relu(x):\n    return np.maximum(0, x) + 0 * expit(x)",
            "`scipy.special`",
        ),
        ("import os as s\ndef relu(x):\n    return np.maximum(0 * len(s.sep), x)", "`os`"),
        ("def relu(x):\n    import os\n    return np.maximum(0, x)", "`os`"),
    ],
)
def test_note_on_what_is_not_there_while_grading(source, part, capsys):
    names = {"In": ["import numpy as np\nfrom tqdm import tqdm", "relu = np.vectorize(abs)", source, "check('relu')"]}
    for cell in names["In"][:-1]:
        exec(cell, names)
    assert Check(grader.load_lesson("numpy_basics"), names)("relu").points == 8
    said = " ".join(capsys.readouterr().out.split())
    assert said.count("Note: ") == 1
    assert part in said.partition("Note: ")[2]


@pytest.mark.parametrize(
    "history", [[1, None, "def relu(x:", "x = " + "(" * 300 + "1"], 5, ["x = " + "-" * 5000 + "1"]]
)
def test_a_strange_history_is_no_matter(solution, lesson, history):
    assert Check(lesson, functions(solution, lesson) | {"In": history})("standardize").points == 5


def test_no_note_on_what_is_there(capsys):
    source = "from functools import reduce\nZERO = 0\nbelow = lambda x: reduce(max, [ZERO, x])\n"
    names = {"In": ["import numpy as np", source + "@np.vectorize\ndef relu(x):\n    return float(below(x))"]}
    for cell in names["In"]:
        exec(cell, names)
    assert Check(grader.load_lesson("numpy_basics"), names)("relu").points == 8
    assert "Note" not in capsys.readouterr().out


def test_a_function_under_another_name_is_that_exercise(solution, lesson):
    names = functions(solution, lesson)
    exec("mine = lambda X, max_value: X / max_value\nstandardize = mine", names)
    assert Check(lesson, names)(names["mine"]).points == 5


def test_note_on_a_warning_of_numpy(lesson, solution, capsys):
    sources = edited(solution, "predict", "A = sigmoid(w.T @ X + b)", "A = sigmoid(w.T @ X + b); np.log(0 * X)")
    assert Check(lesson, functions(sources, lesson))("predict").points == 15
    assert "divide by zero" in capsys.readouterr().out


def test_note_on_what_was_printed_is_short(lesson, solution, capsys):
    sources = edited(solution, "predict", "return", "print('shape', X.shape, '\\n' * 50); return")
    assert Check(lesson, functions(sources, lesson))("predict").points == 15
    shown = capsys.readouterr().out
    assert "shape" in shown
    assert len(shown.splitlines()) < 30


# ---- HTML and plain text


class Parsed(HTMLParser):
    """The tags and the text of a page; fails where a tag is not closed."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text, self._open = [], "", []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, _attributes):
        self.tags.append(tag)
        self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text += data


def result_of(lesson, name, value=None, **problem):
    exercise = lesson.exercise(name)
    played = [Played(r, Outcome(value, **problem)) for r in read_references(lesson, exercise)]
    return exercise, explained(exercise, played)


@pytest.mark.parametrize(
    "outcome",
    [
        {"problem": "raised", "message": f"ValueError ({ADD_SCRIPT})"},
        {"value": {"dw": ADD_SCRIPT, "db": 1}},
        {"value": ({ADD_SCRIPT: 1}, ADD_SCRIPT)},
        {"problem": "arguments", "message": f"`{ADD_SCRIPT}` and `"},
    ],
    ids=["exception", "text", "key", "backquotes"],
)
def test_what_a_student_wrote_is_text_in_html(lesson, outcome):
    page = Parsed(as_html(*result_of(lesson, "propagate", **outcome), notes=[f"printed: {ADD_SCRIPT}"]))
    assert "script" not in page.tags
    assert ADD_SCRIPT in page.text


def test_html_says_what_the_text_says(lesson, check):
    exercise, result = result_of(lesson, "propagate", ({"dw": np.ones((3, 1)), "db": 1}, 2.0))
    text, page = as_text(exercise, result), Parsed(as_html(exercise, result))
    for row in rows(exercise, result):
        for said in (*row.outputs, row.headline, row.mark):
            assert said in text
            assert said in page.text


def test_html_emphasises_what_stands_between_asterisks_and_no_product(lesson):
    notes = ["each *row*, 这是*行*的", "a*b*c, a * b * c, f(*a, *b), `x *y* z`"]
    page = as_html(*result_of(lesson, "propagate"), notes=notes)
    assert "each <em>row</em>, 这是<em>行</em>的" in page
    assert "a*b*c, a * b * c, f(*a, *b), <code>x *y* z</code>" in page


def test_html_of_the_summary_parses(lesson):
    results = [result_of(lesson, exercise.name)[1] for exercise in lesson.exercises]
    page = Parsed(summary_as_html(lesson, results, [ADD_SCRIPT]))
    assert all(exercise.name in page.text for exercise in lesson.exercises)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8", "latin-1"])
def test_a_stream_that_lacks_our_marks_gets_plain_ones(encoding, lesson, solution, monkeypatch):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
    monkeypatch.setattr(sys, "stdout", stream)
    check = Check(
        lesson, functions(edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T"), lesson)
    )
    check("propagate")
    check.summary()
    check("propagatee")
    stream.flush()
    shown = raw.getvalue().decode(encoding)
    assert ("✗" in shown) == (encoding == "utf-8")
    assert "?" not in shown.replace("Did you mean `propagate`?", "")


def test_text_for_a_stream_without_an_encoding_is_unchanged():
    assert for_stream("✓ ᵀ", io.StringIO()) == "✓ ᵀ"


# ---- a broken install


@pytest.mark.parametrize("content", [None, b"", b"no pack"], ids=["missing", "empty", "damaged"])
def test_a_pack_that_cannot_be_read_is_said_by_every_check(tmp_path, monkeypatch, content, capsys):
    about = 'name = "toy"\ntitle = "A toy"\nversion = "1"\nlessons = ["logistic_regression"]'
    (tmp_path / "course.toml").write_text(f"[course]\n{about}\n", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    if content is not None:
        (tmp_path / "packs").mkdir()
        (tmp_path / "packs" / "logistic_regression.pack").write_bytes(content)
    check = grader.load("logistic_regression").check
    for ask in (check, check.hint, check.solution, check.borrow, lambda _name: check.summary()):
        ask("propagate")
    said = capsys.readouterr().out
    assert said.count("The grader itself failed here: this is no mistake of yours") == 6
    assert said.count("logistic_regression.pack") == said.count("install nn-by-hand again") == 6
    assert check("propagate").points == 0.0


# ---- in a kernel


def test_in_a_kernel_the_table_is_html_and_the_points_a_number(solution):
    import nbformat
    from nbclient import NotebookClient
    from traitlets.config import Config

    cells = [
        "import grader\ncheck = grader.load('logistic_regression').check",
        "\n".join(solution.values()),
        'check("propagate").points',
        "def predict(w, b, X):\n    print('loud'); undefined",
        'check("predict").points',
        "check.summary()",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    config = Config({"KernelManager": {"transport": "ipc" if os.name == "posix" else "tcp"}})
    NotebookClient(notebook, timeout=60, kernel_name="python3", config=config).execute()
    assert [o for cell in notebook.cells for o in cell.outputs if o.output_type in ("stream", "error")] == []
    tables = [o.data for cell in notebook.cells for o in cell.outputs if o.output_type == "display_data"]
    assert [set(data) >= {"text/html", "text/plain"} for data in tables] == [True] * 3
    points = [
        o.data["text/plain"] for cell in notebook.cells for o in cell.outputs if o.output_type == "execute_result"
    ]
    assert [ast.literal_eval(text) for text in points] == [20.0, 0.0]
    assert "loud" in json.dumps(tables[1])
