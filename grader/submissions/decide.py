"""Files and whose they are -> one row for each file: graded, replaced, undecided, ... and why. Pure.

Over the whole run, and what the gradebook holds from earlier ones: of one student and one lesson, versions of one upload
take each other's place; copies with the same exercises and blank originals do not compete; anything else is asked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..course import lesson_names, load_lesson
from ..course.policy import Counts
from ..words import _, joined
from .namesakes import unnamed
from .records import SECTION, ByHand, File, Row, Status, Whose, handed_out

# The exercises of a lesson in a file, by its digest: the same for two files whose exercises are the same.
Fingerprint = Callable[[str, str], str]
Reason = tuple[Status, str]
_One = TypeVar("_One", Whose, Row)


@dataclass(frozen=True)
class Correction:
    """What the instructor wrote into the table about a file: the student, the lesson, and a status where it is one."""

    student: str
    lesson: str
    status: Status | None = None


def decide(
    files: Sequence[File],
    owners: Mapping[str, Sequence[Whose]],
    *,
    counts: Counts = "last",
    asked: str | None = None,
    said: Mapping[str, Sequence[Correction]] | None = None,
    earlier: Iterable[Row] = (),
    fingerprint: Fingerprint = lambda digest, _lesson: digest,
) -> list[Row]:
    """A row for each file and each of those who handed it in, in the order of the files.

    said      the instructor's own lines, by the name of the file: they come before everything else
    earlier   rows of earlier runs, which stay as they are
    """
    said = said or {}
    rows = [row for file in files for row in _rows(file, owners.get(file.name, ()), said.get(file.name, ()), asked)]
    by_name = {file.name: file for file in files}
    rows = _in_two_sections(rows)
    groups: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.status is Status.GRADE:
            groups[row.student, row.lesson].append(row)
    there: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in earlier:
        if row.status in (Status.GRADE, Status.REPLACED):
            there[row.student, row.lesson].append(row)
    decided = {}
    for key, own in groups.items():
        for row in _Choice(own, there[key], by_name, counts, fingerprint).decided():
            decided[row.file, row.student] = row
    return [decided.get((row.file, row.student), row) for row in rows]


def _rows(file: File, whose: Sequence[Whose], said: Sequence[Correction], asked: str | None) -> Iterator[Row]:
    """One for each who handed it in; the lines of the table name all of them."""
    pairs = paired(whose or (Whose(),), said) if said else [(one, None) for one in whose or (Whose(),)]
    by_path, by_table = {one.student for one in whose}, {line.student for line in said if line.student}
    for one, line in pairs:
        row = _row(file, one, line, asked)
        yield row if row.by_hand or not by_table or by_table == by_path else replace(row, by_hand="whose")


def paired(several: Sequence[_One], said: Sequence[Correction]) -> list[tuple[_One, Correction]]:
    """Each line about a file beside what is there of that student; the others in their order, as after a change of names."""
    by_student = {one.student: one for one in several}
    names = {line.student for line in said}
    rest = [one for one in several if one.student not in names] or [several[0]]
    others = [line for line in said if line.student not in by_student]
    beside = {id(line): rest[min(n, len(rest) - 1)] for n, line in enumerate(others)}
    return [(by_student.get(line.student) or beside[id(line)], line) for line in said]


def _row(file: File, one: Whose, said: Correction | None, asked: str | None) -> Row:
    lesson = said.lesson if said and said.lesson else file.lesson
    student = said.student if said and said.student else one.student
    status, why = _status(file, replace(one, doubt="") if said and said.student else one, lesson, student, asked)
    by_hand = _by_hand(said, one.student, file.lesson)
    if said and said.status and (file.gradable or said.status is not Status.GRADE):
        status, why = said.status, _("the table says so")
    why = joined((why, file.note), "; ")
    return Row(
        file.name, student, lesson, status, why,
        told=one.told, home=one.home, slot=one.slot or file.name, version=one.version, late=one.late,
        handed_in=one.handed_in or file.handed_in, digest=file.digest, exercises=file.exercises, by_hand=by_hand,
        ours=file.ours,
    )  # fmt: skip


def _by_hand(said: Correction | None, student: str, lesson: str) -> ByHand:
    if said is None:
        return ""
    return "which" if said.status else "whose" if (said.student, said.lesson) != (student, lesson) else ""


def _status(file: File, one: Whose, lesson: str, student: str, asked: str | None) -> tuple[Status, str]:
    if file.ignored:
        return Status.IGNORED, file.ignored
    if one.platforms:
        return Status.IGNORED, _("of the platform itself, or a template: nobody handed it in")
    if not file.gradable:
        return Status.NOT_GRADABLE, file.reason
    # Which lesson it is the instructor may say in the table.
    if file.reason and lesson == file.lesson:
        return (Status.OTHER if asked and lesson else Status.NOT_GRADABLE), file.reason
    if one.doubt or not student:
        return Status.UNDECIDED, one.doubt or unnamed()
    return Status.GRADE, _("whose: {how}").format(how=one.how) if one.how else ""


def _in_two_sections(rows: Sequence[Row]) -> list[Row]:
    """A name that stands in two sections of a class may be two people's."""
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.status is not Status.IGNORED and not row.by_hand and row.home.startswith(SECTION):
            homes[row.student].add(row.home)
    doubt = _(
        "{student} stands in more than one section and may be two people: give each a name of their own in the table, such as "
        "{student} 1 and {student} 2"
    )
    return [
        replace(row, status=Status.UNDECIDED, why=doubt.format(student=row.student))
        if row.status is not Status.IGNORED and not row.by_hand and len(homes[row.student]) > 1
        else row
        for row in rows
    ]


