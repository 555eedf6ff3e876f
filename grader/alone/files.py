"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from ..words import _

_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


class FileError(Exception):
    """A file that cannot be read or written; the message names it and says what to do."""


def read(path: Path) -> bytes:
    """What is in a file. Raises FileError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: {_reason(error)}") from None


def write(path: Path, data: bytes) -> None:
    """Put `data` in the place of what the file held: a reader sees the one or the other, never a half. Raises FileError."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                # Some file systems notice only here that the disk is full.
                os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                part.unlink()
            raise
    except OSError as error:
        raise FileError(f"{path}: {_reason(error)}") from None


def _reason(error: OSError) -> str:
    if error.errno in _FULL:
        return _(
            "the disk is full: make some room, then run the same command again. What was there before is still there."
        )
    if isinstance(error, FileNotFoundError):
        return _("there is no such file; check the path")
    if isinstance(error, PermissionError):
        return _("it cannot be opened: close it in other programs, or use a folder in which you may write")
    if isinstance(error, (FileExistsError, NotADirectoryError)):
        return _("there is a file where a folder is needed; name another folder")
    if isinstance(error, IsADirectoryError):
        return _("it is a folder, not a file")
    return str(error.strerror or error)
