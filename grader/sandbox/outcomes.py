"""Replies of the sandbox -> outcomes, on the grader's side: what was read before is not read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import msgspec

from ..course import CallProblem, Outcome, plain
from ..words import changed
from ..words.sentence import from_text
from .chance import blanked
from .wire import Reply, decode, decoded

# Of replies up to so many bytes the outcomes of the last ones are kept: what a hostile class can make this hold is little.
MOST_KEPT = 1 << 10
_encoder = msgspec.msgpack.Encoder()
_replies: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)
_values: msgspec.msgpack.Decoder[Any] = msgspec.msgpack.Decoder()


def outcome(reply: Reply) -> Outcome:
    """The Outcome in a reply: every text cut to a readable length, without addresses, its sentences as they are ours.

    Raises WireError.
    """
    content = _encoder.encode(msgspec.structs.replace(reply, id=0))
    found, value = _kept(content) if len(content) <= MOST_KEPT else _read(content)
    # A value is never shared: what looks at one may change it, and that must not reach another submission.
    return replace(found, value=decode(decoded(_values, value)))


def _read(content: bytes) -> tuple[Outcome, msgspec.Raw]:
    """The outcome in a reply without its number, which another one may have too; its value apart, as it was sent."""
    reply = decoded(_replies, content)
    found = Outcome(
        problem=_PROBLEMS.get(reply.problem, "raised") if reply.problem is not None else None,
        message=from_text(reply.message, 950),
        printed=reply.printed[:200],
        warnings=tuple(text[:200] for text in reply.warnings[:50]),
        changed=reply.changed,
        signature=reply.signature[:200],
        asked=tuple(name[: plain.MAX_KEY] for name in reply.asked[:50]),
        order=from_text(reply.order, 600),
        notes=tuple(from_text(text, 600) for text in reply.notes[:5]),
        undrawn=from_text(reply.undrawn, 600),
        digest=blake2b(content, digest_size=16).digest(),
    )
    return _without_chance(found), reply.value


_kept = lru_cache(maxsize=1024)(_read)


def _without_chance(found: Outcome) -> Outcome:
    """The outcome without addresses in what it says."""
    message, warnings = changed(found.message, blanked), tuple(map(blanked, found.warnings))
    return replace(found, message=message, printed=blanked(found.printed), warnings=warnings)


# The problems that the sandbox itself reports; the others are found out by the host.
_REPORTED: tuple[CallProblem, ...] = ("missing", "not_implemented", "arguments", "raised", "unavailable", "memory")
_PROBLEMS: Mapping[str, CallProblem] = {problem: problem for problem in _REPORTED}
