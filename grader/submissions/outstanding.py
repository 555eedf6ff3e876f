"""Lists what an instructor should look at: undecided files, missed work, students without a grade. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from .records import Row, Status


def standing(rows: Sequence[Row]) -> list[Row]:
    """Of the rows of all runs those that still hold: of a changed file the newest, and what was decided since is not open."""
    newest = {row.file: row.run for row in sorted(rows, key=lambda row: row.run)}
    decided: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.status is Status.GRADE:
            decided[row.student, row.lesson] = max(row.run, decided.get((row.student, row.lesson), 0))
    return [
        row
        for row in rows
        if row.run == newest[row.file]
        and not (row.status is Status.UNDECIDED and decided.get((row.student, row.lesson), 0) > row.run)
    ]


def problems(rows: Sequence[Row]) -> list[Row]:
    """What is undecided, what may hold exercises and was not graded, and what a student without a grade handed in."""
    graded = {row.student for row in rows if row.status is Status.GRADE}
    found = [row for row in rows if row.status is Status.UNDECIDED or _is_missed(row, graded)]
    # Where nothing at all can be graded, everything is to be looked at.
    return found if found or graded else [row for row in rows if row.status in (Status.NOT_GRADABLE, Status.OTHER)]


def _is_missed(row: Row, graded: Collection[str]) -> bool:
    if row.status not in (Status.NOT_GRADABLE, Status.OTHER):
        return False
    if row.student and row.student not in graded:
        return True
    return row.status is Status.NOT_GRADABLE and (row.exercises or _may_hold(row.file))


def _may_hold(name: str) -> bool:
    """Whether a file is named as one that holds exercises."""
    return ".ipynb" in name.lower() or name.lower().endswith((".zip", ".tar", ".gz", ".tgz"))


def without_grade(rows: Sequence[Row]) -> Iterator[Row]:
    """For each student and lesson without a file to grade, the row that says best why; first what is undecided."""
    graded = {(row.student, row.lesson) for row in rows if row.status is Status.GRADE}
    undecided = [row for row in rows if row.status is Status.UNDECIDED and row.student]
    open_ = {row.student for row in undecided}
    first = {(row.student, row.lesson): row for row in reversed(undecided)}
    yield from (row for whose, row in first.items() if whose not in graded)
    anything = {student for student, _lesson in graded}
    missed: dict[tuple[str, str], Row] = {}
    for row in sorted(problems(rows), key=lambda row: (not row.exercises, ".ipynb" not in row.file.lower(), row.file)):
        whose = (row.student, row.lesson)
        known = row.lesson and whose not in graded and (row.exercises or ".ipynb" in row.file.lower())
        if row.student and row.student not in open_ and (known or row.student not in anything):
            missed.setdefault(whose, row)
    nameless = {student for student, lesson in missed if lesson}
    yield from (row for (student, lesson), row in missed.items() if lesson or student not in nameless)
