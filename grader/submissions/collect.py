"""Paths -> the rows of what was handed in, and the code of each file that may be graded: the one way in for a run."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import msgspec

from ..course import lesson_names, load_lesson
from ..notebook import Cell
from .blank import fingerprint
from .decide import Counts, Said, decide
from .records import Row, Status
from .students import students_of
from .survey import survey

Cells = tuple[Cell, ...]
_DECODE = msgspec.msgpack.Decoder(Cells)


@dataclass(frozen=True)
class Asked:
    """How a run reads what was handed in.

    lesson    the one that all files are of, where the instructor said so
    pattern   whose a file is, by its path
    counts    which of several versions
    said      what the instructor wrote into the table, by the name of the file
    """

    lesson: str | None = None
    pattern: re.Pattern[str] | None = None
    counts: Counts = "last"
    said: Mapping[str, Said] = field(default_factory=dict)


@dataclass
class Collected:
    """The rows of a run, and the code of its files by digest, packed."""

    rows: list[Row] = field(default_factory=list)
    code: dict[str, bytes] = field(default_factory=dict)

    def keep(self, digest: str, cells: Cells) -> None:
        if digest not in self.code:
            self.code[digest] = zlib.compress(msgspec.msgpack.encode(cells), 1)

    def cells(self, digest: str) -> Cells:
        return unpacked(self.code[digest])


def unpacked(code: bytes) -> Cells:
    return _DECODE.decode(zlib.decompress(code))


def collect(
    paths: Sequence[Path],
    asked: Asked,
    earlier: Iterable[Row] = (),
    code_of: Callable[[str], bytes | None] = lambda _digest: None,
) -> Collected:
    """The rows of everything under the paths.

    earlier    rows of earlier runs, and `code_of` the code of their files: nobody in them is renamed
    """
    done, earlier = Collected(), list(earlier)
    found = survey(paths, asked.lesson, done.keep)

    @cache
    def print_of(digest: str, lesson: str) -> str:
        code = done.code.get(digest) or code_of(digest)
        names = {one.name for one in load_lesson(lesson).exercises} if lesson in lesson_names() else set()
        return fingerprint(unpacked(code), names) if code else digest

    whose = students_of(found, asked.pattern, _told(earlier))
    by_hand = {row.file: Said(row.student, row.lesson, row.status if row.by_hand == "which" else None) for row in earlier if row.by_hand}

    def decided(said: Mapping[str, Said]) -> list[Row]:
        return decide(
            found.files, whose, counts=asked.counts, asked=asked.lesson, said=said, earlier=earlier, fingerprint=print_of
        )

    done.rows = decided(by_hand)
    if changed := changed_lines(asked.said, done.rows):
        done.rows = decided({**by_hand, **changed})
    return done


def changed_lines(said: Mapping[str, Said], rows: Iterable[Row]) -> dict[str, Said]:
    """What the instructor changed in the table: of the other lines nothing is decided by hand."""
    found = {}
    for row in rows:
        line = said.get(row.file)
        if line is None or (line.student, line.lesson, line.status) == (row.student, row.lesson, row.status):
            continue
        # Who changes whose it is leaves the old status beside it.
        kept = line.status in (row.status, Status.UNDECIDED, None)
        found[row.file] = Said(line.student, line.lesson, None if kept else line.status)
    return found


def _told(earlier: Iterable[Row]) -> list[tuple[str, str]]:
    """(told, student) where everything that was told so is one student's."""
    students: dict[str, set[str]] = {}
    for row in earlier:
        if row.told and row.student:
            students.setdefault(row.told, set()).add(row.student)
    return [(told, next(iter(names))) for told, names in students.items() if len(names) == 1]
