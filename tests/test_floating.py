"""Where no processor flag tells numpy of overflow, looking at the results tells the same."""

import warnings

import numpy as np
import pytest

from grader.course import Case
from grader.running import calling
from grader.running.floating import are_raised, looked_at, without_looking

BIG = np.array([-1000.0, 0.5, 1000.0])
FORMS = {
    "the exponential of what is too large": lambda x: 1 / (1 + np.exp(-x)),
    "of an array made anew": lambda x: np.exp(-np.asarray(x, dtype=float)),
    "a power of e": lambda x: 1 / (1 + np.e**-x),
    "of a number": lambda x: np.exp(float(x[-1])),
    "its own array in the end": lambda x: np.divide(1, np.add(np.exp(x), 1, out=np.empty(3)), out=np.empty(3)),
    "each side by itself": lambda x: np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x))),
    "infinity less infinity": lambda x: np.exp(x) - np.exp(x),
    "the logarithm of zero": lambda x: np.log(x - 0.5),
    "the logarithm below zero": lambda x: np.log(x),
    "a division by zero": lambda x: 1 / (x - 0.5),
    "stable": lambda x: np.exp(-np.abs(x)) / (1 + np.exp(-np.abs(x))),
    "by the larger half": lambda x: np.exp(np.minimum(x, 0)) / (1 + np.exp(-np.abs(x))),
    "by masks": lambda x: np.array([np.exp(v) if v < 0 else 1 / (1 + np.exp(-v)) for v in x.tolist()]),
    "asked to be quiet": lambda x: _quiet(x),
    "a softmax": lambda x: np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x))),
    "a softmax by method": lambda x: np.exp(x - x.max(axis=0, keepdims=True)) / np.exp(x - x.max()).sum(),
    "in a dictionary": lambda x: {"a": [np.exp(x), (x * 2, x[0])]},
}


def _quiet(x):
    with np.errstate(all="ignore"):
        return 1 / (1 + np.exp(-x))


@pytest.mark.parametrize("form", FORMS)
def test_the_same_is_warned_of_and_the_same_returned(form):
    expected, said = _called(FORMS[form], BIG)
    with looked_at((BIG,)) as (looked,):
        value, seen = _called(FORMS[form], looked)
    assert bool(seen) == bool(said)
    assert set(seen) >= set(said[:1])
    np.testing.assert_equal(calling.plain(without_looking(value)), calling.plain(expected))


def _called(function, x):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        value = function(x)
    return value, [str(one.message) for one in caught]


def test_numpy_is_as_before_afterwards():
    before = dict(vars(np))
    with looked_at(()):
        assert np.exp is not before["exp"]
    assert dict(vars(np)) == before


def test_a_call_that_must_be_silent_is_looked_at_where_numpy_learns_of_nothing(monkeypatch):
    monkeypatch.setattr(calling, "are_raised", lambda: False)
    with np.errstate(all="ignore"):
        quiet = calling.call(np.exp, Case("", (BIG,), silent=False))
    assert not quiet.warnings
    outcome = calling.call(lambda x: 1 / (1 + np.exp(-x)), Case("", (BIG,), silent=True))
    assert outcome.warnings == ("overflow encountered in exp",)
    assert type(outcome.value) is np.ndarray


def test_so_is_a_call_that_tries_an_edit(monkeypatch):
    monkeypatch.setattr(calling, "are_raised", lambda: False)
    given = []
    outcome = calling.tried(lambda x: given.append(x) or (1 / (1 + np.exp(-x)), x), Case("", (BIG,), silent=True))
    assert type(given[0]) is not np.ndarray
    assert outcome.warnings == ("overflow encountered in exp",)
    assert [type(one) for one in outcome.value] == [np.ndarray, np.ndarray]


def test_processors_with_flags_need_no_looking():
    assert are_raised()
