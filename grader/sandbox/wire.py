"""The messages between grader and sandbox: length-prefixed MessagePack of typed plain data, counted before it is decoded.

Nothing here can run code on arrival: a value is a number, text, None, an array of a listed dtype, or a tuple, list or
dictionary of those.
"""

from __future__ import annotations

import math
import struct
from typing import Any, TypeVar

import msgspec
import numpy as np

from ..course import plain
from ..course.imprint import SUMS, Imprint
from ..running.watching import MOST_VALUES, Value, Watched
from ..words import _
from .counting import MAX_MESSAGE, MAX_PARTS, Allowance, WireError, count

# So long may the name of a variable be.
MAX_NAME = 200
HEADER = struct.Struct(">I")
# So many bytes are read at a time: most messages come whole.
CHUNK = 1 << 16


class Open(msgspec.Struct, frozen=True):
    """To the zygote: a fork is wanted, with these limits."""

    memory_mb: int
    seconds: float


class Load(msgspec.Struct, tag=True, frozen=True):
    """To the sandbox: the code cells of a submission, and what the exercises of its lesson are called with.

    hidden       modules of the library that this lesson may not have
    signatures   {exercise: (the names of its parameters, the defaults of the optional ones)}
    """

    library: str
    hidden: list[str]
    cells: list[tuple[int, str]]
    helpers: dict[str, str]
    signatures: dict[str, tuple[list[str], Any]] = {}
    examples: Any = None


class Loaded(msgspec.Struct, tag=True, frozen=True):
    """From the sandbox: what failed, as (names, message)."""

    problems: list[tuple[list[str], str]]


class Call(msgspec.Struct, tag=True, frozen=True):
    """To the sandbox: one case.

    given        {name: (source of the replacement, its name, its data)}
    stand_ins    names of functions whose calls are to be asked of the grader
    silent       whether a warning of numpy makes it wrong
    watched      the shapes of values to look for on its way, where these are asked for and not what it returns
    """

    id: int
    name: str
    args: Any
    kwargs: Any
    given: dict[str, tuple[str, str, Any]]
    stand_ins: list[str]
    silent: bool = False
    watched: list[list[int]] | None = None


class Ask(msgspec.Struct, tag=True, frozen=True):
    """From the sandbox, during a call: a stand-in is called with these arguments."""

    name: str
    args: Any
    kwargs: Any


class Answer(msgspec.Struct, tag=True, frozen=True):
    """To the sandbox: what the stand-in returns, or why it cannot."""

    value: Any
    problem: str


# A value that was seen on the way: name, line, shape, form, sums, size, entry, in a loop, coarse.
Seen = tuple[str, int, list[int], int, tuple[float, ...], float, bool, bool, bool]


class Reply(msgspec.Struct, tag=True, frozen=True, omit_defaults=True):
    """From the sandbox: the outcome of the call with that id, or what was seen in it and whether that is all.

    value   is read when the outcome is
    """

    id: int
    value: msgspec.Raw
    problem: str | None = None
    message: str = ""
    warnings: list[str] = []
    printed: str = ""
    changed: bool = False
    signature: str = ""
    asked: list[str] = []
    order: str = ""
    notes: list[str] = []
    undrawn: str = ""
    seen: list[Seen] = []
    complete: bool = False


_encoder = msgspec.msgpack.Encoder()
Message = Load | Loaded | Call | Ask | Answer | Reply
_decoder: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)
_T = TypeVar("_T")


def pack(message: Message) -> bytes:
    """The bytes of one message with its length in front. Raises WireError when it is too large."""
    body = _encoder.encode(message)
    if len(body) > MAX_MESSAGE:
        raise WireError(f"a message of {len(body)} bytes")
    if isinstance(message, Reply) and len(body) > MAX_PARTS:
        # A shorter one has no part too many: each takes a byte.
        count(body)
    return HEADER.pack(len(body)) + body


def missing(data: bytes | bytearray) -> int:
    """How many bytes of the message that `data` begins are still to come, as far as is known. Raises WireError if too large."""
    if len(data) < HEADER.size:
        return HEADER.size - len(data)
    size: int = HEADER.unpack_from(data)[0]
    if size > MAX_MESSAGE:
        raise WireError(_("{size} MB; at most {most} MB are read").format(size=size >> 20, most=MAX_MESSAGE >> 20))
    return HEADER.size + size - len(data)


def unpack(body: bytes | bytearray, allowance: Allowance | None = None) -> Message:
    """The message in `body` (without the length); of a process that is not trusted, within its allowance. Raises WireError."""
    if allowance:
        allowance.take(body)
    return decoded(_decoder, body)


def decoded(decoder: msgspec.msgpack.Decoder[_T], body: bytes | bytearray | msgspec.Raw) -> _T:
    """What the bytes hold. Raises WireError."""
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, TypeError) as error:
        # A TypeError comes of a map whose key is a map or a list, which no dict can hold.
        raise WireError(str(error)) from None


def encode(value: Any) -> Any:
    """Plain data, as `calling.plain` makes it, as MessagePack has it."""
    return plain.encode(
        value, lambda array: [array.dtype.str, list(array.shape), np.ascontiguousarray(array).tobytes()]
    )


def decode(stored: Any) -> Any:
    """The value that was encoded. Raises WireError for anything that `encode` would not have made."""
    try:
        return plain.decode(stored, _array)
    except (ValueError, TypeError) as error:
        raise WireError(str(error)) from None


def _array(content: Any) -> np.ndarray:
    match content:
        case [str() as dtype, list() as shape, bytes() as data] if dtype in plain.DTYPES:
            if len(shape) > 32 or not all(type(n) is int and 0 <= n < 2**40 for n in shape):
                raise WireError("a shape of no known form")
            form = np.dtype(dtype)
            if math.prod(shape) * form.itemsize != len(data):
                raise WireError("an array whose shape and size differ")
            return np.frombuffer(bytearray(data), form).reshape(shape)
    raise WireError("an array of no known form")


def as_seen(watched: Watched) -> list[Seen]:
    return [
        (v.name, v.line, list(v.shape), v.imprint.form, v.imprint.sums, v.imprint.size, v.entry, v.in_loop, v.coarse)
        for v in watched.values
    ]


def watched(reply: Reply) -> Watched:
    """What was seen in a call. Raises WireError."""
    if any(len(sums) != SUMS for _name, _line, _shape, _form, sums, *_rest in reply.seen):
        raise WireError("an imprint of no known form")
    values = (
        Value(name[:MAX_NAME], line, tuple(shape), Imprint(form, sums, size), *flags)
        for name, line, shape, form, sums, size, *flags in reply.seen[:MOST_VALUES]
    )
    return Watched(tuple(values), reply.complete)
