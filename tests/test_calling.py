"""What one call of a student's function comes to: an Outcome, whatever the function does."""

import functools
import math
import sys
import warnings
from collections import namedtuple

import numpy as np
import pytest
from hypothesis import given

from grader.course import Given, Unsupported, case, current
from grader.course.plain import MAX_DEPTH, MAX_ITEMS
from grader.running.calling import MAX_PRINTED, call, plain
from grader.running.exceptions import Unavailable
from grader.running.lookup import find
from grader.running.modules import student_names
from grader.running.notebook import Cell, define
from strategies import plain_data


def same(value):
    return value


def defined(source):
    """The names that a cell of that source defines."""
    names = student_names(current().library_in("logistic_regression"))
    define([Cell(1, source)], names)
    return names


# ---- arguments


def test_value_is_what_the_function_returns():
    assert call(lambda x, scale=1: x * scale, case("any", 4, scale=3)).value == 12


def test_arguments_are_copies():
    X, parameters = np.ones((2, 3)), {"w": np.ones(2)}

    def overwrites(X, parameters):
        X[:] = 9
        parameters["w"][:] = 9
        parameters.clear()

    call(overwrites, case("any", X, parameters=parameters))
    assert (X == 1).all()
    assert (parameters["w"] == 1).all()


def test_second_call_gets_what_the_first_got():
    def doubles(X):
        X *= 2
        return X

    one = case("any", np.ones(3))
    np.testing.assert_array_equal(call(doubles, one).value, call(doubles, one).value)


def test_returned_value_is_a_copy():
    kept = np.zeros(3)
    value = call(lambda: kept, case("any")).value
    kept[:] = 5
    assert (value == 0).all()


@pytest.mark.parametrize("passed", [(), (1,), (1, 2, 3)], ids=["none", "one", "three"])
def test_other_parameters_are_named_with_the_reason(passed):
    def two(w, b):
        return w + b

    outcome = call(two, case("any", *passed))
    assert outcome.problem == "arguments"
    assert "(w, b)" in outcome.message


def test_an_extra_parameter_that_is_never_read_is_no_mismatch():
    def three(w, b, lambd):
        return w + b

    assert call(three, case("any", 1, 2)).value == 3


def test_an_extra_parameter_that_is_read_is_a_mismatch():
    def three(w, b, lambd):
        return w + b + lambd

    assert call(three, case("any", 1, 2)).problem == "arguments"


def test_extra_parameters_with_defaults_keep_them():
    assert call(lambda w, b, lambd=0.5: w + b + lambd, case("any", 1, 2)).value == 3.5


@pytest.mark.parametrize(
    "function",
    [math.sqrt, np.sqrt, functools.partial(pow, 2), float, [].append, functools.cache(same)],
    ids=["builtin", "ufunc", "partial", "class", "method", "wrapped"],
)
def test_any_callable_can_be_called(function):
    assert call(function, case("any", 4.0)).problem is None


@pytest.mark.parametrize("thing", [5, "text", None, np.ones(3), [same]], ids=lambda thing: type(thing).__name__)
def test_what_is_no_function_is_said_to_be_none(thing):
    outcome = call(thing, case("any"))
    assert outcome.problem == "arguments"
    assert type(thing).__name__ in outcome.message


# ---- what it prints and warns of


@pytest.mark.parametrize("kind", [DeprecationWarning, FutureWarning])
def test_what_a_later_version_will_do_is_no_warning_of_numbers(kind):
    assert call(lambda: warnings.warn("float() of an array", kind, stacklevel=1), case("any")).warnings == ()


def test_what_is_printed_is_kept_and_shown_nowhere(capfd):
    def talks():
        print("to stdout")
        print("to stderr", file=sys.stderr)

    assert call(talks, case("any")).printed == "to stdout\nto stderr\n"
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "line",
    [
        "sys.stderr.write('seen')",
        "sys.stdout.write('seen'); sys.stdout.flush()",
        "print('seen', file=sys.stderr, flush=True)",
        "print('seen', file=stderr)",
    ],
)
def test_every_way_to_print_is_printing(line):
    names = defined(f"import sys\nfrom sys import stderr\ndef f(x):\n    {line}\n    return x\n")
    outcome = call(names["f"], case("any", 3))
    assert (outcome.problem, outcome.value) == (None, 3)
    assert "seen" in outcome.printed


