"""The hints of a lesson: in its notebook they are folded, and `check.hint` and `grader hint` show them one at a time."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from ..course import Lesson, current, files
from ..show.notebook import tell
from ..words import _


class Hints:
    """The hints of a lesson, and how many of each exercise are open: in `opened`, which this changes."""

    def __init__(self, lesson: Lesson, opened: Counter[str] | None = None) -> None:
        self._lesson = lesson
        self._opened = Counter() if opened is None else opened

    def level(self, name: str) -> tuple[int, int]:
        """How many hints of an exercise are open, and how many there are."""
        many = len(hints(self._lesson, name))
        return min(self._opened[name], many), many

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
    """The hints of an exercise, as markdown, out of the lesson's pack, in the reader's language. Raises PackError."""
    return tuple(map(_, current().pack(lesson.name).about(exercise, "hints")))


# Beside the notebook: which of its hints `grader hint` has shown.
_OPENED = ".hints.json"


def opened_in(notebook: Path) -> Counter[str]:
    """{exercise: hints of it that `grader hint` has shown}; none where that was never asked, or cannot be read."""
    try:
        kept = json.loads((notebook.parent / _OPENED).read_bytes())[notebook.name]
        return Counter({str(name): int(n) for name, n in kept.items() if int(n) > 0})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Counter()


def remember_opened(notebook: Path, opened: Counter[str]) -> None:
    """Keep beside the notebook which hints are open. Raises FileError."""
    path = notebook.parent / _OPENED
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError):
        kept = {}
    every = {**kept, notebook.name: dict(opened)} if isinstance(kept, dict) else {notebook.name: dict(opened)}
    files.write(path, json.dumps(every, ensure_ascii=False, indent=1).encode())
