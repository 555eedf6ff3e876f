"""Files of a whole run -> whose each is: the student is the part of the path that tells the hand-ins apart.

What a platform writes into names counts first. Where nothing of the kind is there, folders are gone through from the
outside in: what all files share, what names a lesson or an assignment, and folders that hold the work of several people
(sections, weeks) name nobody; the first part that is left does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..words import _
from .labels import is_course_code, label, shared_ends, without_suffix
from .patterns import by_pattern
from .platforms import Claim, claim_of, teams_of
from .records import SECTION, File, Whose
from .survey import Surveyed


def students_of(
    found: Surveyed, pattern: re.Pattern[str] | None = None, before: Iterable[tuple[str, str]] = (), student: str = ""
) -> dict[str, Whose]:
    """{name of a file: whose it is}; what nobody handed in is left out.

    before   (told, student) of earlier runs: who was told by the same thing keeps the name
    student  who handed in all of it, where that is known
    """
    # What was named and is not there, or holds nothing, is nobody's.
    files = [file for file in found.files if file.parts and not file.ignored and not file.missing]
    if student:
        return {file.name: Whose(student, student, inner=len(file.parts)) for file in files}
    if pattern is not None:
        return {file.name: _by_pattern((*found.root.above[-2:], *file.parts), pattern) for file in files}
    known = dict(before)
    whose = _Class(found, files, known).whose()
    whose = _spoken_for(_numbered(whose, known), files, known)
    return {name: _kept(one, known) for name, one in whose.items()}


def _by_pattern(parts: Sequence[str], pattern: re.Pattern[str]) -> Whose:
    fits = by_pattern(parts, pattern)
    if fits is None:
        return Whose(doubt=_("its name does not fit --student-pattern; rename it, or name another pattern"))
    return fits[0]


def _kept(one: Whose, known: Mapping[str, str]) -> Whose:
    """Whoever was told by the same thing in an earlier run keeps the name that it gave."""
    return replace(one, student=known[one.told]) if one.told in known else one


def _numbered(whose: Mapping[str, Whose], known: Mapping[str, str]) -> dict[str, Whose]:
    """Two people of one name in one download: the platform's numbers tell them apart."""
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for one in whose.values():
        if one.number:
            people[one.home, one.student].add(one.told)
            names[one.home].add(one.student)
    taken = set(known.values())

    def named(one: Whose) -> Whose:
        anonymous = bool(_ANONYMOUS.fullmatch(one.student)) or (
            len(names[one.home]) == 1 and len(people[one.home, one.student]) > 1
        )
        if not one.number or one.told in known or (len(people[one.home, one.student]) < 2 and not anonymous):
            return one
        if one.student in taken and not anonymous:
            doubt = _("the gradebook has a {student} already, and here are several: write in the table who is who")
            return replace(one, doubt=doubt.format(student=one.student))
        return replace(one, student=f"{one.student} {one.number}" if anonymous else f"{one.student} ({one.number})")

    return {name: named(one) for name, one in whose.items()}


# What Moodle writes in place of a name while students are not to be known.
_ANONYMOUS = re.compile(
    r"participante?|teilnehmer(?:/?in)?|deelnemer|partecipante|参与者|參與者|参加者|참가자|участник", re.IGNORECASE
)
_NOBODY = re.compile(r"template|test[\s_-]?student|student,?[\s_-]?test|studenttest", re.IGNORECASE)


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


