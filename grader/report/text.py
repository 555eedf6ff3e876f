"""A class at a glance, for a terminal: points, what is not right, and what was misunderstood how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from statistics import fmean

from ..course import Exercise, ExerciseResult, Finding, Lesson, load_lesson
from ..judging.quantity_words import without_line
from ..marks import SAME_FILE, Look, Mark, asked_in_words
from ..running.uses import defined_in_words
from ..show import explanation, short, title
from ..words import Sentence
from ..words.columns import padded, pieces, width, wrapped
from ..words.language import ENGLISH, speaking
from ..words.numbers import number
from .classroom import OPEN
from .doubts import ADVICE, AttemptCounts
from .shown import Closed, all_open, shown

# Where the output is no terminal; a wider one is not filled, a narrower one not squeezed further.
WIDTH, NARROWEST, WIDEST = 100, 60, 120
# A longer class is cut in the table; the counts under it are of all.
MOST_ROWS = 60
_STATUS = {
    "missing": "not defined",
    "not_implemented": "not filled in",
    "error": "raises an error",
    "timeout": "does not end in time",
    "memory": "asks for too much memory",
    "killed": "ends its process",
    "unsupported": "returns something that cannot be checked",
    "grader_fault": "fault of the grader",
}


@speaking(ENGLISH)
def render(marks: Iterable[Mark], closed: Closed = all_open, columns: int = WIDTH) -> str:
    """The table of each lesson, of what students may know; `marks` come by lesson, and few of them are held at a time."""
    columns = max(NARROWEST, min(columns, WIDEST))
    return "\n\n".join(
        "\n".join(_lesson(load_lesson(name) if name else None, group, columns))
        for name, group in groupby(
            (shown(mark, closed(mark.result.lesson)) for mark in marks), key=lambda mark: mark.result.lesson
        )
    )


@dataclass
class _Class:
    """What is counted over the marks of a lesson; `first` are those shown in the table."""

    lesson: Lesson
    first: list[Mark] = field(default_factory=list)
    n: int = 0
    finals: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    penalties: int = 0
    timeless: int = 0
    round: int = 0
    mistakes: Counter[tuple[str, str]] = field(default_factory=Counter)
    looks: list[tuple[str, Look]] = field(default_factory=list)
    n_looks: int = 0
    same: set[tuple[str, ...]] = field(default_factory=set)
    waits: dict[str, list[str]] = field(default_factory=dict)
    attempts: AttemptCounts = field(init=False)

    def __post_init__(self) -> None:
        self.attempts = AttemptCounts(self.lesson)

    def add(self, mark: Mark) -> None:
        result = mark.known.result
        self.attempts.add(result)
        self.n += 1
        if mark.is_graded:
            self.finals.append(mark.known.final)
            self.whole.append(mark.final)
        self.penalties += bool(mark.penalty)
        self.timeless += mark.due is not None and mark.handed_in is None and not mark.penalty
        self.round = max(self.round, result.round)
        self.mistakes.update(
            {
                (e.name, without_line(f.misconception))
                for e in result.exercises
                for c in e.cases
                for f in c.findings
                if f.misconception
            }
        )
        self.first += [mark] if self.n <= MOST_ROWS else []
        room = MOST_ROWS - len(self.looks)
        self.looks += [(result.student, look) for look in mark.look[:room]]
        self.n_looks += len(mark.look)
        for part in mark.waits:
            self.waits.setdefault(part, []).append(result.student)
        if mark.same_file:
            self.same.add(tuple(sorted((result.student, *mark.same_file))))


def _lesson(lesson: Lesson | None, marks: Iterable[Mark], columns: int) -> Iterator[str]:
    if lesson is None:
        yield "Not graded"
        yield from _wrapped([f"{mark.result.student}: {mark.result.error}" for mark in marks], columns)
        return
    found = _Class(lesson)
    for mark in marks:
        found.add(mark)
    head = f"{lesson.name}, round {found.round}: {_average(found)} (isolation: {found.first[0].result.isolation})"
    yield from _wrapped([head], columns, 0)
    yield from _wrapped(list(filter(None, [asked_in_words(lesson, found.first[0].asked)])), columns)
    yield ""
    yield from _doubts(found, columns)
    yield from _table(found, columns)
    for part, students in found.waits.items():
        yield ""
        yield from _wrapped([f"{part}: {len(students)} of {found.n} wait for points by hand"], columns, 0)
    yield from _misunderstood(found, columns)
    yield from _please_look(found, columns)
    if found.same:
        yield ""
        yield from _wrapped([SAME_FILE[0].upper() + SAME_FILE[1:]], columns, 0)
        yield from _wrapped([", ".join(students) for students in sorted(found.same)], columns)


def _average(found: _Class) -> str:
    """How many there are and what they have on average: the points after penalties, of those graded."""
    first, graded = found.first[0], len(found.finals)
    said = f"{found.n} submission{'s' * (found.n != 1)}"
    said += f", {graded} of them graded" * (graded < found.n)
    if not graded:
        return said
    said += f", on average {fmean(found.finals):.1f} of {number(first.known.most)} points"
    if first.as_asked:
        said += f" as asked, {fmean(found.whole):.1f} of {number(first.most)} in the whole lesson"
    return said + ", after penalties" * bool(found.penalties)


def _doubts(found: _Class, columns: int) -> Iterator[str]:
    """What is likely a fault of ours, before any mark that it makes wrong."""
    doubts = list(found.attempts.doubts())
    if not doubts:
        return
    yield "Look here first"
    yield from _wrapped([one.description for one in doubts], columns)
    yield from _wrapped([ADVICE], columns)
    yield from (f"    {line}" for one in doubts for line in one.lines)
    yield ""


def _table(found: _Class, columns: int) -> Iterator[str]:
    names = min(columns // 3, max(width(mark.result.student) for mark in found.first)) + 2
    if found.penalties:
        yield f"  {'':<{names}}{'points':>6}{'penalty':>9}{'final':>8}"
    for mark in found.first:
        numbers = _numbers(mark, bool(found.penalties))
        if mark.as_asked and mark.is_graded:
            numbers += f" ({number(mark.known.points)} of {number(mark.known.most)} as asked)"
        yield from _row(mark.result.student, names, f"{numbers}  ", _said(mark), columns)
    if found.n > MOST_ROWS:
        yield f"  ... and {found.n - MOST_ROWS} more"
    if found.timeless:
        yield ""
        yield f"The time of handing in is not known for {found.timeless} of {found.n} submissions; they have no penalty."


def _row(name: str, names: int, numbers: str, said: str, columns: int) -> Iterator[str]:
    """A name, its numbers and what is said, each in its column; a name that is longer than that stands above them."""
    if width(name) > names - 2:
        yield from (f"  {piece}" for piece in pieces(name, columns - 2))
        name = ""
    head = f"  {padded(name, names)}{numbers}"
    indent = width(head)
    first, *rest = wrapped(said, indent, columns)
    yield from [head + first[indent:], *rest]


def _numbers(mark: Mark, penalties: bool) -> str:
    """The points in columns; a dash for what could not be graded, which is no 0."""
    if not mark.is_graded:
        return f"{'–':>23}" if penalties else f"{'–':>4}"
    points, penalty, final = map(number, (mark.points, -mark.penalty or 0, mark.final))
    return f"{points:>6}{penalty:>9}{final:>8}" if penalties else f"{points:>4}"


def _said(mark: Mark) -> str:
    by_grader = {exercise.name: exercise.points for exercise in mark.result.exercises}
    parts = [
        f"{one.exercise} {number(one.points)} set by the instructor, {by_grader.get(one.exercise, 0)} by the grader ({one.reason})"
        for one in mark.overrides
    ]
    parts += _by_a_person(mark)
    parts += [mark.result.error] if mark.result.error else _what_is_wrong(mark.known.result.exercises)
    parts += [defined_in_words(mark.result.defines)] if mark.result.defines is not None else []
    parts += _perhaps_not_asked(mark)
    parts += [mark.timing] if mark.penalty else []
    parts += [f"{one.submission} does not count ({one.error or f'{one.points} points'})" for one in mark.replaced]
    return "; ".join(parts) or "all right"


def _by_a_person(mark: Mark) -> Iterator[str]:
    """What a person gave beside the exercises."""
    for part in mark.parts:
        if part.given:
            yield f"{part.name} {number(part.given.points)}/{number(part.most)} ({part.given.reason})"
    for one in mark.bonuses:
        yield f"{one.exercise} {number(one.points)} ({one.reason})"
    if mark.whole:
        yield f"the whole submission set to {number(mark.whole.points)} by the instructor ({mark.whole.reason})"


def _please_look(found: _Class, columns: int) -> Iterator[str]:
    """What asks for a person's eye, and why."""
    if found.looks:
        yield ""
        yield "Please look"
    # What is the same for many, as a platform's LATE, is said once.
    alike: dict[Look, list[str]] = {}
    for student, look in found.looks:
        alike.setdefault(look, []).append(student)
    for look, students in alike.items():
        where = f"{look.exercise}: " if look.exercise else ""
        yield from _wrapped([f"{', '.join(students)}: {where}{look.reason}"], columns)
    if found.n_looks > len(found.looks):
        yield f"  ... and {found.n_looks - len(found.looks)} more"


