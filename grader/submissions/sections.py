"""Recognises sibling folders that hold several people's work: sections of a class, or assignments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from .labels import label
from .records import File

# {name of somebody: the lessons of their files}
Inside = Mapping[str, Collection[str]]


def inside(files: Sequence[File], depth: int) -> Inside:
    """Who may be named further in than so many parts of the paths, by the outermost part that may be a name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for file in files:
        if file.gradable and not file.blank:
            # Lessons and such stand between a section and its people.
            inner = (label(part, file=n == len(file.parts) - 1) for n, part in enumerate(file.parts) if n >= depth)
            if name := next((one for one in inner if one), ""):
                found[name].add(file.lesson)
    return found


def compete(names: Inside) -> bool:
    """Whether two of these people have the same lesson."""
    lessons = [lesson for found in names.values() for lesson in found]
    return len(names) > 1 and len(set(lessons)) < len(lessons)


def collections(below: Mapping[str, Sequence[File]], depth: int, archives: Collection[str]) -> dict[str, str]:
    """{folder: "section" or "assignment"} where most of the folders at a depth hold the work of several people."""
    people = {part: inside(files, depth + 1) for part, files in below.items()}
    several = {part: names for part, names in people.items() if compete(names)}
    if len(several) * 2 <= len(people) or not several:
        return {}
    counted: defaultdict[str, int] = defaultdict(int)
    for name in (name for names in several.values() for name in names):
        counted[name] += 1
    once = sum(n == 1 for n in counted.values())
    if once == len(counted) or once * 2 > len(counted):
        return _sections(several, people, below, depth, archives) if len(people) > 1 else {}
    return dict.fromkeys(people, "assignment") if _one_lesson_each(several) else {}


def _sections(
    several: Inside,
    people: Mapping[str, Inside],
    below: Mapping[str, Sequence[File]],
    depth: int,
    archives: Collection[str],
) -> dict[str, str]:
    """Those with several people, and folders like them with one; an archive with one is that person's own."""
    alone = [part for part, names in people.items() if len(names) == 1 and part not in archives]
    nested = [part for part in alone if all(len(file.parts) > depth + 2 for file in below[part] if file.gradable)]
    return dict.fromkeys([*several, *nested], "section")


def _one_lesson_each(several: Mapping[str, Inside]) -> bool:
    """Whether each folder is of one lesson, and each of another."""
    lessons = [{lesson for found in names.values() for lesson in found} for names in several.values()]
    one_each = all(len(found) == 1 for found in lessons)
    return one_each and len({next(iter(found)) for found in lessons}) == len(lessons) > 1
