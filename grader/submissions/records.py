"""What is known of each file that was handed in, and what is decided about it: the nouns of this folder."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from ..words import _

Version = tuple[int, ...]
# How the home of somebody begins who is in a section of the class.
SECTION = "section "
ByHand = Literal["", "whose", "which"]


class Status(StrEnum):
    """What becomes of a file."""

    GRADE = "to grade"
    REPLACED = "replaced"  # a later (or, with counts = "first", an earlier) version counts
    SAME = "same"  # its exercises are those of a file that counts
    BLANK = "blank"  # nothing is filled in, and something else of the student is
    OTHER = "other lesson"  # not the lesson that was asked for
    UNDECIDED = "undecided"  # the instructor says whose it is, or which counts
    NOT_GRADABLE = "not gradable"
    IGNORED = "ignored"  # made by systems or tools, or handed out and unchanged


@dataclass(frozen=True)
class File:
    """One file that was handed in, as it was read: nothing is decided yet.

    name        its path as the table shows it, different for every file of a run
    parts       the same path; `archives` are the numbers of those parts that are archives
    digest      the sha256 of its bytes, '' where it was not read
    lesson      which lesson it is, '' where that is not known
    gradable    whether it is a notebook or Python that could be graded
    reason      why it is not, or why its lesson is not known
    defines     the functions of the course that it defines
    named       the lesson that its path names, '' where it names none or several
    exercises   whether it holds, or may hold, functions that the course asks for, also where it cannot be read
    blank       whether nothing is filled in
    ignored     why it does not count as handed in at all
    handed_in   when, where a file beside it that no student writes says so
    note        what else the table says about it
    ours        whether it is the course's own notebook, filled in
    missing     whether there is no such file: somebody named a path in vain
    made_by_tools whether a system or a tool made it
    released    whether students were given it, and it is unchanged
    """

    name: str
    parts: tuple[str, ...]
    archives: frozenset[int] = frozenset()
    digest: str = ""
    lesson: str = ""
    gradable: bool = False
    reason: str = ""
    exercises: bool = False
    defines: frozenset[str] = frozenset()
    named: str = ""
    blank: bool = False
    ignored: str = ""
    handed_in: datetime | None = None
    note: str = ""
    ours: bool = False
    missing: bool = False
    made_by_tools: bool = False
    released: bool = False


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a file comes from, as its path and the platform say it.

    told      what tells this person from others: two of one name that were told by different things may be two people
    home      the part of the class (a section, a download) in which that name stands
    slot      the place of the upload within what is theirs, and `version`, by which a later one takes its place
    late      whether the platform marked it late
    handed_in when, where that is known
    """

    told: str = ""
    home: str = ""
    slot: str = ""
    version: Version = ()
    late: bool = False
    handed_in: datetime | None = None


@dataclass(frozen=True)
class Whose(Origin):
    """Whose a file is, as its path says it.

    student   the name, in NFC; '' where nothing says it
    doubt     why it is not certain, with what to do; '' where it is
    how       in words, how it was told
    number    the platform's number of this person
    platforms whether the platform itself wrote the file
    inner     how many parts of the path are below the one that names the student
    """

    student: str = ""
    __: KW_ONLY
    doubt: str = ""
    how: str = ""
    inner: int = 0
    platforms: bool = False
    number: str = ""


# {name of a file: who handed it in}: several where it is a group's.
Owners = dict[str, tuple[Whose, ...]]


@dataclass(frozen=True)
class Row(Origin):
    """One line of the table of what was handed in: a file, a student who handed it in, what is decided about it and why.

    A file that several handed in together has a row for each of them.

    by_hand   what the instructor said of it: nothing, whose it is, or which of several counts
    """

    file: str
    student: str
    lesson: str
    status: Status
    why: str
    __: KW_ONLY
    digest: str = ""
    exercises: bool = False
    by_hand: ByHand = ""
    run: int = 0
    ours: bool = False


def handed_out() -> str:
    """Why what students were given does not count."""
    return _("handed out, and unchanged")
