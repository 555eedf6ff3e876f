"""Many submissions -> a store that a killed run continues: one SQLite file, written by this process only."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Self

import msgspec
import numpy as np
from tqdm import tqdm

from . import solutions
from .course import Result, load_lesson
from .grade import Round, Submission
from .pool import Job, confirmed, grade_all
from .references import path_of
from .sandbox import Limits
from .submissions import Unusable, find_files, read

_SCHEMA = """
CREATE TABLE IF NOT EXISTS rounds (lesson TEXT, number INTEGER, seed INTEGER, opened REAL, PRIMARY KEY (lesson, number));
CREATE TABLE IF NOT EXISTS students (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS grades (key TEXT PRIMARY KEY, result BLOB);
CREATE TABLE IF NOT EXISTS submissions (
    name TEXT, student INTEGER REFERENCES students, lesson TEXT, key TEXT REFERENCES grades,
    PRIMARY KEY (name, student)
);
"""


class GradebookError(Exception):
    """The folder does not hold a gradebook that can be used; the message says what to do."""


class Gradebook:
    """The results in DIR/gradebook.sqlite. Use as a context manager. Raises GradebookError."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        path = folder / "gradebook.sqlite"
        if create:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise GradebookError(f"{folder} cannot be made ({error.strerror}): name another folder") from None
        elif not path.is_file():
            raise GradebookError(f"{folder} holds no gradebook: `grader grade PATH... --out {folder}` makes one")
        self._path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
        except sqlite3.DatabaseError as error:
            raise self._unusable(error) from None

    def _unusable(self, error: Exception) -> GradebookError:
        return GradebookError(f"{self._path} cannot be used ({error}): name another folder with --out")

    def __enter__(self) -> Self:
        try:
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            self.__exit__(None, error, None)
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        self._db.close()
        if isinstance(error, (sqlite3.DatabaseError, msgspec.MsgspecError)):
            raise self._unusable(error) from None

    def round(self, lesson: str, seed: int | None, new: bool, limits: Limits, helpers: Mapping[str, str]) -> Round:
        """The lesson's latest round; its first one, or a new one where asked for, draws the secret seed."""
        row = self._db.execute("SELECT MAX(number), seed FROM rounds WHERE lesson = ?", (lesson,)).fetchone()
        number, drawn = row
        if number is None or new:
            number = (number or 0) + 1
            drawn = secrets.randbits(62) if seed is None else seed
            self._db.execute("INSERT INTO rounds VALUES (?, ?, ?, ?)", (lesson, number, drawn, time.time()))
        elif seed is not None and seed != drawn:
            raise GradebookError(
                f"round {number} of {lesson} has its seed already: add --new-round to draw other cases"
            )
        return Round(lesson, number, drawn, limits, tuple(sorted(helpers.items())))

    def enter(self, name: str, student: str, lesson: str, key: str) -> bool:
        """Note a submission, in place of an earlier one of that name; True where its grade has still to be found."""
        self._db.execute("INSERT OR IGNORE INTO students (name) VALUES (?)", (student,))
        self._db.execute(
            "INSERT OR REPLACE INTO submissions SELECT ?, id, ?, ? FROM students WHERE name = ?",
            (name, lesson, key, student),
        )
        return self._db.execute("SELECT 1 FROM grades WHERE key = ?", (key,)).fetchone() is None

    def store_unusable(self, one: Unusable, isolation: str) -> None:
        """Keep, in place of a grade, why there is none."""
        most = load_lesson(one.lesson).max_points if one.lesson else 0
        key = hashlib.sha256(repr(one).encode()).hexdigest()
        self.enter(one.name, one.student, one.lesson, key)
        self.store(key, Result("", "", one.lesson, 0, isolation, max_points=most, error=one.reason))

    def store(self, key: str, result: Result) -> None:
        nameless = msgspec.json.encode(replace(result, submission="", student=""))
        self._db.execute("INSERT OR REPLACE INTO grades VALUES (?, ?)", (key, nameless))

    def results(self) -> Iterator[Result]:
        """Every graded submission, by lesson and student."""
        rows = self._db.execute(
            "SELECT submissions.name, students.name, result FROM submissions JOIN grades USING (key) "
            "JOIN students ON students.id = student ORDER BY lesson, students.name, submissions.name"
        )
        for name, student, result in rows:
            yield replace(msgspec.json.decode(result, type=Result), submission=name, student=student)


def key_of(data: bytes, round: Round) -> str:
    """A sha256 over everything that decides the points of a file."""
    parts = [data, round.lesson, round.number, round.seed, round.limits, round.helpers, fingerprint(round.lesson)]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part if isinstance(part, bytes) else repr(part).encode()).digest())
    return digest.hexdigest()