def test_the_rest_of_sys_is_not_there():
    outcome = call(defined("import sys\ndef f():\n    return sys._getframe()\n")["f"], case("any"))
    assert outcome.problem == "unavailable"


def test_a_flood_of_output_is_cut():
    outcome = call(lambda: [print("x" * 1000) for _ in range(1000)] and 1, case("any"))
    assert len(outcome.printed) == MAX_PRINTED
    assert outcome.value == 1


def test_output_that_is_half_a_character_is_kept_readable():
    call(lambda: print("\ud83d"), case("any")).printed.encode()


@pytest.mark.parametrize("action", ["error", "ignore", "always"])
def test_warnings_are_kept_whatever_the_filter(action, capfd):
    with warnings.catch_warnings():
        warnings.simplefilter(action)
        outcome = call(lambda x: np.log(x), case("any", np.zeros(2)))
    assert outcome.problem is None
    assert outcome.warnings == ("divide by zero encountered in log",)
    assert capfd.readouterr().err == ""


def test_a_filter_set_inside_does_not_outlive_the_call():
    before = list(warnings.filters)
    call(lambda: warnings.simplefilter("error"), case("any"))
    assert warnings.filters == before


# ---- exceptions


def test_an_exception_names_its_line_and_quotes_it():
    f = defined("def f(x):\n    y = x + 1\n    return y / 0\n")["f"]
    outcome = call(f, case("any", 1))
    assert outcome.problem == "raised"
    assert all(part in outcome.message for part in ("ZeroDivisionError", "line 3", "return y / 0", "division by zero"))


def test_an_exception_in_a_library_names_the_line_that_called_it():
    f = defined("import numpy as np\ndef f(x):\n    return np.ones((2, 3)) @ x\n")["f"]
    message = call(f, case("any", np.ones(5))).message
    assert "line 3" in message
    assert "return np.ones((2, 3)) @ x" in message


def test_an_exception_in_another_function_of_the_notebook_names_that_line():
    f = defined("def half(x):\n    return x / 0\ndef f(x):\n    return half(x)\n")["f"]
    message = call(f, case("any", 1)).message
    assert "line 2" in message
    assert "return x / 0" in message


@pytest.mark.parametrize("error", [SystemExit, SystemExit(0), SystemExit("bye")], ids=str)
def test_exit_ends_the_call_only(error):
    def leaves():
        raise error

    outcome = call(leaves, case("any"))
    assert outcome.problem == "raised"
    assert "exit" in outcome.message


def test_endless_recursion_is_an_exception_like_others():
    def again(x):
        return again(x)

    outcome = call(again, case("any", 1))
    assert outcome.problem == "raised"
    assert "RecursionError: " in outcome.message
    assert outcome.message.startswith("line ")


def test_too_much_memory_is_said_to_be_that():
    assert call(lambda: np.zeros((10**9, 10**9)), case("any")).problem == "memory"


def test_a_stub_is_not_filled_in():
    def stub(x):
        raise NotImplementedError("stub: about 2 lines")

    outcome = call(stub, case("any", 1))
    assert (outcome.problem, outcome.message) == ("not_implemented", "stub: about 2 lines")


def test_a_function_that_calls_a_stub_says_which():
    names = defined("def first():\n    raise NotImplementedError\ndef second():\n    return first()\n")
    outcome = call(names["second"], case("any"))
    assert outcome.problem == "not_implemented"
    assert "first" in outcome.message


def test_a_missing_module_is_unavailable():
    def uses():
        raise Unavailable("`torch` is not available while grading")

    outcome = call(uses, case("any"))
    assert (outcome.problem, outcome.message) == ("unavailable", "`torch` is not available while grading")


def test_an_exception_that_cannot_be_printed_is_still_reported():
    class Mute(Exception):
        def __str__(self):
            raise ValueError

    def raises():
        raise Mute

    outcome = call(raises, case("any"))
    assert outcome.problem == "raised"
    assert "Mute" in outcome.message