def _perhaps_not_asked(mark: Mark) -> Iterator[str]:
    """While nothing is decided: what costs points in the whole lesson, and most of the class do not define."""
    asked = {one.name for one in mark.known.result.exercises}
    names = [one.name for one in mark.result.exercises if one.name not in asked and one.points < one.max_points]
    if names:
        yield f"perhaps not asked for: {', '.join(names)}"


def _what_is_wrong(exercises: Sequence[ExerciseResult]) -> Iterator[str]:
    """Exercises with points first; those without points that were not begun are mentioned only where points are missing."""
    for status, said in _STATUS.items():
        if exercises and all(exercise.status == status for exercise in exercises):
            yield f"{said}: everything"
            return
    scored = [exercise for exercise in exercises if exercise.max_points]
    yield from _by_reason(scored, "")
    complete = all(exercise.points == exercise.max_points for exercise in scored)
    others = [one for one in exercises if not one.max_points and not (complete and one.status in OPEN)]
    yield from _by_reason(others, "without points, ")


def _by_reason(exercises: Sequence[ExerciseResult], which: str) -> Iterator[str]:
    """What failed for a reason of its own kind, by reason; then what is wrong in part."""
    for status, said in _STATUS.items():
        if names := [exercise.name for exercise in exercises if exercise.status == status]:
            yield f"{which}{said}: {', '.join(names)}"
    for exercise in exercises:
        if exercise.status == "failed":
            yield f"{which}{exercise.name} {_lost(exercise)}"
    helped = [exercise for exercise in exercises if exercise.status == "passed" and exercise.cascade_from]
    for roots, group in groupby(helped, key=lambda exercise: exercise.cascade_from):
        are = "is" if len(roots) == 1 else "are"
        yield f"{which}right once {_listed(roots)} {are}: {', '.join(exercise.name for exercise in group)}"


