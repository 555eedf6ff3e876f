"""What a session needs of the place where its submission is loaded: a process of its own, or an instance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .deadlines import Clock, Deadline

# What is said to a message that came; nothing where that was the last.
Take = Callable[[bytes | bytearray], bytes | None]


class MoreThanAsked(Exception):
    """It sent more than it was asked for, or ended after its answer."""


class Peer(Protocol):
    """Where a submission is loaded, as its session reaches it."""

    @property
    def clock(self) -> Clock:
        """The seconds of CPU that it has used."""

    def exchange(self, data: bytes, deadline: Deadline, take: Take) -> None:
        """Send a message, and what `take` says to each one that comes, until that says nothing.

        Raises WireError, MoreThanAsked, EOFError, ConnectionError, TimeoutError.
        """

    def last_words(self) -> bytes:
        """After a timeout, a Reply that says where it is. Raises WireError, OSError, EOFError, TimeoutError."""

    def end(self) -> None:
        """End it, whatever it is doing."""
