"""The text of overrides.csv with some of its lines changed; all others, and columns of the instructor's own, stay. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from ..words.people import nfc
from ..words.spreadsheet import as_cell, from_cell
from .lines import separator_of, without_separator_line
from .overrides import COLUMNS


@dataclass(frozen=True)
class LineChange:
    """A line as it is to be; without points, it is to go. `student` may be EVERYBODY, and `points` DROPPED."""

    student: str
    lesson: str
    exercise: str
    points: str = ""
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.student, self.lesson, self.exercise


def edited(text: str, changes: Sequence[LineChange]) -> str:
    """The table with these changes; the table's separator stays, and where it is a semicolon, the comma stands in numbers."""
    rest, skipped = without_separator_line(text.removeprefix("\ufeff")) if text else (",".join(COLUMNS) + "\n", 0)
    separator = separator_of(rest)
    head, *rows = csv.reader(io.StringIO(rest, newline=""), delimiter=separator)
    places = {name.strip().lower(): place for place, name in enumerate(head)}
    left = {change.key: change for change in changes}
    kept = [head]
    for row in rows:
        student, lesson, exercise = (nfc(from_cell(row[places[name]])) if row else "" for name in COLUMNS[:3])
        change = left.pop((student, lesson, exercise), None)
        if change is None:
            kept.append(row)
        elif change.points:
            kept.append(_row(change, row, places, separator))
    kept += [_row(change, [""] * len(head), places, separator) for change in left.values() if change.points]
    made = io.StringIO(newline="")
    end = "\r\n" if "\r\n" in rest else "\n"
    csv.writer(made, delimiter=separator, lineterminator=end).writerows(kept)
    first = text.removeprefix("\ufeff")[: len(text.removeprefix("\ufeff")) - len(rest)] if skipped else ""
    return first + made.getvalue()


def _row(change: LineChange, row: Sequence[str], places: dict[str, int], separator: str) -> list[str]:
    points = change.points.replace(".", ",") if separator == ";" else change.points
    cells = dict(zip(COLUMNS, map(as_cell, (*change.key, "", change.reason)), strict=True)) | {"points": points}
    made = list(row)
    for name, cell in cells.items():
        made[places[name]] = cell
    return made
