"""The entry point of a run: from paths to rows of the hand-in table and the code to grade."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..course import lesson_names, load_lesson
from ..course.policy import Counts
from ..running.notebook import Cell
from .blank import fingerprint
from .decide import Correction, decide, paired
from .records import Row, Status
from .students import students_of
from .survey import survey

if TYPE_CHECKING:
    import msgspec

Cells = tuple[Cell, ...]


@dataclass(frozen=True)
class Asked:
    """How a run reads what was handed in.

    lesson    the one that all files are of, where the instructor said so
    pattern   whose a file is, by its path
    counts    which of several versions
    said      the lines that the instructor wrote into the table, by the name of the file
    student   who handed in all of it, where one person did
    """

    lesson: str | None = None
    pattern: re.Pattern[str] | None = None
    counts: Counts = "last"
    said: Mapping[str, Sequence[Correction]] = field(default_factory=dict)
    student: str = ""


class Shelf:
    """The code of files by digest, packed, in memory; a gradebook keeps it in the same way."""

    def __init__(self, other: Callable[[str], bytes | None] = lambda _digest: None) -> None:
        self._code: dict[str, bytes] = {}
        self._other = other

    def keep_code(self, digest: str, code: bytes) -> None:
        self._code.setdefault(digest, code)

    def code(self, digest: str) -> bytes | None:
        return self._code.get(digest) or self._other(digest)


class Keeps(Protocol):
    """Where the code of files is kept."""

    def keep_code(self, digest: str, code: bytes) -> None: ...

    def code(self, digest: str) -> bytes | None: ...


def packed(cells: Cells) -> bytes:
    # Here and below: a student's install, which opens one file of its own, has no msgspec.
    import msgspec

    return zlib.compress(msgspec.msgpack.encode(cells))


def unpacked(code: bytes) -> Cells:
    return _decoder().decode(zlib.decompress(code))


@cache
def _decoder() -> msgspec.msgpack.Decoder[Cells]:
    import msgspec

    return msgspec.msgpack.Decoder(Cells)


def collect(paths: Sequence[Path], asked: Asked, earlier: Iterable[Row] = (), shelf: Keeps | None = None) -> list[Row]:
    """A row for everything under the paths; the code of what may be graded is on the shelf.

    earlier    rows of earlier runs, whose code is on the shelf too: nobody in them is renamed
    """
    earlier, kept = list(earlier), shelf or Shelf()
    found = survey(paths, asked.lesson, lambda digest, cells: kept.keep_code(digest, packed(cells)))

    @cache
    def print_of(digest: str, lesson: str) -> str:
        code = kept.code(digest)
        names = {one.name for one in load_lesson(lesson).exercises} if lesson in lesson_names() else set()
        return fingerprint(unpacked(code), names) if code else digest

    owners = students_of(found, asked.pattern, _told(earlier), asked.student)

    def decided(said: Mapping[str, Sequence[Correction]]) -> list[Row]:
        return decide(
            found.files,
            owners,
            counts=asked.counts,
            asked=asked.lesson,
            said=said,
            earlier=earlier,
            fingerprint=print_of,
        )

    by_hand = said_before(earlier)
    rows = decided(by_hand)
    changed = changed_lines(asked.said, rows)
    return decided({**by_hand, **changed}) if changed else rows


def said_before(earlier: Iterable[Row]) -> dict[str, list[Correction]]:
    """What the instructor said in earlier runs, by the name of the file; of a changed file what was said last."""
    newest: dict[str, list[Row]] = {}
    for row in sorted(earlier, key=lambda row: row.run):
        here = newest.setdefault(row.file, [])
        if here and here[0].run < row.run:
            here.clear()
        here.append(row)
    return {
        name: [Correction(row.student, row.lesson, row.status if row.by_hand == "which" else None) for row in rows]
        for name, rows in newest.items()
        if any(row.by_hand for row in rows)
    }


def changed_lines(said: Mapping[str, Sequence[Correction]], rows: Iterable[Row]) -> dict[str, list[Correction]]:
    """What the instructor changed in the table: of the other files nothing is decided by hand."""
    by_file: dict[str, list[Row]] = {}
    for row in rows:
        by_file.setdefault(row.file, []).append(row)
    return {
        name: [_change(row, line) for row, line in paired(here, lines)]
        for name, here in by_file.items()
        if (lines := [one for line in said.get(name.strip(), ()) for one in _each(line, here)])
        and {(line.student, line.lesson, line.status) for line in lines}
        != {(r.student, r.lesson, r.status) for r in here}
    }


def _each(line: Correction, rows: Sequence[Row]) -> list[Correction]:
    """A line for each student named in one: `Ada Lovelace; Ben Li`, unless a folder is called so."""
    if any(line.student == row.student for row in rows):
        return [line]
    names = [name for part in line.student.split(";") if (name := part.strip())]
    return [replace(line, student=name) for name in dict.fromkeys(names)] or [line]


def _change(row: Row, line: Correction) -> Correction:
    # Who changes whose it is leaves the old status beside it.
    kept = line.status in (row.status, Status.UNDECIDED, None)
    return replace(line, status=None) if kept else line


def _told(earlier: Iterable[Row]) -> list[tuple[str, str]]:
    """(told, student) where everything that was told so is one student's."""
    students: dict[str, set[str]] = {}
    for row in earlier:
        if row.told and row.student:
            students.setdefault(row.told, set()).add(row.student)
    return [(told, next(iter(names))) for told, names in students.items() if len(names) == 1]
