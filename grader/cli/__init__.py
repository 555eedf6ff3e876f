"""The command line: parse, call, exit code. 0 done, 1 `check` or `build --check` found something, 2 unusable input."""

from __future__ import annotations

from collections.abc import Callable

import typer

from . import author, grading, kept, marking, shipping, student, who
from .course import with_course
from .help import Command, Group

app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Check and grade the lessons of a course, and say why a wrong answer is wrong.",
)

# In the order in which somebody needs them.
_COMMANDS: dict[str, list[Callable[..., None]]] = {
    "For students": [
        student.start,
        student.check,
        student.hint,
        student.solution,
        student.progress,
        student.carry,
    ],
    "For instructors": [
        shipping.release,
        who.who,
        grading.grade,
        marking.mark,
        grading.report,
        kept.regrade,
        kept.replay,
        kept.forget,
        grading.doctor,
    ],
    "For authors of lessons": [author.build, author.words, author.mutants, author.findings],
}
for panel, commands in _COMMANDS.items():
    for command in commands:
        app.command(cls=Command, rich_help_panel=panel)(with_course(command))
app.add_typer(author.new, name="new", rich_help_panel="For authors of lessons")
app.add_typer(shipping.package, name="package", rich_help_panel="For instructors")


def main() -> None:
    app()
