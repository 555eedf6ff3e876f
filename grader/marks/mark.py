"""A graded submission and what the instructor decided -> its mark: points, overrides, penalty, and what asks for a look.

Pure: `tables.py` reads the instructor's files, `gradebook/` the stored results; the reports show what is made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from ..course import ExerciseResult, Result, load_lesson
from ..course.policy import Policy
from ..words.numbers import number, rounded
from ..words.people import nfc
from .counting import WHOLE_LESSON, Aside, Asked, Counting, counted
from .lateness import lateness_of

SAME_FILE = "same file: common for pairs, resubmissions and shared machines; not evidence by itself"
_LIMITS = {
    "timeout": "it did not end within the time limit",
    "memory": "it asked for more memory than the limit",
    "killed": "it ended its own process",
}


@dataclass(frozen=True)
class Replaced:
    """A file that does not count because another one of the same student and lesson does."""

    submission: str
    points: int
    error: str | None = None


@dataclass(frozen=True)
class Entry:
    """One submission as the gradebook keeps it.

    digest      the sha256 of its file
    handed_in   when, where that is known; always with a time zone
    late        whether the platform that it came from marked it late
    replaced    the student's other files of the lesson, in the place of which this one counts
    undecided   {file: why} of those of which nobody knows whether they count, or whose they are
    """

    result: Result
    digest: str = ""
    handed_in: datetime | None = None
    late: bool = False
    replaced: tuple[Replaced, ...] = ()
    undecided: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Override:
    """Points that a person gives, with the reason: a line of overrides.csv.

    exercise   the name of what the points are for
    kind       for an exercise, in place of the grader's points; for a part that is marked by hand; a bonus, which is added,
               also where it is negative; or for the whole submission, in place of all other points
    """

    student: str
    lesson: str
    exercise: str
    points: float
    reason: str
    kind: Literal["exercise", "part", "bonus", "whole"] = "exercise"


# What stands in the place of an exercise's name. Several bonuses of one submission are told apart as `bonus: neat figures`.
BONUS, WHOLE = "bonus", "whole"


@dataclass(frozen=True)
class Part:
    """A part of a lesson that a person marks, as a question in words; `given` is None until that is done."""

    name: str
    most: float
    given: Override | None = None


Whose = tuple[str, str]  # student, lesson
FileId = tuple[str, str]  # name, and the sha256 where it was written


@dataclass(frozen=True)
class Rules:
    """What the instructor decided: the course's deadlines and penalty, and exceptions by (student, lesson).

    overrides    the points that a person gave
    times        when a student handed in, where there is one file of theirs; `file_times` when a file was
    """

    policy: Policy = field(default_factory=Policy)
    overrides: Mapping[Whose, tuple[Override, ...]] = field(default_factory=dict)
    extensions: Mapping[Whose, datetime] = field(default_factory=dict)
    times: Mapping[Whose, datetime] = field(default_factory=dict)
    file_times: Mapping[FileId, datetime] = field(default_factory=dict)

    def parts(self, lesson: str) -> tuple[Part, ...]:
        """What a person marks of a lesson."""
        named = (name.split("::", 1) for name in self.policy.by_hand)
        return tuple(Part(name, self.policy.by_hand[f"{of}::{name}"]) for of, name in named if of == lesson)


@dataclass(frozen=True)
class Look:
    """Why the instructor should look at a submission.

    `kind` is hidden, limit, grader_fault, file, override, late or undecided.
    """

    kind: str
    exercise: str | None
    reason: str


@dataclass(frozen=True)
class Mark:
    """What a submission finally earns, and why. `result` has what counts, and nothing else.

    overrides   what a person set for exercises, in place of the grader's points
    parts       what a person marks beside the exercises; `bonuses` are added to that
    whole       what a person set in place of all of these
    digest      the sha256 of the file, by which its code is kept; '' under a pseudonym: code may hold a name
    handed_in   when, where that is known; `due` is the deadline with this student's extension
    percent     what lateness costs, in per cent of `points`
    timing      a sentence about time, where there is something to say
    look        why the instructor should look at it
    same_file   the other students who handed in this very file, unless it is blank
    aside       what was graded and does not count
    asked       what the class was asked for
    as_asked    the result in what enough of the class define, while that is not decided and the whole lesson counts
    """

    result: Result
    overrides: tuple[Override, ...] = ()
    handed_in: datetime | None = None
    due: datetime | None = None
    percent: float = 0
    timing: str = ""
    look: tuple[Look, ...] = ()
    same_file: tuple[str, ...] = ()
    aside: tuple[Aside, ...] = ()
    asked: Asked = WHOLE_LESSON
    as_asked: Result | None = None
    replaced: tuple[Replaced, ...] = ()
    undecided: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    bonuses: tuple[Override, ...] = ()
    whole: Override | None = None
    digest: str = ""

    @property
    def is_open(self) -> bool:
        """Whether there is no mark because nobody knows which file counts, or whose it is: it may be two people's."""
        return bool(self.undecided) and self.result.error is not None

    @property
    def points(self) -> float:
        """The sum, before lateness: the exercises, the parts marked by hand and the bonuses; or what a person set for all."""
        if self.whole:
            return self.whole.points
        by_grader = sum(one.points for one in self.result.exercises if self.override(one.name) is None)
        return rounded(max(0, by_grader + sum(one.points for one in self.by_a_person)))

    @property
    def most(self) -> float:
        """The points that can be had: of the exercises that count and the parts marked by hand."""
        return rounded(self.result.max_points + sum(part.most for part in self.parts))

    @property
    def by_a_person(self) -> tuple[Override, ...]:
        """All that a person gave, with the reasons."""
        whole = (self.whole,) if self.whole else ()
        return (*self.overrides, *(part.given for part in self.parts if part.given), *self.bonuses, *whole)

    @property
    def waits(self) -> tuple[str, ...]:
        """The parts that nobody has marked yet."""
        return () if self.whole else tuple(part.name for part in self.parts if part.given is None)

    @property
    def penalty(self) -> float:
        """The points that lateness costs."""
        return rounded(self.points * self.percent / 100)

    @property
    def final(self) -> float:
        return rounded(self.points - self.penalty)

    @property
    def is_graded(self) -> bool:
        """Whether there is a mark: from the grader, or from the instructor where the file could not be graded."""
        return self.result.error is None or bool(self.by_a_person)

    @property
    def known(self) -> Mark:
        """The mark in what the class is known to have been asked for; itself where that is decided."""
        if self.as_asked is None:
            return self
        overrides = tuple(_within(self.as_asked, self.overrides))
        return replace(self, result=self.as_asked, overrides=overrides, as_asked=None)

    def override(self, exercise: str) -> Override | None:
        """What the instructor set for one exercise, or None."""
        return next((one for one in self.overrides if one.exercise == exercise), None)


