"""What is read of a notebook, also of a damaged one, and which of its statements run."""

import json
import linecache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnlab.given
from grader.course import case, current
from grader.running.calling import call
from grader.running.exceptions import Unavailable
from grader.running.modules import student_names
from grader.running.notebook import (
    MAX_BYTES,
    MAX_CELLS,
    MAX_SOURCE,
    Cell,
    NotebookError,
    Problem,
    define,
    parse,
    read_cells,
    why_not_defined,
)
from making import notebook


def sources(data):
    return [cell.source for cell in read_cells(data).cells]


def refusal(data):
    """The message with which a file is refused: one line, for a person."""
    with pytest.raises(NotebookError) as refused:
        read_cells(data)
    message = str(refused.value)
    assert message
    assert "\n" not in message
    return message


def reads_or_refuses(data):
    try:
        read_cells(data)
    except NotebookError:
        refusal(data)


# ---- read_cells: forms that can be read


def test_code_cells_are_read_in_order_with_their_number():
    data = json.dumps({"cells": [
        {"cell_type": "markdown", "source": "def no(): pass"},
        {"cell_type": "code", "source": "a = 1"},
        {"cell_type": "raw", "source": "b = 2"},
        {"cell_type": "code", "source": ["c = 3\n", "d = 4"]},
    ]}).encode()  # fmt: skip
    assert read_cells(data).cells == (Cell(2, "a = 1"), Cell(4, "c = 3\nd = 4"))


def test_metadata_is_kept():
    assert read_cells(notebook([], nn_by_hand={"lesson": "cnn"})).metadata == {"nn_by_hand": {"lesson": "cnn"}}


def test_notebooks_of_version_3_are_read():
    sheet = {"cells": [{"cell_type": "code", "input": ["def f():\n", "    return 1"]}]}
    assert sources(json.dumps({"nbformat": 3, "worksheets": [sheet]}).encode()) == ["def f():\n    return 1"]


@pytest.mark.parametrize("cell", [5, None, "text", [], {}, {"source": 5}, {"source": None}, {"source": {"a": "b"}},
                                  {"cell_type": 5, "source": "x"}, {"cell_type": ["code"], "source": "x"}])  # fmt: skip
def test_what_is_no_code_cell_is_passed_over(cell):
    good = {"cell_type": "code", "source": "a = 1"}
    assert sources(json.dumps({"cells": [cell, good]}).encode()) == ["a = 1"]


def test_parts_of_a_source_that_are_no_text_are_passed_over():
    assert sources(b'{"cells": [{"cell_type": "code", "source": ["a = 1", 5, null, "\\nb = 2"]}]}') == ["a = 1\nb = 2"]


@pytest.mark.parametrize("metadata", [None, 5, "text", [1]])
def test_metadata_of_another_kind_are_none(metadata):
    assert read_cells(json.dumps({"cells": [], "metadata": metadata}).encode()).metadata == {}


def test_half_a_surrogate_pair_does_not_stop_the_cell():
    (source,) = sources(b'{"cells": [{"cell_type": "code", "source": "smile = \'\\ud83d\'"}]}')
    assert define([Cell(1, source)], {}) == []


def test_a_nul_does_not_stop_the_cell():
    (source,) = sources(b'{"cells": [{"cell_type": "code", "source": "a = 1\\u0000"}]}')
    assert source == "a = 1"


def test_a_byte_order_mark_is_no_matter():
    assert sources(b"\xef\xbb\xbf" + notebook(["a = 1"])) == ["a = 1"]


def test_of_duplicate_keys_the_last_counts():
    assert sources(b'{"cells": 5, "cells": [{"cell_type": "code", "source": "a = 1"}]}') == ["a = 1"]


def test_numbers_that_json_does_not_have_are_no_matter():
    assert sources(b'{"nbformat": NaN, "cells": [{"cell_type": "code", "source": "a = 1"}]}') == ["a = 1"]


