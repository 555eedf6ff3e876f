"""What the commands have in common: data on stdout, everything for people on stderr, one line for what went wrong."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import NoReturn

import typer


class Isolation(StrEnum):
    full = "full"
    process = "process"
    none = "none"


def say(text: str) -> None:
    """One message for people, on stderr: stdout is for data."""
    from ..words import for_stream

    print(for_stream(text, sys.stderr), file=sys.stderr)


def show(lines: Iterable[str]) -> None:
    """Data, on stdout."""
    from ..words import for_stream

    for line in lines:
        print(for_stream(line, sys.stdout))


def columns() -> int:
    """How wide the terminal is; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns


def fail(text: str) -> NoReturn:
    say(text)
    raise typer.Exit(2)


@contextmanager
def stopped(kept: str) -> Iterator[None]:
    """Ctrl-C ends the command with one line, which says what is kept."""
    try:
        yield
    except KeyboardInterrupt:
        say(f"Stopped. {kept}".rstrip())
        raise typer.Exit(130) from None


@contextmanager
def told() -> Iterator[None]:
    """What the user can put right is one line on stderr and exit code 2."""
    from ..course import UnknownLesson
    from ..course.files import FileError
    from ..course.policy import PolicyError
    from ..gradebook import GradebookError, PlaceError
    from ..marks.tables import TableError
    from ..replay.write import NoReplayError
    from ..report.outputs import OutputError
    from ..sandbox import IsolationError, SandboxError
    from ..submissions import PatternError, WhoError

    known = (
        PolicyError,
        FileError,
        GradebookError,
        IsolationError,
        NoReplayError,
        OutputError,
        PatternError,
        SandboxError,
    )
    try:
        yield
    except (*known, PlaceError, TableError, UnknownLesson, WhoError) as error:
        fail(str(error))