class _Class:
    """One run's files, told apart."""

    def __init__(self, found: Surveyed, files: Sequence[File], known: Mapping[str, str]) -> None:
        self._found, self._files = found, files
        self._prefixes = {
            told[: -len(name)] for told, name in known.items() if name and told != name and told.endswith(name)
        }
        self._whose: dict[str, Whose] = {}
        self._nameless: list[File] = []

    def whose(self) -> dict[str, Whose]:
        rest = [file for file in self._files if not self._by_platform(file)]
        self._name_by_head()
        waiting = [_Group(0, rest)] if rest else []
        while waiting:
            waiting += self._go_through(waiting.pop())
        self._name_the_rest()
        return self._whose

    # ---- platforms

    def _by_platform(self, file: File) -> bool:
        one = self._nbgrader(file) or self._gradescope(file) or self._teams(file) or self._claimed(file)
        if one is not None:
            self._whose[file.name] = one
        return one is not None

    def _nbgrader(self, file: File) -> Whose | None:
        above = self._found.root.above
        whole = (*above, *file.parts)
        places = [n for n, part in enumerate(whole[:-3]) if part == "submitted"]
        # A folder of that name somewhere above a class that is no nbgrader tree says nothing.
        if not places or places[-1] < len(above) - 3:
            return None
        student = whole[places[-1] + 1]
        slot = "/".join(whole[places[-1] + 2 :])
        return Whose(student, student, slot=slot, handed_in=file.handed_in, how=_("nbgrader: the folder in submitted/"))

    def _gradescope(self, file: File) -> Whose | None:
        number = next((n for n, part in enumerate(file.parts[:-1]) if re.fullmatch(r"submission_\d+", part)), None)
        if number is None:
            return None
        folder = file.parts[number]
        slot = "/".join(file.parts[number + 1 :])
        said = self._found.gradescope.get("/".join(file.parts[: number + 1]))
        home = f"Gradescope {'/'.join(file.parts[:number])}"
        if said is None:
            return Whose(
                folder, folder, slot=slot, how=_("Gradescope: no submission_metadata.yml says whose this folder is")
            )
        how = _("Gradescope: submission_metadata.yml")
        if len(said.names) > 1:
            names = ", ".join(said.names)
            doubt = _(
                "{names} handed this in together, and one name is one person: write into the table under whose name it is graded"
            ).format(names=names)
            return Whose(names, said.told, slot=slot, handed_in=said.at, doubt=doubt, how=how)
        version = tuple(said.at.utctimetuple()[:6]) if said.at else ()
        number_of = said.told if said.told != said.names[0] else folder
        inner = len(file.parts) - number - 1
        return Whose(
            said.names[0],
            said.told,
            slot="upload",
            version=version,
            handed_in=said.at,
            how=how,
            inner=inner,
            home=home,
            number=number_of,
        )

    def _teams(self, file: File) -> Whose | None:
        found = teams_of(file.parts)
        if found is None:
            return None
        how = _("by its form, a download of {platform}").format(platform="Teams")
        doubt = (
            ""
            if found.submitted
            else _('it was never turned in (Working files): write "to grade" into the table if it counts')
        )
        return Whose(
            found.student, found.student, "Teams", found.slot, found.version, doubt=doubt, how=how, inner=found.inner
        )

    def _claimed(self, file: File) -> Whose | None:
        """By the outermost part of the path that has a platform's form."""
        for number, part in enumerate(file.parts):
            name = without_suffix(part) if number in file.archives else part
            claim = claim_of(part) or (claim_of(name) if name != part else None)
            if claim is not None:
                one = _from_claim(claim, file, number)
                return replace(one, doubt=self._spoken_by(file, number, claim.student))
        return None

    def _spoken_by(self, file: File, number: int, student: str) -> str:
        """Why an archive does not speak for a student named in it: it is somebody's, not a download of the class."""
        outer = next((n for n in file.archives if n < number and label(file.parts[n])), None)
        if outer is None:
            return ""
        beside = {
            one.parts[outer]
            for one in self._files
            if one.parts[:outer] == file.parts[:outer] and len(one.parts) > outer
        }
        downloads = {one.parts[outer] for one in self._files if any(map(claim_of, one.parts[outer + 1 :]))}
        if len(downloads & beside) * 2 > len(beside):
            return ""
        doubt = _(
            "it stands in {archive} and names {student}: write in the table whose it is; what {student} handed in stays as it is"
        )
        return doubt.format(archive=file.parts[outer], student=student)

    def _name_by_head(self) -> None:
        """Blackboard's assignment stands before the name, and may have the same signs in it: what all share is it."""
        heads: defaultdict[str, set[str]] = defaultdict(set)
        for one in self._whose.values():
            if one.how == _blackboard():
                heads[one.home].add(one.told)
        for name, one in self._whose.items():
            if one.how == _blackboard() and len(heads[one.home]) > 1:
                low, high = min(heads[one.home]), max(heads[one.home])
                n = next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), 0)
                user = one.told[low.rfind("_", 0, n) + 1 :]
                self._whose[name] = replace(one, student=user)

    # ---- folders, from the outside in

    def _go_through(self, group: _Group) -> Iterator[_Group]:
        here = [file for file in group.files if len(file.parts) - 1 <= group.depth]
        below: defaultdict[str, list[File]] = defaultdict(list)
        for file in group.files:
            if len(file.parts) - 1 > group.depth:
                below[file.parts[group.depth]].append(file)
        named = self._labels(below, group)
        if len(below) == 1 and not any(file.gradable or file.exercises for file in here):
            ((part, files),) = below.items()
            name = "" if is_course_code(named[part]) else named[part]
            if name and not group.fallback[0] and not _compete(self._inside(files, group.depth + 1)):
                self._give(files, name, part, group)
            else:
                yield self._only(group, name, part, files)
            self._loose(here, group)
            return
        people = {part: name for part, name in named.items() if name}
        transparent = self._collections(group, people, below)
        for part, files in below.items():
            if part in people and part not in transparent:
                self._give(files, people[part], part, group)
            else:
                home = f"{group.home or SECTION}/{part}" if transparent.get(part) == "section" else group.home
                yield _Group(group.depth + 1, files, group.fallback, home)
        self._loose(here, group)

    def _labels(self, below: Mapping[str, Sequence[File]], group: _Group) -> dict[str, str]:
        """{folder: the name in it}, without what GitHub Classroom puts before all of them."""
        names = {
            part: without_suffix(part) if self._is_archive(files, group.depth) else part
            for part, files in below.items()
        }
        sample = next(iter(below.values()), [None])[0]
        parent = sample.parts[group.depth - 1] if sample and group.depth else self._found.root.name
        before, after = shared_ends(list(names.values()), parent)
        cut = {}
        for part, name in names.items():
            prefix = before or max((p for p in self._prefixes if name.startswith(p)), key=len, default="")
            rest = name.removeprefix(prefix)
            cut[part] = label(rest.removesuffix(after) if after else rest)
        return cut

    def _is_archive(self, files: Sequence[File], depth: int) -> bool:
        return any(depth in file.archives for file in files)

    def _only(self, group: _Group, name: str, part: str, files: Sequence[File]) -> _Group:
        """The one folder there is: it may be the class or a person, so its name counts where nothing further in does."""
        fallback = group.fallback if group.fallback[0] or not name else (name, part)
        return _Group(group.depth + 1, files, fallback, group.home)

    def _collections(self, group: _Group, people: Mapping[str, str], below: Mapping[str, list[File]]) -> dict[str, str]:
        """{folder: "section" or "assignment"} where most folders hold the work of several people."""
        inside = {part: self._inside(below[part], group.depth + 1) for part in people}
        several = {part: names for part, names in inside.items() if _compete(names)}
        if len(several) * 2 <= len(people) or not several:
            return {}
        counted: defaultdict[str, int] = defaultdict(int)
        for names in several.values():
            for name in names:
                counted[name] += 1
        if all(n == 1 for n in counted.values()) or sum(n == 1 for n in counted.values()) * 2 > len(counted):
            return self._transparent(several, inside, below, group) if len(people) > 1 else {}
        lessons = [{lesson for found in names.values() for lesson in found} for names in several.values()]
        one_each = all(len(found) == 1 for found in lessons)
        if one_each and len({next(iter(found)) for found in lessons}) == len(lessons) > 1:
            return dict.fromkeys(people, "assignment")
        return {}

    def _transparent(
        self,
        several: Mapping[str, object],
        inside: Mapping[str, Mapping[str, set[str]]],
        below: Mapping[str, Sequence[File]],
        group: _Group,
    ) -> dict[str, str]:
        """Sections: those with several people, and folders like them with one; an archive with one is that person's own."""
        alone = [p for p, names in inside.items() if len(names) == 1 and not self._is_archive(below[p], group.depth)]
        nested = [p for p in alone if all(len(file.parts) > group.depth + 2 for file in below[p] if file.gradable)]
        return dict.fromkeys([*several, *nested], "section")

    def _inside(self, files: Sequence[File], depth: int) -> dict[str, set[str]]:
        """{name of somebody further in: the lessons of their files} of one folder."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for file in files:
            if file.gradable and not file.blank:
                # Lessons and such stand between a section and its people.
                inner = (label(part, file=n == len(file.parts) - 1) for n, part in enumerate(file.parts) if n >= depth)
                if name := next((one for one in inner if one), ""):
                    found[name].add(file.lesson)
        return found

    def _give(self, files: Iterable[File], student: str, part: str, group: _Group) -> None:
        told = without_suffix(part) if any(group.depth in file.archives for file in files) else part
        for file in files:
            slot = "/".join(file.parts[group.depth + 1 :])
            how = _("the folder {part}") if group.depth not in file.archives else _("the archive {part}")
            inner = len(file.parts) - group.depth - 1
            self._set(file, Whose(student, told, group.home, slot, how=how.format(part=part), inner=inner))

    def _loose(self, here: Sequence[File], group: _Group) -> None:
        """Files that stand in no folder of a person's: named for somebody themselves, or whose the folder around them is."""
        names = {file.name: label(file.parts[-1], file=True) for file in here}
        stems = [without_suffix(file.parts[-1]) for file in here]
        before, after = shared_ends(stems) if len(here) > 2 else ("", "")
        if before or after:
            cut = {f.name: without_suffix(f.parts[-1]).removeprefix(before) for f in here}
            names = {
                name: label(stem.removesuffix(after) if after else stem, file=True) or names[name]
                for name, stem in cut.items()
            }
        people = {names[file.name] for file in here if file.gradable and names[file.name]}
        for file in here:
            stem, name = without_suffix(file.parts[-1]), names[file.name]
            fallback, part = group.fallback
            if name and not (fallback and len(people) < 2):
                self._set(file, Whose(name, stem, group.home, file.parts[-1], how=_("the name of the file")))
            elif fallback:
                slot = "/".join(file.parts[group.depth :])
                self._set(file, Whose(fallback, part, group.home, slot, how=_("the folder {part}").format(part=part)))
            else:
                self._nameless.append(file)

    def _name_the_rest(self) -> None:
        """Files that name nobody: where no file of the run does, they are of the student that its folder is named for."""
        own = label(without_suffix(self._found.root.name))
        alone = len(self._nameless) == len(self._files)
        for file in self._nameless:
            stem = without_suffix(file.parts[-1])
            if own and alone:
                root = self._found.root.name
                self._set(
                    file, Whose(own, root, "", "/".join(file.parts), how=_("the folder {part}").format(part=root))
                )
            elif len(self._files) == 1:
                self._set(file, Whose(stem, stem, "", file.parts[-1], how=_("the name of the file")))
            else:
                self._set(file, Whose(doubt=_nobody_said(), slot="/".join(file.parts)))

    def _set(self, file: File, whose: Whose) -> None:
        self._whose[file.name] = replace(whose, handed_in=file.handed_in, platforms=_is_nobody(whose.student))


