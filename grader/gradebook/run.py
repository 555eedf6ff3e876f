"""Many submissions -> a store that a killed run continues: graded as they are read, nothing twice, little held at a time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from ..course import Result, load_lesson
from ..coursefile import Counts
from ..grade import Round, Submission
from ..sandbox import Limits
from ..submissions import Asked, Row, Said, Status, collect, problems, unpacked, without_grade
from ..words.language import ENGLISH, speaking
from .keys import key_of
from .pool import Job, Local, Place, grade_all
from .store import Gradebook


@dataclass(frozen=True)
class Settings:
    """What one run of `grader grade` was asked for; `owners` is the --student-pattern, `said` the corrected table.

    student   who handed in all of it, where one person did
    """

    lesson: str | None = None
    seed: int | None = None
    new_round: bool = False
    limits: Limits = field(default_factory=Limits)
    helpers: Mapping[str, str] = field(default_factory=dict)
    workers: int | None = None
    owners: re.Pattern[str] | None = None
    scheduler: str | None = None
    counts: Counts = "last"
    said: Mapping[str, Said] = field(default_factory=dict)
    student: str = ""


def grade_paths(
    paths: Iterable[Path], folder: Path | None, settings: Settings, *, progress: bool = False
) -> tuple[list[Result], list[Row]]:
    """Grade every notebook under the paths, in the gradebook of `folder` if one is named.

    Returns the results of these notebooks, those kept from an earlier run included, and the rows
    that the instructor should look at.
    """
    with kept_in(folder) as book:
        rows = grade_into(book, paths, settings, progress=progress)
        return [entry.result for entry in book.entries(expected=True)], problems(rows)


@contextlib.contextmanager
def kept_in(folder: Path | None) -> Iterator[Gradebook]:
    """The gradebook of a folder, or one that is gone afterwards. Raises GradebookError."""
    with contextlib.ExitStack() as stack:
        here = folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        yield stack.enter_context(Gradebook(here, create=True))


@speaking(ENGLISH)
def grade_into(book: Gradebook, paths: Iterable[Path], settings: Settings, *, progress: bool = False) -> list[Row]:
    """Grade what was handed in under the paths and has no grade yet; the book then expects exactly these submissions.

    Returns a row for every file, in which stands what became of it and why. Interrupted at any moment, it keeps what was
    graded.
    """
    asked = Asked(settings.lesson, settings.owners, settings.counts, settings.said, settings.student)
    rows = collect(list(paths), asked, book.rows(), book)
    book.begin(rows)
    to_grade = [row for row in rows if row.status is Status.GRADE]
    with tqdm(total=len(to_grade), unit=" submissions", disable=not progress or None, smoothing=0.05) as bar:
        run = _Run(book, settings, bar)
        run.refuse(rows)
        for job, result in grade_all(run.jobs(to_grade), place(settings, len(to_grade))):
            run.keep(job, result)
    return rows


def place(settings: Settings, submissions: int) -> Place:
    """Where that many submissions are graded. Raises PlaceError."""
    if settings.scheduler and submissions:
        from .cluster import Cluster

        return Cluster(settings.scheduler)
    return Local(max(1, min(settings.workers or os.cpu_count() or 1, submissions)))


class _Run:
    """One run: what is found becomes jobs, one for each grade that is not there yet, and results are kept as they come."""

    def __init__(self, book: Gradebook, settings: Settings, bar: tqdm[None]) -> None:
        self._book, self._settings, self._bar = book, settings, bar
        self._rounds: dict[str, Round] = {}
        self._pending: set[str] = set()

    def jobs(self, rows: Iterable[Row]) -> Iterator[Job]:
        for row in rows:
            if job := self._job(row):
                yield job
            else:
                # What needs no work is no part of the rate.
                self._bar.total -= 1

    def keep(self, job: Job, result: Result) -> None:
        self._book.store(job.key, result, job.digest, job.round, job.submission.cells)
        self._bar.update()

    def _job(self, row: Row) -> Job | None:
        """What is to be graded for a file; None where there is nothing to do."""
        round = self._round(row.lesson)
        key = key_of(row.digest, round)
        self._book.expect(row, key)
        self._book.note_origin(row.lesson, row.ours)
        if key in self._pending or self._book.has(key):
            return None
        self._pending.add(key)
        code = self._book.code(row.digest)
        cells = unpacked(code) if code else ()
        return Job(Submission(row.file, row.student, cells), round, key, row.digest)

    def _round(self, lesson: str) -> Round:
        if lesson not in self._rounds:
            asked = self._settings
            self._rounds[lesson] = self._book.round(lesson, asked.seed, asked.new_round, asked.limits, asked.helpers)
        return self._rounds[lesson]

    def refuse(self, rows: Sequence[Row]) -> None:
        """Keep, in place of a grade, why a student has none."""
        for row in without_grade(rows):
            most = load_lesson(row.lesson).max_points if row.lesson else 0
            error = Result("", "", row.lesson, 0, self._settings.limits.isolation, max_points=most, error=row.why)
            key = hashlib.sha256(repr((row.file, row.digest, row.why)).encode()).hexdigest()
            self._book.expect(row, key)
            self._book.store(key, error, row.digest)
