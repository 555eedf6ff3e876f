"""The commands on a gradebook that is there: replay, regrade, forget."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .terminal import fail, say, show, told

Kept = Annotated[Path, typer.Option("--in", metavar="DIR", help="The --out of `grader grade`.", show_default=False)]


def replay(
    submission: Annotated[
        str, typer.Argument(help="A student or a submission in DIR, or a notebook file.", show_default=False)
    ],
    exercise: Annotated[str, typer.Argument(metavar="LESSON::EXERCISE", show_default=False)],
    kept: Annotated[
        Path | None,
        typer.Option("--in", metavar="DIR", help="The --out of `grader grade`; without it, visible cases only."),
    ] = None,
    visible: Annotated[
        bool, typer.Option("--visible", help="Visible cases only: the file may be given to the student.")
    ] = False,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file to write.  [default: replay_...py here]")
    ] = None,
) -> None:
    """Write a small Python file that shows one exercise's difference on any machine with numpy.

    It holds the exact inputs, the student's function and the expected values. It is written, never run: read the
    student's code in it before you run it yourself.
    """
    from contextlib import nullcontext

    from .replay.choose import replay as chosen
    from .store import Gradebook

    with told(), Gradebook(kept) if kept else nullcontext() as book:
        name, text = chosen(submission, exercise, book, visible)
    path = to or Path(name)
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{path} cannot be written ({error.strerror}): name another file with --to")
    show([str(path)])
    say(f"It holds a student's code. Read it, then run: python {path}")


def forget(
    student: Annotated[str, typer.Argument(help="The name as the report shows it.", show_default=False)],
    kept: Kept,
) -> None:
    """Delete a student's name, submissions, results and code from DIR."""
    from .store import Gradebook
    from .tables import lines_about

    with told(), Gradebook(kept) as book:
        if not book.has_student(student):
            fail(f"{kept} holds nothing of {student}; write the name as `grader report {kept}` shows it")
        count = book.forget(student)
        say(f"{student}: {count} submission{'s' * (count != 1)} deleted, with what nobody else has handed in.")
        for line in lines_about(kept, student):
            say(f"{line} names {student} too: delete that line yourself.")
