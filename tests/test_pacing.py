"""A call with a pace is tried again with inputs that nobody has seen, and only a right answer counts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader import load_lesson
from grader.course import Outcome, Pace, case
from grader.grading.grade import Round, Submission, grade
from grader.running.notebook import Cell
from grader.running.pacing import TRIES, afresh, paced
from grader.running.replacing import Given
from grader.sandbox import Limits
from making import solved

CNN = load_lesson("cnn")
# A loop in place of the fast function, with a table of the answers that it has given.
REMEMBERING = """
_given = {}
def conv_forward_fast(A_prev, W, b, hparameters):
    key = A_prev.tobytes() + W.tobytes() + b.tobytes()
    if key not in _given:
        _given[key] = conv_forward(A_prev, W, b, hparameters)
    return _given[key]
"""
# From its second call on any input it is fast, and wrong.
GUESSING = """
_calls = []
def conv_forward_fast(A_prev, W, b, hparameters):
    _calls.append(A_prev.shape)
    Z, cache = conv_forward(A_prev, W, b, hparameters) if _calls.count(A_prev.shape) < 2 else (_last[0] + 1, None)
    _last[:] = [Z]
    return Z, cache
_last = [None]
"""


@given(arrays.arrays(st.sampled_from(["f8", "i8", "?"]), arrays.array_shapes(max_dims=4)))
def test_a_further_try_has_the_same_shapes_and_the_same_numbers_in_another_order(array):
    tried = afresh(case("any", array, 3, "same"), np.random.default_rng(0))
    assert tried.args[1:] == (3, "same")
    assert (tried.args[0].shape, tried.args[0].dtype) == (array.shape, array.dtype)
    assert sorted(map(repr, tried.args[0].ravel().tolist())) == sorted(map(repr, array.ravel().tolist()))


def nothing(_data):
    return None


SLOW = replace(case("any", np.arange(50.0)), pace=Pace(Given(nothing), 1e-9))


def test_no_try_has_the_inputs_of_another():
    seen = []
    paced(SLOW, lambda one: seen.append(one.args[0].tobytes()) or Outcome(seconds=1.0))
    assert len(seen) == len(set(seen)) == TRIES


@pytest.mark.parametrize(("right", "quickest"), [(True, 1.0), (False, 9.0)])
def test_a_quick_answer_counts_where_it_is_right(right, quickest):
    seconds = iter([9.0, 4.0, 1.0])
    paces = [paced(SLOW, lambda _one: Outcome(seconds=next(seconds)), lambda _one, _outcome: right).slowness]
    seconds = iter([9.0, 9.0, 9.0])
    paces.append(paced(SLOW, lambda _one: Outcome(seconds=next(seconds))).slowness)
    assert paces[0] / paces[1] == pytest.approx(quickest / 9, rel=0.9)


@pytest.mark.slow
@pytest.mark.parametrize("own", [REMEMBERING, GUESSING], ids=["remembering", "guessing"])
def test_a_table_of_answers_is_no_speed(own, sandbox):
    sources = {name: text for name, text in solved(CNN).items() if name != "conv_forward_fast"}
    cells = tuple(Cell(number, source) for number, source in enumerate([*sources.values(), own], 1))
    graded = grade(Submission("a", "a", cells), Round(CNN.name, 1, 5, Limits()), sandbox)
    (fast,) = (one for one in graded.exercises if one.name == "conv_forward_fast")
    assert fast.outputs["time for Z"][0] == 0
    assert fast.outputs["Z"][0] > 0