# ---- read_cells: files that cannot be read


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b" \n ", id="white space"),
        pytest.param(b"hello", id="text"),
        pytest.param(b"<html>Sign in</html>", id="html"),
        pytest.param(b"PK\x03\x04\xff\xfe", id="binary"),
        pytest.param('{"cells": []}'.encode("utf-16"), id="utf-16"),
        pytest.param(b"null", id="null"),
        pytest.param(b"[]", id="list"),
        pytest.param(b"{}", id="without cells"),
        pytest.param(b'{"cells": null}', id="cells null"),
        pytest.param(b'{"cells": {"0": {}}}', id="cells a dictionary"),
        pytest.param(b'{"cells": "text"}', id="cells text"),
        pytest.param(b'{"worksheets": []', id="cut"),
        pytest.param(b'{"cells": [' + b"[" * 200_000, id="nested and cut"),
        pytest.param(b'{"cells": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", id="nested"),
        pytest.param(b'{"nbformat": ' + b"9" * 5000 + b"}", id="number of 5000 digits"),
        pytest.param(b'{"cells": []}{"cells": []}', id="two in one"),
    ],
)
def test_damaged_file_is_refused_in_one_line(data):
    refusal(data)


@pytest.mark.parametrize(
    "worksheets",
    [[5], [None], [{"cells": 5}], [{"cells": "text"}], [{"cells": {"a": 1}}], [{}], ["text"], []],
    ids=str,
)
def test_worksheets_of_another_kind_hold_no_code(worksheets):
    assert sources(json.dumps({"worksheets": worksheets}).encode()) == []


def test_file_cut_anywhere_is_refused(solved_notebook):
    for end in range(0, len(solved_notebook) - 1, 997):
        refusal(solved_notebook[:end])


def test_file_larger_than_the_limit_is_refused():
    assert "larger" in refusal(b" " * (MAX_BYTES + 1))


def test_more_cells_than_the_limit_are_refused():
    assert str(MAX_CELLS) in refusal(notebook(["a = 1"] * (MAX_CELLS + 1)))


def test_more_code_than_the_limit_is_refused():
    assert str(MAX_SOURCE) in refusal(notebook(["#" * MAX_SOURCE, "a = 1"]))


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_or_read(data):
    reads_or_refuses(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
cells = st.fixed_dictionaries({}, optional=dict.fromkeys(("cell_type", "source", "input", "metadata"), json_values))
notebooks = st.fixed_dictionaries(
    {},
    optional={
        "cells": st.lists(cells | json_values, max_size=3) | json_values,
        "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(cells) | json_values}), max_size=2)
        | json_values,
        "metadata": json_values,
    },
)


@given(notebooks)
def test_arbitrary_json_in_the_form_of_a_notebook_is_refused_or_read(content):
    reads_or_refuses(json.dumps(content).encode())


@given(data=st.data())
def test_a_notebook_with_changed_bytes_is_refused_or_read(data, solved_notebook):
    start = data.draw(st.integers(0, len(solved_notebook)))
    end = data.draw(st.integers(start, min(start + 20, len(solved_notebook))))
    reads_or_refuses(solved_notebook[:start] + data.draw(st.binary(max_size=20)) + solved_notebook[end:])


# ---- define: which statements run


def defined(*cells, lesson="logistic_regression", helpers=None):
    """(the names after the cells' definitions ran, what failed)."""
    names = student_names(current().library_in(lesson), helpers or {})
    problems = define([Cell(number, source) for number, source in enumerate(cells, 1)], names)
    return names, problems


@pytest.mark.parametrize(
    "statement",
    [
        "happened.append(1)",
        "x = happened.append(1)",
        "x = [happened.append(1)]",
        "x = [happened.append(i) for i in range(3)]",
        "x: int = happened.append(1)",
        "x = y = f'{happened.append(1)}'",
        "(x := happened.append(1))",
        "for i in range(3):\n    happened.append(i)",
        "while not happened:\n    happened.append(1)",
        "with open('x') as f:\n    happened.append(1)",
        "if True:\n    happened.append(1)",
        "if happened.append(1):\n    pass",
        "if True:\n    pass\nelse:\n    happened.append(1)",
        "try:\n    happened.append(1)\nexcept Exception:\n    pass",
        "try:\n    pass\nfinally:\n    happened.append(1)",
        "happened[:] = [1]",
        "happened += [1]",
        "del happened",
        "print(1, file=happened)",
        "%time happened.append(1)",
        "assert happened.append(1)",
        "if __name__ == '__main__':\n    happened.append(1)",
    ],
)
def test_what_does_not_define_does_not_run(statement):
    happened = []
    names = student_names(current().library_in("logistic_regression")) | {"happened": happened}
    assert define([Cell(1, statement + "\ndef after(): pass")], names) == []
    assert happened == []
    assert names["happened"] is happened
    assert "after" in names


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("import math", "math"),
        ("import numpy as np", "np"),
        ("from math import pi, e as euler", "euler"),
        ("def f(x, scale=2):\n    return x", "f"),
        ("async def f():\n    pass", "f"),
        ("class Net:\n    size = 3", "Net"),
        ("rate = 0.1", "rate"),
        ("sizes = [3, 2 * 5, -1]", "sizes"),
        ("a, (b, c) = 1, (2, 3)", "c"),
        ("rate: float = 0.1", "rate"),
        ("square = lambda x: x ** 2", "square"),
        ("import math\nhalf_turn = math.pi", "half_turn"),
        ("if True:\n    def f():\n        pass", "f"),
        ("try:\n    import unheard_of\nexcept ImportError:\n    unheard_of = None", "unheard_of"),
    ],
)
def test_what_defines_runs(statement, name):
    names, problems = defined(statement)
    assert problems == []
    assert name in names


