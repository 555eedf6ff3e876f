"""Failures of the gradebook's file: a full disk, a read-only folder, corrupted bytes."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from ..course import Result
from ..course.files import FileError, reason
from ..words import Sentence
from ..words.errors import GraderError
from ..words.sentence import as_data, from_data

_SEAL = 8


class GradebookError(GraderError):
    """The folder does not hold a gradebook that can be used; the message says what to do."""


class Damaged(Exception):
    """A stored result that is not as it was written."""


def sealed(result: Result) -> bytes:
    """A result as it is stored: a checksum, then JSON. SQLite has none, and a disk may change what it holds."""
    text = msgspec.json.encode(result, enc_hook=as_data)
    return _seal(text) + text


def unsealed(stored: object) -> Result:
    """The result that was stored. Raises Damaged."""
    seal, text = (stored[:_SEAL], stored[_SEAL:]) if isinstance(stored, bytes) else (b"", b"")
    if seal != _seal(text):
        raise Damaged("a result in it is not as it was written")
    return msgspec.json.decode(text, type=Result, dec_hook=sentence_of)


def sentence_of(_type: type, data: Any) -> Sentence:
    """A message as results hold it; in older ones it is a text, in English."""
    return from_data(data)


def _seal(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=_SEAL).digest()


def unusable(path: Path, error: object) -> GradebookError:
    """Why a gradebook cannot be used, and what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and not shutil.disk_usage(path.parent).free):
        return GradebookError(
            f"{path}: the disk is full: make some room, then run the same command again. What was graded is kept."
        )
    if code == sqlite3.SQLITE_IOERR:
        # SQLite calls everything so that ends a write but a full disk: a quota too.
        return GradebookError(
            f"{path}: the disk takes or gives no more ({error}): where a quota is used up, make some room, then run the same "
            "command again. What was graded is kept."
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or not isinstance(error, (sqlite3.Error, str)):
        return GradebookError(
            f"{path} is damaged ({error}): use an intact copy, or grade into another folder with --out"
        )
    if cannot_write(error):
        return GradebookError(f"{path} cannot be written to ({error}): name another folder with --out")
    return GradebookError(f"{path} cannot be used ({error}): name another folder with --out")


def cannot_write(error: object) -> bool:
    """Whether the folder is read-only."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)


@contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A copy of a gradebook, with what is still in the file beside it, for as long as it is needed. Raises FileError."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            for one in path, path.with_name(f"{path.name}-wal"):
                if one.exists():
                    shutil.copyfile(one, Path(folder, one.name))
        except OSError as error:
            raise FileError(f"{path}: it cannot be copied for reading; {reason(error)}") from None
        yield Path(folder, path.name)
