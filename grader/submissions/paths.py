"""Paths -> the notebook files under them, in folders and archives, each with its owner; a clear reason where there is none."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath, PurePosixPath

from ..notebook import MAX_BYTES
from ..times import time_of
from ..words import _
from .owners import Owner, later_versions, owner_of

MAX_MEMBERS = 200_000
# Notebooks shrink to a fifth or a twentieth in an archive; a thousandth is made to fill a disk.
MAX_EXPANSION = 200


NBGRADER = ("source", "release", "autograded", "feedback")
TIMESTAMP = "timestamp.txt"  # nbgrader's, beside a notebook


@dataclass(frozen=True)
class Contents:
    """What is in a notebook file, and when it was handed in, where a file beside it says so."""

    data: bytes
    handed_in: datetime | None = None


class NotReadError(Exception):
    """A file that is there and cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class File:
    """One notebook file: `name` is its path as the report shows it.

    load    reads it; where it is in an archive, before the next file is asked for
    owner   whose it is
    """

    name: str
    owner: Owner
    load: Callable[[], Contents]

    @property
    def student(self) -> str:
        return self.owner.student


@dataclass(frozen=True)
class Unusable:
    """A path or file that cannot be graded, and why, in one line with the remedy; `lesson` where that is known."""

    name: str
    reason: str
    student: str = ""
    lesson: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A file in whose place a later version of it counts."""

    name: str
    reason: str


Found = File | Unusable | LeftOut


def _later(other: str) -> str:
    return _("left out: {other} is a later version of it").format(other=other)


def find_files(paths: Iterable[Path], pattern: re.Pattern[str] | None = None) -> Iterator[Found]:
    """Every notebook under the paths: files, folders (an nbgrader tree too) and zip archives. Nothing is read yet.

    pattern   whose file it is, by its path (`owners.compiled`)
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, pattern)
        elif not path.exists():
            yield Unusable(str(path), _("there is no such file; check the path"))
        elif path.suffix.lower() == ".zip":
            yield from _in_archive(path, pattern)
        else:
            yield _file(path, path.name, path.parts[:-1], pattern)


def _in_folder(folder: Path, pattern: re.Pattern[str] | None) -> Iterator[Found]:
    # A whole nbgrader course holds the same notebooks several times; those in these folders nobody handed in.
    not_handed_in = NBGRADER if (folder / "submitted").is_dir() else ()
    found = False
    for place in _folders(folder, not_handed_in):
        try:
            names = _notebooks(place, folder)
        except OSError as error:
            name = _shown(place.relative_to(folder).as_posix())
            yield Unusable(
                name, _("this folder cannot be read ({why}); check its permissions").format(why=error.strerror)
            )
            continue
        later = later_versions((name, _owner(folder.name, _shown(name), pattern)) for name in names)
        found = found or bool(names)
        for name in names:
            if name in later:
                yield LeftOut(_shown(name), _later(_shown(later[name])))
            else:
                yield from _in_place(folder, name, pattern)
    if not found:
        yield Unusable(str(folder), _("there is no notebook (.ipynb) in this folder; name the folder that holds them"))


def _folders(folder: Path, left_out: Container[str]) -> Iterator[Path]:
    """A folder and those in it, one after the other, without the hidden ones and links."""
    yield folder
    names: list[str] = []
    with suppress(OSError), os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    for name in names:
        if name not in left_out and not _is_hidden(PurePath(name)):
            yield from _folders(folder / name, ())


def _notebooks(place: Path, folder: Path) -> list[str]:
    """The notebooks and archives in a folder, as paths from the one that was named."""
    above = place.relative_to(folder)
    with os.scandir(place) as entries:
        names = sorted(e.name for e in entries if e.name.lower().endswith((".ipynb", ".zip")))
    return [(above / name).as_posix() for name in names if not _is_hidden(PurePath(name))]


def _in_place(folder: Path, name: str, pattern: re.Pattern[str] | None) -> Iterator[Found]:
    path = folder / name
    if path.is_symlink():
        # Somebody's file may lead anywhere: into another submission, or out of the folder.
        owner = _owner(folder.name, _shown(name), pattern)
        reason = _("it is a link, not a file; put the file itself in its place")
        yield Unusable(_shown(name), reason, owner.student if owner else "")
    elif path.suffix.lower() == ".zip":
        yield from _in_archive(path, pattern, name)
    else:
        yield _file(path, name, (folder.name,), pattern)


def _is_hidden(path: PurePath) -> bool:
    return any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in path.parts)