def test_the_last_definition_wins():
    names, _ = defined("def f():\n    return 1", "def f():\n    return 2")
    assert names["f"]() == 2


def test_a_later_cell_sees_an_earlier_ones_names():
    names, _ = defined("scale = 3", "def f(x):\n    return x * scale")
    assert names["f"](2) == 6


@pytest.mark.parametrize(
    "line",
    ["%matplotlib inline", "!pip install numpy", "files = !ls", "np.dot?", "?np.dot", "np.dot??", "%load_ext autoreload",
     "x = %timeit -o f()"],
)  # fmt: skip
def test_lines_for_ipython_are_passed_over(line):
    names, problems = defined(f"{line}\ndef f():\n    return 1\n{line}")
    assert problems == []
    assert names["f"]() == 1


def test_a_line_for_ipython_within_a_block_is_passed_over():
    names, problems = defined("def f():\n    %time\n    return 1")
    assert problems == []
    assert names["f"]() == 1


@pytest.mark.parametrize("magic", ["%%time", "%%capture output", "%%timeit -n 10", "\n%%time"])
def test_a_cell_magic_that_runs_python_leaves_the_cell(magic):
    names, problems = defined(f"{magic}\ndef f():\n    return 1")
    assert problems == []
    assert names["f"]() == 1


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%writefile f.py", "%%javascript"])
def test_a_cell_of_another_language_defines_nothing(magic):
    names, problems = defined(f"{magic}\ndef f():\n    return 1")
    assert problems == []
    assert "f" not in names


def test_a_percent_sign_in_python_is_no_magic():
    names, _ = defined("def f(x):\n    return (x\n        % 3)")
    assert names["f"](5) == 2


# ---- define: what fails costs its own names only


def test_a_cell_that_does_not_parse_costs_its_own_names():
    names, (problem,) = defined(
        "def first():\n    return 1",
        "def second():\n    return (\n\nclass Third:\n    pass",
        "def fourth():\n    return 4",
    )
    assert problem.names == ("second", "Third")
    assert set(names) >= {"first", "fourth"}
    assert not set(names) & {"second", "Third"}


def test_the_problem_names_and_quotes_the_line():
    _, (problem,) = defined("def f(x):\n    return x +* 2")
    assert "line 2" in problem.message
    assert "return x +* 2" in problem.message
    assert "\n" not in problem.message


@pytest.mark.parametrize(
    "source",
    ["def f(:", "def f():\n  a\n    b", "def f():\n\treturn 1\n        return 2", "x = (", "'''never closed", "\x01", "1__0",
     "def f():\n    return '" + "x" * 2000],
)  # fmt: skip
def test_a_cell_that_does_not_parse_stops_nothing(source):
    names, problems = defined(source, "def after(): pass")
    assert len(problems) == 1
    assert "after" in names


def test_code_nested_too_deeply_stops_nothing():
    names, problems = defined("x = " + "(" * 5000 + ")" * 5000, "y = " + "-" * 100_000 + "1", "def after(): pass")
    assert len(problems) == 2
    assert "after" in names


