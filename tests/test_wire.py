"""The messages between grader and sandbox: what is sent arrives, and nothing else does."""

import pickle

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import Seeded, Unsupported
from grader.course.plain import DTYPES, MAX_DEPTH, MAX_ITEMS, MAX_TEXT
from grader.running.calling import plain
from grader.sandbox import wire
from grader.sandbox.outcomes import outcome
from grader.sandbox.wire import (
    HEADER,
    Answer,
    Ask,
    Call,
    Load,
    Loaded,
    Reply,
    WireError,
    decode,
    encode,
    pack,
    unpack,
)
from strategies import answers, texts


def sent(value):
    """`value` after its way through a message."""
    return outcome(unpack(pack(reply(value))[HEADER.size :])).value


def reply(value, problem=None, message="", warnings=()):
    return Reply(id=1, value=encode(value), problem=problem, message=message, warnings=list(warnings))


def same(one, other):
    """Whether two values are of the same types throughout, and equal to the bit (NaN equals NaN)."""
    if type(one) is not type(other):
        return False
    if isinstance(one, (np.ndarray, np.generic)):
        return (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes())
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    return repr(one) == repr(other)


def is_plain(value):
    if isinstance(value, (list, tuple)):
        return all(map(is_plain, value))
    if isinstance(value, dict):
        return all(type(key) in (str, int) for key in value) and all(map(is_plain, value.values()))
    if type(value) is np.ndarray or isinstance(value, np.generic):
        return value.dtype.str in DTYPES
    return type(value) in (bool, int, float, complex, str, type(None), Seeded, Unsupported)


# ---- what is sent arrives


@given(answers)
def test_plain_data_arrives_as_it_was_sent(value):
    assert same(sent(value), value)


@pytest.mark.parametrize("code", sorted(DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (0, 3), (2, 3), (1, 2, 1, 2)], ids=str)
def test_arrays_of_every_dtype_and_shape_arrive(code, shape):
    array = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(code)
    assert same(sent(array), array)


@pytest.mark.parametrize(
    "value", [np.nan, -np.inf, -0.0, 5e-324, 1 + 2j, 2**64 - 1, -(2**63), "", (), {}, True, None], ids=repr
)
def test_borderline_value_arrives(value):
    assert same(sent(value), value)


def test_an_array_that_is_not_contiguous_arrives():
    array = np.arange(12.0).reshape(3, 4).T[::2]
    np.testing.assert_array_equal(sent(array), array)


def test_an_array_that_arrived_can_be_written_to():
    sent(np.zeros(3))[0] = 1


@pytest.mark.parametrize(
    "message",
    [Load("nnlab", ["cnn"], [(1, "a = 1")], {"lr_utils": ""}), Loaded([(["f"], "why")]), Call(7, "f", None, None, {}, ["g"]),
     Ask("g", None, None), Answer(None, "why")],
    ids=lambda message: type(message).__name__,
)  # fmt: skip
def test_a_message_arrives(message):
    assert unpack(pack(message)[HEADER.size :]) == message


def test_the_length_stands_in_front():
    data = pack(Loaded([]))
    assert HEADER.unpack(data[: HEADER.size]) == (len(data) - HEADER.size,)


def test_what_cannot_be_sent_arrives_as_unsupported():
    assert [isinstance(sent(plain(value)), Unsupported) for value in (2**64, "x" * (MAX_TEXT + 1))] == [True, True]


# ---- nothing else arrives


def arrives_plain_or_not_at_all(tagged):
    try:
        value = decode(tagged)
    except WireError:
        return
    assert is_plain(value)


tags = st.sampled_from(
    [f"@{tag}" for tag in ("unsupported", "complex", "array", "scalar", "tuple", "float", "dict", "Seeded")]
)
packed = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | texts | st.binary(max_size=20) | tags
    | st.sampled_from(sorted(DTYPES)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=3)
    | st.dictionaries(tags, inner, min_size=1, max_size=2),
    max_leaves=12,
)  # fmt: skip


@given(packed)
def test_arbitrary_tagged_values_arrive_as_plain_data_or_not_at_all(tagged):
    arrives_plain_or_not_at_all(tagged)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_a_message_or_an_error(body):
    try:
        message = unpack(body)
    except WireError:
        return
    assert isinstance(message, (Load, Loaded, Call, Reply))


@pytest.mark.parametrize("key", [{}, {"a": 1}, [{}]], ids=str)
def test_a_map_with_a_map_for_a_key_is_an_error(key):
    body = pack(reply({"here": 0}))[HEADER.size :]
    with pytest.raises(WireError):
        outcome(unpack(body.replace(msgspec.msgpack.encode("here"), msgspec.msgpack.encode(key))))


@given(value=answers, data=st.data())
def test_a_changed_message_arrives_as_plain_data_or_not_at_all(value, data):
    body = pack(reply(value))[HEADER.size :]
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 8)))
    try:
        message = unpack(body[:start] + data.draw(st.binary(max_size=8)) + body[end:])
        if isinstance(message, Reply):
            assert is_plain(outcome(message).value)
    except WireError:
        pass


