"""A slip in the student's own text: it is named only where mending it was tried, and trying harms nothing."""

import ast
import linecache
import textwrap
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import lesson_names, load_lesson
from grader.course import Exercise, Reference, case, current
from grader.judging.budget import AT_LEAST, Budget
from grader.judging.points import Played, findings
from grader.judging.slips import Slip, sentence, slips_in
from grader.judging.slips.certain import certain_slips
from grader.judging.slips.edits import Tree, made
from grader.judging.slips.indices import index_slips
from grader.judging.slips.likely import built_otherwise, likely_slips
from grader.judging.slips.small import small_slips
from grader.running.calling import call
from grader.running.signatures import NOTHING_AGREED
from grader.student.check import Check
from making import solved

RIGHT = """
def averages(values, beta, corrected=True):
    result = []
    v = 0.0
    for t, value in enumerate(values, start=1):
        v = beta * v + (1 - beta) * value
        if corrected:
            average = v / (1 - beta**t)
        else:
            average = v
        result.append(average)
    return result
"""


def defined(source, name=None, **names):
    """The function of that name as a cell of a notebook defines it."""
    source = textwrap.dedent(source)
    file = f"<cell {hash(source)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    around = {"np": np, "__name__": "__main__", **names}
    exec(compile(source, file, "exec"), around)
    return around[name or ast.parse(source).body[-1].name]


def slips_of(wrong, right, inputs, returns=("result",), **names):
    """The slips of a wrong function among the cases of a right one."""
    exercise = Exercise("exercise", tuple(returns), dict.fromkeys(returns, 1))
    mended = defined(right, **names)
    played = []
    for number, args in enumerate(inputs):
        one = case(f"case {number}", *args)
        values = mended(*[np.array(a, copy=True) if isinstance(a, np.ndarray) else a for a in args])
        expected = dict(zip(returns, values if len(returns) > 1 else (values,), strict=True))
        played.append((Reference(one, expected), one))
    function = defined(wrong, **names)
    called = [Played(reference, call(function, one)) for reference, one in played]
    assert any(findings(exercise, one) for one in called), "the wrong function is right"
    # Time enough, however busy the machine is.
    return slips_in(exercise, function, called, NOTHING_AGREED, budget=Budget(10.0)).found


NUMBERS = np.array([3.0, -1.0, 4.0, 1.5])
SERIES = [(NUMBERS, 0.9), (NUMBERS[:3], 0.5, False), (NUMBERS, 0.5)]
TABLES = [(np.arange(6.0).reshape(2, 3) + 1,), (np.arange(12.0).reshape(3, 4) ** 1.5,)]


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("if corrected:", "if ~corrected:", "bits turned"),
        ("average = v\n        result", "average == v\n        result", "comparison"),
        ("result.append(average)\n    return", "result = result.append(average)\n    return", "given None"),
        ("    return result", "        return result", "return in loop"),
        ("v / (1 - beta**t)", "v / 1 - beta**t", "brackets"),
        ("beta**t", "0.9**t", "fixed number"),
        ("v = beta * v", "v = beta * value", "name"),
        ("        result.append(average)", "            result.append(average)", "too deep"),
        ("start=1", "start=0", "keyword"),
    ],
)
def test_a_slip_is_named_with_its_line(right, wrong, kind):
    assert right in RIGHT
    source = RIGHT.replace(right, wrong)
    found = slips_of(source, RIGHT, SERIES)
    line = next(n for n, (a, b) in enumerate(zip(source.splitlines(), RIGHT.splitlines(), strict=True), 1) if a != b)
    assert [(slip.kind, slip.line) for slip in found if slip.kind == kind] == [(kind, line)] or kind == "keyword"
    assert all(str(slip.line) in sentence(slip.id) for slip in found)


