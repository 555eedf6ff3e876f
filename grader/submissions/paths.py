"""Paths -> everything under them, each file once: folders of any depth, archives in archives; links and pipes are never opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ..running.notebook import MAX_BYTES
from ..words import _
from ..words.errors import GraderError
from .archives import MAX_HELD, MAX_NESTED, ArchiveError, ByteBudget, Member, budget_for, is_archive, members
from .names import is_tool_file, is_tool_folder, plain_name

NBGRADER = ("source", "release", "autograded", "feedback")
# Archives by the content of which something else is told.
_NOT_OPENED = (
    ".docx",
    ".xlsx",
    ".pptx",
    ".odt",
    ".ods",
    ".odp",
    ".npz",
    ".whl",
    ".jar",
    ".pages",
    ".key",
    ".epub",
    ".keras",
)


class NotReadError(GraderError):
    """A file that is there and cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Root:
    """What the paths of a run have in common: the folder (or the one archive) that all of them are in.

    above   its path as it was typed, its own name last
    """

    above: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.above[-1] if self.above else ""


@dataclass(frozen=True)
class Item:
    """One file that was handed in, or a folder or an archive with nothing in it that can be read.

    parts      its path from the root: folders and archives, its own name last
    archives   which of the parts are archives, by number
    read       its first MAX_BYTES and one more; to be called before the next item is asked for. Raises NotReadError
    refused    why it is not read at all
    kind       "file", "folder", "tools" where systems and tools made it, or "missing" where a path was named in vain
    """

    parts: tuple[str, ...]
    archives: frozenset[int] = frozenset()
    read: Callable[[], bytes] = field(default=bytes, repr=False)
    refused: str = ""
    kind: str = "file"
    note: str = ""

    @property
    def name(self) -> str:
        return "/".join(self.parts)


def root_of(paths: Sequence[Path]) -> Root:
    """What is common to the paths: one folder or archive itself, else the folder above all of them."""
    folders = [_absolute(path) if _is_root(path, len(paths)) else _absolute(path).parent for path in paths]
    try:
        common = Path(os.path.commonpath(folders)) if folders else Path()
    except ValueError:
        common = Path()
    return Root(tuple(plain_name(part) for part in common.parts if part != common.anchor))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))


def _is_root(path: Path, of: int) -> bool:
    return path.is_dir() or (of == 1 and _head_is_archive(path))


def _head_is_archive(path: Path) -> bool:
    try:
        return is_archive(_read_file(path, 512))
    except NotReadError:
        return False


def walk(paths: Sequence[Path]) -> Iterator[Item]:
    """Everything under the paths, by name."""
    base = Path("/", *root_of(paths).above)
    seen = set[str]()
    for path in paths:
        whole = str(_absolute(path))
        if whole not in seen:
            seen.add(whole)
            yield from _argument(path, _relative(_absolute(path), base), alone=len(paths) == 1)


def _relative(path: Path, base: Path) -> tuple[str, ...]:
    return tuple(plain_name(part) for part in Path(os.path.relpath(path, base)).parts)


def _argument(path: Path, parts: tuple[str, ...], alone: bool) -> Iterator[Item]:
    if not os.path.lexists(path):
        yield Item(parts, refused=_("there is no such file; check the path"), kind="missing")
    elif path.is_symlink():
        yield Item(parts, refused=_LINK())
    elif path.is_dir():
        yield from _in_folder(path, parts)
    elif alone and _head_is_archive(path):
        yield from _in_archive(path, (), frozenset(), budget_for(path.stat().st_size), path.name)
    else:
        yield from _file(path, parts)


def _LINK() -> str:
    return _("it is a link, not a file; put the file itself in its place")


# ---- folders


def _in_folder(folder: Path, above: tuple[str, ...]) -> Iterator[Item]:
    # A whole nbgrader course holds the same notebooks several times; those in these folders nobody handed in.
    not_handed_in = NBGRADER if (folder / "submitted").is_dir() else ()
    waiting = [(str(folder), above)]
    while waiting:
        place, parts = waiting.pop()
        try:
            with os.scandir(place) as entries:
                found = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            reason = _("this folder cannot be read ({why}); check its permissions, or name a folder further in")
            yield Item(parts or (plain_name(folder.name) or ".",), refused=reason.format(why=error.strerror))
            continue
        if not found and not parts:
            reason = _("there is no notebook (.ipynb) in this folder; name the folder that holds them")
            yield Item((plain_name(folder.name) or ".",), refused=reason, kind="missing")
        elif not found:
            yield Item(parts, refused=_("this folder is empty: there is no notebook in it"), kind="folder")
        inner = []
        for entry in found:
            own = (*parts, plain_name(entry.name))
            if not entry.is_dir(follow_symlinks=False):
                yield from _file(Path(entry.path), own)
            elif (
                is_tool_folder(entry.name)
                or _is_environment(entry.path)
                or (place == str(folder) and entry.name in not_handed_in)
            ):
                yield Item(own, kind="tools")
            else:
                inner.append((entry.path, own))
        waiting += reversed(inner)


