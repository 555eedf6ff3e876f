"""Streams submissions into the gradebook: resumable, idempotent, in constant memory."""

from __future__ import annotations

import contextlib
import hashlib
import math
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from ..course import Result, load_lesson
from ..course.packs import PackError
from ..course.policy import Counts
from ..grading.grade import Round, Submission
from ..judging.references import read_references
from ..running.uses import absent_modules
from ..sandbox import Limits, compile_first
from ..submissions.collect import Asked, collect, unpacked
from ..submissions.decide import Correction
from ..submissions.outstanding import problems, without_grade
from ..submissions.records import Row, Status
from ..words import as_sentence
from ..words.bar import Bar, counting
from ..words.language import ENGLISH, speaking
from .damage import GradebookError
from .keys import key_of
from .pool import Backend, Job, Local, grade_all
from .store import Gradebook

# Of a class so many tell which helpers it had.
MOST_READ = 200
MOST_NAMED = 8
# Submissions that pay for a process more: it starts, and finds out for itself what the known mistakes return.
PER_WORKER = 20


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
    said: Mapping[str, Sequence[Correction]] = field(default_factory=dict)
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
def grade_into(
    book: Gradebook,
    paths: Iterable[Path],
    settings: Settings,
    *,
    progress: bool = False,
    warn: Callable[[str], None] | None = None,
) -> list[Row]:
    """Grade what was handed in under the paths and has no grade yet; the book then expects exactly these submissions.

    Returns a row for every file, in which stands what became of it and why. Interrupted at any moment, it keeps what was
    graded. What should be known before is said to `warn`.
    """
    asked = Asked(settings.lesson, settings.owners, settings.counts, settings.said, settings.student)
    rows = collect(list(paths), asked, book.rows(), book)
    book.begin(rows)
    to_grade = [row for row in rows if row.status is Status.GRADE]
    if warn and (missing := _missing_helpers(book, to_grade, settings.helpers)):
        warn(missing)
    if to_grade and settings.limits.isolation == "wasm" and not settings.scheduler:
        compile_first(warn or str)
    with counting(len(to_grade), "submissions", progress) as bar:
        run = _Run(book, settings, bar)
        run.refuse(rows)
        for job, result in grade_all(run.jobs(to_grade), backend(settings, len(to_grade))):
            run.keep(job, result)
    return rows


def _missing_helpers(book: Gradebook, rows: Iterable[Row], helpers: Mapping[str, str]) -> str:
    """Which modules are used in notebooks and not there; '' where none is."""
    codes = filter(None, (book.code(row.digest) for row in islice(rows, MOST_READ)))
    found = Counter(module for code in codes for module in absent_modules(unpacked(code), helpers))
    if not found:
        return ""
    listed = ", ".join(module for module, _count in found.most_common(MOST_NAMED))
    more = f" and {len(found) - MOST_NAMED} others" if len(found) > MOST_NAMED else ""
    return (
        f"Functions of these notebooks use modules that are not here: {listed}{more}. What uses them fails; if your course "
        "gave them out, stop and name their folder with --helpers."
    )


def backend(settings: Settings, submissions: int) -> Backend:
    """Where that many submissions are graded. Raises BackendError."""
    if settings.scheduler and submissions:
        from .cluster import Cluster

        return Cluster(settings.scheduler)
    paying = min(os.cpu_count() or 1, math.ceil(submissions / PER_WORKER))
    return Local(max(1, min(settings.workers or paying, submissions)))


def _hold_references(name: str) -> None:
    """Raise GradebookError if a lesson's stored cases cannot be read: that must not become a zero for the whole class."""
    try:
        lesson = load_lesson(name)
        for exercise in lesson.exercises:
            read_references(lesson, exercise)
    except PackError as error:
        raise GradebookError(f"nothing was graded: {error}") from None


class _Run:
    """One run: what is found becomes jobs, one for each grade that is not there yet, and results are kept as they come."""

    def __init__(self, book: Gradebook, settings: Settings, bar: Bar) -> None:
        self._book, self._settings, self._bar = book, settings, bar
        self._rounds: dict[str, Round] = {}
        self._pending: set[str] = set()

    def jobs(self, rows: Iterable[Row]) -> Iterator[Job]:
        for row in rows:
            if job := self._job(row):
                yield job
            else:
                self._bar.one_fewer()

    def keep(self, job: Job, result: Result) -> None:
        self._book.store(job.key, result, job.digest, job.round, job.submission.cells)
        self._bar.one_done()

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
            _hold_references(lesson)
            asked = self._settings
            self._rounds[lesson] = self._book.round(lesson, asked.seed, asked.new_round, asked.limits, asked.helpers)
        return self._rounds[lesson]

    def refuse(self, rows: Sequence[Row]) -> None:
        """Keep, in place of a grade, why a student has none."""
        for row in without_grade(rows):
            # A mark of an earlier run stands until it is decided.
            if row.status is Status.UNDECIDED and self._book.has_grade(row.student, row.lesson):
                continue
            most = load_lesson(row.lesson).max_points if row.lesson else 0
            error = Result(
                "", "", row.lesson, 0, self._settings.limits.isolation, max_points=most, error=as_sentence(row.why)
            )
            key = hashlib.sha256(repr((row.file, row.digest, row.why)).encode()).hexdigest()
            self._book.expect(row, key)
            self._book.store(key, error, row.digest)
