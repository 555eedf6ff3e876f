"""The command that says whose each file is, and what becomes of it, before anything is graded: who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from .options import StudentPattern, WhichCounts, WhichLesson
from .terminal import fail, say, show

if TYPE_CHECKING:
    from ..course.policy import Counts
    from ..gradebook import Gradebook
    from ..marks import Rules
    from ..submissions.records import Row


def counting(rules: Rules, counts: str | None, book: Gradebook | None) -> Rules:
    """The rules, with the versions that count as the command line says, now or when the results were graded."""
    if counts not in (None, "last", "first", "best"):
        fail(f"--counts is {counts}; write last, first or best")
    chosen = cast("Counts | None", counts) or (book.counts() if book else None)
    return replace(rules, policy=replace(rules.policy, counts=chosen)) if chosen else rules


def say_what_counts(rules: Rules, rows: Sequence[Row]) -> None:
    """Which of several files counts, where somebody has several."""
    from ..submissions.records import Status

    files = Counter((row.student, row.lesson) for row in rows if row.status in (Status.GRADE, Status.REPLACED))
    if any(n > 1 for n in files.values()):
        say(
            f"Of several files of one student the {rules.policy.counts} one counts; --counts last, first or best says which."
        )


Submitted = Annotated[
    list[Path],
    typer.Argument(metavar="PATH...", help="Notebooks, folders or archives: `grader who submitted late.zip`."),
]
EarlierResults = Annotated[
    Path | None,
    typer.Option(
        "--in",
        metavar="DIR",
        help="The folder of results that `grader grade` kept; students in it keep their names: `--in results`.",
        show_default="none",
    ),
]
CorrectedBefore = Annotated[
    Path | None,
    typer.Option(
        "--who",
        metavar="FILE",
        help="The table that you corrected, to see the effect: `--who who.csv`.",
        show_default="none",
    ),
]
AsJson = Annotated[
    bool,
    typer.Option("--json", help="Print one line of JSON per file, nothing else: `grader who submitted --json`."),
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print the table as CSV: `grader who submitted --csv`.")]
TableFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Save the table, to be corrected and given back with --who: `--out who.csv`.",
        show_default="it is only shown",
    ),
]


def who(
    paths: Submitted,
    kept: EarlierResults = None,
    lesson: WhichLesson = None,
    student_pattern: StudentPattern = None,
    table: CorrectedBefore = None,
    counts: WhichCounts = None,
    json: AsJson = False,
    csv: AsCsv = False,
    out: TableFile = None,
) -> None:
    """Say whose each file is, which lesson, and what would become of it and why. Nothing is graded.

    Correct the columns student, lesson and status in the saved table, and give it back: grader grade PATH... --who FILE.csv
    """
    import json as encoder

    from ..course import load_lesson
    from ..gradebook import Gradebook
    from ..marks import Rules
    from ..marks.tables import read_rules
    from ..submissions.collect import Asked, Shelf, collect
    from ..submissions.patterns import compiled
    from ..submissions.table import as_csv, as_object, read_table
    from .listing import summary

    pattern = compiled(student_pattern) if student_pattern else None
    chosen = load_lesson(lesson).name if lesson else None
    with Gradebook(kept, reading=True) if kept else nullcontext() as book:
        rules = counting(read_rules(kept) if kept else Rules(), counts, book)
        said = read_table(table) if table else {}
        asked = Asked(chosen, pattern, rules.policy.counts, said)
        earlier = book.rows() if book else []
        rows = collect(paths, asked, earlier, Shelf(book.code) if book else Shelf())
    found = all_are_here(table, said, [*rows, *earlier])
    if out:
        _save(out, "\n".join(as_csv(rows)) + "\n")
    if json:
        show(encoder.dumps(as_object(row), ensure_ascii=False) for row in rows)
    elif csv:
        show(as_csv(rows))
    else:
        show(summary(rows, rules.policy.counts))
    raise typer.Exit(0 if found and is_fine(rows) else 2)


def _save(path: Path, text: str) -> None:
    from ..course.files import write

    # With a mark of its encoding, or Excel takes UTF-8 for something else.
    write(path, text.encode("utf-8-sig"))
    say(f"Written: {path}")


def is_fine(rows: Sequence[Row]) -> bool:
    """Whether there is something to grade, and nothing to look at."""
    from ..submissions.outstanding import problems
    from ..submissions.records import Status

    return not problems(rows) and any(row.status is Status.GRADE for row in rows)


def in_the_class(book: Gradebook, roster: Path, *, known: bool) -> tuple[list[Row], tuple[str, ...]]:
    """What is not graded and should be looked at, and who handed in nothing by the roster, if there is one.

    known    whether the instructor named the roster; else it is read where it is
    """
    from ..marks.roster import absent, read_roster, unknown
    from ..submissions.outstanding import problems, standing
    from ..submissions.records import Status
    from ..words.people import nearest_names

    rows = standing(book.rows())
    open_ = problems(rows)
    if not (known or roster.is_file()):
        return open_, ()
    there = {row.student for row in rows if row.student and row.status is not Status.IGNORED}
    people = read_roster(roster)
    names = [person.name for person in people]
    if strangers := sorted(unknown(people, there)):
        listed = ", ".join(
            f"{one} (nearest: {'; '.join(near)})" if (near := nearest_names(one, names)) else one for one in strangers
        )
        say(f"{roster} does not know: {listed}. Is a name spelt differently there?")
    return open_, tuple(absent(people, there))


def _problem(row: Row) -> str:
    from ..submissions.records import Status

    if row.status is Status.UNDECIDED:
        return f"undecided: {row.file}: {row.why}"
    name = f"{row.student}: " if row.student and row.student not in row.file else ""
    return f"{name}{row.file}: {row.why}"


def _replaced(rows: Sequence[Row]) -> Iterator[str]:
    from ..submissions.records import Status

    for row in rows:
        if row.status in (Status.REPLACED, Status.SAME, Status.BLANK):
            yield f"{row.file}: does not count: {row.why}"


def all_are_here(table: Path | None, said: Iterable[str], rows: Iterable[Row]) -> bool:
    """Whether every line of the corrected table is about a known file; those that are not are reported."""
    from ..submissions.table import not_here

    if missing := not_here(said, rows):
        listed = ", ".join(missing[:3]) + ", ..." * (len(missing) > 3)
        say(
            f"{table}: no such file is here: {listed}. `grader who` names files relative to the PATH that it is given: give the same PATH"
        )
    return not missing


def report_rows(rows: Sequence[Row]) -> None:
    """For people: each file that should be looked at, and how many others do not count."""
    from ..submissions.outstanding import problems
    from ..submissions.records import Status

    look = problems(rows)
    # What several handed in together has a row for each of them.
    for line in dict.fromkeys([*map(_problem, look), *_replaced(rows)]):
        say(line)
    not_graded = (Status.NOT_GRADABLE, Status.OTHER)
    left = len({row.file for row in rows if row.status in not_graded} - {row.file for row in look})
    ignored = sum(row.status is Status.IGNORED for row in rows)
    if left or ignored:
        say(
            f"Left out: {left} other file{'s' * (left != 1)} of students that hold no exercises, {ignored} of systems and tools "
            "or handed out and unchanged. `grader who PATH...` lists them."
        )
    if not look and not any(row.status is Status.GRADE for row in rows):
        say("There is no notebook to grade here; name the folder that holds them.")
    if any(row.status is Status.UNDECIDED for row in rows):
        say(
            "What is undecided is not graded: grader who PATH... --out who.csv, correct it, grader grade PATH... --who who.csv"
        )
