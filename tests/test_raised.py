"""What is said about an exception: the line, the shapes, and the usual cause where the values show it."""

import linecache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import case, current
from grader.running.calling import call
from grader.running.exceptions import where_stopped
from grader.running.modules import student_names
from grader.running.notebook import Cell, define

HELPERS = """
import numpy as np
import math
def relu(Z):
    return np.maximum(0, Z), Z
def nothing(Z):
    A = Z
def linear(A, W, b):
    return W @ A + b
"""
GRADS = {"dW1": np.ones((4, 3)), "db1": np.ones((4, 1)), "dW2": np.ones((1, 4))}


def said(body, *arguments, parameters="w, X, Y, grads"):
    """The message for a function with this body, where w is (3, 1), X (3, 5) and Y (1, 5)."""
    source = HELPERS + f"def f({parameters}):\n" + "".join(f"    {line}\n" for line in body.split("; "))
    names = student_names(current().library_in("numpy_basics"))
    assert define([Cell(1, source)], names) == []
    given_to_f = arguments or (np.ones((3, 1)), np.ones((3, 5)), np.ones((1, 5)), GRADS)
    # What a body sets with np.seterr is not for the other tests.
    with np.errstate():
        outcome = call(names["f"], case("any", *given_to_f))
    assert outcome.problem in ("raised", "memory")
    return outcome.message


# ---- arrays that do not fit


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ("return w @ X", "`w.T`"),
        ("return np.dot(w, X)", "`w.T`"),
        ("return w.dot(X)", "`w.T`"),
        ("w @= X", "`w.T`"),
        ("return Y @ X", "`X.T`"),
        ("return (Y - 1) @ X", "`X.T`"),
        ("return X @ (X - Y)", ""),
        ("return X @ X", ""),
        ("return X.T @ w.T", "`w` without `.T`"),
        ("return grads['dW1'].T @ X", "`grads['dW1']` without `.T`"),
        ("return X @ grads['dW1']", "in the other order, `grads['dW1'] @ X`"),
        ("y = np.ones(3); return X @ y", ""),
    ],
)
def test_the_one_change_that_makes_a_product_fit_is_named(body, fits):
    message = said(body)
    assert "For `@`" in message
    assert message.partition("The shapes fit ")[2].partition(". (")[0].removeprefix("with ") == fits


sizes = st.integers(1, 4)


@given(left=st.tuples(sizes, sizes), right=st.tuples(sizes, sizes))
def test_a_change_is_named_exactly_where_it_alone_fits(left, right):
    if left[1] == right[0]:
        return
    message = said("return a @ b", np.ones(left), np.ones(right), parameters="a, b")
    changes = {"with `a.T`": left[0] == right[0], "with `b.T`": left[1] == right[1], "`b @ a`": right[1] == left[0]}
    named = [change for change in changes if change in message]
    assert named == ([change for change, fits in changes.items() if fits] if sum(changes.values()) == 1 else [])
    assert f"`a` has the shape {left} and `b` has {right}" in message


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("return X / np.linalg.norm(X, axis=1)", ["(3, 5)", "(3,)", "As a column, (3, 1), it would fit"]),
        ("return X - X.sum(axis=1)", ["`X.sum(axis=1)` has one axis only", "keepdims"]),
        ("return X + X.T", ["rows and columns of one of them exchanged"]),
        ("return grads['dW1'] * X", ["A matrix product, `@`, would fit"]),
        ("return X * grads['dW1']", ["only a 1 fits any size."]),
        ("return X > X.T", ["`X` has the shape (3, 5) and `X.T` has (5, 3)"]),
        ("return np.maximum(X, w.T)", ["`w.T` has (1, 3)"]),
        ("pad = 0; A = np.ones((3, 5)); A[:] = X[pad:-pad]", ["`pad` is 0", "`pad:-pad` ends at -0"]),
        ("w += X", ["`w` has the shape (3, 1) and keeps it"]),
        ("Z = np.zeros((4, 5)); Z[:2] = X", ["(3,5)", "(2,5)"]),
        ("return X.reshape(4, 5)", ["15 entries", "(4,5)"]),
        ("return np.concatenate([X, w.T])", ["`X` (3, 5)", "`w` (3, 1)"]),
    ],
)
def test_shapes_are_named(body, parts):
    assert [part for part in parts if part not in said(body)] == []


def test_a_product_with_a_number_is_said_to_be_another_sign():
    assert "`lr` is one number" in said("lr = 0.5; return lr @ X")


