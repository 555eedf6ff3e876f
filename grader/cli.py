"""The command line: parse, call, exit code. 0 done, 1 `check` or `build --check` found something, 2 unusable input."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from . import cli_kept
from .limits import MEMORY_MB, SECONDS
from .terminal import fail, say, show, told

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Check and grade the lessons of Neural Networks by Hand.",
)

package = typer.Typer(no_args_is_help=True, help="Make what another program grades with (in a checkout).")
app.add_typer(package, name="package")


class Isolation(StrEnum):
    full = "full"
    process = "process"
    none = "none"


Pseudonyms = Annotated[
    Path | None,
    typer.Option(
        metavar="KEYFILE", help="Print pseudonyms for names, made with the key in this file; made if not there."
    ),
]


class Format(StrEnum):
    text = "text"
    html = "html"
    json = "json"
    csv = "csv"
    junit = "junit"
    gradescope = "gradescope"
    canvas = "canvas"


def main() -> None:
    try:
        app()
    except ImportError as error:
        # The student's install has neither the solutions nor the tools for teaching.
        say(f"this command needs a checkout of the repository, with `pip install -e '.[teach]'` ({error})")
        sys.exit(2)
    except Exception as error:
        from .references import ReferenceFileError

        if not isinstance(error, ReferenceFileError):
            raise
        say(str(error))
        sys.exit(2)


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="The .ipynb to check.", show_default=False)],
    lesson: Annotated[str | None, typer.Option(help="Which lesson it is, if the file does not say.")] = None,
    exercise: Annotated[str | None, typer.Option(help="Check this one only.")] = None,
) -> None:
    """Run the visible cases on your notebook's functions, as `check` in the notebook does.

    The notebook's own code runs in this process: check your own notebooks, grade those of others.
    """
    from .alone.own import open_own
    from .paths import Unusable
    from .words import _

    if notebook.is_dir():
        said = _(
            "{notebook} is a folder: name one notebook, or use `grader progress {notebook}` (your own course) or "
            "`grader grade {notebook} --out DIR` (a class)"
        )
        fail(said.format(notebook=notebook))
    own = open_own(notebook, lesson)
    if isinstance(own, Unusable):
        fail(f"{notebook}: {own.reason}")
    if own.age:
        say(own.age)
    for problem in own.problems:
        say(f"{', '.join(problem.names)}: {problem.message}")
    ours = own.check
    results = []
    for one in [exercise] if exercise else [one.name for one in ours.lesson.exercises]:
        results.append(ours(one))
        print()
    if not exercise:
        ours.summary()
    raise typer.Exit(0 if all(r.result and r.result.status == "passed" for r in results) else 1)


@app.command()
def start(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to; made if it is not there.")] = Path(
        "nn-by-hand"
    ),
) -> None:
    """Copy the notebooks and the data into DIR, and say how to open them. What is there already stays as it is."""
    from .alone.start import advice
    from .alone.start import start as begin
    from .files import FileError

    try:
        done = begin(folder)
    except FileError as error:
        fail(str(error))
    show(done.written)
    for line in advice(done):
        say(line)


@app.command()
def progress(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder with your notebooks.")] = Path(),
) -> None:
    """Check the notebooks in DIR again and show how far you are in the whole course. Nothing is recorded.

    The notebooks' own code runs in this process, as with `grader check`.
    """
    from rich.console import Console
    from rich.text import Text

    from .alone.progress import Standing, draw, look, notebooks, whole_course
    from .words import _, for_stream

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


@app.command()
def carry(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Your notebook.", show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="A newer copy of it.", show_default=False)],
) -> None:
    """Move your functions by name from OLD into NEW, a newer copy of the same notebook; OLD stays as it is."""
    from .alone.carry import CarryError, carry_file, story
    from .files import FileError

    try:
        done, backup = carry_file(old, new)
    except (CarryError, FileError) as error:
        fail(str(error))
    for line in story(old, new, done, backup):
        say(line)
    raise typer.Exit(1 if done.left else 0)


@app.command()
def grade(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Notebooks, folders or zip files.", show_default=False)
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where the results are kept.  [default: nowhere]")
    ] = None,
    lesson: Annotated[str | None, typer.Option(help="Which lesson the notebooks are, if they do not say.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="How many at a time.  [default: one per core]")] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask cluster that grades, in place of this machine.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="The seed of a new round, instead of a secret one.")] = None,
    new_round: Annotated[bool, typer.Option("--new-round", help="Draw other hidden cases for everybody.")] = False,
    helpers: Annotated[Path | None, typer.Option(metavar="DIR", help="Modules that the notebooks may import.")] = None,
    timeout: Annotated[float, typer.Option(metavar="S", min=0.1, help="Seconds of CPU for one exercise.")] = SECONDS,
    total: Annotated[
        float | None, typer.Option(metavar="S", min=10, help="Seconds for one whole submission.  [default: no limit]")
    ] = None,
    memory: Annotated[int, typer.Option(metavar="MB", min=64, help="Memory for one submission.")] = MEMORY_MB,
    isolation: Annotated[
        Isolation, typer.Option(help="How student code is kept apart; less than full is for throw-away machines.")
    ] = Isolation.full,
    student_pattern: Annotated[
        str | None,
        typer.Option(
            metavar="PATTERN", help="Whose file it is, by its name: {student}_{lesson}.ipynb or a regular expression."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one line of JSON per submission, nothing else.")] = False,
    pseudonyms: Pseudonyms = None,
) -> None:
    """Grade notebooks with hidden cases, each in a process of its own, and keep the results in DIR."""
    from .gradebook import Settings, grade_into, kept_in
    from .marks import Rules
    from .owners import compiled
    from .paths import LeftOut
    from .report import json as lines
    from .report import text
    from .sandbox import Limits
    from .show import in_the_words_of
    from .tables import read_key, read_rules

    with told():
        owners = compiled(student_pattern) if student_pattern else None
        limits = Limits(timeout, memory, isolation.value, total)
        settings = Settings(lesson, seed, new_round, limits, _modules(helpers), workers, owners, scheduler)
        rules = read_rules(out) if out else Rules()
        key = read_key(pseudonyms, say) if pseudonyms else None
        with kept_in(out) as book:
            try:
                not_graded = grade_into(book, paths, settings, progress=not json)
            except KeyboardInterrupt:
                say(f"Stopped. What was graded is kept in {out}: the same command continues." if out else "Stopped.")
                raise typer.Exit(130) from None
            for one in not_graded:
                say(f"{one.name}: {one.reason}")
            marks = book.marks(rules, expected=True, key=key)
            if json:
                show(lines.render(marks))
                show(lines.render_refused(not_graded))
                shown = ""
            else:
                with in_the_words_of(rules.course.explanations):
                    shown = text.render(marks)
            if shown:
                say(shown)
                if out:
                    say(f"The results are kept. `grader report {out} --format html` makes pages of them.")
    raise typer.Exit(0 if all(isinstance(one, LeftOut) for one in not_graded) else 2)


def _modules(folder: Path | None) -> dict[str, str]:
    """{module name: source} of the helper modules in a folder."""
    if folder is None:
        return {}
    try:
        found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))}
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{folder}: a module (.py) in it cannot be read ({error}); a helper is a Python file in UTF-8")
    if not found:
        fail(f"{folder}: there is no Python module (.py) in this folder; name the folder that holds the helpers")
    return found


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The --out of `grader grade`.", show_default=False)],
    format: Annotated[Format, typer.Option(help="What to make: html is pages, canvas fills Canvas's own export.")] = (
        Format.text
    ),
    to: Annotated[
        Path | None, typer.Option(metavar="PATH", help="Where to.  [default: DIR/report for html, else stdout]")
    ] = None,
    lesson: Annotated[str | None, typer.Option(help="This lesson only.")] = None,
    round_closed: Annotated[
        bool, typer.Option("--round-closed", help="Show hidden cases to students, whatever course.toml says.")
    ] = False,
    roster: Annotated[
        Path | None, typer.Option(metavar="EXPORT.csv", help="For canvas: the gradebook that Canvas exported.")
    ] = None,
    assignment: Annotated[
        str | None, typer.Option(metavar="'NAME (ID)'", help="For canvas: the column to fill.")
    ] = None,
    course: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The course.toml.  [default: the one in DIR or above]")
    ] = None,
    times: Annotated[
        Path | None, typer.Option(metavar="FILE", help="When each was handed in: a CSV with student,lesson,time.")
    ] = None,
    pseudonyms: Pseudonyms = None,
) -> None:
    """Make a report of the results kept in DIR: a table for people, pages, or a file for another program.

    What the instructor decided is read from course.toml and from overrides.csv, extensions.csv and times.csv in DIR or
    beside course.toml.
    """
    from .course import load_lesson
    from .gradebook import Gradebook
    from .report.outputs import Request, produce
    from .show import in_the_words_of
    from .tables import read_key, read_rules, strangers

    with told():
        chosen = load_lesson(lesson).name if lesson else None
        rules = read_rules(folder, course, times)
        key = read_key(pseudonyms, say) if pseudonyms else None
        with Gradebook(folder) as book:
            for warning in strangers(rules, book.has_student):
                say(warning)
            marks = (m for m in book.marks(rules, key=key) if chosen in (None, m.result.lesson))
            asked = Request(format.value, folder, rules.course, to, round_closed, roster, assignment)
            with in_the_words_of(rules.course.explanations):
                made = produce(asked, marks)
                show(made.lines)
            for line in made.said:
                say(line)


@app.command()
def build(
    check: Annotated[bool, typer.Option("--check", help="Write nothing; say what is stale, and why.")] = False,
    solved: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write the solved, executed lessons to DIR.")
    ] = None,
) -> None:
    """Build the student notebooks and the reference files from source_solutions/ (in a checkout)."""
    from . import build as maker

    try:
        if check:
            reasons = [why for lesson in maker.lessons() for why in maker.stale(lesson)]
            show(f"stale: {why}" for why in reasons)
            say("Run `grader build`." if reasons else "All notebooks and reference files are fresh.")
            raise typer.Exit(1 if reasons else 0)
        for lesson in maker.lessons():
            written = [maker.write_solved(lesson, solved)] if solved else maker.write(lesson)
            show(f"wrote {path}" for path in written)
    except maker.BuildError as error:
        fail(str(error))


@app.command()
def release(
    out: Annotated[Path, typer.Option(metavar="DIR", help="A new or empty folder.", show_default=False)],
    lessons: Annotated[str | None, typer.Option(help="Their numbers, as in 01-03 or 02.  [default: all]")] = None,
) -> None:
    """Write what students get, and nothing else: notebooks, data, the grader without solutions, a README (in a checkout)."""
    from .build import BuildError
    from .shipping import release as maker
    from .shipping.wheel import WheelError

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


@package.command()
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
    course: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A course.toml, for when the round closes.")
    ] = None,
) -> None:
    """Write the autograder that Gradescope takes: setup.sh, run_autograder, the grader and one lesson's solution."""
    from .course import load_lesson
    from .coursefile import read_course
    from .gradebook import Gradebook
    from .shipping.package import gradescope as write

    with told():
        chosen = load_lesson(lesson)
        if results:
            with Gradebook(results) as book:
                seed = book.seed(chosen.name)
            if seed is None:
                fail(f"{results} has no round of {lesson} yet: grade one notebook of it, or leave --results out")
        if course:
            read_course(course)
        try:
            write(chosen, out, seed=seed, isolation=isolation.value, course=course)
        except OSError as error:
            fail(f"{error.filename or out}: it cannot be used ({error.strerror})")
    say(f"Written: {out}. It holds the solution and the round's seed: give it to Gradescope and to nobody else.")


@app.command()
def findings() -> None:
    """Print what students read of three wrong solutions of every exercise, as docs/findings.md has it (in a checkout)."""
    from .findings import page

    show(page())


@app.command()
def doctor() -> None:
    """Say what isolation this machine gives to student code, and what each missing part would stop."""
    from .sandbox.doctor import examine

    lines, full = examine()
    show(lines)
    raise typer.Exit(0 if full else 1)


@app.command()
def mutants(
    lesson: Annotated[str | None, typer.Argument(help="One lesson.  [default: all]", show_default=False)] = None,
) -> None:
    """Say how many small changes of each solution the visible cases notice, and which they do not (in a checkout)."""
    from .course import UnknownLesson, lesson_names, load_lesson
    from .references import read_references
    from .strength import strength

    surviving = 0
    try:
        lessons = [load_lesson(name) for name in ([lesson] if lesson else lesson_names())]
    except UnknownLesson as error:
        fail(str(error))
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


for command in (cli_kept.replay, cli_kept.regrade, cli_kept.forget):
    app.command()(command)


if __name__ == "__main__":
    main()
