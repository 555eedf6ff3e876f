"""The commands of somebody who works through the lessons: start, check, hint, solution, progress, carry."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .own import Lesson, exercise_of, opened, usable
from .terminal import InLanguage, fail, say, show

if TYPE_CHECKING:
    from ..student.own import Own


CourseFolder = Annotated[
    Path | None,
    typer.Argument(
        metavar="DIR",
        help="The folder, created if it does not exist: `grader start course`.",
        show_default="a folder named for the course",
    ),
]


def start(
    folder: CourseFolder = None,
    language: InLanguage = None,
) -> None:
    """Copy the notebooks and the data into DIR, and say how to open them. What is there already stays as it is.

    With --language, notebooks that are there get the text of that language, and what you wrote in them stays.
    """
    from ..course import current
    from ..student.start import advice
    from ..student.start import start as begin

    done = begin(folder or Path(current().name), language.value if language else "")
    show([*done.written, *done.switched])
    for line in advice(done):
        say(line)


OwnNotebook = Annotated[
    Path, typer.Argument(metavar="NOTEBOOK", help="The notebook: `grader check least_squares.ipynb`.")
]
OneExercise = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Check this one only: `--exercise fit`.", show_default="all"),
]
ClassroomFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Add the practice points to a file that GitHub Classroom's reporter reads: `--classroom points.json`.",
        show_default="they are only shown",
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one line of JSON per exercise, nothing else: `grader check NOTEBOOK --json`."),
]


def check(
    notebook: OwnNotebook,
    lesson: Lesson = None,
    exercise: OneExercise = None,
    classroom: ClassroomFile = None,
    json: AsJson = False,
) -> None:
    """Run the visible cases on your notebook's functions, as `check` in the notebook does.

    The notebook's own code runs in this process: check your own notebooks, grade those of others.
    """
    from ..bridges.classroom import not_checked, tests_of
    from ..course import load_lesson
    from ..submissions.opened import Unusable

    own = opened(notebook, lesson)
    if isinstance(own, Unusable):
        if classroom:
            _add_points(classroom, not_checked(str(notebook)), load_lesson(own.lesson).max_points if own.lesson else 0)
        fail(f"{notebook}: {own.reason}")
    _say_what_is_odd(own)
    names = [exercise] if exercise else [one.name for one in own.check.lesson.exercises]
    if json:
        raise typer.Exit(_show_objects(own, names))
    ours = own.check
    shown = []
    for one in names:
        shown.append(ours(one).result)
        print()
    results = [one for one in shown if one]
    if not exercise:
        # What they came to stands: nothing has changed since, as it may have in a running notebook.
        ours.show_summary(results) if len(results) == len(shown) else ours.summary()
    if classroom:
        _add_points(classroom, tests_of(ours.lesson.name, results), sum(one.max_points for one in results))
    raise typer.Exit(0 if all(one and one.status == "passed" for one in shown) else 1)


def _say_what_is_odd(own: Own) -> None:
    """Says what somebody should know about the notebook before its results: its age, what it could not run."""
    if own.age:
        say(own.age)
    for problem in own.problems:
        say(f"{', '.join(problem.names)}: {problem.message}")
    if own.instead:
        say(own.instead)


def _show_objects(own: Own, names: Sequence[str]) -> int:
    """The exit code: 0 where every exercise is right, else 1."""
    from json import dumps

    from ..student.as_json import as_object

    found = [as_object(own.check, exercise_of(own, name)) for name in names]
    show(dumps(one, ensure_ascii=False) for one in found)
    return 0 if all(one["status"] == "passed" for one in found) else 1


def hint(
    notebook: Annotated[
        Path,
        typer.Argument(metavar="NOTEBOOK", help="Your notebook: `grader hint least_squares.ipynb --exercise fit`."),
    ],
    exercise: Annotated[str, typer.Option(metavar="NAME", help="Which exercise: `--exercise fit`.")],
    lesson: Lesson = None,
) -> None:
    """Show the next hint for an exercise, or all of them once all are open. It keeps count, as `check.hint` in the notebook does.

    How many are open is kept beside the notebook, in the file .hints.json.
    """
    from ..course.files import FileError
    from ..student.hints import remember_opened

    own = usable(notebook, lesson)
    own.check.hint(exercise_of(own, exercise).name)
    try:
        remember_opened(notebook, own.opened)
    except FileError as error:
        fail(str(error))


def solution(
    notebook: Annotated[
        Path,
        typer.Argument(metavar="NOTEBOOK", help="Your notebook: `grader solution least_squares.ipynb --exercise fit`."),
    ],
    exercise: Annotated[str, typer.Option(metavar="NAME", help="Which exercise: `--exercise fit`.")],
    lesson: Lesson = None,
) -> None:
    """Show one way to write an exercise that you have tried, once its hints are open, where the course shows solutions.

    Exit code 1 if it is too early, with a line that says why.
    """
    from ..student.as_json import why_no_solution

    own = usable(notebook, lesson)
    asked = exercise_of(own, exercise)
    if why := why_no_solution(own.check, asked):
        say(why)
        raise typer.Exit(1)
    own.check.solution(asked.name)


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
    from ..student.carry import carry_file, story

    done, backup = carry_file(old, new)
    for line in story(old, new, done, backup):
        say(line)
    raise typer.Exit(1 if done.left else 0)