def test_a_huge_table_names_the_shapes_that_make_it():
    message = said("a = np.ones((10**6, 1)); b = np.ones(10**6); return a - b")
    assert "`a` has the shape (1000000, 1) and `b` has (1000000,)" in message
    assert "1,000,000,000,000 numbers" in message


# ---- names, entries, attributes

only_without_product = pytest.mark.skipif(hasattr(np, "product"), reason="numpy before 2 has it still")


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("activation = 'relu'; return activaton", "Did you mean `activation`?"),
        ("return x", "Did you mean `X`?"),
        ("dW2 = 1; return dW3", "there only if its line calls nothing"),
        ("return train_set", "There is no `train_set`"),
        ("return forward(X)", "There is no function `forward`"),
        ("return exp(X)", "`np.exp`"),
        ("return os.sep", "The module `os` is not imported"),
        ("for i in range(0): cost = 1; return cost", "`cost` has no value yet"),
        ("return grads['dW3']", 'no entry "dW3"; its entries are: "dW1", "db1", "dW2".'),
        ("l = 3; return grads[f'dW{l}']", 'no entry "dW3"'),
        ("l = 3; return grads['dW' + str(l)]", 'no entry "dW3"'),
        ("return grads['dw1']", 'Did you mean "dW1"?'),
        ("return X[3, 0]", "the last one is number 2"),
        ("return X[0, 1, 2]", "It has 2 axes"),
        ("y = np.ones(4); return y.shape[1]", "`y` has the shape (4,): one axis."),
        ("caches = [1, 2]; return caches[2]", "`caches` has 2 entries. Counting begins at 0"),
        ("y = np.ones(4); return np.sum(y, axis=1)", "`y` has the shape (4,)"),
        ("return X.length", "it has `size`"),
        ("return X.exp()", "`np.exp(X)`"),
        ("return np.log1(X)", "Did you mean `np.log1p`?"),
        ("return grads.dW1", '`grads["dW1"]`'),
        ("A = nothing(X); return A.shape", "`A` is None here"),
        ("A = relu(X); return A.shape", "`A` is a tuple of 2 values"),
        ("L = [1]; return L.shape", "`L` is a list"),
        ("return relu.shape", "`relu` is a function"),
    ],
)
def test_what_is_not_there_is_named_with_what_there_is(body, part):
    assert part in said(body)


def test_keys_that_mean_different_things_are_not_suggested_for_one_another():
    assert "Did you mean" not in said("return grads['dW3']")


# ---- values of another kind


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("A, cache, more = relu(X)", "On the left there are 3 names; `relu(X)` returns 2."),
        ("A, cache = nothing(X)", "`nothing(X)` is None"),
        ("cache = relu(X); a, b, c = cache", "`cache` is a tuple of 2 values"),
        ("m, n, c = X.shape", "`X.shape` is the shape (3, 5)"),
        ("A = relu(X); return A + 1", "`A` is a tuple of 2 values"),
        ("A = nothing(X); return A @ X", "`A` is None here"),
        ("A = nothing(X); return np.exp(A)", "`A` is None here"),
        ("return relu[X]", "`relu` is a function"),
        ("return np.zeros(3, 4)", "two pairs of brackets"),
        ("return np.random.randn((3, 4))", "one by one"),
        ("return linear(X, w)", "`linear(A, W, b)`"),
        ("return X(0)", "`X` is an array"),
        ("m = 5; return m (2)", "`m` is a number"),
        ("return float(X)", "a sum or a mean may be missing"),
        ("return math.exp(X)", "numpy's function of the same name"),
        ("m = 5; return [i for i in range(m / 2)]", "`//` a whole one"),
        ("l = 1; return grads['dW' + l]", "`str(l)`"),
        ("cache = relu(X); return cache['A']", "its entries have numbers"),
        ("t = (1, 2); t[0] = 3", "cannot be changed"),
        ("shape = (2, 3); return X / shape", "`shape` is the tuple (2, 3)"),
        ("k = np.arange(3); k /= 2", "`k` holds whole numbers"),
        ("x = 3.0; x[x < 0] = 0", "`x` is one number: it has no entries"),
        ("return max(X, 0)", "Python's own `max`"),
        ("return 1 if X > 0 else 0", "one yes or no"),
        ("m = 0; return 5 / m", "`m` is 0 here"),
        ("return f(w, X, Y, grads)", "`f` calls itself"),
        ("assert X.shape == w.shape", "`X.shape` = (3, 5), `w.shape` = (3, 1)"),
        ("np.seterr(all='raise'); return np.exp(1000 * X)", "above about 709"),
    ],
)
def test_the_usual_cause_is_named(body, part):
    assert part in said(body)


