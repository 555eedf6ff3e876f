"""The commands that grade a class: grade, report, doctor."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..running.bounds import MEMORY_MB, SECONDS
from .options import (
    AskedFor,
    By,
    ByWhom,
    Column,
    CorrectedTable,
    CpuSeconds,
    Excel,
    Helpers,
    KeptApart,
    MemoryMb,
    NewRound,
    OneLesson,
    PolicyFile,
    Pseudonyms,
    ResultsFolder,
    Roster,
    RoundClosed,
    Scheduler,
    Seed,
    StudentPattern,
    Target,
    Times,
    TotalSeconds,
    WhichCounts,
    WhichLesson,
    Workers,
)
from .terminal import columns, fail, say, show, stopped
from .who import all_are_here, counting, in_the_class, is_fine, report_rows, say_what_counts

if TYPE_CHECKING:
    from ..gradebook import Gradebook
    from ..marks import Mark, Rules
    from ..report.outputs import Produced, Request
    from ..submissions.records import Row


class Format(StrEnum):
    text = "text"
    html = "html"
    json = "json"
    csv = "csv"
    junit = "junit"
    gradescope = "gradescope"
    canvas = "canvas"
    moodle = "moodle"
    feedback = "feedback"


Submitted = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Notebooks, folders or archives: `grader grade submitted late.zip`."),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Print one line of JSON per submission, nothing else: `grader grade submitted --json > marks.jsonl`.",
    ),
]


def grade(
    paths: Submitted,
    out: ResultsFolder = None,
    lesson: WhichLesson = None,
    workers: Workers = None,
    scheduler: Scheduler = None,
    seed: Seed = None,
    new_round: NewRound = False,
    helpers: Helpers = None,
    timeout: CpuSeconds = SECONDS,
    total: TotalSeconds = None,
    memory: MemoryMb = MEMORY_MB,
    isolation: KeptApart = None,
    student_pattern: StudentPattern = None,
    asked: AskedFor = None,
    who: CorrectedTable = None,
    counts: WhichCounts = None,
    json: AsJson = False,
    pseudonyms: Pseudonyms = None,
) -> None:
    """Grade notebooks with hidden cases, each in a process of its own, and keep the results in DIR."""
    from ..gradebook import Settings, grade_into, kept_in, known_names, settle
    from ..marks import Rules
    from ..marks.tables import read_key, read_rules
    from ..sandbox import Limits, level_of
    from ..submissions import patterns, table

    known_names(asked or "all")
    owners = patterns.compiled(student_pattern) if student_pattern else None
    limits = Limits(timeout, memory, level_of(isolation), total)
    rules = read_rules(out) if out else Rules()
    said = table.read_table(who) if who else {}
    modules = _modules(helpers)
    key = read_key(pseudonyms, say) if pseudonyms else None
    with kept_in(out) as book:
        rules = counting(rules, counts, book)
        if counts:
            book.remember_counts(rules.policy.counts)
        settings = Settings(
            lesson, seed, new_round, limits, modules, workers, owners, scheduler, rules.policy.counts, said
        )
        with stopped(f"What was graded is kept in {out}: the same command continues." if out else ""):
            rows = grade_into(book, paths, settings, progress=not json, warn=say)
        report_rows(rows)
        found = all_are_here(who, said, [*rows, *book.rows()])
        # The reports say what was decided, also each object of JSON.
        settle(book, asked)
        marks = book.marks(rules, expected=True, key=key)
        _show_objects(marks, rows) if json else _say_marks(marks, rows, rules, out)
    raise typer.Exit(0 if found and is_fine(rows) else 2)


def _show_objects(marks: Iterable[Mark], rows: Sequence[Row]) -> None:
    from ..report import json as lines
    from ..submissions.outstanding import problems

    show(lines.render(marks))
    show(lines.render_refused(problems(rows)))


def _say_marks(marks: Iterable[Mark], rows: Sequence[Row], rules: Rules, out: Path | None) -> None:
    from ..report import text
    from ..show import in_the_words_of

    with in_the_words_of(rules.policy.explanations):
        table = text.render(marks, columns=columns())
    if table:
        say(table)
        if out:
            say(f"The results are kept. `grader report {out} --format html` makes pages of them.")
    say_what_counts(rules, rows)


def _modules(folder: Path | None) -> dict[str, str]:
    """{module name: source} of the helper modules in a folder. Raises FileError."""
    from ..course.files import FileError, decoded, read, reason

    if folder is None:
        return {}
    try:
        found = {path.stem: decoded(read(path), path) for path in sorted(folder.glob("*.py"))}
    except OSError as error:
        raise FileError(f"{folder}: {reason(error)}") from None
    if not found:
        fail(f"{folder}: there is no Python module (.py) in this folder; name the folder that holds the helpers")
    return found


KeptResults = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="The folder of results that `grader grade` kept: `grader report results`."),
]
InFormat = Annotated[
    Format,
    typer.Option(
        metavar="FORMAT",
        help="What to make: text, html (pages), json, csv, junit, gradescope, canvas or moodle, which fill the platform's own table, or feedback, zips that both take back: `--format html`.",
    ),
]


def report(
    folder: KeptResults,
    format: InFormat = Format.text,
    to: Target = None,
    lesson: OneLesson = None,
    round_closed: RoundClosed = False,
    roster: Roster = None,
    assignment: Column = None,
    policy: PolicyFile = None,
    times: Times = None,
    excel: Excel = None,
    by: ByWhom = By.submission,
    counts: WhichCounts = None,
    pseudonyms: Pseudonyms = None,
) -> None:
    """Make a report of the results kept in DIR: a table for people, pages, or a file for another program.

    What the instructor decided is read from course.toml and from overrides.csv, extensions.csv and times.csv in DIR or
    beside course.toml.
    """
    from ..course import load_lesson
    from ..gradebook import Gradebook
    from ..marks.tables import read_key, read_rules
    from ..report.outputs import Request
    from ..words import spreadsheet

    chosen = load_lesson(lesson).name if lesson else None
    request = Request(
        format.value,
        folder,
        to=to,
        round_closed=round_closed,
        roster=roster,
        assignment=assignment,
        columns=columns(),
        dialect=spreadsheet.excel(excel) if excel else spreadsheet.PLAIN,
        by_student=by is By.student,
    )
    rules = read_rules(folder, policy, times)
    key = read_key(pseudonyms, say) if pseudonyms else None
    with Gradebook(folder, reading=True) as book:
        complete = _report(book, request, counting(rules, counts, book), key, chosen)
    raise typer.Exit(0 if complete else 2)


def _report(book: Gradebook, request: Request, rules: Rules, key: bytes | None, lesson: str | None) -> bool:
    """Makes the report of a lesson, or of all; whether there is nothing to look at and no mark without a place."""
    _say_unknown_names(book, rules, request.folder)
    look, missing = _outstanding(book, request, lesson)
    request = replace(request, policy=rules.policy, code=lambda mark: book.cells(mark.digest))
    # Files and rosters name people.
    if not key:
        open_ = tuple(f"{row.status}: {row.file}: {row.why}" for row in look)
        request = replace(request, open=open_, absent=missing)
    marks = (m for m in book.marks(rules, key=key) if lesson in (None, m.result.lesson))
    made = _show_report(request, marks)
    say_what_counts(rules, book.rows())
    return not (look or made.left_out)


def _say_unknown_names(book: Gradebook, rules: Rules, folder: Path) -> None:
    """Says which names in the instructor's tables are nobody's; fails where there are no results at all."""
    from ..marks.tables import strangers

    rows = book.rows()
    # A path that is not there is nobody's.
    if not any(row.student or row.digest for row in rows):
        fail(f"{folder} holds no results yet: `grader grade PATH... --out {folder}` puts some there")
    for warning in strangers(rules, book.has_student, book.students(), {row.file for row in rows}):
        say(warning)


def _outstanding(book: Gradebook, request: Request, lesson: str | None) -> tuple[list[Row], tuple[str, ...]]:
    """What should be looked at of a lesson, or of all, and by the roster who handed in nothing."""
    from ..marks.roster import ROSTER

    # What fills Canvas's own roster says itself whom it does not know, and who has no mark.
    named = None if request.format in (Format.canvas, Format.moodle) else request.roster
    look, missing = in_the_class(book, named or request.folder / ROSTER, known=named is not None)
    return [row for row in look if lesson is None or row.lesson in (lesson, "")], missing


def _show_report(request: Request, marks: Iterable[Mark]) -> Produced:
    """Makes the output, and says what there is to say about it."""
    from ..report.outputs import produce
    from ..show import in_the_words_of

    with in_the_words_of(request.policy.explanations if request.policy else {}):
        made = produce(request, marks)
        show(made.lines)
    for line in (*made.said, *(() if request.format == Format.html else request.open)):
        say(line)
    if request.absent:
        say(f"By the roster, {len(request.absent)} handed in nothing: {'; '.join(request.absent)}")
    return made


def doctor() -> None:
    """Say how well this machine isolates student code, and what each missing part would stop."""
    from ..sandbox.doctor import examine

    lines, full = examine()
    show(lines)
    raise typer.Exit(0 if full else 1)
