"""Assigns files named by a learning platform to students."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..words import _
from .labels import common_start, label, without_suffix
from .platforms import Claim, SubmittedFolder, claim_of, is_anonymous, submission_folder, teams_of
from .records import File, Owners, Whose
from .survey import Surveyed

_NOBODY = re.compile(r"template|test[\s_-]?student|student,?[\s_-]?test|studenttest", re.IGNORECASE)


def by_download(found: Surveyed, files: Sequence[File]) -> Owners:
    """{name of a file: who handed it in} for the files of which a platform says it."""
    speakers = _Speakers(files)
    owners: Owners = {}
    for file in files:
        whose = (
            _nbgrader(file, found.root.above)
            or _gradescope(file, found.gradescope)
            or _teams(file)
            or _claimed(file, speakers)
        )
        if whose:
            owners[file.name] = whose
    return _named_by_head(owners)


def is_nobody(name: str) -> bool:
    """Whether it is a template, or the student that a platform makes for teachers."""
    return _NOBODY.fullmatch(re.sub(r"_\d+$", "", name)) is not None


def _nbgrader(file: File, above: Sequence[str]) -> tuple[Whose, ...]:
    whole = (*above, *file.parts)
    places = [n for n, part in enumerate(whole[:-3]) if part == "submitted"]
    # A folder of that name somewhere above a class that is no nbgrader tree says nothing.
    if not places or places[-1] < len(above) - 3:
        return ()
    student = whole[places[-1] + 1]
    slot = "/".join(whole[places[-1] + 2 :])
    how = _("nbgrader: the folder in submitted/")
    return (Whose(student, told=student, slot=slot, handed_in=file.handed_in, how=how),)


def _gradescope(file: File, said: dict[str, SubmittedFolder]) -> tuple[Whose, ...]:
    number = submission_folder(file.parts[:-1])
    if number is None:
        return ()
    folder, above = file.parts[number], "/".join(file.parts[:number])
    one = said.get("/".join(file.parts[: number + 1]))
    if one is None:
        how = _("Gradescope: no submission_metadata.yml says whose this folder is")
        return (Whose(folder, told=folder, slot="/".join(file.parts[number + 1 :]), how=how),)
    names = [name for name, _told in one.people]
    how = _("Gradescope: submission_metadata.yml")
    if len(names) > 1:
        how = _("Gradescope: submission_metadata.yml; {names} handed it in together").format(names=", ".join(names))
    return tuple(
        Whose(
            name,
            told=told,
            home=f"Gradescope {above}",
            slot="upload",
            version=tuple(one.at.utctimetuple()[:6]) if one.at else (),
            handed_in=one.at,
            how=how,
            inner=len(file.parts) - number - 1,
            number=told if told != name else folder,
        )
        for name, told in one.people
    )


def _teams(file: File) -> tuple[Whose, ...]:
    found = teams_of(file.parts)
    if found is None:
        return ()
    doubt = _('it was never turned in (Working files): write "to grade" into the table if it counts')
    return (
        Whose(
            found.student,
            told=found.student,
            home="Teams",
            slot=found.slot,
            version=found.version,
            doubt="" if found.submitted else doubt,
            how=_by_its_form("Teams"),
            inner=found.inner,
        ),
    )


def _by_its_form(platform: str) -> str:
    return _("by its form, a download of {platform}").format(platform=platform)


# ---- a part of the path that has a platform's form


def _claimed(file: File, speakers: _Speakers) -> tuple[Whose, ...]:
    """By the outermost part of the path that has a platform's form."""
    for number, part in enumerate(file.parts):
        name = without_suffix(part) if number in file.archives else part
        claim = claim_of(part) or (claim_of(name) if name != part else None)
        if claim is not None:
            student = f"{claim.student} {claim.number}" if is_anonymous(claim.student) else claim.student
            return (replace(_from_claim(claim, file, number), doubt=speakers.doubt(file, number, student)),)
    return ()


def _from_claim(claim: Claim, file: File, number: int) -> Whose:
    inner = "/".join(file.parts[number + 1 :])
    below = len(file.parts) - number - 1
    return Whose(
        claim.student,
        told=claim.told,
        home=f"{claim.platform} {'/'.join(file.parts[:number])}",
        # Where the platform numbers whole uploads, a later one replaces an earlier one whatever its files are called.
        slot=claim.slot if claim.whole else "/".join(filter(None, [claim.slot, inner or claim.rest])),
        version=claim.version,
        late=claim.late,
        handed_in=claim.at or file.handed_in,
        how=_by_its_form(claim.platform),
        inner=below,
        platforms=(claim.note and not below) or is_nobody(claim.student),
        number=claim.number,
    )


class _Speakers:
    """Which archives speak for the students named in them: downloads of a class, not somebody's own."""

    def __init__(self, files: Sequence[File]) -> None:
        self._files = files
        self._is_download = cache(self._has_claims)

    def doubt(self, file: File, number: int, student: str) -> str:
        """Why an archive above that part of a path does not speak for a student named there; '' where it does."""
        outer = next((n for n in sorted(file.archives) if n < number and label(file.parts[n])), None)
        if outer is None or self._is_download(outer, file.parts[:outer]):
            return ""
        doubt = _(
            "it stands in {archive} and names {student}: write in the table whose it is; what {student} handed in stays as it is"
        )
        return doubt.format(archive=file.parts[outer], student=student)

    def _has_claims(self, depth: int, above: tuple[str, ...]) -> bool:
        """Whether most of what is beside each other there holds names of a platform's form."""
        beside = {one.parts[depth] for one in self._files if one.parts[:depth] == above and len(one.parts) > depth}
        claiming = {one.parts[depth] for one in self._files if any(map(claim_of, one.parts[depth + 1 :]))}
        return len(claiming & beside) * 2 > len(beside)


def _named_by_head(owners: Owners) -> Owners:
    """Blackboard's assignment stands before the name, and may have the same signs in it: what all share is it."""
    heads: defaultdict[str, set[str]] = defaultdict(set)
    ours = {name: whose[0] for name, whose in owners.items() if whose[0].how == _by_its_form("Blackboard")}
    for one in ours.values():
        heads[one.home].add(one.told)
    shared = {home: common_start(several) for home, several in heads.items() if len(several) > 1}
    for name, one in ours.items():
        if one.home in shared:
            user = one.told[one.told.rfind("_", 0, shared[one.home]) + 1 :]
            owners[name] = (replace(one, student=user),)
    return owners