@pytest.mark.parametrize(
    ("right", "wrong", "kind"),
    [
        ("y = x.copy()\n    y[0] = 0\n    return x + y", "y = x\n    y[0] = 0\n    return x + y", "shared array"),
        ("return np.sum(x, axis=1, keepdims=True)", "return np.sum(x, axis=0, keepdims=True)", "axis"),
        ("return np.sum(x, axis=1, keepdims=True)", "return np.sum(x, axis=1)", "axis kept"),
        ("return np.sum(x, axis=1, keepdims=True)", "return np.sum(x)", "no axis"),
        ("return x / x.max(axis=1, keepdims=True)", "return x / x.max()", "no axis"),
        ("return np.sum(x, axis=1, keepdims=True)", "return sum(x, 1)", "start of sum"),
        ("return x @ x.T", "return x * x", "entry by entry"),
        ("return np.sqrt(x / 2)", "return np.sqrt(x) / 2", "bracket ends too early"),
        ("return x[:, 1:2]", "return x[:, 1:1]", "slice end"),
        ("y = x * 2\n    y = y + 1\n    return y", "y = x * 2\n    y = y + 1\n    y = y + 1\n    return y", "line too many"),
        ("y = x\n    if len(x) > 9 or len(x) == 3:\n        y = x + 1\n    return y",
         "y = x\n    if len(x) == 9 or 3:\n        y = x + 1\n    return y", "always true"),
    ],
)  # fmt: skip
def test_a_slip_in_an_array_is_named(right, wrong, kind):
    head = "def exercise(x):\n    "
    assert [slip.kind for slip in slips_of(head + wrong, head + right, TABLES)] == [kind]


STACKS = [(np.arange(24.0).reshape(2, 3, 4) ** 1.1 + k, np.arange(24.0).reshape(2, 3, 4) - 7 * k) for k in (1, 2)]


@pytest.mark.parametrize(
    ("right", "wrong", "kind", "quoted"),
    [
        ("x.swapaxes(-1, -2) @ y", "x.T @ y", "all axes turned", "`x.T`"),
        ("x.swapaxes(-1, -2) @ y", "x @ y.swapaxes(-1, -2)", "transpose", "`x @ y.swapaxes(-1, -2)`"),
        ("x @ np.swapaxes(y, -1, -2)", "np.swapaxes(x, -1, -2) @ y", "transpose", "`np.swapaxes(x, -1, -2) @ y`"),
        ("x / np.sqrt(x.shape[-1])", "x / np.sqrt(x.shape[0])", "size", "`x.shape[0]`"),
        ("x / np.sqrt(x.shape[-1])", "x / np.sqrt(x.shape[-2])", "size", "`x.shape[-2]`"),
        ("x - x.mean(axis=-1, keepdims=True)", "x - x.mean(axis=1, keepdims=True)", "axis", "axis=1"),
        ("x.ravel()[-1] * y", "x.ravel()[0] * y", "entry", "`x.ravel()[0]`"),
        ("x[1] * y", "x[0] * y", "neighbour", "`x[0]`"),
    ],
)
def test_of_stacks_of_matrices_it_is_said_which_axes_are_meant(right, wrong, kind, quoted):
    """An index of a shape is no place, and the last axis lies not beside the first."""
    (slip,) = slips_of(f"def f(x, y):\n    return {wrong}\n", f"def f(x, y):\n    return {right}\n", STACKS)
    assert slip.kind == kind
    assert quoted in sentence(slip.id)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ('    grads["dW"] = g * 3\n    + 0.1 * parameters["W"]\n    grads["db"] = h', "line goes on"),
        (
            '    for l in ("W",):\n        grads["d{l}"] = g * 3 + 0.1 * parameters["W"]\n    grads["db"] = h',
            "plain text",
        ),
        ('    g = g * 3 + 0.1 * parameters["W"]\n    np.copy(g)\n    grads["dW"] = g\n    grads["db"] = g', "name"),
        ('    g = g * 3 + 0.1 * parameters["b"]\n    grads["dW"] = g\n    grads["db"] = h', "name"),
    ],
)
def test_what_beginners_write_is_named(wrong, kind):
    head = "def f(g, h, parameters):\n    grads = {}\n"
    right = (
        head
        + '    grads["dW"] = g * 3 + 0.1 * parameters["W"]\n    grads["db"] = h\n    return grads["dW"], grads["db"]\n'
    )
    inputs = [(NUMBERS * k, NUMBERS + k, {"W": NUMBERS**2, "b": NUMBERS - 7}) for k in (1, 2)]
    found = slips_of(head + wrong + '\n    return grads["dW"], grads["db"]\n', right, inputs, ("dW", "db"))
    assert [slip.kind for slip in found] == [kind]


