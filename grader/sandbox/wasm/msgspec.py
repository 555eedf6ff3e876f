"""A stand-in for msgspec inside an instance, which lacks it: as much as `wire` needs for the grader's messages."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, ClassVar, get_args

import msgpack as _msgpack


class DecodeError(ValueError):
    """Bytes that are no message."""


class Struct:
    """A message: its fields are the annotated names of its class, in order."""

    _fields: ClassVar[list[str]]

    def __init_subclass__(cls, **_options: Any) -> None:
        cls._fields = list(cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:
        given = dict(zip(self._fields, values, strict=False)) | named
        for name in self._fields:
            setattr(self, name, given[name] if name in given else getattr(type(self), name))


class _Encoder:
    def encode(self, value: Any) -> bytes:
        packed: bytes = _msgpack.packb(value, default=_as_map)
        return packed


class _Decoder:
    def __init__(self, type: Any) -> None:
        self._types = {one.__name__: one for one in get_args(type) or (type,)}

    def decode(self, body: bytes | bytearray) -> Any:
        try:
            fields = _msgpack.unpackb(body, strict_map_key=False)
            return self._types[fields.pop("type")](**fields)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DecodeError(str(error)) from None


def _as_map(value: Any) -> dict[str, Any]:
    fields: dict[str, Any] = vars(value)
    return {"type": type(value).__name__} | fields


# As `import msgspec` has them.
msgpack = SimpleNamespace(Encoder=_Encoder, Decoder=_Decoder)