def _shown(name: str) -> str:
    """A file's name as text: bytes that are not UTF-8 are spelt out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _owner(above: str, name: str, pattern: re.Pattern[str] | None) -> Owner | None:
    return owner_of(PurePosixPath(above, name), name, pattern)


def _file(path: Path, name: str, above: Sequence[str], pattern: re.Pattern[str] | None) -> Found:
    name = _shown(name)
    owner = owner_of(PurePosixPath(*above, name), name, pattern)
    return File(name, owner, partial(_load, path)) if owner else Unusable(name, _no_fit())


def _no_fit() -> str:
    return _("its name does not fit --student-pattern; rename it, or name another pattern")


def _load(path: Path) -> Contents:
    try:
        if not path.is_file():
            raise NotReadError(_("it is not a regular file; only notebook files are read"))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotReadError(_("it cannot be read ({why}); check its permissions").format(why=error.strerror)) from None
    return Contents(data, _time_beside(path))


def _time_beside(path: Path) -> datetime | None:
    """When a notebook was handed in, by the file that nbgrader writes beside it."""
    beside = path.with_name(TIMESTAMP)
    try:
        if beside.is_symlink() or not beside.is_file():
            return None
        with beside.open("rb") as file:
            return time_of(file.read(200).decode("utf-8", "replace"))
    except OSError:
        return None


def _in_archive(path: Path, pattern: re.Pattern[str] | None, name: str = "") -> Iterator[Found]:
    """The notebooks in a zip, read in memory; nothing is unpacked to a path that the archive names.

    `name` is that of an archive in a folder: it stands before its members' names, and one with a single notebook belongs
    to whom it is named for, whatever its member says.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if m.filename.endswith(".ipynb") and not m.is_dir()]
            members = [m for m in members if not _is_hidden(_inside(m))]
            if reason := _refused(members, path.stat().st_size):
                yield Unusable(_shown(name or str(path)), reason)
                return
            yield from _members(archive, members, path, _shown(name), pattern)
    except Exception as error:  # zipfile lets through whatever a damaged archive makes its parts raise
        reason = _("it is not a complete zip archive ({error}); make the archive again").format(error=error)
        yield Unusable(_shown(name or str(path)), reason)


def _members(
    archive: zipfile.ZipFile,
    members: Sequence[zipfile.ZipInfo],
    path: Path,
    name: str,
    pattern: re.Pattern[str] | None,
) -> Iterator[Found]:
    def owner(member: zipfile.ZipInfo) -> Owner | None:
        if name and len(members) == 1:
            return owner_of(PurePosixPath(name), name, pattern)
        return owner_of(PurePosixPath(_shown(path.stem)) / _inside(member), shown(member), pattern)

    def shown(member: zipfile.ZipInfo) -> str:
        return str(PurePosixPath(name, member.filename)) if name else member.filename

    later = later_versions((shown(member), owner(member)) for member in members)
    for member in members:
        its = owner(member)
        if other := later.get(shown(member)):
            yield LeftOut(shown(member), _later(other))
        elif its is None:
            yield Unusable(shown(member), _no_fit())
        else:
            yield File(shown(member), its, partial(_load_member, archive, member))


def _inside(member: zipfile.ZipInfo) -> PurePosixPath:
    # Some programs on Windows write its own separator.
    return PurePosixPath(member.filename.replace("\\", "/"))


def _refused(members: Sequence[zipfile.ZipInfo], size: int) -> str:
    """Why an archive is not read at all, or ''."""
    if not members:
        return _("there is no notebook (.ipynb) in this archive")
    if len(members) > MAX_MEMBERS:
        return _("it holds {n} notebooks; at most {most} are read").format(n=len(members), most=MAX_MEMBERS)
    if sum(member.file_size for member in members) > MAX_EXPANSION * size + MAX_BYTES:
        return _("it would unpack to more than {n} times its size; make the archive again").format(n=MAX_EXPANSION)
    return ""


def _load_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Contents:
    try:
        with archive.open(member) as file:
            data = file.read(MAX_BYTES + 1)
        beside = member.filename[: -len(_inside(member).name)] + TIMESTAMP
        if beside not in archive.NameToInfo:
            return Contents(data)
        with archive.open(beside) as file:
            return Contents(data, time_of(file.read(200).decode("utf-8", "replace")))
    except Exception as error:  # as above
        raise NotReadError(_("it cannot be unpacked ({error}); make the archive again").format(error=error)) from None