def test_of_the_factors_of_a_product_the_one_that_is_too_many_is_looked_at_and_not_the_1_of_1_over_m():
    right = "def f(x):\n    return 1.0 / len(x) * np.sum(x)"
    slip = slips_of(right.replace("np.sum(x)", "np.sum(x) * 2"), right, [(np.arange(1.0, 4),), (np.arange(2.0, 7),)])[0]
    assert (slip.kind, slip.about[1]) == ("factor too many", "2")


@pytest.mark.parametrize(
    ("right", "wrong", "kind", "quoted"),
    [
        ("np.sum(np.abs(x - y))", "np.sum(y - x)", "signed sum", "`np.sum(y - x)`"),
        ("np.full(3, -1e9) * x", "np.full(3, -1e9) * x * 2", "factor too many", "`2`"),
        ("(x @ y) / 3", "(x @ y) / 3 / 3", "divisor too many", "division by `3`"),
        ("x * y", "x * y + x", "term too many", "`x`"),
        ("[x[i] * y[i - 1] for i in range(3)]", "[x[i] * y[i - 1] for i in range(1, 4 - 1)]", "first number", "range"),
    ],
)
def test_what_is_too_many_or_cancels_is_named(right, wrong, kind, quoted):
    inputs = [(np.array([1.0, -2, 4]), np.array([3.0, 5, -7]) * k) for k in (1, 2)]
    (slip,) = slips_of(f"def f(x, y):\n    return {wrong}\n", f"def f(x, y):\n    return {right}\n", inputs)
    assert slip.kind == kind
    assert quoted in sentence(slip.id)


def test_a_range_that_is_moved_as_a_whole_is_named_before_a_number_that_would_make_up_for_it():
    right = "def f(n):\n    out = []\n    for i in range(n):\n        if i % 3 == 0:\n            out.append(n * i + 1)\n    return out"
    wrong = right.replace("range(n)", "range(1, n + 1)").replace("n * i", "n * (i - 1)")
    (slip,) = slips_of(wrong, right.replace("n * i", "n * (i - 1)"), [(7,), (8,)])
    assert slip.kind == "first number"


def test_the_default_of_an_argument_handed_on_is_a_mistake_whatever_else_is_wrong():
    names = {"step": defined("def step(x, rate):\n    return x * rate\n", "step")}
    wrong = "def f(x, rate=0.3):\n    y = step(x, 0.3)\n    return y + 7.25\n"
    (slip,) = slips_of(wrong, "def f(x, rate=0.3):\n    return step(x, rate)\n", [(2.0, 0.1), (3.0, 0.2)], **names)
    assert slip.kind == "default handed on"
    assert "`rate`" in sentence(slip.id)


def test_two_lines_are_not_called_exchanged_where_their_difference_may_be_turned():
    right = "def f(x, e):\n    up = (x + e) ** 3\n    down = (x - e) ** 3\n    return (up - down) / (2 * e)\n"
    (slip,) = slips_of(right.replace("up - down", "down - up"), right, [(2.0, 0.1), (3.0, 0.2)])
    assert (slip.kind, slip.line) == ("turned", 4)


def test_what_is_right_in_a_special_case_alone_is_right_by_chance():
    """A value turned before a comparison mends the answer at exactly 0, and no other."""
    exercise = load_lesson("numpy_basics").exercise("perceptron")
    function = defined("def perceptron(x, w, b):\n    z = w.T @ x + b\n    return np.where(z <= 2, 1, -1)\n")
    result, _notes = Check(load_lesson("numpy_basics"), function.__globals__).found(exercise, function)
    assert not any(finding.slip for one in result.cases for finding in one.findings)


def test_a_value_that_nothing_keeps_and_a_whole_array_given_away_are_named():
    right = """
    def f(x, n):
        out = np.zeros(n)
        x = np.clip(x, 0, 3)
        for i in range(n):
            out[i] = x[i] * 2
        return out
    """
    inputs = [(NUMBERS, 4), (NUMBERS[::-1].copy(), 3)]
    thrown = slips_of(right.replace("x = np.clip", "np.clip"), right, inputs)
    given = slips_of(right.replace("out[i] =", "out ="), right, inputs)
    assert [(slip.kind, sentence(slip.id) != "") for slip in (*thrown, *given)] == [
        ("thrown away", True),
        ("whole array", True),
    ]


