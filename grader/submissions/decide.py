"""Files and whose they are -> one row for each file: graded, replaced, undecided, ... and why. Pure.

Over the whole run, and what the gradebook holds from earlier ones: of one student and one lesson, versions of one upload
take each other's place; copies with the same exercises and blank originals do not compete; anything else is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..coursefile import Counts
from ..words import _
from .records import ByHand, File, Row, Status, Whose

# The exercises of a lesson in a file, by its digest: the same for two files whose exercises are the same.
Fingerprint = Callable[[str, str], str]


@dataclass(frozen=True)
class Said:
    """What the instructor wrote into the table about a file: the student, the lesson, and a status where it is one."""

    student: str
    lesson: str
    status: Status | None = None


def decide(
    files: Sequence[File],
    whose: Mapping[str, Whose],
    *,
    counts: Counts = "last",
    asked: str | None = None,
    said: Mapping[str, Said] | None = None,
    earlier: Iterable[Row] = (),
    fingerprint: Fingerprint = lambda digest, _lesson: digest,
) -> list[Row]:
    """A row for each file, in the order of the files.

    said      the instructor's own lines, by the name of the file: they come before everything else
    earlier   rows of earlier runs, which stay as they are
    """
    rows = [_row(file, whose.get(file.name), (said or {}).get(file.name), asked) for file in files]
    blank = {file.name for file in files if file.blank}
    rows = _two_of_one_name(rows)
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
        for row in _Choice(own, there[key], blank, counts, fingerprint).decided():
            decided[row.file] = row
    return [decided.get(row.file, row) for row in rows]


def _row(file: File, whose: Whose | None, said: Said | None, asked: str | None) -> Row:
    one = whose or Whose()
    lesson = said.lesson if said and said.lesson else file.lesson
    student = said.student if said and said.student else one.student
    status, why = _status(file, replace(one, doubt="") if said and said.student else one, lesson, student, asked)
    by_hand = _by_hand(said, one.student, file.lesson)
    if said and said.status and (file.gradable or said.status is not Status.GRADE):
        status, why = said.status, _("the table says so")
    why = "; ".join(filter(None, [why, file.note]))
    return Row(
        file.name, student, lesson, status, why, one.told, one.home, one.slot or file.name, one.version, one.late,
        one.handed_in or file.handed_in, file.digest, file.exercises, by_hand, ours=file.ours,
    )  # fmt: skip


def _by_hand(said: Said | None, student: str, lesson: str) -> ByHand:
    if said is None:
        return ""
    return "which" if said.status else "whose" if (said.student, said.lesson) != (student, lesson) else ""


def _status(file: File, one: Whose, lesson: str, student: str, asked: str | None) -> tuple[Status, str]:
    if file.ignored:
        return Status.IGNORED, file.ignored
    if not file.gradable:
        return Status.NOT_GRADABLE, file.reason
    # Which lesson it is the instructor may say in the table.
    if file.reason and lesson == file.lesson:
        return (Status.OTHER if asked and lesson else Status.NOT_GRADABLE), file.reason
    if one.doubt or not student:
        return Status.UNDECIDED, one.doubt or _(
            "nothing in its path says whose it is: write the student into the table"
        )
    return Status.GRADE, _("whose: {how}").format(how=one.how) if one.how else ""


def _two_of_one_name(rows: Sequence[Row]) -> list[Row]:
    """Two people of one name are undecided wherever the platform, or the section that they are in, tells them apart."""
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    homes: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.status is Status.GRADE and not row.by_hand:
            people[row.student, row.home].add(row.told)
            homes[row.student].add(row.home)
    twice = {student for (student, home), told in people.items() if home and len(told) > 1}
    apart = {
        student
        for student, found in homes.items()
        if len({home.partition(" ")[2] or home for home in found if " " not in home and home}) > 1
    }
    doubt = _(
        "several people may be called {student} here: write in the table who it is, for each in other words, as {student} 1 "
        "and {student} 2"
    )
    return [
        replace(row, status=Status.UNDECIDED, why=doubt.format(student=row.student))
        if row.status is Status.GRADE and not row.by_hand and row.student in twice | apart
        else row
        for row in rows
    ]


@dataclass
class _Choice:
    """The files of one student and one lesson: which counts."""

    rows: Sequence[Row]
    earlier: Sequence[Row]
    blank: set[str]
    counts: Counts
    fingerprint: Fingerprint

    def decided(self) -> list[Row]:
        own = sorted(self.rows, key=lambda row: (row.version, row.file))
        filled = [row for row in own if row.file not in self.blank]
        if filled and len(filled) < len(own):
            rest = [self._blank(row, filled[-1]) for row in own if row.file in self.blank]
            return [*rest, *self._filled(filled)]
        if not filled and (len(own) > 1 or self.earlier):
            first = self.earlier[-1] if self.earlier else own[0]
            return [row if row is first else self._blank(row, first) for row in own]
        return self._filled(own)

    def _blank(self, row: Row, other: Row) -> Row:
        if row.file == other.file and row.digest == other.digest:
            return row
        why = _("nothing is filled in; {other} counts").format(other=other.file)
        return replace(row, status=Status.BLANK, why=why)

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
        why = _(
            "{others} is of {student} and {lesson} too, and nothing says that they are versions of one hand-in: write into "
            'the table which is whose, or "to grade" for the one that counts'
        )
        listed = ", ".join(others[:3]) + (", ..." if len(others) > 3 else "")
        return replace(
            row, status=Status.UNDECIDED, why=why.format(others=listed, student=row.student, lesson=row.lesson)
        )


def _upload(row: Row) -> tuple[str, str, str]:
    """Files of one upload are versions of each other where the platform orders them."""
    return (row.told, row.home, row.slot) if row.version else ("", row.file, row.slot)


# ---- what an instructor should look at

_MAY_HOLD_EXERCISES = (".ipynb", ".zip", ".tar", ".gz", ".tgz")


def problems(rows: Sequence[Row]) -> list[Row]:
    """What is undecided, what may hold exercises and was not graded, and what a student without a grade handed in."""
    graded = {row.student for row in rows if row.status is Status.GRADE}
    return [row for row in rows if row.status is Status.UNDECIDED or _is_missed(row, graded)]


def _is_missed(row: Row, graded: Collection[str]) -> bool:
    if row.status not in (Status.NOT_GRADABLE, Status.OTHER):
        return False
    may = row.exercises or any(suffix in row.file.lower() for suffix in _MAY_HOLD_EXERCISES)
    return row.student not in graded or (may and row.status is Status.NOT_GRADABLE)


def without_grade(rows: Sequence[Row]) -> Iterator[Row]:
    """For each student and lesson without a file to grade, the row that says best why."""
    open_ = {row.student for row in rows if row.status is Status.UNDECIDED}
    graded = {(row.student, row.lesson) for row in rows if row.status is Status.GRADE}
    anything = {student for student, _lesson in graded}
    missed: dict[tuple[str, str], Row] = {}
    for row in sorted(problems(rows), key=lambda row: (not row.exercises, ".ipynb" not in row.file.lower(), row.file)):
        whose = (row.student, row.lesson)
        known = row.lesson and whose not in graded and (row.exercises or ".ipynb" in row.file.lower())
        if row.student and row.student not in open_ and (known or row.student not in anything):
            missed.setdefault(whose, row)
    nameless = {student for student, lesson in missed if lesson}
    return (row for (student, lesson), row in missed.items() if lesson or student not in nameless)
