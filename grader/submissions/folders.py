"""Assigns files not named by a platform to students, by folders from the outside in, then by file names.

What all files share, what names a lesson or an assignment, and folders that hold the work of several people (sections,
weeks) name nobody; the first part that is left does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..words import _
from .downloads import is_nobody
from .labels import is_class, label, names_among, without_suffix
from .namesakes import unnamed
from .records import SECTION, File, Whose
from .sections import collections, compete, inside

# One person may have so many files of one lesson under names of all sorts; more are a class.
FEW = 3


def by_folder(root: str, files: Sequence[File], known: Mapping[str, str], *, alone: bool) -> dict[str, Whose]:
    """{name of a file: whose it is}.

    root    the name of the folder that all of them are in
    known   {told: student} of earlier runs
    alone   whether these are all files of the run
    """
    return _Folders(root, known).whose(files, alone)


@dataclass(frozen=True)
class _Group:
    """Files below one folder that are still to be told apart.

    depth      how many parts of their paths are above it
    fallback   whose it is where nothing further in says so, and the part that says it
    home       the part of the class that this is
    """

    depth: int
    files: Sequence[File]
    fallback: tuple[str, str] = ("", "")
    home: str = ""


class _Folders:
    """Files told apart, so far."""

    def __init__(self, root: str, known: Mapping[str, str]) -> None:
        self._root = root
        self._students = set(known.values())
        # What an earlier run took away before the names of all.
        self._prefixes = {
            told[: -len(name)] for told, name in known.items() if name and told != name and told.endswith(name)
        }
        self._whose: dict[str, Whose] = {}
        self._nameless: list[File] = []

    def whose(self, files: Sequence[File], alone: bool) -> dict[str, Whose]:
        waiting = [_Group(0, files)] if files else []
        while waiting:
            waiting += self._go_through(waiting.pop())
        self._name_the_rest(len(files), alone)
        return self._whose

    def _go_through(self, group: _Group) -> Iterator[_Group]:
        here = [file for file in group.files if len(file.parts) - 1 <= group.depth]
        below: defaultdict[str, list[File]] = defaultdict(list)
        for file in group.files:
            if len(file.parts) - 1 > group.depth:
                below[file.parts[group.depth]].append(file)
        archives = [part for part, files in below.items() if any(group.depth in file.archives for file in files)]
        named = self._names(below, archives, group)
        if len(below) == 1 and not any(file.gradable or file.exercises for file in here):
            ((part, files),) = below.items()
            yield from self._only(group, named[part], part, files)
        else:
            yield from self._several(group, named, below, archives)
        self._loose(here, group)

    def _names(self, below: Mapping[str, Sequence[File]], archives: Sequence[str], group: _Group) -> dict[str, str]:
        """{folder: the name in it}, without what GitHub Classroom puts before all of them."""
        texts = {part: without_suffix(part) if part in archives else part for part in below}
        sample = next(iter(below.values()), [None])[0]
        parent = sample.parts[group.depth - 1] if sample and group.depth else self._root
        return dict(zip(texts, names_among(list(texts.values()), parent, self._prefixes), strict=True))

    def _only(self, group: _Group, name: str, part: str, files: Sequence[File]) -> Iterator[_Group]:
        """The one folder there is: it may be the class or a person, so its name counts where nothing further in does."""
        is_name = name and not is_class(name) and not group.fallback[0]
        names = inside(files, group.depth + 1)
        if is_name and (not compete(names) or (name in self._students and not self._students & set(names))):
            self._give(files, name, part, group)
            return
        nested = any(len(file.parts) > group.depth + 2 for file in files if file.gradable)
        if is_name and len(names) <= FEW and not nested and not self._students & set(names):
            doubt = _(
                "{part} may be one student with several files, or the folder of several students: write in the table whose it is"
            )
            self._give(files, name, part, group, doubt.format(part=part))
            return
        fallback = group.fallback if group.fallback[0] or not name else (name, part)
        yield _Group(group.depth + 1, files, fallback, group.home)

    def _several(
        self, group: _Group, named: Mapping[str, str], below: Mapping[str, Sequence[File]], archives: Sequence[str]
    ) -> Iterator[_Group]:
        people = {part: name for part, name in named.items() if name}
        several = collections({part: below[part] for part in people}, group.depth, archives)
        for part, files in below.items():
            if part in people and part not in several:
                self._give(files, people[part], part, group)
            else:
                home = f"{group.home or SECTION}/{part}" if several.get(part) == "section" else group.home
                yield _Group(group.depth + 1, files, group.fallback, home)

    def _give(self, files: Iterable[File], student: str, part: str, group: _Group, doubt: str = "") -> None:
        archive = any(group.depth in file.archives for file in files)
        told = without_suffix(part) if archive else part
        for file in files:
            slot = "/".join(file.parts[group.depth + 1 :])
            how = _("the folder {part}") if group.depth not in file.archives else _("the archive {part}")
            inner = len(file.parts) - group.depth - 1
            one = Whose(student, told=told, home=group.home, slot=slot, how=how.format(part=part), inner=inner)
            self._set(file, replace(one, doubt=doubt))

    def _loose(self, here: Sequence[File], group: _Group) -> None:
        """Files that stand in no folder of a person's: named for somebody themselves, or whose the folder around them is."""
        stems = [without_suffix(file.parts[-1]) for file in here]
        names = dict(zip([file.name for file in here], names_among(stems, file=True), strict=True))
        people = {names[file.name] for file in here if file.gradable and names[file.name]}
        for file, stem in zip(here, stems, strict=True):
            name, (fallback, part) = names[file.name], group.fallback
            if name and not (fallback and len(people) < 2):
                how = _("the name of the file")
                self._set(file, Whose(name, told=stem, home=group.home, slot=file.parts[-1], how=how))
            elif fallback:
                slot, how = "/".join(file.parts[group.depth :]), _("the folder {part}").format(part=part)
                self._set(file, Whose(fallback, told=part, home=group.home, slot=slot, how=how))
            else:
                self._nameless.append(file)

    def _name_the_rest(self, count: int, alone: bool) -> None:
        """Files that name nobody: where no file of the run does, they are of the student that its folder is named for."""
        own = label(without_suffix(self._root))
        for file in self._nameless:
            slot = "/".join(file.parts)
            if own and alone and len(self._nameless) == count:
                how = _("the folder {part}").format(part=self._root)
                self._set(file, Whose(own, told=self._root, slot=slot, how=how))
            elif alone and count == 1:
                stem = without_suffix(file.parts[-1])
                self._set(file, Whose(stem, told=stem, slot=file.parts[-1], how=_("the name of the file")))
            else:
                self._set(file, Whose(slot=slot, doubt=unnamed()))

    def _set(self, file: File, whose: Whose) -> None:
        self._whose[file.name] = replace(whose, handed_in=file.handed_in, platforms=is_nobody(whose.student))