def test_values_that_are_taken_in_another_order_are_named_where_they_are_taken():
    two = "def pair(x):\n    return {'a': x}, x.sum()\n"
    right = two + "def exercise(x):\n    table, total = pair(x)\n    return table['a'] * total"
    wrong = two + "def exercise(x):\n    total, table = pair(x)\n    return table['a'] * total"
    (slip,) = slips_of(wrong, right, TABLES)
    assert (slip.kind, slip.line, slip.about[:2]) == ("taken in another order", 4, ("total", "table"))


def test_an_argument_that_is_used_nowhere_is_named_with_the_number_in_its_place():
    head = "def exercise(x, rate):\n    "
    inputs = [(np.arange(3.0), 0.5), (np.arange(4.0), 2.0)]
    (slip,) = slips_of(head + "return x - 0.1 * x", head + "return x - rate * x", inputs)
    assert (slip.kind, slip.about) == ("argument not used", ("rate", "0.1"))


def test_a_column_and_a_row_that_make_a_table_are_named_with_their_shapes():
    head = "def exercise(x, y):\n    column = x.sum(axis=0).reshape(-1, 1)\n    "
    inputs = [(np.ones((2, 3)), np.arange(3.0).reshape(1, 3)), (np.ones((3, 5)), np.arange(5.0).reshape(1, 5))]
    wrong = head + "z = np.tanh((column - y) * 3).sum() + 7\n    return z"
    (slip,) = slips_of(wrong, head + "return np.tanh(column.T - y).sum()", inputs)
    said = sentence(slip.id)
    assert slip.line == 3
    assert any(f"`column` has the shape ({m}, 1) and `y` (1, {m})" in said for m in (3, 5))
    assert any(f"shape ({m}, {m})" in said for m in (3, 5))


def test_a_name_of_python_that_was_given_away_is_not_told_as_python_s_own():
    head = "def exercise(x):\n    "
    found = slips_of(head + "return sum(x) + 3", head + "return np.sum(x)", TABLES, sum=np.mean)
    assert [slip for slip in found if slip.kind == "Python's own"] == []


def test_of_two_mistakes_the_one_that_mends_an_output_is_named_for_that_output():
    head = "def exercise(x):\n    "
    right = head + "a = np.sum(x, axis=1)\n    b = np.exp(-x) + 7\n    return a, b"
    wrong = head + "a = np.sum(x, axis=0)\n    b = x * 3\n    return a, b"
    (slip,) = slips_of(wrong, right, TABLES, returns=("a", "b"))
    assert (slip.kind, slip.outputs) == ("axis", frozenset("a"))


def test_what_is_a_mistake_anywhere_is_named_although_mending_it_is_not_enough():
    head = "def exercise(x):\n    y = np.zeros(3)\n    "
    (slip,) = slips_of(head + "y[0] == 5\n    return np.cos(x)", head + "return np.exp(x)", TABLES)
    assert (slip.kind, slip.outputs) == ("comparison", frozenset())


def test_nothing_is_named_where_no_change_of_one_place_is_enough():
    head = "def exercise(x):\n    "
    assert slips_of(head + "return np.cos(x) + 5", head + "return np.exp(-x) * x", TABLES) == ()


def test_a_function_that_does_more_than_compute_is_not_called_again(tmp_path):
    file = tmp_path / "calls"
    head = "def exercise(x):\n    "
    wrong = head + f"open({str(file)!r}, 'a').write('.')\n    return x - 1"
    assert slips_of(wrong, head + "return x + 1", TABLES) == ()
    assert len(file.read_text()) == len(TABLES)


def test_a_change_that_makes_a_loop_endless_is_given_up():
    right = "def exercise(n):\n    k = 0\n    total = 0\n    while k < n:\n        total += k * k\n        k += 1\n    return total"
    assert slips_of(right.replace("k += 1", "k += 2"), right, [(5,), (8,)])[0].kind == "number"