@pytest.mark.parametrize(
    "source",
    ["def f(x, x): pass", "def f():\n    nonlocal y", "def f(x=1 / 0): pass", "@undefined\ndef f(): pass",
     "class f(undefined): pass", "class f:\n    raise SystemExit"],
)  # fmt: skip
def test_a_definition_that_fails_costs_its_own_name(source):
    names, problems = defined(source + "\ndef after(): pass")
    assert "f" not in names
    assert "after" in names
    assert [p.names for p in problems] in ([("f",)], [])


def test_an_earlier_definition_outlives_a_failing_one():
    names, _ = defined("def f():\n    return 1", "def f(x=1 / 0):\n    return 2")
    assert names["f"]() == 1


def test_doubtful_code_gives_no_warning(capfd):
    names, problems = defined("def f(x):\n    return x is 5 or '\\d'")
    assert problems == []
    assert "f" in names
    assert capfd.readouterr().err == ""


def test_tracebacks_find_the_cells_lines():
    names, _ = defined("def f():\n    return 1 / 0")
    assert linecache.getline(names["f"].__code__.co_filename, 2) == "    return 1 / 0"


@given(st.text(max_size=60))
def test_defining_arbitrary_text_never_raises(source):
    define([Cell(1, "import math\n" + source)], {})


# ---- define: what can be imported


@pytest.mark.parametrize("module", ["math", "itertools", "collections.abc", "numpy.linalg", "dataclasses", "typing"])
def test_the_listed_modules_can_be_imported(module):
    names, problems = defined(f"import {module} as found")
    assert problems == []
    assert names["found"].__name__ == module


@pytest.mark.parametrize(
    ("statement", "loop"),
    [
        ("from tqdm import tqdm", "tqdm(range(3), desc='training')"),
        ("from tqdm.auto import trange", "trange(3)"),
        ("import tqdm", "tqdm.notebook.tqdm([0, 1, 2], leave=False)"),
        ("import tqdm.auto as bars", "bars.tqdm(range(3))"),
    ],
)
def test_a_progress_bar_hands_out_its_things_and_is_silent(statement, loop):
    body = f"bar = {loop}\n    bar.set_description('x')\n    with bar:\n        return len(bar), list(bar)"
    names, problems = defined(f"{statement}\ndef f():\n    {body}")
    assert problems == []
    outcome = call(names["f"], case("any"))
    assert (outcome.value, outcome.printed) == ((3, [0, 1, 2]), "")


def test_nnlab_gives_what_earlier_lessons_made():
    names, _ = defined("from nnlab.given import sigmoid")
    assert names["sigmoid"](0) == 0.5


@pytest.mark.parametrize(
    ("statement", "use"),
    [
        ("import torch", "torch.tensor(x)"),
        ("import scipy.special", "scipy.special.expit(x)"),
        ("import scipy.special as sp", "sp.expit(x)"),
        ("from scipy.special import expit", "expit(x)"),
        ("from lr_utils import load_dataset", "load_dataset()"),
        ("from .testCases import case", "case(x)"),
        ("import os", "os.system('true')"),
        ("import sys", "sys.exit()"),
        ("import subprocess", "subprocess.run(['true'])"),
        ("import grader", "grader.load('logistic_regression')"),
        ("import source_solutions.logistic_regression as s", "s.predict(x)"),
        ("from planar_utils import X_train", "X_train[0]"),
        ("from planar_utils import X_train", "X_train + x"),
        ("from planar_utils import X_train", "x * X_train"),
        ("from planar_utils import X_train", "np.ones(3) * X_train"),
        ("from planar_utils import X_train", "np.dot(X_train, x)"),
        ("from planar_utils import X_train", "[row for row in X_train]"),
        ("from planar_utils import X_train", "X_train.T @ x"),
    ],
)
def test_other_modules_can_be_named_and_not_used(statement, use):
    names, problems = defined(f"import numpy as np\n{statement}\ndef f(x):\n    return {use}")
    assert problems == []
    outcome = call(names["f"], case("any", 1.0))
    assert outcome.problem == "unavailable"
    assert statement.split()[1].split(".")[0] in outcome.message or "testCases" in outcome.message
    assert "--helpers" in outcome.message