def mark_of(
    entry: Entry, rules: Rules, sharing: tuple[str, ...] = (), asked: Mapping[str, Asked] | None = None
) -> Mark:
    """The mark of a submission; `sharing` are the students who handed in the same file, `asked` is by lesson."""
    counting = Counting(asked or {}, rules.policy.dropped)
    result, aside = _counted(entry.result, counting)
    whose = (nfc(result.student), result.lesson)
    handed_in, unclear = _handed_in(entry, rules, whose)
    due = _due(rules, whose)
    lateness = lateness_of(handed_in, due, rules.policy.penalty, marked=entry.late, extended=whose in rules.extensions)
    asks = tuple(Look("late", None, question) for question in (lateness.question, unclear) if question)
    given = rules.overrides.get(whose, ())
    by_hand = {one.exercise: one for one in given if one.kind == "part"}
    overrides = tuple(_within(result, (one for one in given if one.kind == "exercise")))
    return Mark(
        result,
        overrides,
        handed_in,
        due,
        lateness.percent,
        lateness.timing,
        (*please_look(result.in_full()), *asks, *_since(entry, overrides)),
        () if nothing_filled_in(result) else tuple(student for student in sharing if student != result.student),
        aside,
        counting.of(result.lesson),
        _as_asked(entry.result, counting),
        entry.replaced,
        entry.undecided,
        tuple(replace(part, given=by_hand.get(part.name)) for part in rules.parts(result.lesson)),
        tuple(one for one in given if one.kind == "bonus"),
        next((one for one in given if one.kind == "whole"), None),
        entry.digest,
    )


