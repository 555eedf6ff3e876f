"""Tells apart people who share a name by a platform's numbers, or marks them as undecided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ..words import _
from .labels import label
from .platforms import claim_of, is_anonymous
from .records import File, Owners, Whose


def with_numbers(owners: Owners, known: Mapping[str, str]) -> Owners:
    """The same, but two people of one name in one download have the platform's number beside it.

    known   {told: student} of earlier runs
    """
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for one in (one for whose in owners.values() for one in whose if one.number):
        people[one.home, one.student].add(one.told)
        names[one.home].add(one.student)
    taken = set(known.values())

    def named(one: Whose) -> Whose:
        several = len(people[one.home, one.student]) > 1
        anonymous = is_anonymous(one.student) or (len(names[one.home]) == 1 and several)
        if not one.number or one.told in known or not (several or anonymous):
            return one
        if one.student in taken and not anonymous:
            doubt = _("the gradebook has a {student} already, and here are several: write in the table who is who")
            return replace(one, doubt=doubt.format(student=one.student))
        return replace(one, student=f"{one.student} {one.number}" if anonymous else f"{one.student} ({one.number})")

    return {name: tuple(map(named, whose)) for name, whose in owners.items()}


def in_doubt(owners: Owners, files: Sequence[File], known: Mapping[str, str]) -> Owners:
    """Owners of all files, but what stands in one student's folder under another student's name is in doubt."""
    everybody = {one.student for whose in owners.values() for one in whose if one.student} | set(known.values())
    return {
        file.name: _of_others(file, owners.get(file.name) or (Whose(doubt=unnamed()),), everybody) for file in files
    }


def unnamed() -> str:
    return _("its path does not say whose it is: write the student into the table")


def _of_others(file: File, whose: tuple[Whose, ...], everybody: Collection[str]) -> tuple[Whose, ...]:
    own = {one.student for one in whose}
    other = next((name for name in _names_below(file, whose[0]) if name in everybody and name not in own), "")
    if not other:
        return whose
    doubt = _(
        "it stands among what {student} handed in and names {other}: write in the table whose it is; what {other} "
        "handed in stays as it is"
    )
    return tuple(
        replace(one, doubt=doubt.format(student=one.student, other=other)) if one.student and not one.doubt else one
        for one in whose
    )


def _names_below(file: File, one: Whose) -> list[str]:
    """The names that the parts of a path below the student's own may hold."""
    parts = file.parts[len(file.parts) - one.inner :]
    claims = [claim.student for part in parts if (claim := claim_of(part))]
    return [*claims, *(name for part in parts for name in (label(part), label(part, file=True)) if name)]
