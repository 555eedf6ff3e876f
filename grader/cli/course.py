"""`--course FOLDER`, which every command has; and which commands find the course by themselves."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from .terminal import report_user_errors

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


def with_course(command: Callable[..., None]) -> Callable[..., None]:
    """The same command with the option `--course`, which it need not know, and one line where it cannot do its work."""
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
            command(*arguments, **named)

    hints = {**get_type_hints(command, include_extras=True), "course": Annotated[Path | None, option]}
    signature = inspect.signature(command)
    own = [one.replace(annotation=hints[one.name]) for one in signature.parameters.values()]
    new = inspect.Parameter("course", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hints["course"])
    chosen.__signature__ = signature.replace(parameters=[*own, new])  # type: ignore[attr-defined]
    chosen.__annotations__ = hints
    return chosen