def test_an_error_inside_a_call_is_no_matter_of_the_names_on_the_left():
    assert "On the left" not in said("A, cache = linear(X, w, 0), 5")


CALLING = "def inner(a, b):\n    return a @ b\ndef f(w, X):\n    Z = inner(w, X)\n    return Z\n"


def test_an_error_in_another_function_names_the_line_that_called_it():
    names = {}
    define([Cell(1, CALLING)], names)
    message = call(names["f"], case("any", np.ones((3, 1)), np.ones((3, 5)))).message
    assert "line 2 of `inner`, `return a @ b`" in message
    assert "This was called in line 4: `Z = inner(w, X)`." in message


def test_in_a_function_that_was_called_no_change_is_named():
    names = {}
    define([Cell(1, CALLING)], names)
    assert "fit with" in call(names["inner"], case("any", np.ones((3, 1)), np.ones((3, 5)))).message
    assert "fit with" not in call(names["f"], case("any", np.ones((3, 1)), np.ones((3, 5)))).message


# ---- calls that were stopped


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("while True: stop()", ["line 2", "ends by `break` or `return` only"]),
        ("x = 1\n    while x > 0:\n        stop()", ["line 3: `while x > 0:`", "ends when `x > 0` is false"]),
        ("for i in range(3):\n        for j in range(2): stop()", ["line 3", "within 2 loops"]),
        (
            "for i in range(3):\n        for j in range(2):\n            inner()",
            ["line 3: `for j in range(2):`", "within 2 loops"],
        ),
        ("for i in range(3):\n        inner()\n        stop()", ["line 2: `for i in range(3):`"]),
        ("stop()", ["line 2: `stop()`"]),
    ],
)
def test_a_call_that_was_stopped_names_its_line_and_its_loops(body, parts):
    names = {}
    define([Cell(1, f"def f():\n    {body}\ndef inner():\n    stop()\n")], names)
    names["stop"] = interrupted
    with pytest.raises(KeyboardInterrupt) as stopped:
        names["f"]()
    message = where_stopped(stopped.value, names["f"])
    assert [part for part in parts if part not in message] == []


def interrupted():
    raise KeyboardInterrupt


# ---- whatever is there


class Touchy:
    """What a student may make: looking at it in any way is noticed."""

    touched = 0

    def __getattribute__(self, name):
        Touchy.touched += 1
        raise AttributeError(name)

    def __len__(self):
        Touchy.touched += 1
        raise AttributeError

    __eq__ = __repr__ = __getitem__ = __iter__ = __call__ = __add__ = __radd__ = __matmul__ = __bool__ = __len__
    __hash__ = None


@pytest.mark.parametrize(
    "body",
    ["return X + thing", "return thing.shape", "return thing[0]", "a, b = thing", "return thing @ X", "thing(1)"],
)
def test_nothing_of_the_students_making_is_asked(body):
    names = student_names(current().library_in("numpy_basics")) | {"thing": Touchy()}
    define([Cell(1, f"def f(X):\n    {body}\n")], names)
    Touchy.touched = 0
    with pytest.raises((AttributeError, TypeError)):
        names["f"](np.ones((2, 3)))
    once = Touchy.touched
    assert "line 2, `" in call(names["f"], case("any", np.ones((2, 3)))).message
    assert Touchy.touched == 2 * once


def test_arrays_of_the_students_making_are_not_read():
    body = "class Mine(np.ndarray):;     shape = property(lambda self: 1 / 0); Z = X.view(Mine); return Z @ Z"
    assert "ZeroDivisionError" not in said(body)


@pytest.mark.parametrize("body", ["return grads[list(range(9))[-1] * 'k' * 1000]", "raise ValueError('x' * 5000)"])
def test_a_message_is_short_and_one_line(body):
    message = said(body)
    assert len(message) < 1000
    assert "\n" not in message


def test_an_exception_of_the_students_own_is_only_quoted():
    message = said("class KeyError(Exception): pass; raise KeyError('dW3')")
    assert message.endswith("KeyError: dW3")