@dataclass
class _Choice:
    """The files of one student and one lesson: which counts."""

    rows: Sequence[Row]
    earlier: Sequence[Row]
    files: Mapping[str, File]
    counts: Counts
    fingerprint: Fingerprint

    def decided(self) -> list[Row]:
        own = sorted(self.rows, key=_plainest)
        aside = list[tuple[Row, Reason]]()
        earlier = ""
        for why_not in (self._no_exercises, self._another_lesson, self._blank):
            reasons = {row.file: why_not(row) for row in own if row.by_hand != "which"}
            rest = [row for row in own if not reasons.get(row.file)]
            # What would not compete counts where there is nothing else: the same file, graded again, is nothing else.
            here = {(row.file, row.digest) for row in own}
            before = [row for row in self.earlier if (row.file, row.digest) not in here]
            if rest or (before and why_not == self._blank):
                earlier = earlier or (before[-1].file if before else "")
                aside += [(row, reason) for row in own if (reason := reasons.get(row.file))]
                own = rest
        if own and all(self.files[row.file].blank for row in own):
            aside += [(row, _blank_beside()) for row in own[1:]]
            own = own[:1]
        filled = self._filled(own) if own else []
        counts = next((row.file for row in filled if row.status is Status.GRADE), own[-1].file if own else earlier)
        return [*(_set_aside(row, reason, counts) for row, reason in aside), *filled]

    def _no_exercises(self, row: Row) -> Reason | None:
        names = {one.name for one in load_lesson(row.lesson).exercises} if row.lesson in lesson_names() else set()
        if self.files[row.file].defines & names:
            return None
        return Status.NOT_GRADABLE, _("it defines none of the lesson's functions; see {other}")

    def _another_lesson(self, row: Row) -> Reason | None:
        named = self.files[row.file].named
        return (
            None if named in ("", row.lesson) else (Status.OTHER, _("its name is that of another lesson; see {other}"))
        )

    def _blank(self, row: Row) -> Reason | None:
        file = self.files[row.file]
        if file.blank and file.released:
            return Status.IGNORED, handed_out()
        return _blank_beside() if file.blank else None

    def _filled(self, own: Sequence[Row]) -> list[Row]:
        uploads: defaultdict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in own:
            uploads[_upload(row)].append(row)
        heads, result = list[Row](), list[Row]()
        for versions in uploads.values():
            first, last = min(row.version for row in versions), max(row.version for row in versions)
            chosen = first if self.counts == "first" else last
            head = [row for row in versions if row.version == chosen]
            heads += head
            result += (self._version(row, head[0]) for row in versions if row.version != chosen)
        return [*result, *self._heads(heads)]

    def _version(self, row: Row, head: Row) -> Row:
        """A version whose place another one takes; where the best counts, all are graded."""
        if self.counts == "best":
            return row
        said = {"last": _("{other} is a later version of it"), "first": _("{other} is the first version of it")}
        return replace(row, status=Status.REPLACED, why=said[self.counts].format(other=head.file))

    def _heads(self, heads: Sequence[Row]) -> list[Row]:
        """Of several uploads: what the instructor chose; one where their exercises are equal; else none."""
        others = self._others(heads)
        if len(heads) + len(others) == 1:
            return list(heads)
        chosen = [row for row in heads if row.by_hand == "which"]
        if len(chosen) == 1:
            said = _("{other} counts, as the table says").format(other=chosen[0].file)
            return [row if row is chosen[0] else replace(row, status=Status.REPLACED, why=said) for row in heads]
        if chosen:
            said = _(
                'the table says "to grade" for several files of {student} and {lesson}: leave it for the one that counts'
            )
            said = said.format(student=heads[0].student, lesson=heads[0].lesson)
            return [replace(row, status=Status.UNDECIDED, why=said) for row in heads]
        if len({self.fingerprint(row.digest, row.lesson) for row in [*heads, *others]}) == 1:
            first = others[0] if others else heads[0]
            return [row if row is first else self._same(row, first) for row in heads]
        return [self._undecided(row, [*heads, *others]) for row in heads]

    def _same(self, row: Row, other: Row) -> Row:
        why = _("its exercises are those of {other}, which counts").format(other=other.file)
        return replace(row, status=Status.SAME, why=why)

    def _others(self, heads: Sequence[Row]) -> list[Row]:
        """What counts from earlier runs and was not uploaded in the place of one of these."""
        slots = {(row.told, row.slot) for row in heads} | {("", row.slot) for row in heads}
        here = {row.file for row in heads}
        return [
            row
            for row in self.earlier
            if row.status is Status.GRADE and row.file not in here and (row.told, row.slot) not in slots
        ]

    def _undecided(self, row: Row, among: Sequence[Row]) -> Row:
        others = [one.file for one in among if one.file != row.file]
        # Where a platform is known by the form of its names, these end with its number for the person.
        told = [one.told for one in among if one.home and not one.home.startswith(SECTION)]
        numbers = {number[1] for one in told if (number := re.search(r"_(\d+)$", one))}
        why = (
            _two_numbers()
            if len(numbers) > 1
            else _(
                "{student} handed in {others} for {lesson} too, and nothing says that they are versions of one hand-in: write into "
                'the table which is whose, or "to grade" for the one that counts'
            )
        )
        listed = ", ".join(others[:3]) + (", ..." if len(others) > 3 else "")
        said = why.format(
            others=listed, student=row.student, lesson=row.lesson, numbers=", ".join(sorted(numbers, key=int))
        )
        return replace(row, status=Status.UNDECIDED, why=said)


def _two_numbers() -> str:
    return _(
        "{student} handed in {others} for {lesson} too, and the platform has several numbers there ({numbers}): these are several "
        "people, unless it numbers one person anew in each assignment. Write into the table who each is, with a different "
        'name for each person, or "to grade" for the one that counts'
    )


def _plainest(row: Row) -> tuple[object, ...]:
    """By version; of copies first what is a notebook and has the shortest name: the others are called x (1) and x-Copy1."""
    return row.version, not row.file.lower().endswith(".ipynb"), len(row.file), row.file


def _blank_beside() -> Reason:
    return Status.BLANK, _("nothing is filled in; see {other}")


def _set_aside(row: Row, reason: Reason, other: str) -> Row:
    return replace(row, status=reason[0], why=reason[1].format(other=other))


def _upload(row: Row) -> tuple[str, str, str]:
    """Files of one upload are versions of each other where the platform orders them."""
    return (row.told, row.home, row.slot) if row.version else ("", row.file, row.slot)
