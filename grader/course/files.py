"""Files that are written whole or not at all."""

from __future__ import annotations

import codecs
import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ..words import _
from ..words.errors import GraderError

# Of Windows alone, where a line's end would become two characters.
_AS_BYTES = getattr(os, "O_BINARY", 0)
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class FileError(GraderError):
    """A file that cannot be read or written; the message names it and says what to do."""


def read(path: Path) -> bytes:
    """The bytes of a file. Raises FileError."""
    with _told(path):
        return path.read_bytes()


def decoded(data: bytes, path: Path) -> str:
    """The text that these bytes of a file are: UTF-8, or the UTF-16 of a spreadsheet's "Unicode text". Raises FileError."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = _(
            'it is not in UTF-8: save it again in UTF-8 (in a spreadsheet as "CSV UTF-8"), so that accents stay as they are'
        )
        raise FileError(f"{path}, line {line}: {said}") from None


def more_cells(head: Sequence[str], cells: Sequence[str]) -> str:
    """Why a line of a table cannot be read, if it has more cells than the header; else ''."""
    # Also where the last one is empty: a name in two cells moves an empty one beyond the end.
    if len(cells) <= len(head) or not any(map(str.strip, cells)):
        return ""
    said = _(
        "it has {cells} cells, and the first line has {head}: put text that holds a comma, as a name may, in quotes"
    )
    return said.format(cells=len(cells), head=len(head))


def write(path: Path, data: bytes) -> None:
    """Replace what the file held with `data`; its folder is created if necessary. Raises FileError."""
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path, rights: int = 0o666) -> Iterator[BinaryIO]:
    """A file that replaces `path` once it is complete: a reader sees the old content or the new, never half of it.

    Anything but a regular file (a terminal, a pipe) is written to directly. Raises FileError, also when the disk is full.
    """
    if path.exists() and not path.is_file():
        with _told(path), path.open("wb") as file:
            yield file
        return
    # A link stays one.
    path = Path(os.path.realpath(path))
    part = path.with_name(f".{path.name[:50]}.{os.getpid()}.part")
    with _told(path):
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _AS_BYTES, rights), "wb") as file:
                yield file
                file.flush()
                # Some file systems notice only here that the disk is full.
                os.fsync(file.fileno())
            if path.exists():
                part.chmod(path.stat().st_mode)
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileError(f"{path}: {reason(error)}") from None


def is_full(error: OSError) -> bool:
    """Whether the disk, or the user's quota, is full."""
    return error.errno in _FULL


def reason(error: OSError) -> str:
    """Why a file cannot be read or written, and what to do."""
    if is_full(error):
        return _(
            "the disk is full: make some room, then run the same command again. What was there before is still there."
        )
    if isinstance(error, FileNotFoundError):
        return _("there is no such file; check the path")
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return _("it cannot be opened: close it in other programs, or use a folder in which you may write")
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return _("there is a file where a folder is needed; name another folder")
    if isinstance(error, IsADirectoryError):
        return _("it is a folder, not a file")
    return str(error.strerror or error)
