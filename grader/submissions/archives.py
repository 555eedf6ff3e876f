"""Archives -> their members, read in memory within bounds: zip, tar (also compressed), one compressed file.

Nothing is unpacked to a path that an archive names.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from ..running.notebook import MAX_BYTES
from ..words import _
from ..words.errors import GraderError
from .names import code_page, plain_name

MAX_MEMBERS = 200_000
# Notebooks shrink to a fifth or a twentieth in an archive; a thousandth is made to fill a disk.
MAX_EXPANSION = 200
# An archive inside another is held in memory, and so is what a compressed tar becomes.
MAX_HELD = 128 << 20
MAX_NESTED = 4
LONGEST_PATH = 4096

_COMPRESSED: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}


class ArchiveError(GraderError):
    """An archive that cannot be read; the message says why and what to do."""


@dataclass
class ByteBudget:
    """Bytes that may still be read out of one archive and of what is inside it."""

    left: int

    def take(self, n: int) -> None:
        self.left -= n
        if self.left < 0:
            raise ArchiveError(
                _("it would unpack to more than {n} times its size; make the archive again").format(n=MAX_EXPANSION)
            )


@dataclass(frozen=True)
class Member:
    """One file in an archive: its path as it was typed; `link` where it is one; `note` about its name."""

    parts: tuple[str, ...]
    read: Callable[[int], bytes] = field(repr=False)
    link: bool = False
    folder: bool = False
    note: str = ""


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is an archive that can be read."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06", *_COMPRESSED)) or head[257:262] == b"ustar"


def budget_for(size: int) -> ByteBudget:
    return ByteBudget(MAX_EXPANSION * size + MAX_BYTES)


def members(data: bytes | Path, name: str, budget: ByteBudget) -> Iterator[Member]:
    """The members of an archive, each to be read before the next is asked for. Raises ArchiveError."""
    try:
        with data.open("rb") if isinstance(data, Path) else io.BytesIO(data) as file:
            head = file.read(512)
            file.seek(0)
            if head.startswith(b"PK"):
                yield from _in_zip(file, budget)
            else:
                yield from _in_tar(file, head, name, budget)
    except ArchiveError:
        raise
    except Exception as error:  # these libraries let through whatever a damaged archive makes their parts raise
        reason = _("it is not a complete archive ({error}); make the archive again")
        raise ArchiveError(reason.format(error=str(error) or type(error).__name__)) from None


def _in_zip(file: IO[bytes], budget: ByteBudget) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        found = archive.infolist()
        if len(found) > MAX_MEMBERS:
            raise ArchiveError(_too_many(len(found)))
        # The eleventh bit says UTF-8; zipfile reads the others as cp437, in which every byte is a sign.
        typed = [info.orig_filename.encode("cp437") for info in found if not info.flag_bits & 0x800]
        page = code_page(typed)
        note = _("file names in the archive were decoded as {page}").format(page=page)
        for info in found:
            text = info.orig_filename
            foreign = not info.flag_bits & 0x800 and not text.isascii()
            if foreign:
                text = text.encode("cp437").decode(page, "replace")
            # Some programs on Windows write its own separator.
            parts = _parts(text)
            if parts:
                link = stat.S_ISLNK(info.external_attr >> 16)
                folder = text.endswith(("/", "\\")) and not info.file_size
                yield Member(parts, partial(_read_zip, archive, info, budget), link, folder, note if foreign else "")


def _parts(text: str) -> tuple[str, ...]:
    """The path that a member names, without what leads out of the archive."""
    if len(text) > LONGEST_PATH:
        # No system can have made it; what is left names it and nothing else.
        text = f"{text[:100]}... {hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}".replace("/", "_")
    parts = text.partition("\0")[0].replace("\\", "/").split("/")
    return tuple(plain_name(part) for part in parts if part not in ("", ".", ".."))


def _read_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: ByteBudget, most: int) -> bytes:
    if info.flag_bits & 1:
        raise ArchiveError(_("it is locked with a password; make the archive again without one"))
    try:
        with archive.open(info) as member:
            data = member.read(most)
    except Exception as error:  # as above
        reason = _("it cannot be unpacked ({error}); make the archive again")
        raise ArchiveError(reason.format(error=str(error) or type(error).__name__)) from None
    budget.take(len(data))
    return data


def _in_tar(file: IO[bytes], head: bytes, name: str, budget: ByteBudget) -> Iterator[Member]:
    opener = next((opens for magic, opens in _COMPRESSED.items() if head.startswith(magic)), None)
    if opener:
        data = opener(file).read(min(MAX_HELD, max(0, budget.left)) + 1)
        if len(data) > MAX_HELD:
            raise ArchiveError(_("it would unpack to more than {n} MB; hand in less").format(n=MAX_HELD >> 20))
        budget.take(len(data))
        if data[257:262] != b"ustar":
            plain = name.rpartition(".")[0] or name
            yield Member((plain_name(plain),), lambda most: data[:most])
            return
        file = io.BytesIO(data)
    with tarfile.open(fileobj=file, mode="r:") as archive:
        for number, info in enumerate(archive):
            if number >= MAX_MEMBERS:
                raise ArchiveError(_too_many(number))
            parts = _parts(info.name)
            if parts and (info.isdir() or info.isreg() or info.issym() or info.islnk()):
                yield Member(
                    parts, partial(_read_tar, archive, info, budget), not (info.isreg() or info.isdir()), info.isdir()
                )
            archive.members = []  # type: ignore[attr-defined]  # it keeps every one that it has read


def _read_tar(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: ByteBudget, most: int) -> bytes:
    member = archive.extractfile(info)
    data = member.read(most) if member else b""
    budget.take(len(data))
    return data


def _too_many(n: int) -> str:
    return _("it holds {n} files; at most {most} are read").format(n=n, most=MAX_MEMBERS)