def _is_environment(place: str) -> bool:
    return os.path.lexists(os.path.join(place, "pyvenv.cfg"))


def _file(path: Path, parts: tuple[str, ...]) -> Iterator[Item]:
    if is_tool_file(parts[-1]):
        yield Item(parts, kind="tools")
        return
    try:
        kind = path.lstat().st_mode
        size = path.lstat().st_size
    except OSError as error:
        yield Item(parts, refused=_unreadable(error))
        return
    if stat.S_ISLNK(kind):
        # Somebody's file may lead anywhere: into another submission, or out of the folder.
        yield Item(parts, refused=_LINK())
    elif not stat.S_ISREG(kind):
        yield Item(parts, refused=_("it is not a regular file (a pipe, a device or a socket); only files are read"))
    elif not parts[-1].lower().endswith(_NOT_OPENED) and _head_is_archive(path):
        yield from _in_archive(path, parts, frozenset({len(parts) - 1}), budget_for(size), parts[-1])
    else:
        yield Item(parts, read=partial(_read_file, path, MAX_BYTES + 1))


def _read_file(path: Path, most: int) -> bytes:
    """The beginning of a regular file, whatever takes its place meanwhile. Raises NotReadError."""
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
        with open(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise NotReadError(_("it is not a regular file; only files are read"))
            return file.read(most)
    except OSError as error:
        raise NotReadError(_unreadable(error)) from None


def _unreadable(error: OSError) -> str:
    return _("it cannot be read ({why}); check its permissions").format(why=error.strerror)


# ---- archives


def _in_archive(
    data: bytes | Path, parts: tuple[str, ...], archives: frozenset[int], budget: ByteBudget, name: str
) -> Iterator[Item]:
    """What is in an archive, and in those in it; why not, as an item that stands for the archive itself."""
    own, found = parts or (plain_name(name),), False
    folders: dict[tuple[str, ...], bool] = {}
    try:
        for member in members(data, name, budget):
            found = True
            if member.folder:
                folders.setdefault(member.parts, True)
                continue
            folders |= {member.parts[:n]: False for n in range(1, len(member.parts))}
            yield from _member(member, parts, archives, budget)
    except ArchiveError as error:
        yield Item(own, refused=str(error))
        return
    if not found:
        yield Item(own, refused=_("this archive is empty"))
    for folder, empty in folders.items():
        if empty and not any(is_tool_folder(part) for part in folder):
            yield Item(
                (*parts, *folder),
                archives,
                refused=_("this folder is empty: there is no notebook in it"),
                kind="folder",
            )


def _member(member: Member, parts: tuple[str, ...], archives: frozenset[int], budget: ByteBudget) -> Iterator[Item]:
    own = (*parts, *member.parts)
    if any(is_tool_folder(part) for part in member.parts[:-1]) or is_tool_file(own[-1]):
        yield Item(own, archives, kind="tools")
        return
    if member.link:
        yield Item(own, archives, refused=_LINK(), note=member.note)
        return
    # What is inside is read once, whether it is an archive again or a file.
    try:
        data = member.read(MAX_BYTES + 1)
        if is_archive(data[:512]) and not own[-1].lower().endswith(_NOT_OPENED):
            if len(archives) >= MAX_NESTED:
                raise ArchiveError(_("it is an archive inside too many others; hand in the files themselves"))
            if len(data) > MAX_BYTES:
                data += member.read(MAX_HELD)[MAX_BYTES + 1 :]
            yield from _in_archive(data, own, archives | {len(own) - 1}, budget, own[-1])
            return
    except ArchiveError as error:
        yield Item(own, archives, refused=str(error), note=member.note)
        return
    yield Item(own, archives, lambda: data, note=member.note)


def read_one(path: Path) -> bytes:
    """What is in the file at a path, links followed: whoever names one file means it. Raises NotReadError."""
    if not path.exists():
        raise NotReadError(_("there is no such file; check the path"))
    return _read_file(Path(os.path.realpath(path)), MAX_BYTES + 1)
