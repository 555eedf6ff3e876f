"""The commands on a gradebook that is there: replay, regrade, forget."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import OneLesson, Scheduler, Workers
from .terminal import fail, say, show, stopped

Kept = Annotated[
    Path, typer.Option("--in", metavar="DIR", help="The folder of results that `grader grade` kept: `--in results`.")
]


Whose = Annotated[
    str, typer.Argument(metavar="WHO", help="A student or a submission of the results, or a notebook file: `ada`.")
]
WhichExercise = Annotated[str, typer.Argument(metavar="LESSON::EXERCISE", help="Which exercise: `least_squares::fit`.")]
KeptIfAny = Annotated[
    Path | None,
    typer.Option(
        "--in",
        metavar="DIR",
        help="The folder of results that `grader grade` kept: `--in results`.",
        show_default="none, and visible cases only",
    ),
]
VisibleOnly = Annotated[
    bool,
    typer.Option(
        "--visible",
        help="Visible cases only, so that the file may be given to the student: "
        "`grader replay ada least_squares::fit --in results --visible`.",
    ),
]
ReplayFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="The file to write: `--to ada.py`.", show_default="replay_WHO_LESSON_EXERCISE.py here"
    ),
]


def replay(
    submission: Whose,
    exercise: WhichExercise,
    kept: KeptIfAny = None,
    visible: VisibleOnly = False,
    to: ReplayFile = None,
) -> None:
    """Write a small Python file that shows one exercise's difference on any machine with numpy.

    It holds the exact inputs, the student's function and the expected values. It is written, never run: read the
    student's code in it before you run it yourself.
    """
    from contextlib import nullcontext

    from ..course.files import write
    from ..gradebook import Gradebook
    from ..replay.choose import replay as chosen

    with Gradebook(kept, reading=True) if kept else nullcontext() as book:
        name, text = chosen(submission, exercise, book, visible)
    path = to or Path(name)
    write(path, text.encode())
    show([str(path)])
    say(f"It holds a student's code, which was not run, and will run with your rights: read it, then python {path}")


KeptResults = Annotated[
    Path, typer.Argument(metavar="DIR", help="The folder of results that `grader grade` kept: `results`.")
]
Preview = Annotated[
    bool,
    typer.Option(
        "--preview",
        help="Say who would gain and who would lose; write nothing: `grader regrade results --preview`.",
    ),
]
Apply = Annotated[
    bool,
    typer.Option("--apply", help="Replace the old grades with the new ones: `grader regrade results --apply`."),
]
NeverLower = Annotated[
    bool,
    typer.Option(
        "--never-lower",
        help="For each exercise, keep the better result: `grader regrade results --apply --never-lower`.",
    ),
]


def regrade(
    folder: KeptResults,
    preview: Preview = False,
    apply: Apply = False,
    never_lower: NeverLower = False,
    lesson: OneLesson = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
) -> None:
    """After a change to a case, a solution or a library, grade again what DIR holds, each submission in its own round.

    Nothing but DIR is needed: it keeps the code of what was handed in.
    """
    from ..gradebook import Gradebook, Settings
    from ..gradebook.regrade import lines
    from ..gradebook.regrade import regrade as again

    if preview == apply:
        fail("say --preview to see who would gain and who would lose, or --apply to do it")
    settings = Settings(lesson, workers=workers, scheduler=scheduler)
    with Gradebook(folder, reading=preview) as book:
        kept = "What was graded again is kept: the same command continues." if apply else "Nothing was written."
        with stopped(kept):
            done = again(book, write=apply, never_lower=never_lower, settings=settings, progress=True)
    show(lines(done.changes, written=apply))
    count = f"{done.graded} file{'s' * (done.graded != 1)} graded again, {len(done.changes)} marks of exercises"
    say(f"{count} {'changed' if apply else 'would change; nothing was written'}.")


def forget(
    student: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="The name as the report shows it: `grader forget 'Ada Love' --in results`."
        ),
    ],
    kept: Kept,
) -> None:
    """Delete a student's name, submissions, results and code from DIR."""
    from ..gradebook import Gradebook
    from ..marks.tables import lines_about
    from ..words.people import nfc

    with Gradebook(kept) as book:
        if not book.has_student(student):
            fail(f"{kept} holds nothing of {student}; write the name as `grader report {kept}` shows it")
        if open_ := book.undecided(student):
            fail(
                f"{', '.join(open_)}: this may be {student}'s or somebody else's; say whose it is first "
                "(grader grade PATH... --who FILE), so that nothing of anybody else is deleted"
            )
        files = {row.file for row in book.rows() if row.student == nfc(student)}
        count = book.forget(student)
        say(f"{student}: {count} submission{'s' * (count != 1)} deleted, with what nobody else has handed in.")
        for line in lines_about(kept, student, files):
            say(f"{line} names {student} or a file of theirs: delete that line yourself.")
        if (kept / "report").is_dir():
            say(
                f"Pages in {kept / 'report'} stay as they are until `grader report {kept} --format html` makes them again."
            )
