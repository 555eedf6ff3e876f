"""The lines of a table that people write in a spreadsheet: whatever separates the cells, with the number of each line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..course import UnknownLesson, load_lesson
from ..course.files import FileError, decoded, read
from ..words.errors import GraderError
from ..words.people import nfc
from ..words.spreadsheet import from_cell
from .mark import Whose

# A comma, what spreadsheets write where the comma stands in numbers, and what Excel's "Unicode text" has.
SEPARATORS = ",;\t"


class TableError(GraderError):
    """A table that cannot be used; the message names the file, the line and what to write instead; `what` is that alone."""

    def __init__(self, message: str, what: str = "") -> None:
        super().__init__(message)
        self.what = what or message


@dataclass(frozen=True)
class TableLine:
    """One line of a table, its cells by column."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def whose(self) -> Whose:
        return self["student"], self["lesson"]

    def error(self, what: str) -> TableError:
        return TableError(f"{self.path}, line {self.line}: {what}", what)


def rows_of(path: Path, columns: Sequence[str], one_of: Sequence[str] = ()) -> Iterator[TableLine]:
    """The lines of a table that has these columns, and one of those, in any order among others. Raises TableError."""
    yield from rows_in(decoded_table(path), path, columns, one_of)


def rows_in(text: str, path: Path, columns: Sequence[str], one_of: Sequence[str] = ()) -> Iterator[TableLine]:
    """The lines of such a table's text; `path` is where errors say that it stands. Raises TableError."""
    text, skipped = without_separator_line(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if missing := [column for column in columns if column not in names]:
            raise TableError(
                f"{path}, line {1 + skipped}: there is no column {' and no column '.join(missing)}; the first line must be "
                + ",".join(columns)
            )
        if one_of and not any(column in names for column in one_of):
            raise TableError(f"{path}, line {1 + skipped}: there is no column {' or '.join(one_of)}; name one of them")
        for cells in reader:
            if any(map(str.strip, cells)):
                yield _row(path, reader.line_num + skipped, names, cells)
    except csv.Error as error:
        raise TableError(f"{path}, line {reader.line_num + skipped}: {error}; save it as CSV again") from None


def decoded_table(path: Path) -> str:
    """What a spreadsheet wrote. Raises TableError."""
    try:
        return decoded(read(path), path)
    except FileError as error:
        raise TableError(str(error)) from None


def separator_of(text: str) -> str:
    """What separates the cells of a table."""
    head = text.partition("\n")[0]
    return max(SEPARATORS, key=head.count)


def without_separator_line(text: str) -> tuple[str, int]:
    """The text without a leading `sep=;` line, which is a hint for Excel, and how many lines were taken away."""
    first, end, rest = text.partition("\n")
    return (rest, 1) if end and re.fullmatch(r"sep=.\s*", first, re.IGNORECASE) else (text, 0)


def _row(path: Path, line: int, names: Sequence[str], cells: Sequence[str]) -> TableLine:
    # A Mac writes an é as an e and its accent: the same name, in other characters.
    plain = (nfc(from_cell(cell)) for cell in cells)
    row = TableLine(path, line, dict(zip(names, plain, strict=False)))
    if len(cells) != len(names):
        raise row.error(
            f"it has {len(cells)} cells, and the first line has {len(names)}: put text that holds a separator in quotes"
        )
    return row


def of_students(rows: Iterable[TableLine]) -> Iterator[TableLine]:
    """The lines, each of which must name a student and a lesson."""
    for row in rows:
        if not row.cells.get("student"):
            raise row.error("it names no student")
        try:
            load_lesson(row.cells.get("lesson", ""))
        except UnknownLesson as error:
            raise row.error(str(error)) from None
        yield row