def test_a_star_import_of_a_missing_module_defines_nothing():
    names, problems = defined("from dnn_utils import *\ndef f():\n    return sigmoid(0)")
    assert problems == []
    assert call(names["f"], case("any")).problem == "raised"


def test_a_class_of_a_missing_base_is_defined():
    names, problems = defined("import torch\nclass Net(torch.nn.Module):\n    size = 3")
    assert problems == []
    assert names["Net"].size == 3


def test_annotations_need_nothing_to_be_there():
    names, problems = defined("import torch\ndef f(x: torch.Tensor | None, y: undefined[3]) -> int:\n    return 1")
    assert problems == []
    assert names["f"](1, 2) == 1


def test_a_missing_decorator_costs_its_function_and_is_named():
    names, (problem,) = defined("import numba\n@numba.njit\ndef f(): pass\ndef g(): pass")
    assert problem.names == ("f",)
    assert "numba" in problem.message
    assert "g" in names


def test_a_check_for_a_missing_module_is_survived():
    names, problems = defined("import torch\nold = torch.__version__\ndef f(): pass")
    assert [p.names for p in problems] == [()]
    assert "f" in names


def test_helpers_can_be_imported():
    helpers = {"lr_utils": "import numpy as np\ndef load_dataset():\n    return np.ones(3)\n"}
    names, problems = defined("from lr_utils import load_dataset\ndef f():\n    return load_dataset()", helpers=helpers)
    assert problems == []
    np.testing.assert_array_equal(call(names["f"], case("any")).value, np.ones(3))


def test_helpers_can_import_each_other_and_nothing_more():
    helpers = {"one": "import two\nimport os\n", "two": "def f():\n    return 2\n"}
    names, problems = defined("import one\ndef f():\n    return one.two.f()\ndef g():\n    return one.os.getcwd()",
                              helpers=helpers)  # fmt: skip
    assert problems == []
    assert call(names["f"], case("any")).value == 2
    assert call(names["g"], case("any")).problem == "unavailable"


def test_a_helper_takes_precedence_over_a_module_of_the_list():
    names, _ = defined("import math", helpers={"math": "pi = 3"})
    assert names["math"].pi == 3


def test_a_helper_that_fails_costs_its_names_only():
    names, problems = defined("import broken\ndef f(): pass", helpers={"broken": "def ("})
    assert len(problems) == 1
    assert "f" in names


@pytest.fixture
def given_by_lesson_3():
    """A function of a later lesson, as `nnlab.given` will hold it."""

    def forward_propagation(X):
        return X

    forward_propagation.__module__ = "nnlab.given.shallow_net"
    vars(nnlab.given)["forward_propagation"] = forward_propagation
    yield
    vars(nnlab.given).pop("forward_propagation", None)


@pytest.mark.parametrize(
    "statement",
    ["from nnlab.given import forward_propagation as found", "import nnlab.given\nfound = nnlab.given.forward_propagation",
     "import nnlab\nfound = nnlab.given.forward_propagation",
     "from nnlab import given\nfound = given.forward_propagation"],
)  # fmt: skip
@pytest.mark.parametrize("lesson", ["logistic_regression", "shallow_net"])
def test_what_later_lessons_ask_for_is_not_given(statement, lesson, given_by_lesson_3):
    names, _ = defined(statement, lesson=lesson)
    assert "found" not in names


def test_what_an_earlier_lesson_asked_for_is_given(given_by_lesson_3):
    names, _ = defined("from nnlab.given import forward_propagation, sigmoid", lesson="deep_net")
    assert set(names) >= {"forward_propagation", "sigmoid"}


@pytest.mark.parametrize(
    "statement",
    ["from nnlab.given.numpy_basics import sigmoid", "from nnlab.given import numpy_basics\nsigmoid = numpy_basics.sigmoid",
     "import nnlab.given.numpy_basics as n\nsigmoid = n.sigmoid", "from nnlab.given import sigmoid"],
)  # fmt: skip
def test_a_lessons_own_functions_are_not_given(statement):
    kept = dict(vars(nnlab.given))
    try:
        names, _ = defined(statement + "\ndef f():\n    return sigmoid(0)", lesson="numpy_basics")
    finally:
        vars(nnlab.given).update(kept)
    assert call(names["f"], case("any")).problem in ("unavailable", "raised")


