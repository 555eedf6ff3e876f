"""Rows <-> the table that an instructor reads, corrects and gives back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..course import lesson_names
from ..course.files import FileError, decoded, more_cells, read
from ..words.errors import GraderError
from ..words.people import nfc
from ..words.spreadsheet import as_cell, from_cell
from .decide import Correction
from .records import Row, Status

COLUMNS = ("file", "student", "lesson", "status", "why", "sha256")


class WhoError(GraderError):
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
            map(as_cell, [row.file, row.student, row.lesson, row.status, row.why, row.digest])
        )
        yield line.getvalue()


def read_table(path: Path) -> dict[str, list[Correction]]:
    """The lines about each file: the table that `grader who --out` wrote, corrected. Raises WhoError."""
    try:
        text = decoded(read(path), path)
    except FileError as error:
        raise WhoError(str(error)) from None
    head = text.partition("\n")[0]
    # Spreadsheets write a semicolon where the comma stands in numbers.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=next((c for c in ";\t" if c in head), ","))
    found: dict[str, list[Correction]] = {}
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
                row = dict(zip(names, map(nfc, map(from_cell, cells)), strict=False))
                found.setdefault(row["file"], []).append(_correction(row, where))
    except csv.Error as error:
        raise WhoError(f"{path}, line {reader.line_num}: {error}; save it as CSV again") from None
    return found


def not_here(said: Iterable[str], rows: Iterable[Row]) -> list[str]:
    """The files that a table names and that are none of these."""
    here = {row.file.strip() for row in rows}
    return [name for name in said if name not in here]


def _correction(row: Mapping[str, str], where: str) -> Correction:
    lesson, status = row.get("lesson", ""), row.get("status", "").lower()
    if lesson and lesson not in lesson_names():
        raise WhoError(f"{where}: there is no lesson {lesson!r}; the lessons are {', '.join(lesson_names())}")
    if status and status not in list(Status):
        raise WhoError(f"{where}: the status is {status!r}; write one of {', '.join(Status)}")
    return Correction(row.get("student", ""), lesson, Status(status) if status else None)
