"""The commands of somebody who works through the lessons: start, check, progress, carry."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from .terminal import fail, say, show


def start(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="Where to; made if it is not there: `grader start course`.",
            show_default="a folder named for the course",
        ),
    ] = None,
) -> None:
    """Copy the notebooks and the data into DIR, and say how to open them. What is there already stays as it is."""
    from ..course import current
    from ..course.files import FileError
    from ..student.start import advice
    from ..student.start import start as begin

    try:
        done = begin(folder or Path(current().name))
    except FileError as error:
        fail(str(error))
    show(done.written)
    for line in advice(done):
        say(line)


def check(
    notebook: Annotated[
        Path, typer.Argument(metavar="NOTEBOOK", help="The notebook: `grader check least_squares.ipynb`.")
    ],
    lesson: Annotated[
        str | None,
        typer.Option(
            metavar="LESSON",
            help="Which lesson it is, if the file does not say: `--lesson least_squares`.",
            show_default="as the file says",
        ),
    ] = None,
    exercise: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Check this one only: `--exercise fit`.", show_default="all"),
    ] = None,
    classroom: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Add the practice points to a file that GitHub Classroom's reporter reads: `--classroom points.json`.",
            show_default="they are only shown",
        ),
    ] = None,
) -> None:
    """Run the visible cases on your notebook's functions, as `check` in the notebook does.

    The notebook's own code runs in this process: check your own notebooks, grade those of others.
    """
    from ..bridges.classroom import not_checked, tests_of
    from ..course import load_lesson
    from ..student.own import open_own
    from ..submissions import Unusable
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
    own = open_own(notebook, lesson, lambda: say(rights.format(notebook=notebook)))
    if isinstance(own, Unusable):
        if classroom:
            _add_points(classroom, not_checked(str(notebook)), load_lesson(own.lesson).max_points if own.lesson else 0)
        fail(f"{notebook}: {own.reason}")
    if own.age:
        say(own.age)
    for problem in own.problems:
        say(f"{', '.join(problem.names)}: {problem.message}")
    if own.instead:
        say(own.instead)
    ours = own.check
    results = []
    for one in [exercise] if exercise else [one.name for one in ours.lesson.exercises]:
        results.append(ours(one))
        print()
    if not exercise:
        ours.summary()
    if classroom:
        found = [one.result for one in results if one.result]
        _add_points(classroom, tests_of(ours.lesson.name, found), sum(one.max_points for one in found))
    raise typer.Exit(0 if all(r.result and r.result.status == "passed" for r in results) else 1)


def _add_points(file: Path, tests: list[dict[str, Any]], most: int) -> None:
    from ..bridges.classroom import add_to
    from ..words import _

    try:
        add_to(file, tests, most)
    except (OSError, ValueError, KeyError, TypeError) as error:
        fail(_("{file}: the points cannot be added to it ({error}); name a new file").format(file=file, error=error))


def progress(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="DIR",
            help="The folder with your notebooks: `grader progress nn-by-hand`.",
            show_default="this folder",
        ),
    ] = Path(),
) -> None:
    """Check the notebooks in DIR again and show how far you are in the whole course. Nothing is recorded.

    The notebooks' own code runs in this process, as with `grader check`.
    """
    from rich.console import Console
    from rich.text import Text

    from ..student.progress import Standing, draw, look, notebooks, whole_course
    from ..words import _, for_stream

    paths = notebooks(folder)
    if not paths:
        said = _(
            "{folder}: there is no notebook (.ipynb) in this folder; `grader start {folder}` puts the course there"
        )
        fail(said.format(folder=folder))
    # The plain spinner, which every stream can show; nothing where there is no terminal.
    with Console(stderr=True).status("", spinner="line") as status:
        found = list(look(paths, lambda text: status.update(Text(for_stream(text, sys.stderr)))))
    standings = [one for one in found if isinstance(one, Standing)]
    if standings:
        draw(whole_course(standings), folder, sys.stdout)
    unusable = [one for one in found if not isinstance(one, Standing)]
    for one in unusable:
        say(f"{one.name}: {one.reason if one.lesson else _('left out: it does not say that it is a lesson here')}")
    raise typer.Exit(0 if standings and not any(one.lesson for one in unusable) else 2)


def carry(
    old: Annotated[
        Path,
        typer.Argument(
            metavar="OLD", help="Your notebook: `grader carry old/least_squares.ipynb new/least_squares.ipynb`."
        ),
    ],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="A newer copy of it, `new/least_squares.ipynb` there.")],
) -> None:
    """Move your functions by name from OLD into NEW, a newer copy of the same notebook; OLD stays as it is."""
    from ..course.files import FileError
    from ..student.carry import CarryError, carry_file, story

    try:
        done, backup = carry_file(old, new)
    except (CarryError, FileError) as error:
        fail(str(error))
    for line in story(old, new, done, backup):
        say(line)
    raise typer.Exit(1 if done.left else 0)
