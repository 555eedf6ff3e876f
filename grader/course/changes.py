"""What is new in a lesson since somebody's copy of it was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..words import _
from . import Course, current


def version_of(metadata: Mapping[str, Any]) -> str:
    """The version that a notebook's metadata names; '' where they name none."""
    ours = metadata.get("nn_by_hand")
    version = ours.get("version") if isinstance(ours, dict) else None
    return version if isinstance(version, str) and _numbers(version) else ""


def age(lesson: str, version: str) -> str:
    """What to say of a copy of this version; '' where it is the current one, or says no version."""
    course = current()
    if not version or _numbers(version) == _numbers(course.version):
        return ""
    if _numbers(version) > _numbers(course.version):
        return _(
            "This copy of the lesson is of version {version}, the installed grader of version {current}: install the grader "
            "that came with the notebook."
        ).format(version=version, current=course.version)
    new = [_(text) for text in news(course, lesson, version)] or [_("nothing that changes your functions.")]
    return _(
        "This copy of the lesson is of version {version}, the current one is {current}. New since then: {news}"
    ).format(version=version, current=course.version, news=" ".join(new))


def news(course: Course, lesson: str, since: str = "0") -> list[str]:
    """What is new in a lesson since a version, the oldest first."""
    of_lesson = sorted((_numbers(version), text) for version, name, text in course.changes if name == lesson)
    return [text for version, text in of_lesson if version > _numbers(since)]


def _numbers(version: str) -> tuple[int, ...]:
    """'0.10.2' -> (0, 10, 2), which compares as versions do; () for anything else."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts) else ()
