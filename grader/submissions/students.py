"""Assigns each file of a run to a student, by the part of the path that distinguishes the hand-ins.

What a platform writes into names counts first (`downloads`), then folders and names of files (`folders`). What several people
share, a name or a place, is told apart or in doubt (`namesakes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..words import _
from .downloads import by_download
from .folders import by_folder
from .namesakes import in_doubt, with_numbers
from .patterns import by_pattern
from .records import File, Owners, Whose
from .survey import Surveyed


def students_of(
    found: Surveyed, pattern: re.Pattern[str] | None = None, before: Iterable[tuple[str, str]] = (), student: str = ""
) -> Owners:
    """{name of a file: who handed it in}; what nobody handed in is left out.

    before   (told, student) of earlier runs: who was told by the same thing keeps the name
    student  who handed in all of it, where that is known
    """
    # What was named and is not there, or holds nothing, is nobody's.
    files = [file for file in found.files if file.parts and not file.ignored and not file.missing]
    if student:
        return {file.name: (Whose(student, told=student, inner=len(file.parts)),) for file in files}
    if pattern is not None:
        return {file.name: (_by_pattern((*found.root.above[-2:], *file.parts), pattern),) for file in files}
    known = dict(before)
    owners = _told_apart(found, files, known)
    return {name: tuple(_kept(one, known) for one in whose) for name, whose in owners.items()}


def _told_apart(found: Surveyed, files: Sequence[File], known: Mapping[str, str]) -> Owners:
    owners = by_download(found, files)
    rest = [file for file in files if file.name not in owners]
    owners |= {name: (one,) for name, one in by_folder(found.root.name, rest, known, alone=not owners).items()}
    return in_doubt(with_numbers(owners, known), files, known)


def _by_pattern(parts: Sequence[str], pattern: re.Pattern[str]) -> Whose:
    fits = by_pattern(parts, pattern)
    if fits is None:
        return Whose(doubt=_("its name does not fit --student-pattern; rename it, or name another pattern"))
    return fits[0]


def _kept(one: Whose, known: Mapping[str, str]) -> Whose:
    """Whoever was told by the same thing in an earlier run keeps the name that it gave."""
    return replace(one, student=known[one.told]) if one.told in known else one
