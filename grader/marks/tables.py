"""The instructor's own tables beside the gradebook: overrides.csv, extensions.csv, times.csv -> Rules. A mistake names its line."""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from difflib import get_close_matches
from pathlib import Path

from ..course import UnknownLesson, load_lesson
from ..course.files import FileError, decoded, read, replacing
from ..course.policy import NAME, Policy, find_policy, read_policy
from ..words.errors import GraderError
from ..words.people import nearest, nfc
from ..words.spreadsheet import from_cell
from ..words.times import TimeError, time_by_hand
from .mark import FileId, Override, Rules, Whose

OVERRIDES, EXTENSIONS, TIMES = "overrides.csv", "extensions.csv", "times.csv"
SHORTEST_KEY = 16
# A comma, what spreadsheets write where the comma stands in numbers, and what Excel's "Unicode text" has.
SEPARATORS = ",;\t"


class TableError(GraderError):
    """A table that cannot be used; the message names the file, the line and what to write instead."""


def read_rules(folder: Path, policy: Path | None = None, times: Path | None = None) -> Rules:
    """What stands in `folder`, or beside the course.toml above it. Raises TableError, PolicyError.

    policy, times    files to read in place of those found there
    """
    found = read_policy(policy) if policy else find_policy(folder) or Policy()
    places = (folder, *([policy.parent] if policy else _home(folder)))

    def table(name: str, columns: Sequence[str]) -> Iterator[_Row]:
        path = there(name)
        return _of_students(_rows(path, columns)) if path else iter(())

    def there(name: str) -> Path | None:
        return next((place / name for place in places if (place / name).is_file()), None)

    overrides = _overrides(table(OVERRIDES, ("student", "lesson", "exercise", "points", "reason")))
    extensions = {}
    for row, until in _times(table(EXTENSIONS, ("student", "lesson", "until")), "until", found):
        due = found.schedule(row["lesson"]).due
        if due and until < due:
            raise row.error(f"it ends before the lesson is due ({due:%Y-%m-%d %H:%M %Z}): write a later time")
        extensions[row.whose] = until
    path = times or there(TIMES)
    of_students, of_files = _handed_in(path, found) if path else ({}, {})
    return Rules(found, overrides, extensions, of_students, of_files)


def _handed_in(path: Path, policy: Policy) -> tuple[dict[Whose, datetime], dict[FileId, datetime]]:
    """When each was handed in, of students and of files; in a saved table of `who` a file without a time has none."""
    rows = list(_rows(path, ("time",), ("file", "student")))
    by_file = [row for row in rows if row.cells.get("file")]
    others = _of_students(row for row in rows if not row.cells.get("file"))
    files = {(row["file"], row.cells.get("sha256", "")): row for row in by_file if row["time"]}
    if again := [
        row for row in by_file if row["time"] and files[row["file"], row.cells.get("sha256", "")]["time"] != row["time"]
    ]:
        raise again[0].error(f"{again[0]['file']} has another time in another line: leave one of the two")
    return (
        {row.whose: when for row, when in _times(others, "time", policy)},
        {file: _time(row, "time", policy) for file, row in files.items()},
    )


def _home(folder: Path) -> list[Path]:
    """The folder of the course.toml that holds for a folder."""
    folder = folder.absolute()
    return [place for place in (folder, *folder.parents) if (place / NAME).is_file()][:1]


@dataclass(frozen=True)
class _Row:
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
        return TableError(f"{self.path}, line {self.line}: {what}")


def _rows(path: Path, columns: Sequence[str], one_of: Sequence[str] = ()) -> Iterator[_Row]:
    """The lines of a table that has these columns, and one of those, in any order among others. Raises TableError."""
    text, skipped = _without_separator_line(text_of(path))
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=head.count))
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


def text_of(path: Path) -> str:
    """What a spreadsheet wrote. Raises TableError."""
    try:
        return decoded(read(path), path)
    except FileError as error:
        raise TableError(str(error)) from None


def _without_separator_line(text: str) -> tuple[str, int]:
    """The text without a first line `sep=;`, which tells Excel what it can see, and how many lines that were."""
    first, end, rest = text.partition("\n")
    return (rest, 1) if end and re.fullmatch(r"sep=.\s*", first, re.IGNORECASE) else (text, 0)


def _row(path: Path, line: int, names: Sequence[str], cells: Sequence[str]) -> _Row:
    # A Mac writes an é as an e and its accent: the same name, in other characters.
    plain = (nfc(from_cell(cell)) for cell in cells)
    row = _Row(path, line, dict(zip(names, plain, strict=False)))
    if len(cells) != len(names):
        raise row.error(
            f"it has {len(cells)} cells, and the first line has {len(names)}: put text that holds a separator in quotes"
        )
    return row


