"""A student's own notebook on the command line: which one, which exercise of it, and what is said before its code runs."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .terminal import fail, say

if TYPE_CHECKING:
    from ..course import Exercise
    from ..student.own import Own
    from ..submissions.opened import Unusable

Lesson = Annotated[
    str | None,
    typer.Option(
        "--lesson",
        metavar="LESSON",
        help="Which lesson it is, if the file does not say: `--lesson least_squares`.",
        show_default="as the file says",
    ),
]


def opened(notebook: Path, lesson: str | None) -> Own | Unusable:
    """The notebook, ready to check, or why it cannot be; a folder ends the command."""
    from ..student.own import open_own
    from ..words import _

    if notebook.is_dir():
        said = _(
            "{notebook} is a folder: name one notebook, or use `grader progress {notebook}` (your own course) or "
            "`grader grade {notebook} --out DIR` (a class)"
        )
        fail(said.format(notebook=notebook))
    rights = _(
        "The code of {notebook} runs here with your rights: check your own notebooks, `grader grade` those of others."
    )
    return open_own(notebook, lesson, lambda: say(rights.format(notebook=notebook)))


def usable(notebook: Path, lesson: str | None) -> Own:
    """The notebook, ready to check; the command ends where it cannot be."""
    from ..submissions.opened import Unusable

    own = opened(notebook, lesson)
    if isinstance(own, Unusable):
        fail(f"{notebook}: {own.reason}")
    return own


def exercise_of(own: Own, name: str) -> Exercise:
    """The exercise of that name; without one, the command names the nearest ones and ends."""
    # What is said of a name that is no exercise's is for people.
    with redirect_stdout(sys.stderr):
        found = own.check.declared(name)
    if found is None:
        raise typer.Exit(2)
    return found
