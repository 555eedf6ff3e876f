"""Many submissions -> a store that a killed run continues: graded as they are read, nothing twice, little held at a time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from ..course import Result, load_lesson
from ..grade import Round, Submission
from ..marks import is_ours
from ..sandbox import Limits
from ..submissions import File, LeftOut, Opened, Unread, Unusable, find_files, read
from ..words.language import ENGLISH, speaking
from .keys import key_of
from .pool import Job, Local, Place, grade_all
from .store import Gradebook, Slot

# Files that were not graded, each with the reason.
NotGraded = Unusable | LeftOut


@dataclass(frozen=True)
class Settings:
    """What one run of `grader grade` was asked for; `owners` is the --student-pattern."""

    lesson: str | None = None
    seed: int | None = None
    new_round: bool = False
    limits: Limits = field(default_factory=Limits)
    helpers: Mapping[str, str] = field(default_factory=dict)
    workers: int | None = None
    owners: re.Pattern[str] | None = None
    scheduler: str | None = None


def grade_paths(
    paths: Iterable[Path], folder: Path | None, settings: Settings, *, progress: bool = False
) -> tuple[list[Result], list[NotGraded]]:
    """Grade every notebook under the paths, in the gradebook of `folder` if one is named.

    Returns the results of these notebooks, those kept from an earlier run included, and what was not graded.
    """
    with kept_in(folder) as book:
        not_graded = grade_into(book, paths, settings, progress=progress)
        return [entry.result for entry in book.entries(expected=True)], not_graded


@contextlib.contextmanager
def kept_in(folder: Path | None) -> Iterator[Gradebook]:
    """The gradebook of a folder, or one that is gone afterwards. Raises GradebookError."""
    with contextlib.ExitStack() as stack:
        here = folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        yield stack.enter_context(Gradebook(here, create=True))


@speaking(ENGLISH)
def grade_into(
    book: Gradebook, paths: Iterable[Path], settings: Settings, *, progress: bool = False
) -> list[NotGraded]:
    """Grade every notebook under the paths that has no grade yet; the book then expects exactly these submissions.

    Returns what was not graded, with the reasons. Interrupted at any moment, it keeps what was graded.
    """
    paths = list(paths)
    book.begin()
    total = sum(not isinstance(found, LeftOut) for found in find_files(paths, settings.owners))
    with tqdm(total=total, unit=" submissions", disable=not progress or None, smoothing=0.05) as bar:
        run = _Run(book, settings, bar)
        for job, result in grade_all(run.jobs(paths), place(settings, total)):
            run.keep(job, result)
        return run.not_graded


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
        self.not_graded: list[NotGraded] = []

    def jobs(self, paths: Iterable[Path]) -> Iterator[Job]:
        for found in find_files(paths, self._settings.owners):
            if isinstance(found, LeftOut):
                self.not_graded.append(found)
                continue
            if isinstance(found, File):
                if job := self._job(found):
                    yield job
                    continue
            else:
                self._refuse(found)
            # What needs no work is no part of the rate.
            self._bar.total -= 1

    def keep(self, job: Job, result: Result) -> None:
        self._book.store(job.key, result, job.digest, job.round, job.submission.cells)
        self._bar.update()

    def _job(self, file: File) -> Job | None:
        """What is to be graded for a file; None where there is nothing to do."""
        opened = read(file, self._settings.lesson)
        if isinstance(opened, Unread):
            self._refuse(Unusable(file.name, opened.reason, file.student, opened.lesson), file, opened)
            return None
        self._book.note_origin(opened.lesson, is_ours(opened.notebook))
        round = self._round(opened.lesson)
        key = key_of(opened.digest, round)
        pending = self._book.is_expected(key)
        if not self._expect(file, opened, key):
            return None
        if self._book.has(key):
            self._book.settle(key)
        elif not pending:
            return Job(Submission(file.name, file.student, opened.notebook.cells), round, key, opened.digest)
        return None

    def _round(self, lesson: str) -> Round:
        if lesson not in self._rounds:
            asked = self._settings
            self._rounds[lesson] = self._book.round(lesson, asked.seed, asked.new_round, asked.limits, asked.helpers)
        return self._rounds[lesson]

    def _expect(self, file: File, opened: Opened | Unread, key: str) -> bool:
        slot = Slot(file.owner.slot, file.student, file.name, opened.lesson, opened.handed_in)
        if self._book.expect(slot, key):
            return True
        reason = "another file of this name came before it: name the folder above both"
        self.not_graded.append(Unusable(file.name, reason))
        return False

    def _refuse(self, one: Unusable, file: File | None = None, why: Unread | None = None) -> None:
        """Keep, in place of a grade, why there is none; a path that is nobody's is only said."""
        self.not_graded.append(one)
        if not one.student:
            return
        most = load_lesson(one.lesson).max_points if one.lesson else 0
        error = Result("", "", one.lesson, 0, self._settings.limits.isolation, max_points=most, error=one.reason)
        key = hashlib.sha256(repr((one, why)).encode()).hexdigest()
        if file and why:
            self._expect(file, why, key)
        else:
            self._book.expect(Slot(one.name, one.student, one.name, one.lesson), key)
        self._book.store(key, error, why.digest if why else "")