def _of_students(rows: Iterable[_Row]) -> Iterator[_Row]:
    """The lines, each of which must name a student and a lesson."""
    for row in rows:
        if not row.cells.get("student"):
            raise row.error("it names no student")
        try:
            load_lesson(row.cells.get("lesson", ""))
        except UnknownLesson as error:
            raise row.error(str(error)) from None
        yield row


def _overrides(rows: Iterator[_Row]) -> dict[Whose, tuple[Override, ...]]:
    found: dict[Whose, tuple[Override, ...]] = {}
    for row in rows:
        one, earlier = _override(row), found.get(row.whose, ())
        if any(other.exercise == one.exercise for other in earlier):
            raise row.error(f"{one.exercise} of {one.student} stands above already: leave one of the two")
        found[row.whose] = (*earlier, one)
    return found


def _override(row: _Row) -> Override:
    lesson = load_lesson(row["lesson"])
    names = [exercise.name for exercise in lesson.exercises]
    if row["exercise"] not in names:
        raise row.error(f"{lesson.name} has no exercise {row['exercise']!r}; it has {', '.join(names)}")
    most = lesson.exercise(row["exercise"]).max_points
    if not re.fullmatch(r"\d{1,6}", row["points"]) or int(row["points"]) > most:
        raise row.error(f"the points are {row['points']!r}; write a whole number from 0 to {most}")
    if not row["reason"]:
        raise row.error("there is no reason; write one: it stands beside the points in the reports")
    return Override(*row.whose, row["exercise"], int(row["points"]), row["reason"])


def _times(rows: Iterator[_Row], column: str, policy: Policy) -> Iterator[tuple[_Row, datetime]]:
    """Each line with its time; one line for each student and lesson."""
    seen = set()
    for row in rows:
        when = _time(row, column, policy)
        if row.whose in seen:
            raise row.error(f"{row['lesson']} of {row['student']} stands above already: leave one of the two")
        seen.add(row.whose)
        yield row, when


def _time(row: _Row, column: str, policy: Policy) -> datetime:
    # Until a day means until it ends; on a day means at a time that is not known.
    without_clock = time(23, 59, 59) if column == "until" else None
    try:
        return time_by_hand(row[column], policy.zone, without_clock)
    except TimeError as error:
        raise row.error(str(error)) from None


def strangers(
    rules: Rules, handed_in: Callable[[str, str], bool], names: Sequence[str] = (), files: Collection[str] = ()
) -> Iterator[str]:
    """A sentence for each line about somebody who has not handed in that lesson, or about no file: a name may be misspelt."""
    for name, table in ((OVERRIDES, rules.overrides), (EXTENSIONS, rules.extensions), (TIMES, rules.times)):
        for student, lesson in table:
            if not handed_in(student, lesson):
                near = [one for one in nearest(student, names) if one != student]
                advice = f"is it {' or '.join(near)}?" if near else "check the spelling"
                yield f"{name}: nobody named {student} has handed in {lesson}; {advice}"
    for file in dict.fromkeys(file for file, _digest in rules.file_times if file not in files):
        near = get_close_matches(file, files, 2, 0.7)
        advice = f"is it {' or '.join(near)}?" if near else "write it as `grader who` shows it"
        yield f"{TIMES}: no file named {file} was handed in; {advice}"


def lines_about(folder: Path, student: str, files: Collection[str]) -> Iterator[str]:
    """The lines of the tables in a folder, or beside its course.toml, that name a student or one of the student's files."""
    student = nfc(student)
    places = dict.fromkeys([folder.absolute(), *_home(folder)])
    for path in [place / name for place in places for name in (OVERRIDES, EXTENSIONS, TIMES)]:
        if path.is_file():
            for row in _rows(path, ()):
                if row.cells.get("student") == student or row.cells.get("file") in files:
                    yield f"{path}, line {row.line}"


def read_key(path: Path, say: Callable[[str], None]) -> bytes:
    """The secret in a file, with which pseudonyms are made; a file that is not there is made. Raises TableError."""
    try:
        if not path.exists():
            with replacing(path, rights=0o600) as file:
                file.write(f"{secrets.token_hex(32)}\n".encode())
            say(
                f"{path} is new: with this key the same student has the same pseudonym. Keep it, apart from the reports."
            )
        key = path.read_bytes().strip()
    except OSError as error:
        raise TableError(f"{path}: it cannot be read or made ({error.strerror}); name another file") from None
    if len(key) < SHORTEST_KEY:
        raise TableError(
            f"{path}: a key has at least {SHORTEST_KEY} bytes; name a file that is not there to have one made"
        )
    return key
