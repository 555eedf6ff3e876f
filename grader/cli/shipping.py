"""The commands that make what others get: release, package gradescope."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .course import with_course
from .help import Command, Group
from .options import Seed
from .terminal import InLanguage, Isolation, fail, say, show

LessonNumbers = Annotated[
    str | None,
    typer.Option(metavar="NUMBERS", help="Which lessons: `--lessons 01-03`, or `--lessons 02`.", show_default="all"),
]


def release(
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new or empty folder: `--out for-students`.")],
    lessons: LessonNumbers = None,
    language: InLanguage = None,
) -> None:
    """Write what students get, and nothing else: notebooks, data, the grader without solutions, a README (in a checkout)."""
    from ..authoring import release as maker
    from ..words.language import language as spoken

    asked = maker.chosen(lessons)
    show(f"wrote {path}" for path in maker.write_release(asked, out, language.value if language else spoken()))
    if given := maker.given_away(asked):
        say(
            f"The wheel holds functions of {', '.join(given)}, with which later lessons begin: release a lesson when "
            "those before it are closed."
        )


package = typer.Typer(cls=Group, no_args_is_help=True, help="Package the grader for another program (in a checkout).")


GradedLesson = Annotated[str, typer.Option(metavar="LESSON", help="Which lesson it grades: `--lesson least_squares`.")]
ZipFile = Annotated[Path, typer.Option(metavar="FILE", help="The zip to write: `--out lesson03.zip`.")]
RoundOf = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Use the round of the gradebook in this folder: `--results results`.",
        show_default="a round of its own",
    ),
]
InContainer = Annotated[
    Isolation,
    typer.Option(
        metavar="full|process|none",
        help="How student code is isolated in Gradescope's container: `--isolation process`.",
    ),
]
ClosingPolicy = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A course.toml, which says when the round closes: `--policy course.toml`.",
        show_default="the round stays open",
    ),
]


def gradescope(
    lesson: GradedLesson,
    out: ZipFile = Path("autograder.zip"),
    results: RoundOf = None,
    seed: Seed = None,
    isolation: InContainer = Isolation.full,
    policy: ClosingPolicy = None,
) -> None:
    """Write the autograder that Gradescope takes: setup.sh, run_autograder, the grader and one lesson's solution."""
    from ..bridges.gradescope.package import gradescope as write
    from ..course import load_lesson
    from ..course.policy import read_policy
    from ..gradebook import Gradebook

    chosen = load_lesson(lesson)
    if results:
        with Gradebook(results, reading=True) as book:
            seed = book.seed(chosen.name)
        if seed is None:
            fail(f"{results} has no round of {lesson} yet: grade one notebook of it, or leave --results out")
    if policy:
        read_policy(policy)
    try:
        write(chosen, out, seed=seed, isolation=isolation.value, policy=policy)
    except OSError as error:
        fail(f"{error.filename or out}: it cannot be used ({error.strerror})")
    say(f"Written: {out}. It holds the solution and the round's seed: give it to Gradescope and to nobody else.")


package.command(cls=Command)(with_course(gradescope))
