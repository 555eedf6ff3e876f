"""A message is counted in its bytes before anything is built from them: what it would become is known, and is small enough."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox import counting
from grader.sandbox.counting import Allowance, WireError, count
from grader.sandbox.wire import HEADER, Loaded, pack, unpack
from measuring_memory import peak_of

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=300) | st.binary(max_size=300),
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(st.text(max_size=40), inner, max_size=20),
)  # fmt: skip


def parts_of(value):
    if isinstance(value, list):
        return 1 + sum(map(parts_of, value))
    if isinstance(value, dict):
        return 1 + len(value) + sum(map(parts_of, value.values()))
    return 1


@given(values)
def test_the_count_is_that_of_what_is_built(value):
    assert count(msgspec.msgpack.encode(value)) == parts_of(value)


@given(st.integers(0, 70_000))
def test_lengths_of_every_width_are_read(size):
    for value in bytes(size), "x" * size, [None] * size:
        assert count(msgspec.msgpack.encode(value)) == parts_of(value)


@given(st.binary(max_size=200))
def test_whatever_can_be_decoded_can_be_counted(body):
    try:
        built = msgspec.msgpack.decode(body, ext_hook=refuse)
    except (msgspec.DecodeError, UnicodeDecodeError, WireError):
        return
    assert count(body) >= parts_of(built)  # a key that comes twice is built once


def refuse(_code, _data):
    raise WireError


@given(values, st.data())
def test_what_is_cut_off_or_has_more_behind_it_is_refused(value, data):
    body = msgspec.msgpack.encode(value)
    with pytest.raises(WireError):
        count(body[: data.draw(st.integers(0, len(body) - 1))])
    with pytest.raises(WireError):
        count(body + data.draw(st.binary(min_size=1, max_size=5)))


# As the fields of a message of the agreed form, so that nothing but their number is wrong with them.
_HEAD = b"\x82\xa4type\xa5Reply\xa5value"
MANY = {
    "lists": b"\xdd" + (counting.MAX_MESSAGE - 100).to_bytes(4, "big") + b"\x90" * (counting.MAX_MESSAGE - 100),
    "dictionaries": b"\xdd" + (counting.MAX_MESSAGE - 100).to_bytes(4, "big") + b"\x80" * (counting.MAX_MESSAGE - 100),
    "numbers": b"\xdd" + (counting.MAX_MESSAGE - 100).to_bytes(4, "big") + b"\x7f" * (counting.MAX_MESSAGE - 100),
    "pairs": b"\xdf" + (2_000_000).to_bytes(4, "big") + b"\xa0\xc0" * 2_000_000,
    "promised and not there": b"\xdd\xff\xff\xff\xff",
    "promised again and again": b"\xdd\x00\x01\x00\x00" * 2_000,
    "levels": b"\x91" * 1_000_000 + b"\xc0",
    "wide text": b"\xdb" + (7 << 20).to_bytes(4, "big") + "\U0001f600".encode() + b"x" * ((7 << 20) - 4),
    "texts": b"\xdc\x00\x70" + (b"\xda\xff\xff" + b"x" * 65535) * 112,
}  # fmt: skip


@pytest.mark.parametrize("kind", MANY)
def test_much_in_few_bytes_is_refused_before_it_is_built(kind):
    body = _HEAD + MANY[kind]

    def refused():
        with pytest.raises(WireError):
            unpack(body, Allowance())

    assert peak_of(refused) < 4 << 20


def test_what_one_process_sends_is_bounded_in_all():
    body = pack(Loaded([(["f"], "why")]))[HEADER.size :]
    for few in Allowance(size=3 * len(body)), Allowance(parts=3 * count(body)):
        for _ in range(3):
            unpack(body, few)
        with pytest.raises(WireError):
            unpack(body, few)


def test_the_largest_message_takes_a_bounded_multiple_of_its_bytes():
    """Whatever its parts are: a hundred bytes for each."""
    most = counting.MAX_PARTS // 9
    for part in [], {}, "abc", 1.5, ["dict", [["k", ["plain", 1]]]], ["array", "|b1", [0], b""]:
        body = msgspec.msgpack.encode({"type": "Reply", "id": 1, "value": ["list", [part] * most], "problem": None,
                                       "message": "", "warnings": []})  # fmt: skip
        assert peak_of(lambda body=body: unpack(body, Allowance())) < 100 * counting.MAX_PARTS
