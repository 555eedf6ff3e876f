"""The hints of a lesson: in its notebook they are folded, and `check.hint` shows them one at a time."""

from __future__ import annotations

from collections import Counter

from ..course import Lesson, current
from ..show.notebook import tell
from ..words import _


class Hints:
    """The hints of a lesson, and how many of each exercise are open."""

    def __init__(self, lesson: Lesson) -> None:
        self._lesson = lesson
        self._opened: Counter[str] = Counter()

    def are_left(self, name: str) -> bool:
        """Whether an exercise has hints that are not open yet."""
        return self._opened[name] < len(hints(self._lesson, name))

    def open_next(self, name: str) -> None:
        """Show the next hint of an exercise; when all are open, all of them."""
        if not hints(self._lesson, name):
            tell(_("There are no hints for `{name}`.").format(name=name))
        elif self.are_left(name):
            self._open(name, self._opened[name], self._opened[name] + 1)
        else:
            self._open(name, 0, self._opened[name])

    def open_others(self, name: str) -> bool:
        """Show the hints that are not open yet; whether there were any."""
        left = self.are_left(name)
        self._open(name, self._opened[name], len(hints(self._lesson, name)))
        return left

    def _open(self, name: str, start: int, end: int) -> None:
        every = hints(self._lesson, name)
        for number in range(start, end):
            title = _("Hint {k} of {n}").format(k=number + 1, n=len(every))
            tell(f"**{title}**\n\n{every[number]}", f"{title}\n\n{every[number]}\n")
        self._opened[name] = max(self._opened[name], end)


def hints(lesson: Lesson, exercise: str) -> tuple[str, ...]:
    """The hints of an exercise, as markdown, out of the lesson's pack. Raises PackError."""
    return tuple(current().pack(lesson.name).about(exercise, "hints"))