def test_an_exception_message_is_one_short_line_of_text():
    def raises():
        raise ValueError("a\nb\ud83d" + "c" * 10_000)

    message = call(raises, case("any")).message
    assert "\n" not in message
    assert len(message) < 500
    message.encode()


def test_an_interrupt_is_the_users_and_passes():
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call(interrupted, case("any"))


# ---- functions given in the place of others


def constant(data, *_args):
    return data


SOURCE = "def helper(x):\n    return -x\ndef f(x):\n    return helper(x)\n"


def test_a_given_function_replaces_the_students():
    names = defined(SOURCE)
    assert call(names["f"], case("any", 1, given={"helper": Given(constant, 40)})).value == 40


def test_a_given_function_gets_its_data_and_the_arguments():
    names = defined(SOURCE)
    given_sum = Given(lambda data, x: data + x, 40)
    assert call(names["f"], case("any", 2, given={"helper": given_sum})).value == 42


def test_a_given_function_is_called_by_the_names_of_the_students_own():
    f = defined("def helper(mine, other=3):\n    return 0\ndef f(x):\n    return helper(other=1, mine=x)\n")["f"]
    assert call(f, case("any", 7, given={"helper": Given(lambda _data, x, y: (x, y))})).value == (7, 1)


@pytest.mark.parametrize("use", ["helper(x, 5)", "helper(x, seed=5)", "helper(x, shown=True)"])
def test_what_the_students_own_takes_besides_does_not_reach_a_given_function(use):
    f = defined(f"def helper(x, seed=0, *, shown=False):\n    return 0\ndef f(x):\n    return {use}\n")["f"]
    assert call(f, case("any", 7, given={"helper": Given(lambda _data, x: x)})).value == 7


@pytest.mark.parametrize(
    "wrapped",
    [
        "g = functools.partial(f)",
        "g = functools.partial(functools.partial(f))",
        "g = functools.lru_cache(f)",
        "g = np.vectorize(f)",
        "class G:\n    def __call__(self, x):\n        return helper(x)\ng = G()",
        "g = functools.singledispatch(f)",
    ],
)
def test_a_given_function_reaches_into_what_is_wrapped(wrapped):
    names = defined(SOURCE) | {"functools": functools, "np": np}
    exec(f"{SOURCE}{wrapped}", names)
    assert call(names["g"], case("any", 1, given={"helper": Given(constant, 40)})).value == 40
    assert names["helper"](1) == -1


def test_a_given_function_replaces_one_that_has_a_second_name():
    names = defined(SOURCE + "second = helper\ndef g(x):\n    return second(x)\n")
    assert call(names["g"], case("any", 1, given={"helper": Given(constant, 40)})).value == 40
    assert names["second"] is names["helper"]


def test_a_given_function_replaces_one_that_is_spelt_in_another_way():
    f = defined("def myHelper(x):\n    return -x\ndef f(x):\n    return myHelper(x)\n")["f"]
    assert call(f, case("any", 1, given={"my_helper": Given(constant, 40)})).value == 40


def test_a_given_function_does_not_share_its_data():
    f = defined("def f():\n    w = helper()\n    w += 1\n    return w\n")["f"]
    one = case("any", given={"helper": Given(constant, np.zeros(2))})
    assert [call(f, one).value.tolist() for _ in range(2)] == [[1, 1], [1, 1]]


@pytest.mark.parametrize("body", ["return helper(x)", "return 1 / 0", "raise SystemExit"])
def test_the_students_function_is_back_after_the_call(body):
    names = defined(f"def helper(x):\n    return -x\ndef f(x):\n    {body}\n")
    own = names["helper"]
    call(names["f"], case("any", 1, given={"helper": Given(constant), "unheard_of": Given(constant)}))
    assert names["helper"] is own
    assert "unheard_of" not in names