def test_without_its_source_a_line_is_still_named():
    names = {}
    exec(compile("def f(w, X):\n    return w @ X\n", "<nowhere>", "exec"), names)
    outcome = call(names["f"], case("any", np.ones((3, 1)), np.ones((3, 5))))
    assert outcome.message.startswith("line 2: ValueError")


def test_shapes_that_numpy_made_within_a_function_are_not_told_as_those_of_its_arguments():
    names = student_names(current().library_in("cnn"))
    assert (
        define([Cell(1, "import numpy as np\ndef f(X):\n    return np.pad(X, ((0, 0), (1, 1), (1, 1)))\n")], names)
        == []
    )
    assert "has the shape (3, 2)" not in call(names["f"], case("any", np.ones((3, 4, 5, 2)))).message


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("return (1 - X ^ 2)", "`**`"),
        ("return np.array([X, X[0]])", "no array can be made"),
        ("parts = [X, X[0]]; return np.array(parts)", "The parts of `parts` have different shapes"),
        ("sum = 0; return sum(X)", "hides Python's own function `sum`"),
        ("n = input(); return n", "Nobody types while a function is checked"),
        ("return np.dot(X, X)", "multiplied with `*`"),
        ("X = X.reshape(1, 2, 3); return X @ X", "multiplied with `*`"),
        ("return copy.deepcopy(X)", "The module `copy` is not imported"),
        ("np = 5; return np.divide(X, 2)", "`np` is one number here"),
    ],
)
def test_a_habit_that_is_no_python_is_named(body, part, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda *_prompt: (_ for _ in ()).throw(EOFError("EOF when reading a line")))
    names = student_names(current().library_in("shallow_net"))
    assert define([Cell(1, f"import numpy as np\ndef f(X):\n    {body}\n")], names) == []
    assert part in call(names["f"], case("any", np.ones((2, 3)))).message


# ---- a cell that was changed, and has not run since


@pytest.mark.parametrize("now", ["def f(X):\n    Y = X\n    return Y @ Y.T\n", "def f(X):\n    return X @ X\uff09\n"])
def test_nothing_is_quoted_of_a_text_that_the_function_was_not_made_from(now):
    names = student_names(current().library_in("shallow_net"))
    define([Cell(1, "def f(X):\n    return X @ X\n")], names)
    before = call(names["f"], case("any", np.ones((2, 3)))).message
    linecache.cache["<cell 1>"] = (len(now), None, now.splitlines(True), "<cell 1>")
    after = call(names["f"], case("any", np.ones((2, 3)))).message
    assert "line 2, `return X @ X`" in before
    assert after.startswith("line 2: ValueError")


def test_a_line_is_quoted_also_of_a_cell_that_imports_what_it_calls():
    text = "import numpy as np\ndef f(X):\n    return np.dot(X, X)\n"
    names = {}
    exec(compile(text, "<cell 1>", "exec"), names)
    linecache.cache["<cell 1>"] = (len(text), None, text.splitlines(True), "<cell 1>")
    assert "`return np.dot(X, X)`" in call(names["f"], case("any", np.ones((2, 3)))).message


def test_a_line_of_another_function_does_not_hide_what_is_pythons():
    names = student_names(current().library_in("shallow_net"))
    cells = [
        Cell(1, "def g(X):\n    sum = 1\n    return sum\n"),
        Cell(2, "sum = 5\n"),
        Cell(3, "def f(X):\n    return sum(X)\n"),
    ]
    define(cells, names)
    names["sum"] = 5
    assert "Your line `sum = 5` hides" in call(names["f"], case("any", np.ones((2, 3)))).message


# ---- a name that was typed otherwise


@pytest.mark.parametrize(
    ("body", "close"),
    [
        ("lose = np.sum(X); return loss", "lose"),
        ("cots = np.sum(X); cost = 1 if X is None else cots; return costs", "cost"),
        ("resutl = X * 2; return result", "resutl"),
        ("z = X + 1; Zs = z * 2; return s", ""),
        ("dZ1 = X; return dZ2", ""),
        ("lose = np.sum(X); print(lose); return loss", ""),
    ],
)
def test_a_name_that_is_never_read_is_suggested_for_one_that_is_not_there(body, close):
    names = student_names(current().library_in("shallow_net"))
    define([Cell(1, f"import numpy as np\ndef f(X):\n    {body}\n")], names)
    message = call(names["f"], case("any", np.ones((2, 3)))).message
    assert (f"Did you mean `{close}`?" in message) if close else ("Did you mean" not in message)