def _nobody_said() -> str:
    return _("nothing in its path says whose it is: write the student into the table")


def _compete(names: Mapping[str, set[str]]) -> bool:
    """Whether two of these people have the same lesson."""
    lessons = [lesson for found in names.values() for lesson in found]
    return len(names) > 1 and len(set(lessons)) < len(lessons)


def _blackboard() -> str:
    return _("by its form, a download of {platform}").format(platform="Blackboard")


def _from_claim(claim: Claim, file: File, number: int) -> Whose:
    inner = "/".join(file.parts[number + 1 :])
    # Where the platform numbers whole uploads, a later one replaces an earlier one whatever its files are called.
    slot = claim.slot if claim.whole else "/".join(filter(None, [claim.slot, inner or claim.rest]))
    home = f"{claim.platform} {'/'.join(file.parts[:number])}"
    how = _("by its form, a download of {platform}").format(platform=claim.platform)
    below = len(file.parts) - number - 1
    return Whose(
        claim.student,
        claim.told,
        home,
        slot,
        claim.version,
        claim.late,
        file.handed_in,
        how=how,
        inner=below,
        platforms=(claim.note and not below) or _is_nobody(claim.student),
        number=claim.number,
    )


def _is_nobody(name: str) -> bool:
    """Whether it is a template, or the student that a platform makes for teachers."""
    return _NOBODY.fullmatch(re.sub(r"_\d+$", "", name)) is not None


# ---- who speaks for whom


def _spoken_for(whose: Mapping[str, Whose], files: Sequence[File], known: Mapping[str, str]) -> dict[str, Whose]:
    """The same, but what stands in one student's folder under another student's name is in doubt."""
    everybody = {one.student for one in whose.values() if one.student} | set(known.values())
    found = {}
    for file in files:
        one = whose.get(file.name, Whose(doubt=_nobody_said()))
        other = _other_named(file, one, everybody) if one.student and not one.doubt else ""
        doubt = _(
            "it stands among what {student} handed in and names {other}: write in the table whose it is; what {other} "
            "handed in stays as it is"
        )
        found[file.name] = replace(one, doubt=doubt.format(student=one.student, other=other)) if other else one
    return found


def _other_named(file: File, one: Whose, everybody: set[str]) -> str:
    """Another student whom a part of the path below the student's own names."""
    for part in file.parts[len(file.parts) - one.inner :]:
        claim = claim_of(part)
        names = (claim.student if claim else "", label(part), label(part, file=True))
        for name in names:
            if name and name != one.student and name in everybody:
                return name
    return ""
