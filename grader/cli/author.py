"""The commands of somebody who writes lessons, in a checkout: build, words, mutants, findings."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .course import with_course
from .help import Command, Group
from .terminal import say, show

Lessons = Annotated[
    list[str] | None,
    typer.Argument(metavar="LESSON...", help="These lessons only: `grader build least_squares`.", show_default="all"),
]
CheckOnly = Annotated[
    bool, typer.Option("--check", help="Write nothing; say what is stale, and why: `grader build --check`.")
]
SolvedFolder = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Write the solved and executed lessons there, and nothing else: `grader build --solved solved least_squares`.",
        show_default="none are written",
    ),
]


def build(
    lessons: Lessons = None,
    check: CheckOnly = False,
    solved: SolvedFolder = None,
) -> None:
    """Build from source_solutions/ the student notebooks, the packs and the functions that later lessons are given (in a checkout)."""
    from ..authoring import build as maker
    from ..authoring import given
    from ..course import current

    # What one lesson is given stands in others.
    sources = given.all_sources(maker.lessons())
    asked = [current().declared(name).name for name in lessons or ()] or list(current().lessons)
    chosen = [one for one in sources if one[0].name in asked]
    if check:
        reasons = [
            *given.stale(sources),
            *(why for lesson, source in chosen for why in (*maker.stale(lesson), *given.wrong(lesson, source))),
        ]
        show(f"stale: {why}" for why in reasons)
        for line in (line for lesson, _source in chosen for line in maker.untranslated(lesson)):
            say(line)
        fresh = f"Fresh: {', '.join(asked)}." if lessons else "All notebooks, packs and given functions are fresh."
        say("Run `grader build`." if reasons else fresh)
        raise typer.Exit(1 if reasons else 0)
    # What lessons are given comes first: the solutions of later ones import it.
    show(f"wrote {path}" for path in ([] if solved else given.write(sources, asked)))
    for lesson, _source in chosen:
        written = [maker.write_solved(lesson, solved)] if solved else maker.write(lesson)
        show(f"wrote {path}" for path in written)


def words() -> None:
    """Bring the lessons' catalogues for translators up to date, and say what has no translation yet (in a checkout)."""
    from ..authoring import catalogues
    from ..course import current

    course = current()
    for lesson in map(course.declared, course.lessons):
        ids, text = catalogues.lesson_sentences(lesson), catalogues.notebook_sentences(lesson)
        for language in course.languages:
            path = catalogues.path_of(lesson, language)
            show(catalogues.write(path, catalogues.updated(catalogues.read(path, language), ids, language), text))


def mutants(
    lesson: Annotated[
        str | None,
        typer.Argument(metavar="LESSON", help="One lesson: `grader mutants least_squares`.", show_default="all"),
    ] = None,
) -> None:
    """Say how many small changes of each solution the visible cases notice, and list those they miss (in a checkout)."""
    from ..authoring.strength import strength
    from ..course import current
    from ..judging.references import read_references

    surviving = 0
    lessons = [current().declared(name) for name in ([lesson] if lesson else current().lessons)]
    for one, exercise in [(each, exercise) for each in lessons for exercise in each.exercises]:
        found = strength(one, exercise, read_references(one, exercise))
        surviving += len(found.surviving)
        killed = found.mutants - len(found.equivalent) - len(found.surviving)
        show(
            [
                f"{one.name}::{exercise.name}: {found.mutants} mutants, {killed} killed, "
                f"{len(found.equivalent)} equivalent, {len(found.surviving)} surviving",
                *(f"    survives: {mutant.id}" for mutant in found.surviving),
            ]
        )
    raise typer.Exit(1 if surviving else 0)


def findings() -> None:
    """Print what students are told about three wrong solutions of every exercise, with the id of each explanation (in a checkout)."""
    from ..authoring.findings import page

    show(page())


new = typer.Typer(
    cls=Group, no_args_is_help=True, help="Start a course, or a lesson in one: small, and working as it stands."
)


def new_course(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A new or empty folder: `grader new course algebra`.")
    ],
) -> None:
    """Write a course with one small lesson into FOLDER. It builds, checks and grades at once."""
    from ..authoring import new as maker

    show(f"wrote {path}" for path in maker.new_course(folder))
    say(f"Next: `grader build` in {folder}. Then make its lesson yours, and `grader new lesson NAME` for one more.")


def new_lesson(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="What the lesson is called in code: `grader new lesson least_squares`."),
    ],
) -> None:
    """Write one more lesson into the course: a small one that works, and its line in course.toml."""
    from ..authoring import new as maker
    from ..course.courses import chosen

    show(f"wrote {path}" for path in maker.new_lesson(chosen(), name))
    say("Next: `grader build`. Then make it yours, a piece at a time.")


new.command("course", cls=Command)(new_course)
new.command("lesson", cls=Command)(with_course(new_lesson))
