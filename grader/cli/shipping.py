"""The commands that make what others get: release, package gradescope."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .course import with_course
from .terminal import Isolation, fail, say, show, told


def release(
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new or empty folder.", show_default=False)],
    lessons: Annotated[str | None, typer.Option(help="Their numbers, as in 01-03 or 02.  [default: all]")] = None,
) -> None:
    """Write what students get, and nothing else: notebooks, data, the grader without solutions, a README (in a checkout)."""
    from ..build import BuildError
    from ..shipping import release as maker
    from ..shipping.wheel import WheelError

    try:
        asked = maker.chosen(lessons)
        show(f"wrote {path}" for path in maker.write_release(asked, out))
    except (maker.ReleaseError, WheelError, BuildError) as error:
        fail(str(error))
    if given := maker.given_away(asked):
        say(
            f"The wheel holds functions of {', '.join(given)}, with which later lessons begin: release a lesson when "
            "those before it are closed."
        )


package = typer.Typer(no_args_is_help=True, help="Make what another program grades with (in a checkout).")


def gradescope(
    lesson: Annotated[str, typer.Option(help="Which lesson it grades.", show_default=False)],
    out: Annotated[Path, typer.Option(metavar="FILE", help="The zip to write.")] = Path("autograder.zip"),
    results: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Use the round of this gradebook.  [default: a round of its own]")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="The seed of the round, instead of a secret one.")] = None,
    isolation: Annotated[Isolation, typer.Option(help="How student code is kept apart in Gradescope's container.")] = (
        Isolation.full
    ),
    policy: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A course.toml, for when the round closes.")
    ] = None,
) -> None:
    """Write the autograder that Gradescope takes: setup.sh, run_autograder, the grader and one lesson's solution."""
    from ..course import load_lesson
    from ..gradebook import Gradebook
    from ..policy import read_policy
    from ..shipping.package import gradescope as write

    with told():
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


package.command()(with_course(gradescope))
