"""Rows <-> the table that an instructor reads, corrects and gives back; and the same in a few lines."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..course import lesson_names
from ..files import FileError, decoded, more_cells, read
from ..people import nfc
from ..words import _, ngettext
from .decide import Said
from .records import Row, Status

COLUMNS = ("file", "student", "lesson", "status", "why", "sha256")
_PROBLEMS = (Status.UNDECIDED, Status.NOT_GRADABLE)


class WhoError(Exception):
    """A table that cannot be used; the message names the file, the line and what to write instead."""


def as_object(row: Row) -> dict[str, Any]:
    """A row for `--json`."""
    return {
        "file": row.file,
        "student": row.student,
        "lesson": row.lesson,
        "status": str(row.status),
        "why": row.why,
        "late": row.late,
        "version": list(row.version),
        "handed_in": row.handed_in and row.handed_in.isoformat(),
        "sha256": row.digest,
        "by_hand": row.by_hand,
    }


def as_csv(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of the table as it is saved and corrected."""
    yield ",".join(COLUMNS)
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(
            [row.file, row.student, row.lesson, row.status, row.why, row.digest]
        )
        yield line.getvalue()


def read_table(path: Path) -> dict[str, Said]:
    """What the instructor says of each file: the table that `grader who --out` wrote, corrected. Raises WhoError."""
    try:
        text = decoded(read(path), path)
    except FileError as error:
        raise WhoError(str(error)) from None
    head = text.partition("\n")[0]
    # Spreadsheets write a semicolon where the comma stands in numbers.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=next((c for c in ";\t" if c in head), ","))
    found: dict[str, Said] = {}
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if missing := [name for name in COLUMNS[:4] if name not in names]:
            raise WhoError(
                f"{path}, line 1: there is no column {missing[0]}; `grader who PATH... --out FILE` writes them all"
            )
        for cells in reader:
            if any(map(str.strip, cells)):
                where = f"{path}, line {reader.line_num}"
                if more := more_cells(names, cells):
                    raise WhoError(f"{where}: {more}")
                row = dict(zip(names, map(nfc, map(str.strip, cells)), strict=False))
                found[row["file"]] = _said(row, where)
    except csv.Error as error:
        raise WhoError(f"{path}, line {reader.line_num}: {error}; save it as CSV again") from None
    return found


def _said(row: Mapping[str, str], where: str) -> Said:
    lesson, status = row.get("lesson", ""), row.get("status", "").lower()
    if lesson and lesson not in lesson_names():
        raise WhoError(f"{where}: there is no lesson {lesson!r}; the lessons are {', '.join(lesson_names())}")
    if status and status not in list(Status):
        raise WhoError(f"{where}: the status is {status!r}; write one of {', '.join(Status)}")
    return Said(row.get("student", ""), lesson, Status(status) if status else None)


def summary(rows: Sequence[Row], counts: str = "last") -> Iterator[str]:
    """The table for people: each student's files, then what nobody handed in, in one line.

    counts   which of several versions does: the last, the first or the best
    """
    shown = [row for row in rows if row.status is not Status.IGNORED]
    width = min(28, max((len(row.student) for row in shown), default=0))
    files = min(60, max((len(row.file) for row in shown), default=0))
    for row in sorted(shown, key=lambda row: (row.student == "", row.student.casefold(), row.lesson, row.file)):
        yield f"{row.student or '?':<{width}}  {row.lesson or '?':<20}  {row.status:<12}  {row.file:<{files}}  {row.why}"
    counted = Counter(row.status for row in rows)
    students = len({row.student for row in shown if row.student})
    yield ""
    said = ngettext("{n} student, {files} files: {counts}.", "{n} students, {files} files: {counts}.", students)
    listed = ", ".join(f"{n} {status}" for status, n in counted.most_common() if status is not Status.IGNORED)
    yield said.format(n=students, files=len(shown), counts=listed or "none")
    several = Counter((row.student, row.lesson) for row in rows if row.status is Status.GRADE)
    if counts == "best" and any(n > 1 for n in several.values()):
        yield _("Who has several files to grade: all are graded, and the one with the most points counts (best).")
    if n := counted[Status.IGNORED]:
        yield ngettext(
            "{n} file of systems and tools, or handed out and unchanged, is left out.",
            "{n} files of systems and tools, or handed out and unchanged, are left out.",
            n,
        ).format(n=n)
    if counted[Status.UNDECIDED]:
        yield _(
            "What is undecided is not graded. Save this table (--out FILE.csv), correct student, lesson or status in it, and "
            "give it back: grader grade PATH... --who FILE.csv"
        )