def test_using_a_missing_module_raises_unavailable():
    names, _ = defined("import torch")
    with pytest.raises(Unavailable):
        names["torch"].nn.Linear(3, 4)


# ---- what is left out


@pytest.mark.parametrize(
    "line",
    [
        "relu = np.vectorize(one)",
        "relu = make()",
        "relu, other = make()",
        "relu -= 1",
        "for low in (0, 1):",
        "with np.errstate(all='ignore'):",
    ],
)
def test_the_line_that_does_not_run_is_quoted(line):
    source = line + "\n    def relu(x):\n        return x" * line.endswith(":")
    why = why_not_defined([Cell(1, "def relu(x):\n    return x"), Cell(2, source), Cell(3, "relu(1)")], "relu")
    assert f"`{line}`" in why
    assert "`def`" in why


@pytest.mark.parametrize(
    "last", ["def relu(x):\n    return x", "relu = one", "from nnlab.given import relu", "if True:\n    relu = one"]
)
def test_nothing_is_said_where_the_last_one_is_a_definition(last):
    assert (
        why_not_defined(
            [Cell(1, "relu = np.vectorize(one)"), Cell(2, last), Cell(3, "x = [relu for relu in y]")], "relu"
        )
        == ""
    )


def test_nothing_is_said_of_a_name_that_is_not_there():
    assert why_not_defined([Cell(1, "def relu(x:"), Cell(2, "x = f()")], "relu") == ""


@pytest.mark.parametrize("depth", [100, 600, 3000])
def test_a_deeply_nested_line_costs_itself_alone(depth):
    deep = "x = " + "-" * depth + "1"
    assert defined(deep, "y = 1")[0]["y"] == 1
    assert why_not_defined([Cell(1, deep)], "x") == ""


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_function_in_a_cell_that_does_not_run_is_told_with_its_cell(kind):
    cells = [{"cell_type": "code", "source": "a = 1"}, {"cell_type": kind, "source": "def f(x):\n    return x"}]
    (misplaced,) = read_cells(json.dumps({"cells": cells}).encode()).misplaced
    (problem,) = define([misplaced], {}, ["f"])
    assert problem.names == ("f",)
    assert "cell 2" in problem.message


def test_text_with_code_in_it_and_a_function_that_is_defined_elsewhere_are_no_such_cells():
    cells = [
        {"cell_type": "code", "source": "def f(x):\n    return x"},
        {"cell_type": "markdown", "source": "def f(x):\n    return x"},
        {"cell_type": "markdown", "source": "def ines: a word, and\n\ndef g(x): is how it begins"},
        {"cell_type": "markdown", "source": "```python\ndef h(x):\n    return x\n```"},
    ]
    assert read_cells(json.dumps({"cells": cells}).encode()).misplaced == ()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = f(1\uff09", "`\uff09` is a full-width character: type `)` instead"),
        ("if x\uff1a\n    pass", "`\uff1a` is a full-width character: type `:` instead"),
        ("x =\u30001", "there is a full-width space: type a plain one instead"),
        ("x = \u201ca\u201d", 'Python does not know `\u201c`: type `"` instead'),
        ("x = 'a\u2019", "Python does not know `\u2019`: type `'` instead"),
        ("x = 3 \u2212 2", "Python does not know `\u2212`: type `-` instead"),
        ("x = a \u2265 2", "Python does not know `\u2265`: type `>=` instead"),
        ("x = a\u00b2", "Python does not know `\u00b2`: type `**2` instead"),
        ("f(a\u3001b)", "Python does not know `\u3001`: type `,` instead"),
        ("x =\u00a01", "there is an invisible character: delete it and type the line anew"),
        ("x =\u200b1", "there is an invisible character: delete it and type the line anew"),
        ("s = 'a\uff09", "unterminated string literal"),
    ],
)
def test_a_full_width_character_is_told_with_the_one_that_is_meant(source: str, said: str) -> None:
    found = parse(Cell(3, source))
    assert isinstance(found, Problem)
    assert f"its cell does not parse ({said}" in found.message
