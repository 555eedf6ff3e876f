"""The marks of several lessons -> one table, student by lesson: what each earned, on average, and where it is going. Pure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from ..course import Lesson, load_lesson
from ..marks import Mark
from ..words.numbers import rounded
from ..words.spreadsheet import PLAIN, Dialect

# A change of a student's place in the class by less than this share of the points is none.
LEVEL = 0.1
Trend = Literal["rising", "falling", "level", ""]


@dataclass(frozen=True)
class LessonMark:
    """What somebody has of one lesson: points after lateness, `final` of `most`; `error` where the file could not be graded."""

    final: float
    most: float
    error: str = ""

    @property
    def share(self) -> float:
        return self.final / self.most if self.most else 0.0


@dataclass(frozen=True)
class StudentLine:
    """One student: what there is of each lesson, None where nothing was handed in.

    share    of the points on average, over the lessons that are due and could be graded; what was not handed in counts as 0
    change   how much higher than before the student stands in the last of these lessons, beside the class's mean: 0.1 is ten
             per cent of the points; None where there are not two of them
    """

    student: str
    parts: tuple[LessonMark | None, ...]
    share: float
    change: float | None

    @property
    def missing(self) -> int:
        return self.parts.count(None)

    @property
    def trend(self) -> Trend:
        if self.change is None:
            return ""
        return "rising" if self.change >= LEVEL else "falling" if self.change <= -LEVEL else "level"


@dataclass(frozen=True)
class Term:
    """The lessons in their order, and everybody, those who have least first; `means` are the class's shares by lesson."""

    lessons: tuple[Lesson, ...]
    lines: tuple[StudentLine, ...]
    means: tuple[float, ...]


def term_of(marks: Iterable[Mark], absent: Collection[str] = (), not_due: Collection[str] = ()) -> Term:
    """The table of all lessons that somebody handed in.

    absent    people of the roster who handed in nothing at all
    not_due   lessons that may still be handed in: who has not, has lost nothing so far
    """
    found: dict[str, dict[str, LessonMark]] = {}
    for mark in marks:
        if mark.result.lesson and not mark.is_open:
            found.setdefault(mark.result.student, {})[mark.result.lesson] = _part(mark.known)
    names = {lesson for parts in found.values() for lesson in parts}
    lessons = tuple(sorted((load_lesson(name) for name in names), key=lambda lesson: lesson.number))
    means = tuple(_mean(parts[one.name] for parts in found.values() if one.name in parts) for one in lessons)
    everybody: Mapping[str, Mapping[str, LessonMark]] = {**found, **{name: {} for name in absent if name not in found}}
    lines = [
        _line(student, [parts.get(one.name) for one in lessons], means, [one.name not in not_due for one in lessons])
        for student, parts in everybody.items()
    ]
    return Term(lessons, tuple(sorted(lines, key=lambda line: (line.share, line.student))), means)


def _part(mark: Mark) -> LessonMark:
    return LessonMark(mark.final, mark.most) if mark.is_graded else LessonMark(0, mark.most, str(mark.result.error))


def _mean(parts: Iterable[LessonMark]) -> float:
    shares = [part.share for part in parts if not part.error]
    return fmean(shares) if shares else 0.0


def _line(student: str, parts: Sequence[LessonMark | None], means: Sequence[float], due: Sequence[bool]) -> StudentLine:
    # What could not be graded is no 0: nobody knows what is in it.
    counted = [n for n, part in enumerate(parts) if (not part.error if part else due[n])]
    shares = [part.share if (part := parts[n]) else 0.0 for n in counted]
    beside_class = [share - means[n] for n, share in zip(counted, shares, strict=True)]
    comparable = len(counted) > 1 and any(parts)
    change = beside_class[-1] - fmean(beside_class[:-1]) if comparable else None
    return StudentLine(student, tuple(parts), fmean(shares) if shares else 0.0, change)


# ---- for other programs


def as_csv(term: Term, dialect: Dialect = PLAIN) -> Iterator[str]:
    """A line for each student; a lesson's column has the points after lateness, and is empty where there are none."""
    head = ["student", "share", "trend", "change", "missing", *(lesson.name for lesson in term.lessons)]
    yield dialect.start + dialect.line(head)
    for line in term.lines:
        points = ["" if part is None or part.error else part.final for part in line.parts]
        change = "" if line.change is None else line.change
        yield dialect.line([line.student, line.share, line.trend, change, line.missing, *points])


def as_json(term: Term) -> Iterator[str]:
    """An object for each student; `lessons` has null where nothing was handed in."""
    for line in term.lines:
        lessons = {
            lesson.name: part
            and {"final": rounded(part.final), "most": rounded(part.most), "error": part.error or None}
            for lesson, part in zip(term.lessons, line.parts, strict=True)
        }
        about = {"share": rounded(line.share), "trend": line.trend or None, "missing": line.missing}
        change = None if line.change is None else rounded(line.change)
        yield json.dumps({"student": line.student, **about, "change": change, "lessons": lessons}, ensure_ascii=False)