def test_the_function_and_its_tree_are_as_before():
    tree = Tree(ast.parse(RIGHT).body[0], RIGHT)
    before = ast.dump(tree.function)
    edits = [
        *certain_slips(tree),
        *built_otherwise(tree),
        *likely_slips(tree),
        *index_slips(tree),
        *small_slips(tree, stacked=True),
    ]
    assert len(edits) > 50
    for edit in edits:
        with made(edit):
            changed = ast.dump(tree.function)
        assert changed != before
        assert ast.dump(tree.function) == before


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_slip_that_an_edit_makes_is_mended_by_what_is_named(data):
    """Whatever single edit spoils the right function: what is named for it, if anything, is a line of its text."""
    tree = Tree(ast.parse(RIGHT).body[0], RIGHT)
    edits = [*built_otherwise(tree), *likely_slips(tree), *index_slips(tree), *small_slips(tree, stacked=True)]
    with made(data.draw(st.sampled_from(edits))):
        spoilt = ast.unparse(tree.function)
    try:
        found = slips_of(spoilt, RIGHT, SERIES)
    except AssertionError:
        return
    except Exception:
        return
    assert all(1 <= slip.line <= len(spoilt.splitlines()) and slip.outputs for slip in found if slip.outputs)


def test_each_kind_has_a_sentence_that_holds_no_open_place():
    tree = Tree(ast.parse(RIGHT).body[0], RIGHT)
    for edit in [
        *certain_slips(tree),
        *built_otherwise(tree),
        *likely_slips(tree),
        *index_slips(tree),
        *small_slips(tree, stacked=True),
    ]:
        said = sentence(Slip(edit.kind, 3, "v = 0.0", edit.about).id)
        assert "line 3" in said.lower()
        assert "``" not in said


EVERYTHING = """
def f(x, *more, flag=True, **rest):
    with np.errstate(all="ignore"):
        y: float = x[::2] ** -1 if flag else x[..., None]
    try:
        while (n := len(more)) > 3 and not flag:
            n -= 1
            break
        else:
            pass
    except (ValueError, KeyError) as error:
        raise TypeError from error
    finally:
        del n
    for i, (a, *b) in enumerate(more):
        if i: continue
        elif a is None: y += 1
        else:
            y = {**rest, "a": [k for k in b if k]}
    def inner(z): return lambda w: z @ w
    match x:
        case [1, *_]: return inner(x)(y), -x
    global total
    total = f"{y!r:>{i}}"
    assert total, "none"
    return sum(x, 2), max(x, key=abs), np.sum(x, 1), y[0, 1:2], (x @ y).T
"""


def test_any_form_of_code_can_be_searched():
    tree = Tree(ast.parse(EVERYTHING).body[0], EVERYTHING)
    before = ast.dump(tree.function)
    edits = [
        *certain_slips(tree),
        *built_otherwise(tree),
        *likely_slips(tree),
        *index_slips(tree),
        *small_slips(tree, stacked=True),
    ]
    for edit in edits:
        with made(edit):
            ast.unparse(tree.function)
    assert ast.dump(tree.function) == before


@pytest.mark.parametrize("name", lesson_names())
def test_what_students_may_write_can_be_searched(name):
    """All solutions and all wrong solutions by hand of a lesson."""
    lesson = load_lesson(name)
    sources = [*solved(lesson).values()]
    for file in sorted((Path(current().folder) / "source_solutions" / name / "wrong").glob("*.py")):
        sources.append(file.read_text(encoding="utf-8"))
    found = 0
    for source in sources:
        for function in ast.parse(source).body:
            if isinstance(function, ast.FunctionDef):
                tree = Tree(function, source)
                edits = [
                    *certain_slips(tree),
                    *built_otherwise(tree),
                    *likely_slips(tree),
                    *index_slips(tree),
                    *small_slips(tree, stacked=True),
                ]
                found += len(edits)
    # A function of one call has none.
    assert found > len(sources)


def test_the_order_of_a_norm_is_not_called_an_axis() -> None:
    found = slips_of(
        "def size(W):\n    return np.linalg.norm(W, 2)\n",
        "def size(W):\n    return np.linalg.norm(W)\n",
        [(np.arange(6.0).reshape(2, 3) + k,) for k in range(2)],
    )
    assert [slip.kind for slip in found if slip.kind.startswith("axis")] == []


