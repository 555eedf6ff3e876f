"""An argument that is a numpy Generator: stored and sent as its seed, made anew for every call."""

import numpy as np

from grader.authoring.packing.writer import inputs_digest
from grader.course import Reference, Seeded, case
from grader.running.calling import call
from grader.sandbox.wire import decode, encode


def draw(rng, scale=1.0):
    return rng.normal(size=3) * scale


def test_each_call_gets_a_generator_of_its_own():
    one, other = (call(draw, case("", Seeded(5))).value for _ in range(2))
    np.testing.assert_array_equal(one, np.random.default_rng(5).normal(size=3))
    np.testing.assert_array_equal(one, other)


def test_a_keyword_may_be_seeded_too():
    np.testing.assert_array_equal(call(draw, case("", rng=Seeded(5))).value, call(draw, case("", Seeded(5))).value)


def test_it_travels_to_the_sandbox():
    assert decode(encode((1.5, Seeded(7)))) == (1.5, Seeded(7))


def test_another_seed_is_another_input():
    one, other = ({"f": (Reference(case("", Seeded(seed)), {}),)} for seed in (1, 2))
    assert inputs_digest(one) != inputs_digest(other)