@cache
def fingerprint(lesson: str) -> str:
    """A sha256 over solutions, cases, points, the grader's own code and the numpy version."""
    here = Path(__file__).parent
    digest = hashlib.sha256(repr((np.__version__, solutions.stamps(load_lesson(lesson)))).encode())
    for path in sorted([*here.rglob("*.py"), path_of(load_lesson(lesson))]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True)
class Settings:
    """What one run of `grader grade` was asked for."""

    lesson: str | None = None
    seed: int | None = None
    new_round: bool = False
    limits: Limits = field(default_factory=Limits)
    helpers: Mapping[str, str] = field(default_factory=dict)
    workers: int | None = None


def grade_paths(
    paths: Iterable[Path], folder: Path | None, settings: Settings, *, progress: bool = False
) -> tuple[list[Result], list[Unusable]]:
    """Grade every notebook under the paths, in the gradebook of `folder` if one is named.

    Returns the results of these notebooks, those kept from an earlier run included, and what could not be used.
    """
    with contextlib.ExitStack() as stack:
        kept = folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        book = stack.enter_context(Gradebook(kept, create=True))
        jobs, unusable = _jobs(book, paths, settings)
        new = [
            job for job in jobs if book.enter(job.submission.name, job.submission.student, job.round.lesson, job.key)
        ]
        bar = tqdm(
            confirmed(grade_all(new, _workers(settings, new))),
            total=len(new),
            unit=" submissions",
            disable=not progress or None,
        )
        for job, result in bar:
            book.store(job.key, result)
        for one in filter(_has_owner, unusable):
            book.store_unusable(one, settings.limits.isolation)
        asked = {(job.submission.name, job.submission.student) for job in jobs} | {
            (u.name, u.student) for u in unusable
        }
        return [r for r in book.results() if (r.submission, r.student) in asked], unusable


def _has_owner(one: Unusable) -> bool:
    """Whether it is somebody's file, not a path that is not there."""
    return bool(one.student)


def _workers(settings: Settings, jobs: Sequence[Job]) -> int:
    return max(1, min(settings.workers or os.cpu_count() or 1, len(jobs)))


def _jobs(book: Gradebook, paths: Iterable[Path], settings: Settings) -> tuple[list[Job], list[Unusable]]:
    """The submissions under the paths, each in its lesson's round, and what could not be used."""
    rounds: dict[str, Round] = {}
    jobs: dict[tuple[str, str], Job] = {}
    unusable = []
    for file in find_files(paths):
        if isinstance(file, Unusable):
            unusable.append(file)
            continue
        opened = read(file, settings.lesson)
        if isinstance(opened, Unusable):
            unusable.append(opened)
            continue
        notebook, lesson = opened
        if lesson not in rounds:
            rounds[lesson] = book.round(lesson, settings.seed, settings.new_round, settings.limits, settings.helpers)
        submission = Submission(file.name, file.student, notebook.cells)
        job = Job(submission, rounds[lesson], key_of(file.data, rounds[lesson]))
        if jobs.setdefault((file.name, file.student), job).key != job.key:
            unusable.append(Unusable(file.name, "another file of this name came before it: name the folder above both"))
    return list(jobs.values()), unusable
