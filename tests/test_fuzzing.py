"""Damaged submissions: each ends in a verdict or a one-line error, and none stops the batch. Ten thousand: benchmarks/fuzz.py."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attacking import ACCUSING, HONEST, TARGET, hostile
from damage import damaged
from grader.gradebook import Settings, grade_paths
from grader.running.notebook import NotebookError, read_cells
from grader.sandbox import Limits
from grader.sandbox.wire import WireError, decode, unpack
from making import notebook

WHOLE = notebook(hostile(""))


def read(data):
    """The cells of a notebook, or the reason why not."""
    try:
        return read_cells(data).cells
    except NotebookError as error:
        return str(error)


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_damaged_notebook_is_read_or_refused_in_one_line(seed):
    found = read(damaged(WHOLE, seed))
    assert "\n" not in found if isinstance(found, str) else all(isinstance(cell.source, str) for cell in found)


@given(st.binary(max_size=200))
@settings(max_examples=300)
def test_bytes_are_a_message_or_refused(data):
    try:
        message = unpack(data)
        decode(getattr(message, "value", None))
    except WireError:
        pass


@given(st.dictionaries(st.text(max_size=5), st.recursive(st.none() | st.floats() | st.text(max_size=5), st.lists)))
@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
def test_any_json_is_read_or_refused(content):
    found = read(json.dumps(content).encode())
    assert not isinstance(found, str) or "\n" not in found


@pytest.mark.sandbox
@pytest.mark.slow
def test_a_class_of_damaged_submissions_is_graded(tmp_path):
    for seed in range(200):
        (tmp_path / f"s{seed}.ipynb").write_bytes(damaged(WHOLE, seed))
    (tmp_path / "zoe.ipynb").write_bytes(WHOLE)
    limits = Settings(lesson="logistic_regression", workers=1, limits=Limits(1, 512))
    results, unusable = grade_paths([tmp_path], None, limits)
    assert len(results) == 201
    zoe = next(result for result in results if result.student == "zoe")
    assert {e.name: e.points for e in zoe.exercises if e.points} == {TARGET: 5, **HONEST}
    assert all("\n" not in one.why for one in unusable)
    for result in results:
        assert result.error or len(result.exercises) == 7
        said = [f.message for e in result.exercises for c in e.cases for f in c.findings]
        assert not any(ACCUSING.search(message) for message in said)
        assert "grader_fault" not in {exercise.status for exercise in result.exercises}