def test_the_students_function_is_back_after_an_interrupt():
    names = defined("def helper(x):\n    return -x\ndef f(x):\n    raise KeyboardInterrupt\n")
    own = names["helper"]
    with pytest.raises(KeyboardInterrupt):
        call(names["f"], case("any", 1, given={"helper": Given(constant)}))
    assert names["helper"] is own


# ---- plain data


@given(plain_data)
def test_plain_data_comes_back_as_it_is(value):
    np.testing.assert_equal(plain(value), value)


def test_what_is_not_plain_is_replaced_in_its_place():
    value = plain({"A": np.ones(2), "model": object(), "more": [1, {2, 3}]})
    assert value["model"] == Unsupported("object")
    assert value["more"] == [1, Unsupported("set")]


def test_a_list_within_itself_ends_somewhere():
    endless: list = []
    endless.append(endless)
    value = plain(endless)
    for _ in range(MAX_DEPTH):
        (value,) = value
    assert isinstance(value, Unsupported)


def test_a_list_without_end_is_not_copied():
    assert isinstance(plain([0] * (MAX_ITEMS + 1)), Unsupported)


@pytest.mark.parametrize("number", [2**64, -(2**63) - 1, 10**5000], ids=["above", "below", "very long"])
def test_a_number_beyond_64_bits_is_not_plain(number):
    assert isinstance(plain(number), Unsupported)
    assert plain({number: 1}) == {}


@pytest.mark.parametrize("value", [{"W1": 1}, [1, 2], (1, 2)], ids=["dict", "list", "tuple"])
def test_a_class_that_is_a_container_is_that_container_whatever_it_overrides(value):
    base = type(value)
    lies = {name: lambda *_: 1 / 0 for name in ("__len__", "__iter__", "__getitem__", "__eq__", "keys", "items")}
    mine = type("Mine", (base,), lies)(value)
    assert type(plain(mine)) is base
    assert plain(mine) == value


def test_a_class_that_only_says_it_is_a_container_is_none():
    class Mine:
        __class__ = dict

    assert isinstance(plain(Mine()), Unsupported)


def test_a_tuple_with_named_entries_is_a_tuple():
    cache = namedtuple("Cache", "A W")(np.ones(2), 3)
    value = plain(cache)
    assert type(value) is tuple
    assert value[1] == 3


def test_a_key_of_numpy_is_a_key():
    assert plain({np.str_("W1"): 1, np.array(["b1"])[0]: 2}) == {"W1": 1, "b1": 2}


def test_long_numbers_become_usual_ones():
    assert plain(np.ones(2, np.longdouble)).dtype == float


# ---- the function of an exercise


def test_the_exact_name_is_preferred():
    assert find({"flattenImages": 1, "flatten_images": same}, "flatten_images") is same


@pytest.mark.parametrize("name", ["normalizeRows", "NormalizeRows", "normalize_Rows", "normalizerows"])
def test_another_spelling_of_the_words_is_found(name):
    assert find({name: same, "np": np}, "normalize_rows") is same


def test_the_last_of_several_spellings_is_taken():
    assert find({"normalizeRows": len, "normalizerows": same}, "normalize_rows") is same


def test_a_variable_of_another_spelling_is_no_function():
    assert find({"normalizeRows": 5}, "normalize_rows") is None


def test_another_word_is_not_found():
    assert find({"normalise_rows": same}, "normalize_rows") is None


# ---- forms of numbers and arrays


def test_a_matrix_of_numpy_is_an_array():
    value = call(lambda: {"dw": np.matrix([[1.0], [2.0]])}, case("any")).value
    assert type(value["dw"]) is np.ndarray
    assert value["dw"].shape == (2, 1)


def test_a_list_that_contains_itself_a_few_times_is_told_at_once():
    endless = []
    endless += [endless] * 6
    assert isinstance(plain(endless), Unsupported)


def test_one_array_many_times_is_not_copied_without_an_end():
    assert isinstance(plain([np.zeros(1_000_000)] * 100), Unsupported)


def test_nobody_types_during_a_check(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda *_prompt: "3")
    outcome = call(lambda x: x + float(input("a number")), case("", 1.0))
    assert (outcome.problem, input()) == ("raised", "3")
    assert "EOFError" in outcome.message