def test_a_copy_less_is_no_mend() -> None:
    wrong = """
    def totals(start, steps):
        found = dict(start)
        for name, one in steps:
            found[name] = start[one] + 1.0
        return found
    """
    right = wrong.replace("start[one]", "found[one]")
    inputs = [({"a": 1.0 + k}, [("b", "a"), ("c", "b")]) for k in range(3)]
    assert [slip.source for slip in slips_of(wrong, right, inputs) if "dict(start)" in slip.source] == []


def test_a_line_that_would_do_nothing_elsewhere_is_one_too_many() -> None:
    right = "def f(x, t):\n    out = []\n    for one in x:\n        out.append(one / t)\n    return np.array(out)\n"
    wrong = right.replace("/ t)\n", "/ t)\n        t = t + 1\n")
    assert [slip.kind for slip in slips_of(wrong, right, [(NUMBERS, 2.0), (NUMBERS, 3.0)])] == ["line too many"]


def test_a_comparison_with_the_wrong_word_is_not_told_as_a_border() -> None:
    right = """
    def f(x, mode):
        out = 0.0 * x
        if mode == "max":
            out = x - x.max()
        elif mode == "mean":
            out = x - x.mean()
        return out
    """
    wrong = right.replace('"mean"', '"average"')
    (found,) = slips_of(wrong, right, [(NUMBERS, "mean"), (NUMBERS[:3], "mean"), (NUMBERS, "max")])
    assert found.kind == "equality"
    assert "exactly" not in sentence(found.id)


def test_a_change_that_makes_a_part_zero_does_not_mend_what_needs_no_such_part() -> None:
    right = "def f(w, b, c):\n    k = c / 7\n    dw = 3 * w + k * w\n    db = 2 * b\n    return dw, db\n"
    wrong = right.replace("3 * w", "3 * w ** 3 - w").replace("2 * b", "2 * b + k * b")
    found = slips_of(wrong, right, [(NUMBERS, NUMBERS, 0.7), (NUMBERS[:3], NUMBERS[:3], 0.9)], ("dw", "db"))
    assert "fractions" not in {slip.kind for slip in found}


def test_no_time_left_means_nothing_is_tried() -> None:
    with Budget(0.0) as none:
        assert not none.allows()
    spent = Budget()
    with spent:
        assert spent.allows()
        assert not spent.allows(60.0)
    assert Budget.after(3600.0).seconds == AT_LEAST


def test_that_nothing_raises_any_more_mends_no_output_that_hands_on_an_argument() -> None:
    right = """
    def f(x, k):
        out = np.zeros(len(x))
        for i in range(2):
            out += x * k
        return out, (x, k)
    """
    wrong = right.replace("np.zeros(len(x))", "np.zeros((2, len(x) - 1))")
    found = slips_of(wrong, right, [(NUMBERS, 2.0), (NUMBERS[:3], 3.0)], ("out", "cache"))
    assert "added up" not in {slip.kind for slip in found}


def test_a_slip_in_a_function_of_one_s_own_that_is_called_is_named_with_that_function() -> None:
    right = "def own(z):\n    return 1 / (1 + np.exp(-z))\n\n\ndef f(x):\n    return own(x) * x\n"
    (found,) = slips_of(right.replace("exp(-z)", "exp(z)"), right, [(NUMBERS,), (NUMBERS[:3],)])
    assert (found.helper, found.line) == ("own", 2)
    assert sentence(found.id).startswith("In your own `own`")


def test_a_cause_that_explains_less_than_a_slip_is_not_said_beside_it(monkeypatch) -> None:
    """The sigmoid without its minus makes the same cost as exchanged logarithms, and another gradient."""
    # Time enough, however busy the machine is.
    monkeypatch.setattr("grader.judging.budget.AT_LEAST", 10.0)
    lesson = load_lesson("logistic_regression")
    source = solved(lesson)["propagate"].replace("sigmoid(w.T @ X + b)", "1 / (1 + np.exp(w.T @ X + b))")
    function = defined(source, "propagate")
    result, _notes = Check(lesson, function.__globals__).found(lesson.exercise("propagate"), function)
    findings = [finding for case in result.cases for finding in case.findings]
    assert all(finding.slip for finding in findings)
    assert not any(lesson.exercise("propagate").misconception(finding.misconception) for finding in findings)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ("n = x.shape[1]\n    k = x.shape[0]", "lines exchanged"),
        ("n = x.shape[0] ** 1\n    k = x.shape[1] ** 1", "sign"),
    ],
)
def test_what_is_exchanged_or_wrong_alike_in_two_lines_is_named(wrong, kind) -> None:
    wrong = f"def f(x):\n    {wrong}\n    return 10 * n + k * x.sum()\n"
    right = wrong.replace("n = x.shape[1]\n    k = x.shape[0]", "n = x.shape[0]\n    k = x.shape[1]").replace(
        "** 1", "* 3"
    )
    wrong = wrong.replace("** 1", "+ 3")
    assert [slip.kind for slip in slips_of(wrong, right, TABLES)] == [kind]


