"""A teacher's `course.toml`: deadlines, penalties, whether solutions may be shown, and explanations in their own words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..words.errors import GraderError
from . import current, load_lesson
from .files import FileError, decoded, read

NAME = "course.toml"
SOLUTIONS = ("never", "after_hints")
Counts = Literal["last", "first", "best"]
COUNTS: tuple[Counts, ...] = ("last", "first", "best")
# Those who know the class may recognise a group that is smaller; two or one they always do.
SMALLEST, LEAST = 5, 3


class PolicyError(GraderError):
    """A course.toml that cannot be used; the message names the file, the line and what to write instead."""


@dataclass(frozen=True)
class Penalty:
    """What a late submission loses: `per_day` per cent of its points for every day begun, at most `most` per cent.

    late_without_time   per cent, where a platform says that it is late and not when it came; None: the instructor is asked
    """

    per_day: float = 0.0
    most: float = 100.0
    grace_minutes: float = 0.0
    late_without_time: float | None = None


@dataclass(frozen=True)
class Schedule:
    """When a lesson is due, and from when on its hidden cases may be shown."""

    due: datetime | None = None
    closes: datetime | None = None


@dataclass(frozen=True)
class Policy:
    """What a course.toml says; without one, `Policy()` holds: nothing is late, and solutions may be shown.

    explanations   {id: the teacher's own sentence, or None where that explanation is switched off}
    counts         which of several versions of a hand-in counts: last, first or best
    dropped        {"lesson::exercise" or "lesson::exercise::output": why it counts for nobody}
    by_hand        {"lesson::part": the most points of a part that a person marks, as of a question in words}
    smallest       how many submissions must have something in common for a lecture to show it
    """

    name: str = ""
    solutions: str = "after_hints"
    zone: tzinfo = UTC
    penalty: Penalty = field(default_factory=Penalty)
    lessons: Mapping[str, Schedule] = field(default_factory=dict)
    explanations: Mapping[str, str | None] = field(default_factory=dict)
    dropped: Mapping[str, str] = field(default_factory=dict)
    counts: Counts = "last"
    by_hand: Mapping[str, float] = field(default_factory=dict)
    smallest: int = SMALLEST

    def schedule(self, lesson: str) -> Schedule:
        return self.lessons.get(lesson, Schedule())


def find_policy(folder: Path) -> Policy | None:
    """The course of a folder: the nearest course.toml in it or above it. Raises PolicyError."""
    folder = folder.absolute()
    path = next((place / NAME for place in (folder, *folder.parents) if (place / NAME).is_file()), None)
    return read_policy(path) if path else None


def read_policy(path: Path) -> Policy:
    """The course that a file describes. Raises PolicyError."""
    try:
        text = decoded(read(path), path)
        return _Reader(path, text).course(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"{path}: this is not TOML: {error}") from None
    except FileError as error:
        raise PolicyError(str(error)) from None


@dataclass(frozen=True)
class _Reader:
    """Checks each value as it is read, so that an error names its line."""

    path: Path
    text: str

    def course(self, found: Mapping[str, Any]) -> Policy:
        self._known(
            "",
            found,
            (
                "name",
                "solutions",
                "time_zone",
                "penalty",
                "lessons",
                "explanations",
                "dropped",
                "counts",
                "by_hand",
                "lecture",
                "course",
            ),
        )
        zone = self._zone(found.get("time_zone"))
        return Policy(
            self._one("name", found.get("name", ""), "a text", lambda value: isinstance(value, str)),
            self._one("solutions", found.get("solutions", "never"), _one_of(SOLUTIONS), lambda v: v in SOLUTIONS),
            zone or UTC,
            self._penalty(self._table("penalty", found)),
            {key: self._schedule(key, value, zone) for key, value in self._table("lessons", found).items()},
            {key: self._explanation(key, value) for key, value in self._table("explanations", found).items()},
            {key: self._dropped(key, value) for key, value in self._table("dropped", found).items()},
            self._one("counts", found.get("counts", "last"), _one_of(COUNTS), lambda v: v in COUNTS),
            {key: self._by_hand(key, value) for key, value in self._table("by_hand", found).items()},
            self._smallest(self._table("lecture", found)),
        )

    def _penalty(self, found: Mapping[str, Any]) -> Penalty:
        self._known("penalty", found, ("per_day", "most", "grace_minutes", "late_without_time"))
        for key, value in found.items():
            if key == "grace_minutes":
                self._one(key, value, "minutes, 0 or more", lambda v: _is_number(v) and v >= 0)
            else:
                self._one(key, value, "per cent, from 0 to 100", lambda v: _is_number(v) and 0 <= v <= 100)
        return Penalty(**found)

    def _schedule(self, lesson: str, found: Any, zone: tzinfo | None) -> Schedule:
        self._one(lesson, lesson, _one_of(current().lessons), lambda v: v in current().lessons)
        self._one(lesson, found, f"a table, as in [lessons.{current().lessons[0]}]", lambda v: isinstance(v, dict))
        self._known(f"lessons.{lesson}", found, ("due", "closes"))
        schedule = Schedule(**{key: self._time(lesson, key, value, zone) for key, value in found.items()})
        if schedule.due and schedule.closes and schedule.closes < schedule.due:
            said = f"is {found['closes']}, before the lesson is due ({found['due']}): hidden cases would be shown to those still working; write that time or a later one"
            raise self._error("closes", said, lesson)
        return schedule

    def _time(self, lesson: str, key: str, value: Any, zone: tzinfo | None) -> datetime:
        expected = "a date and a time, as in 2026-10-31T23:59:00"
        time: datetime = self._one(key, value, expected, lambda v: isinstance(v, datetime), after=lesson)
        if time.tzinfo is None and zone is None:
            raise self._error(key, "has no time zone; write `time_zone` above, or an offset as in +09:00", lesson)
        return time if time.tzinfo else time.replace(tzinfo=zone)

    def _zone(self, name: Any) -> tzinfo | None:
        if name is None:
            return None
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
            raise self._error("time_zone", f"is {name!r}; write a name such as Europe/Paris or Asia/Tokyo") from None

    def _explanation(self, key: str, value: Any) -> str | None:
        text = "false to switch it off, or your own sentence"
        self._one(key, value, text, lambda v: v is False or (isinstance(v, str) and v.strip()))
        return value or None

    def _dropped(self, key: str, value: Any) -> str:
        lesson, _colons, rest = key.partition("::")
        name, _colons, output = rest.partition("::")
        try:
            outputs = load_lesson(lesson).exercise(name).points
        except LookupError:
            raise self._error(
                key, "is not an exercise; write 'LESSON::EXERCISE' or 'LESSON::EXERCISE::OUTPUT'"
            ) from None
        self._one(key, output, "an output, " + _one_of(outputs), lambda one: not one or one in outputs)
        reason: str = self._one(key, value, "the reason in quotes", lambda v: isinstance(v, str) and v.strip())
        return reason

    def _smallest(self, found: Mapping[str, Any]) -> int:
        self._known("lecture", found, ("smallest",))
        expected = f"how many submissions a group must have to be shown in a lecture, a whole number from {LEAST} on"
        smallest: int = self._one(
            "smallest",
            found.get("smallest", SMALLEST),
            expected,
            lambda v: isinstance(v, int) and not isinstance(v, bool) and v >= LEAST,
        )
        return smallest

    def _by_hand(self, key: str, value: Any) -> float:
        name, _colons, part = key.partition("::")
        try:
            taken = {one.name for one in load_lesson(name).exercises} | {"bonus", "whole", "*"}
        except LookupError:
            raise self._error(key, "is of no lesson; write 'LESSON::NAME', as in 'LESSON::question'") from None
        self._one(
            key, part, "a name of its own after the lesson's", lambda v: re.fullmatch(r"[^:]+", v) and v not in taken
        )
        most: float = self._one(key, value, "its points, at most 1000", lambda v: _is_number(v) and 0 < v <= 1000)
        return most

    def _table(self, key: str, found: Mapping[str, Any]) -> Mapping[str, Any]:
        table: Mapping[str, Any] = self._one(
            key, found.get(key, {}), f"a table, [{key}]", lambda v: isinstance(v, dict)
        )
        return table

    def _known(self, table: str, found: Iterable[str], names: Iterable[str]) -> None:
        for key in found:
            if key not in names:
                raise self._error(key, f"is not known here; known are {', '.join(names)}", table.split(".")[-1])

    def _one(self, key: str, value: Any, expected: str, right: Callable[[Any], Any], after: str = "") -> Any:
        if not right(value):
            raise self._error(key, f"is {value!r}; write {expected}", after)
        return value

    def _error(self, key: str, what: str, after: str = "") -> PolicyError:
        return PolicyError(f"{self.path}, line {self._line(key, after)}: `{key}` {what}")

    def _line(self, key: str, after: str) -> int:
        """The line of a key, the first after another name: the TOML reader keeps no line numbers."""
        lines = self.text.splitlines()
        start = next((n for n, line in enumerate(lines) if after and re.search(rf"\b{after}\b", line)), 0)
        return next((n + 1 for n, line in enumerate(lines[start:], start) if key in line), start + 1)


def _one_of(names: Iterable[str]) -> str:
    return "one of " + ", ".join(names)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
