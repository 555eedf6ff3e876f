"""The gradebook's file: one SQLite database with its tables, opened whatever version of the grader made it."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from pathlib import Path
from typing import Self

import msgspec

from .damage import Damaged, GradebookError, cannot_write, copied, unusable
from .earlier import FIRST, NARROW, TEXTS, upgrade, widen

VERSION = 5
_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS rounds (lesson TEXT, number INTEGER, seed INTEGER, opened REAL, PRIMARY KEY (lesson, number));
CREATE TABLE IF NOT EXISTS terms (id INTEGER PRIMARY KEY, round BLOB UNIQUE);
CREATE TABLE IF NOT EXISTS students (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS files (digest TEXT PRIMARY KEY, code BLOB);
CREATE TABLE IF NOT EXISTS grades (key TEXT PRIMARY KEY, digest TEXT, terms INTEGER REFERENCES terms, result BLOB);
CREATE TABLE IF NOT EXISTS submissions (
    name TEXT, digest TEXT, student INTEGER REFERENCES students, lesson TEXT, status TEXT, why TEXT, told TEXT, home TEXT,
    slot TEXT, version TEXT, late INTEGER, handed_in TEXT, exercises INTEGER, by_hand TEXT, run INTEGER,
    key TEXT REFERENCES grades, PRIMARY KEY (name, digest, student)
);
CREATE TABLE IF NOT EXISTS asked (lesson TEXT PRIMARY KEY, exercises TEXT);
CREATE TABLE IF NOT EXISTS counts (rule TEXT);
CREATE INDEX IF NOT EXISTS submissions_by_key ON submissions (key);
CREATE INDEX IF NOT EXISTS submissions_by_student ON submissions (student, lesson);
PRAGMA user_version = {VERSION};
"""


class Database:
    """DIR/gradebook.sqlite. Use as a context manager. Raises GradebookError."""

    def __init__(self, folder: Path, *, create: bool = False, reading: bool = False) -> None:
        """`create` makes one where there is none; `reading` alone does not need a folder that can be written to."""
        self.folder = folder
        self._reading = reading
        path = folder / "gradebook.sqlite"
        if create:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise GradebookError(f"{folder} cannot be made ({error.strerror}): name another folder") from None
        elif not path.is_file():
            raise GradebookError(f"{folder} holds no gradebook: `grader grade PATH... --out {folder}` makes one")
        self._path = path
        self._copy = contextlib.ExitStack()
        self._connect(path)

    def _connect(self, path: Path) -> None:
        # Where a second reader finds it.
        self._file = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
        except sqlite3.DatabaseError as error:
            raise unusable(self._path, error) from None

    def __enter__(self) -> Self:
        try:
            self._prepare()
        except sqlite3.OperationalError as error:
            if not (self._reading and cannot_write(error)):
                self.__exit__(None, error, None)
            # Reading writes too: into the files beside it. A copy has a place for them, and what they hold already.
            self._db.close()
            self._connect(self._copy.enter_context(copied(self._path)))
            self._prepare()
        except sqlite3.DatabaseError as error:
            self.__exit__(None, error, None)
        return self

    def _prepare(self) -> None:
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        tables = [name for (name,) in self._db.execute("SELECT name FROM sqlite_master")]
        if version == FIRST and tables and self._reading:
            self._read_earlier()
            return
        if version == NARROW and tables:
            # Its tables can be read as they are.
            if not self._reading:
                widen(self._db, _SCHEMA)
            return
        if version == TEXTS and tables:
            # Its texts can be read as they are; an older grader cannot read what is added now.
            if not self._reading:
                self._db.execute(f"PRAGMA user_version = {VERSION}")
            version = VERSION
        if version != VERSION and tables:
            self._db.close()
            raise GradebookError(
                f"{self._path}: another version of the grader made it. Reports can still be made from one of an earlier version; "
                "to grade, name a new folder with --out"
            )
        # In this mode a process that is killed loses nothing that it had committed; a loss of power may.
        self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
        if version != VERSION or "counts" not in tables:
            self._db.executescript(f"BEGIN; {_SCHEMA} COMMIT;")

    def _read_earlier(self) -> None:
        """Read a copy in today's form: what is there stays as it is."""
        self._db.close()
        self._connect(self._copy.enter_context(copied(self._path)))
        upgrade(self._db, _SCHEMA)

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        self._db.close()
        self._copy.close()
        if isinstance(error, (sqlite3.DatabaseError, msgspec.MsgspecError, zlib.error, Damaged)):
            raise unusable(self._path, error) from None

    def _at_once(self) -> sqlite3.Connection:
        """All of what follows, or nothing, whenever the process is killed."""
        self._db.execute("BEGIN")
        return self._db
