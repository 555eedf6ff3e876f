"""The version of the course, and what is new in a lesson since somebody's copy of it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .words import _

VERSION = "0.1.0"
# {version: {lesson: what somebody with an older copy should know}}, the newest version first; a sentence for students.
CHANGES: Mapping[str, Mapping[str, str]] = {}


def version_of(metadata: Mapping[str, Any]) -> str:
    """The version that a notebook's metadata names; '' where they name none."""
    ours = metadata.get("nn_by_hand")
    version = ours.get("version") if isinstance(ours, dict) else None
    return version if isinstance(version, str) and _numbers(version) else ""


def age(lesson: str, version: str) -> str:
    """What to say of a copy of this version; '' where it is the current one, or says no version."""
    if not version or _numbers(version) == _numbers(VERSION):
        return ""
    if _numbers(version) > _numbers(VERSION):
        return _(
            "This copy of the lesson is of version {version}, the installed grader of version {current}: install the grader "
            "that came with the notebook."
        ).format(version=version, current=VERSION)
    new = list(_news(lesson, version)) or [_("nothing that changes your functions.")]
    return _(
        "This copy of the lesson is of version {version}, the current one is {current}. New since then: {news}"
    ).format(version=version, current=VERSION, news=" ".join(new))


def _news(lesson: str, since: str) -> Iterator[str]:
    for version, lessons in reversed(list(CHANGES.items())):
        if _numbers(version) > _numbers(since) and lesson in lessons:
            yield _(lessons[lesson])


def _numbers(version: str) -> tuple[int, ...]:
    """'0.10.2' -> (0, 10, 2), which compares as versions do; () for anything else."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts) else ()