def _lost(exercise: ExerciseResult) -> str:
    if not exercise.max_points:
        return "not right"
    outputs = [short(output) for output, (points, most) in exercise.outputs.items() if points < most]
    return f"{exercise.points}/{exercise.max_points} ({', '.join(outputs) or 'a visible case'})"


def _listed(names: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _misunderstood(found: _Class, columns: int) -> Iterator[str]:
    """The misconceptions found, most common first, each with how many submissions show it."""
    names = [one.name for one in found.lesson.exercises]
    # Those that are as common stand in the order of the lesson.
    ranked = sorted(found.mistakes.items(), key=lambda one: (-one[1], names.index(one[0][0]), one[0][1]))
    known = [(n, name, id, _description(found.lesson.exercise(name), id)) for (name, id), n in ranked]
    if any(help for *_rest, help in known):
        yield ""
        yield "What was misunderstood"
    for n, name, id, help in known:
        if help:
            yield f"  {n} x {name}: {title(id)}"
            yield from _wrapped([help], columns, 6)


def _description(exercise: Exercise, cause: str) -> str:
    return explanation(exercise, Finding("values", None, Sentence(), cause))


def _wrapped(texts: Sequence[str], columns: int, indent: int = 2) -> Iterator[str]:
    for text in texts:
        yield from wrapped(text, indent, columns)