def _handed_in(entry: Entry, rules: Rules, whose: Whose) -> tuple[datetime | None, str]:
    """When this file was handed in, where that is known; and why a time of the instructor's is not taken for it."""
    name = entry.result.submission
    others = [one.submission for one in entry.replaced] + [*entry.undecided]
    if written := rules.file_times.get((name, entry.digest)):
        return written, ""
    written, same_name = rules.file_times.get((name, "")), name in others
    if written is None:
        written, same_name = rules.times.get(whose), bool(others)
    if written is None or not same_name:
        return written or entry.handed_in, ""
    return entry.handed_in, (
        "times.csv has a time that may be of another file of this student: write the file beside it, as `grader who` shows it "
        "(columns file and time; sha256 too where two files have one name)"
    )


def _since(entry: Entry, overrides: Iterable[Override]) -> Iterator[Look]:
    """What to look at because the student had other files: an override may be about one of them."""
    by_grader = {one.name: one.points for one in entry.result.exercises}
    for one in overrides:
        if entry.replaced and by_grader.get(one.exercise, 0) > one.points:
            why = "you set {points} points, and the file that counts now has {better}; is the line in overrides.csv about an earlier one?"
            yield Look("override", one.exercise, why.format(points=number(one.points), better=by_grader[one.exercise]))
    if entry.result.error is None:
        for file, reason in entry.undecided.items():
            yield Look("undecided", None, f"this mark is of {entry.result.submission}; {file} is undecided: {reason}")
        for other in entry.replaced:
            if other.error is not None:
                yield Look("file", None, f"another file, {other.submission}, could not be graded: {other.error}")


def _counted(result: Result, counting: Counting, asked: Asked | None = None) -> tuple[Result, tuple[Aside, ...]]:
    return counted(result, counting.reasons(load_lesson(result.lesson), asked)) if result.lesson else (result, ())


def _as_asked(result: Result, counting: Counting) -> Result | None:
    asked = counting.of(result.lesson)
    if asked.decided or not asked.exercises:
        return None
    only, _aside = _counted(result, counting, asked)
    return only


def _within(result: Result, overrides: Iterable[Override]) -> Iterator[Override]:
    """The overrides of what counts; none gives more than counts of its exercise."""
    most = {one.name: one.max_points for one in result.exercises}
    for one in overrides:
        if one.exercise in most or not most:
            yield replace(one, points=min(one.points, most.get(one.exercise, one.points)))


def _due(rules: Rules, whose: Whose) -> datetime | None:
    due = rules.policy.schedule(whose[1]).due
    return max(due, rules.extensions.get(whose, due)) if due else None


def please_look(result: Result) -> Iterator[Look]:
    """Why an instructor should look at a submission; nothing for most."""
    if result.error is not None:
        yield Look("file", None, result.error)
    for exercise in result.exercises:
        if exercise.status in _LIMITS:
            yield Look("limit", exercise.name, _LIMITS[exercise.status])
        elif exercise.status == "grader_fault":
            yield Look(
                "grader_fault", exercise.name, "the grader itself failed here; this is not the student's mistake"
            )
        elif _only_hidden_cases_fail(exercise):
            yield Look("hidden", exercise.name, "every visible case is right, and a hidden one is not")


def _only_hidden_cases_fail(exercise: ExerciseResult) -> bool:
    visible = [case for case in exercise.cases if case.visible]
    return exercise.points < exercise.max_points and bool(visible) and all(case.passed for case in visible)


def nothing_filled_in(result: Result) -> bool:
    """Whether nothing was filled in."""
    return all(exercise.status in ("missing", "not_implemented") for exercise in result.exercises)
