"""`--course FOLDER`, which every command has; and which commands find the course by themselves."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from .terminal import report_user_errors, say

# Set for the engine of a checkout, so that it does not delegate again.
_ENGINE = "NNBH_ENGINE"

# What runs or shows the work of others never takes code from a folder that happens to be here.
_INSTALLED_ONLY = (
    "check",
    "doctor",
    "forget",
    "grade",
    "hint",
    "mark",
    "regrade",
    "replay",
    "report",
    "solution",
    "who",
)

# What makes a checkout's files from its sources.
_OF_A_CHECKOUT = ("build", "words", "mutants", "findings")


def _leave_to_its_own_engine() -> None:
    """In a checkout other than the one this program is installed from, that one's engine and library do its work."""
    from ..course import CourseError, current

    try:
        folder = current().folder
    except CourseError:
        return
    own, running = folder / "grader" / "__init__.py", Path(__file__).parents[1] / "__init__.py"
    if not own.is_file() or own.samefile(running) or os.environ.get(_ENGINE) == str(folder):
        return
    say(f"This is the checkout {folder}: its own grader does it, not the one in {running.parents[1]}.")
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-m", "grader", *sys.argv[1:]], env={**os.environ, "PYTHONPATH": path, _ENGINE: str(folder)}
    )
    raise typer.Exit(done.returncode)


def with_course(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the option `--course` added, which it need not know about, and with user errors in one line."""
    installed_only = command.__name__ in _INSTALLED_ONLY
    otherwise = "the installed one" if installed_only else "the one here or above, or the installed one"
    option = typer.Option(
        "--course",
        metavar="FOLDER",
        help="The course, a folder with a course.toml that lists its lessons: `--course ../algebra`.",
        show_default=otherwise,
    )

    @wraps(command)
    def chosen(*arguments: Any, course: Path | None = None, **named: Any) -> None:
        from ..course.courses import choose, choose_nearest

        with report_user_errors():
            if course:
                choose(course)
            elif not installed_only:
                choose_nearest(Path())
            if command.__name__ in _OF_A_CHECKOUT:
                _leave_to_its_own_engine()
            command(*arguments, **named)

    hints = {**get_type_hints(command, include_extras=True), "course": Annotated[Path | None, option]}
    signature = inspect.signature(command)
    own = [one.replace(annotation=hints[one.name]) for one in signature.parameters.values()]
    new = inspect.Parameter("course", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hints["course"])
    chosen.__signature__ = signature.replace(parameters=[*own, new])  # type: ignore[attr-defined]
    chosen.__annotations__ = hints
    return chosen
