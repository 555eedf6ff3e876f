"""The instructor's own tables beside the gradebook: overrides.csv, extensions.csv, times.csv -> Rules. A mistake names its line."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from difflib import get_close_matches
from pathlib import Path

from ..course.files import replacing
from ..course.policy import NAME, Policy, find_policy, read_policy
from ..words.people import nearest_names, nfc
from ..words.times import TimeError, time_by_hand
from .lines import TableError, TableLine, of_students, rows_of
from .mark import FileId, Rules, Whose
from .overrides import COLUMNS, by_a_person

OVERRIDES, EXTENSIONS, TIMES = "overrides.csv", "extensions.csv", "times.csv"
SHORTEST_KEY = 16


def read_rules(folder: Path, policy: Path | None = None, times: Path | None = None) -> Rules:
    """What stands in `folder`, or beside the course.toml above it. Raises TableError, PolicyError.

    policy, times    files to read in place of those found there
    """
    found = read_policy(policy) if policy else find_policy(folder) or Policy()
    places = (folder, *([policy.parent] if policy else _home(folder)))

    def table(name: str, columns: Sequence[str]) -> Iterator[TableLine]:
        path = there(name)
        return of_students(rows_of(path, columns)) if path else iter(())

    def there(name: str) -> Path | None:
        return next((place / name for place in places if (place / name).is_file()), None)

    overrides, dropped = by_a_person(table(OVERRIDES, COLUMNS), found.by_hand)
    extensions = {}
    for row, until in _times(table(EXTENSIONS, ("student", "lesson", "until")), "until", found):
        due = found.schedule(row["lesson"]).due
        if due and until < due:
            raise row.error(f"it ends before the lesson is due ({due:%Y-%m-%d %H:%M %Z}): write a later time")
        extensions[row.whose] = until
    path = times or there(TIMES)
    times_of_students, times_of_files = _handed_in(path, found) if path else ({}, {})
    policy_of_both = replace(found, dropped={**found.dropped, **dropped})
    return Rules(policy_of_both, overrides, extensions, times_of_students, times_of_files)


def _handed_in(path: Path, policy: Policy) -> tuple[dict[Whose, datetime], dict[FileId, datetime]]:
    """When each was handed in, of students and of files; in a saved table of `who` a file without a time has none."""
    rows = list(rows_of(path, ("time",), ("file", "student")))
    by_file = [row for row in rows if row.cells.get("file")]
    others = of_students(row for row in rows if not row.cells.get("file"))
    files = {(row["file"], row.cells.get("sha256", "")): row for row in by_file if row["time"]}
    if again := [
        row for row in by_file if row["time"] and files[row["file"], row.cells.get("sha256", "")]["time"] != row["time"]
    ]:
        raise again[0].error(f"{again[0]['file']} has another time in another line: leave one of the two")
    return (
        {row.whose: when for row, when in _times(others, "time", policy)},
        {file: _time(row, "time", policy) for file, row in files.items()},
    )


def overrides_path(folder: Path) -> Path:
    """Where overrides.csv of a folder of results is, or is to be written."""
    places = [place / OVERRIDES for place in (folder, *_home(folder))]
    return next((path for path in places if path.is_file()), folder / OVERRIDES)


def _home(folder: Path) -> list[Path]:
    """The folder of the course.toml that holds for a folder."""
    folder = folder.absolute()
    return [place for place in (folder, *folder.parents) if (place / NAME).is_file()][:1]


def _times(rows: Iterator[TableLine], column: str, policy: Policy) -> Iterator[tuple[TableLine, datetime]]:
    """Each line with its time; one line for each student and lesson."""
    seen = set()
    for row in rows:
        when = _time(row, column, policy)
        if row.whose in seen:
            raise row.error(f"{row['lesson']} of {row['student']} stands above already: leave one of the two")
        seen.add(row.whose)
        yield row, when


def _time(row: TableLine, column: str, policy: Policy) -> datetime:
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
                near = [one for one in nearest_names(student, names) if one != student]
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
            for row in rows_of(path, ()):
                if row.cells.get("student") == student or row.cells.get("file") in files:
                    yield f"{path}, line {row.line}"


def read_key(path: Path, say: Callable[[str], None]) -> bytes:
    """The secret key in a file, from which pseudonyms are made; the file is created if it does not exist. Raises TableError."""
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
