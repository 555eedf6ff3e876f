"""Relations between a wrong result and the right one: named where they hold in every case, and only there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import Exercise, Outcome, Reference, case
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.judging.relations import FACTORS, RELATIONS, relation, sentence
from strategies import plain_data

RNG = np.random.default_rng(0)
SHAPES = [(3, 5), (2, 7), (4, 6)]
SLIPS = {
    "negated": lambda Z: -Z,
    "other signs": np.abs,
    "twice": lambda Z: 2 * Z,
    "half": lambda Z: Z / 2,
    "times m": lambda Z: Z * Z.shape[1],
    "divided by m": lambda Z: Z / Z.shape[1],
    "times the length": lambda Z: Z * len(Z),
    "divided by the length": lambda Z: Z / len(Z),
    **{f"times {n}": lambda Z, n=n: Z * n for n in (3, 4, 10, 100)},
    **{f"times 1/{n}": lambda Z, n=n: Z / n for n in (3, 4, 10, 100)},
    "logarithm to base 10": lambda Z: Z / np.log(10),
    "logarithm to base 2": lambda Z: Z / np.log(2),
    "transposed": lambda Z: Z.T,
    "reshaped": np.ravel,
    "squeezed": np.squeeze,
    "rows in another order": lambda Z: Z[::-1],
    "columns in another order": lambda Z: Z[:, ::-1],
    "all summed": np.sum,
    "not summed": lambda Z: np.stack([Z / 3, 2 * Z / 3], axis=1),
    "summed along another axis": lambda Z: Z.sum(axis=0),
    "one factor": lambda Z: Z * 0.37,
}


def seen(slip):
    columns = slip is np.squeeze
    arrays = [RNG.normal(size=(rows, 1 if columns else m)) for rows, m in SHAPES]
    return [(Z, slip(Z), case("", Z)) for Z in arrays]


@pytest.mark.parametrize("id", RELATIONS)
def test_each_relation_is_found_as_itself_and_has_its_sentence(id):
    assert relation(seen(SLIPS[id])) == id
    assert sentence(id)


@pytest.mark.parametrize("id", RELATIONS)
def test_a_relation_that_fails_in_one_case_is_not_named(id):
    cases = seen(SLIPS[id])
    expected, actual, last = cases[-1]
    assert relation([*cases[:-1], (expected, actual + 1, last)]) is None


def test_of_answers_that_are_1_or_minus_1_it_says_nothing_that_some_are_turned():
    answers = [np.array([1.0, -1, 1]), np.array([-1.0, 1, 1])]
    assert relation([(one, np.abs(one), case("")) for one in answers]) is None


@pytest.mark.parametrize("value", ["text", None, [1, [2, 3]], 1j, np.array([None])])
def test_what_is_no_array_of_numbers_has_no_relation(value):
    assert relation([(np.ones(3), value, case(""))] * 2) is None


@given(st.integers(2, 50))
def test_a_factor_that_only_happens_to_be_one_number_is_not_called_m(factor):
    cases = [(Z, factor * Z, case("", Z)) for Z in (RNG.normal(size=shape) for shape in SHAPES)]
    assert relation(cases) == (
        "twice" if factor == 2 else f"times {factor}" if str(factor) in FACTORS else "one factor"
    )


def judged(slip, shapes=SHAPES):
    exercise = Exercise("f", ("Z",), {"Z": 1}, lambda _rng: iter(()))
    references = [Reference(case(str(shape), Z), {"Z": Z}) for shape in shapes for Z in [RNG.normal(size=shape)]]
    return explained(exercise, [Played(r, Outcome(slip(r.expected["Z"]))) for r in references])


def test_the_finding_of_every_failing_case_names_the_relation():
    assert {f.misconception for c in judged(np.transpose).cases for f in c.findings} == {"transposed"}


def test_one_failing_case_alone_names_nothing():
    assert {f.misconception for c in judged(np.transpose, SHAPES[:1]).cases for f in c.findings} == {None}


@given(plain_data, plain_data, plain_data)
def test_no_value_and_no_argument_stops_the_search_for_a_relation(expected, actual, argument):
    relation([(expected, actual, case("", argument, [np.ones((2, 3)), np.ones(4)]))])


def test_right_numbers_in_a_list_have_no_relation_to_the_right_ones():
    # With an argument of one column, "times m" is no change.
    seen = [(RNG.normal(size=shape), case("any", np.ones((4, 1)))) for shape in SHAPES]
    assert relation((expected, expected.tolist(), one) for expected, one in seen) is None
