"""What is marked: the marks of a gradebook, with overrides.csv, which is read before and written after every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from ..course import load_lesson
from ..gradebook import Gradebook
from ..marks import BONUS, Asked, Entry, Mark, Rules, mark_of
from ..marks.editing import LineChange
from ..marks.overrides import DROPPED, EVERYBODY
from ..marks.tables import read_rules
from ..running.notebook import Cell
from ..submissions.collect import unpacked
from ..words.people import nfc
from .answers import answers
from .dropping import preview
from .table import MarkingError, change

# What somebody types; a reason is read by a student.
MOST_CHARACTERS = 2000


@dataclass(frozen=True)
class TypedPoints:
    """What a person typed for an exercise, a part, a bonus or the whole submission; empty points take back what was given."""

    exercise: str
    points: str
    reason: str


class Desk:
    """The submissions of a folder of results, in an order that stays. Raises GradebookError, TableError, PolicyError."""

    def __init__(self, folder: Path, lesson: str | None = None, files: Path | None = None) -> None:
        """`files` is where what was handed in lies: what is written there in words is shown too."""
        self.folder = folder
        self._lock = Lock()
        rules = self.rules()
        with Gradebook(folder, reading=True) as book:
            counts = book.counts() or rules.policy.counts
            self._asked: Mapping[str, Asked] = book.asked()
            found = [one for one in book.entries(counts=counts) if lesson in (None, one.result.lesson)]
        # What may be two people's is nobody's to mark, and a file of no lesson has nothing to mark.
        self._entries: Sequence[Entry] = [
            one for one in found if one.result.lesson and not mark_of(one, rules, (), self._asked).is_open
        ]

        self._words = answers(files, {one.digest: one.result.lesson for one in self._entries}) if files else None

    def words(self, place: int) -> tuple[Cell, ...] | None:
        """The text cells of the submission at one place; None if the folder of files is not known, or the file is not in it."""
        return self._words.get(self._entry(place).digest) if self._words is not None else None

    def rules(self) -> Rules:
        """What the instructor decided, as it stands in the files now."""
        return read_rules(self.folder)

    def __len__(self) -> int:
        return len(self._entries)

    def marks(self, rules: Rules | None = None) -> list[Mark]:
        """Everybody's, in the order of their places."""
        rules = rules or self.rules()
        return [mark_of(one, rules, (), self._asked) for one in self._entries]

    def mark(self, place: int) -> Mark:
        """The mark at one place. Raises MarkingError."""
        return mark_of(self._entry(place), self.rules(), (), self._asked)

    def cells(self, place: int) -> tuple[Cell, ...]:
        """The code of the submission at one place; () where it could not be read."""
        with Gradebook(self.folder, reading=True) as book:
            code = book.code(self._entry(place).digest)
        return unpacked(code) if code else ()

    def _entry(self, place: int) -> Entry:
        if not 0 <= place < len(self._entries):
            raise MarkingError("there is no such submission: load the page again")
        return self._entries[place]

    # ---- what is written

    def give(self, place: int, given: Sequence[TypedPoints]) -> Mark:
        """Write what a person gave at one place; other lines of theirs stay. Raises MarkingError, TableError, FileError."""
        result = self._entry(place).result
        with self._lock:
            change(self.folder, [_change(nfc(result.student), result.lesson, one) for one in given])
        return self.mark(place)

    def dropped(self) -> dict[str, str]:
        """{"lesson::exercise" or "lesson::exercise::output": the reason} of what counts for nobody."""
        return dict(self.rules().policy.dropped)

    def preview(self, named: str, reason: str = "?") -> list[str]:
        """What would change if this counted for nobody. Raises MarkingError."""
        lesson, _exercise = _parted(named)
        rules = self.rules()
        policy = replace(rules.policy, dropped={**rules.policy.dropped, named: reason})
        both = (self.marks(rules), self.marks(replace(rules, policy=policy)))
        return list(preview(*([mark for mark in marks if mark.result.lesson == lesson] for marks in both)))

    def drop(self, named: str, reason: str) -> None:
        """Write that this counts for nobody; without a reason, that it counts again. Raises MarkingError, FileError."""
        lesson, exercise = _parted(named)
        with self._lock:
            change(self.folder, [LineChange(EVERYBODY, lesson, exercise, DROPPED if reason.strip() else "", reason)])


def next_bonus(mark: Mark) -> str:
    """A name for one more bonus."""
    taken = {one.exercise for one in mark.bonuses}
    names = (BONUS, *(f"{BONUS}: {n}" for n in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def droppable(lesson: str) -> list[str]:
    """What of a lesson can be dropped: its exercises with points, and the outputs of those that have several."""
    exercises = [one for one in load_lesson(lesson).exercises if one.max_points]
    return [
        name
        for one in exercises
        for name in (one.full_name, *(f"{one.full_name}::{output}" for output in one.points if len(one.points) > 1))
    ]


def _parted(named: str) -> tuple[str, str]:
    lesson, _colons, exercise = named.partition("::")
    if not exercise:
        raise MarkingError(f"{named!r} is not an exercise; write LESSON::EXERCISE or LESSON::EXERCISE::OUTPUT")
    try:
        known = droppable(lesson)
    except LookupError as error:
        raise MarkingError(str(error)) from None
    if named not in known:
        raise MarkingError(f"{named!r} cannot be dropped; what can be is {', '.join(known)}")
    return lesson, exercise


def _change(student: str, lesson: str, given: TypedPoints) -> LineChange:
    points, reason = given.points.strip(), " ".join(given.reason.split())
    if max(len(points), len(reason), len(given.exercise)) > MOST_CHARACTERS:
        raise MarkingError(f"at most {MOST_CHARACTERS} characters")
    if reason and not points:
        raise MarkingError(f"{given.exercise}: there is a reason but no points; write both, or neither")
    return LineChange(student, lesson, given.exercise, points, reason)