@pytest.mark.parametrize(
    "tagged",
    [
        pytest.param({"@array": ["|O", [1], b"\0" * 8]}, id="objects"),
        pytest.param({"@array": ["<U3", [1], b"\0" * 12]}, id="text"),
        pytest.param({"@array": ["|V8", [1], b"\0" * 8]}, id="void"),
        pytest.param({"@array": ["<M8[s]", [1], b"\0" * 8]}, id="dates"),
        pytest.param({"@array": [">f8", [1], b"\0" * 8]}, id="the other byte order"),
        pytest.param({"@array": ["f8", [1], b"\0" * 8]}, id="another name of a dtype"),
        pytest.param({"@array": ["<f8,<f8", [1], b"\0" * 16]}, id="records"),
        pytest.param({"@array": ["<f8", [2], b"\0" * 8]}, id="too few bytes"),
        pytest.param({"@array": ["<f8", [1], b"\0" * 9]}, id="too many bytes"),
        pytest.param({"@array": ["<f8", [-1, -1], b"\0" * 8]}, id="negative sizes"),
        pytest.param({"@array": ["<f8", [True], b"\0" * 8]}, id="a size that is no number"),
        pytest.param({"@array": ["<f8", [1.0], b"\0" * 8]}, id="a size that is no whole number"),
        pytest.param({"@array": ["<f8", [2**40, 0], b""]}, id="a huge size"),
        pytest.param({"@array": ["<f8", [2**39, 2**39, 0], b""]}, id="huge sizes and nothing in them"),
        pytest.param({"@array": ["<f8", [1] * 40, b"\0" * 8]}, id="too many axes"),
        pytest.param({"@array": ["<f8", [1], "\0" * 8]}, id="text for bytes"),
        pytest.param({"@scalar": ["<f8", [1], b"\0" * 9]}, id="scalar of another size"),
        pytest.param({"@pickle": pickle.dumps(np.ones(2))}, id="pickle"),
        pytest.param(b"bytes", id="bytes"),
        pytest.param({"@tuple": 1}, id="a tuple of nothing"),
        pytest.param({"@tuple": [1], "@list": [1]}, id="two tags"),
        pytest.param({"@float": "1.5"}, id="a finite number as text"),
        pytest.param("x" * (MAX_TEXT + 1), id="a very long text"),
        pytest.param({"@complex": [[1], 2]}, id="complex of lists"),
        pytest.param({"@dict": [[["a"], 1]]}, id="a list as a key"),
        pytest.param({"@dict": [["a"]]}, id="a key without a value"),
        pytest.param({"@dict": [[1.5, 1]]}, id="a fraction as a key"),
        pytest.param({"@set": [1]}, id="another kind"),
        pytest.param({1: 1}, id="a number as a key"),
        pytest.param({"x" * 300: 1}, id="a very long key"),
    ],
)
def test_refused(tagged):
    with pytest.raises(WireError):
        decode(tagged)


def test_more_depth_than_agreed_is_refused():
    tagged = 1
    for _ in range(MAX_DEPTH + 6):
        tagged = [tagged]
    with pytest.raises(WireError):
        decode(tagged)


def test_more_items_than_agreed_are_refused():
    with pytest.raises(WireError):
        decode([1] * (MAX_ITEMS + 1))


def test_extreme_depth_is_refused():
    with pytest.raises(WireError):
        unpack(b"\x91" * 100_000 + b"\xc0")


def test_a_message_larger_than_agreed_is_not_sent(monkeypatch):
    monkeypatch.setattr(wire, "MAX_MESSAGE", 1000)
    with pytest.raises(WireError):
        pack(reply(np.zeros(1000)))


def test_extension_types_of_messagepack_are_refused_or_plain():
    body = msgspec.msgpack.encode({"type": "Reply", "id": 1, "value": msgspec.msgpack.Ext(5, b"x"), "problem": None,
                                   "message": "", "warnings": []})  # fmt: skip
    with pytest.raises(WireError):
        outcome(unpack(body))


# ---- outcomes


def test_a_problem_the_sandbox_does_not_report_is_not_believed():
    assert outcome(reply(None, problem="grader_fault")).problem == "raised"
    assert outcome(reply(None, problem="passed")).problem == "raised"


def test_long_texts_are_cut():
    cut = outcome(reply(None, "raised", "x" * 10**6, ["y" * 10**6] * 1000))
    assert len(cut.message) < 1000
    assert sum(map(len, cut.warnings)) < 20_000


def test_the_same_reply_to_another_question_is_known_again():
    one, other = (outcome(Reply(number, encode(np.arange(3.0)))) for number in (1, 2))
    assert one.digest == other.digest


def test_what_is_done_to_a_value_reaches_no_other_reply():
    """An observing function of a lesson may sort what it looks at, or take an entry out."""
    one, other = (outcome(Reply(number, encode({"a": [np.arange(3.0)]}))).value for number in (1, 2))
    one["a"][0][:] = 7
    one["a"].append(1)
    assert other["a"][0].tolist() == [0, 1, 2]
    assert len(other["a"]) == 1


@given(answers, answers)
def test_replies_are_known_again_by_all_that_they_hold(one, other):
    alike = outcome(reply(one)).digest == outcome(reply(other)).digest
    assert alike == same(one, other)


@pytest.mark.parametrize(
    "changed", [{"warnings": ["overflow"]}, {"printed": "1"}, {"changed": True}, {"asked": ["f"]}], ids=str
)
def test_a_reply_that_says_more_is_another_one(changed):
    assert outcome(Reply(1, encode(1.0), **changed)).digest != outcome(Reply(1, encode(1.0))).digest
