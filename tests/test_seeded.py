"""An argument that is a numpy Generator: stored and sent as its seed, made anew for every call."""

import h5py
import numpy as np

from grader import references
from grader.calling import call
from grader.course import Reference, Seeded, case, load_lesson
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


def test_it_is_stored_in_a_reference_file(tmp_path):
    exercise = load_lesson("regularisation").exercise("split_data")
    stored = (Reference(case("one", 2.0, Seeded(2**31 - 1)), {"sizes": [1]}),)
    path = tmp_path / "one.h5"
    references.write_references(path, {exercise.name: stored}, {}, {exercise.name: ()}, {})
    with h5py.File(path, "r") as file:
        read = references._read_reference(file[exercise.name]["cases"]["0"], exercise, {})
    assert read.case.args == (2.0, Seeded(2**31 - 1))


def test_another_seed_is_another_input():
    one, other = ({"f": (Reference(case("", Seeded(seed)), {}),)} for seed in (1, 2))
    assert references.inputs_digest(one) != references.inputs_digest(other)