def test_another_name_in_the_place_of_one_that_has_no_value_is_no_reason_while_its_output_stays_wrong() -> None:
    right = "def f(x, y):\n    a = 3 * x\n    b = y - 1\n    a = a + y\n    return a, b\n"
    wrong = right.replace("    a = 3 * x\n", "")
    assert slips_of(wrong, right, [(NUMBERS, NUMBERS**2), (NUMBERS[:3], NUMBERS[1:])], ("a", "b")) == ()


def test_a_line_is_not_called_one_too_many_because_the_notebook_has_a_variable_of_that_name() -> None:
    right = "def f(x):\n    m = x.shape[1]\n    return x / m\n"
    wrong = right.replace("x.shape[1]", "3 + len(x)")
    found = slips_of(wrong, right, [(np.ones((2, 3)),), (np.eye(3),)], m=3)
    assert "line too many" not in [slip.kind for slip in found]


@pytest.mark.parametrize("changed", ["np.sum(np.abs(a - b))", "np.sum(np.abs(a - b)\uff09"])
def test_the_text_of_a_cell_that_was_changed_and_has_not_run_tells_no_slip(changed: str) -> None:
    """Where the new cell cannot be read, the function that is judged is still the one of the cell before."""
    lesson = load_lesson("numpy_basics")
    wrong = 'def L1(a, b):\n    """The loss."""\n    loss = np.sum(a - b)\n    return loss\n'
    function = defined(wrong, "L1")
    text, file = wrong.replace("np.sum(a - b)", changed), function.__code__.co_filename
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    result, _notes = Check(lesson, function.__globals__).found(lesson.exercise("L1"), function)
    assert result.points == 0
    assert not any(finding.slip for case in result.cases for finding in case.findings)


def test_a_docstring_is_neither_moved_nor_left_out():
    source = 'def f(x):\n    """A text."""\n    y = x\n    y += 1\n    return y\n'
    tree = Tree(ast.parse(source).body[0], source)
    moved = [edit.at.lineno for edit in likely_slips(tree) if edit.kind in ("too early", "line too many")]
    assert 3 in moved
    assert 2 not in moved


def test_a_cell_that_was_changed_and_cannot_be_read_is_no_failure_of_the_check():
    lesson = load_lesson("numpy_basics")
    function = defined("def L1(a, b):\n    raise NotImplementedError\n")
    text, file = "def L1(a, b):\n    return np.sum(a - b\uff09\n", function.__code__.co_filename
    linecache.cache[file] = (len(text), None, text.splitlines(True), file)
    result, _notes = Check(lesson, function.__globals__).found(lesson.exercise("L1"), function)
    assert {finding.kind for case in result.cases for finding in case.findings} == {"not_implemented"}


def test_what_is_too_many_is_named_before_a_product_that_would_make_up_for_it():
    """A matrix product sums over the examples, so that the table it makes holds the sum m times: just what divides by m again."""
    right = "def f(x, y):\n    a = np.log(x)\n    return np.sum(y * np.exp(x) + (1 - y) * a) / 3\n"
    inputs = [(np.array([[1.0, 2, 5]]) * k, np.array([[0.0, 1, 0]])) for k in (1, 2)]
    (slip,) = slips_of(right.replace("np.log(x)", "np.log(x) / 3"), right, inputs)
    assert (slip.kind, slip.line) == ("divisor too many", 2)
    texts = Tree(
        ast.parse("def f(name):\n    return {'d' + name: 1}\n").body[0], "def f(name):\n    return {'d' + name: 1}\n"
    )
    assert not any(edit.kind == "term too many" for edit in small_slips(texts))
