"""A path -> whose file it is, and which version: nbgrader trees, Canvas downloads, folders and files named for students."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..course import LESSONS

# name_LATE_id_id_file-2: Canvas writes a student's number, the upload's number, and a version where there are several.
_CANVAS = re.compile(
    r"(?P<name>[^_]+)_(?:LATE_)?(?P<id>\d+)_(?P<upload>\d{3,})_(?P<file>.+?)(?:-(?P<version>\d+))?(?P<suffix>\.\w+)"
)
_LESSON = r"(?:\d+[ _-]?)?(?:" + "|".join(name.replace("_", "[ _-]?") for name in LESSONS) + r")|[^/_]+"
_FIELDS = {
    "student": r"(?P<student>[^/]+?)",
    "lesson": rf"(?P<lesson>{_LESSON})",
    "version": r"(?P<version>\d+)",
    "any": r"[^/]*?",
}


class PatternError(ValueError):
    """A --student-pattern that cannot be used; the message says what to write instead."""


@dataclass(frozen=True)
class Owner:
    """Whose file it is. A later file of the same student and `slot` takes its place; `version` says which is later.

    lesson   the part of the path that the pattern says is the lesson's name, if any
    """

    student: str
    slot: str
    version: tuple[int, int] = (0, 0)
    lesson: str = ""


def compiled(pattern: str) -> re.Pattern[str]:
    """The --student-pattern: `{student}_{lesson}.ipynb`, or a regular expression with (?P<student>...). Raises PatternError."""
    try:
        found = re.compile(pattern if "(?P<student>" in pattern else _expression(pattern), re.IGNORECASE)
    except re.error as error:
        raise PatternError(f"{pattern}: this regular expression cannot be read ({error})") from None
    if "student" not in found.groupindex:
        raise PatternError(
            f"{pattern}: it does not say where the student's name stands; write {{student}} there, as in "
            "{student}_{lesson}.ipynb"
        )
    return found


def _expression(pattern: str) -> str:
    parts = re.split(r"(\{\w+\}|\*)", pattern)
    names = [part[1:-1] if part.startswith("{") else "any" for part in parts[1::2]]
    if unknown := [name for name in names if name not in _FIELDS or (name == "any" and "{any}" in pattern)]:
        raise PatternError(
            f"{pattern}: {{{unknown[0]}}} is not known; known are {{student}}, {{lesson}}, {{version}} and * for any text"
        )
    if twice := [name for name in names if name != "any" and names.count(name) > 1]:
        raise PatternError(f"{pattern}: {{{twice[0]}}} stands in it twice; write * for one of them")
    texts = [re.escape(part) for part in parts[::2]]
    return "".join(text + _FIELDS[name] for text, name in zip(texts, names, strict=False)) + texts[-1]


def owner_of(path: PurePosixPath, name: str, pattern: re.Pattern[str] | None = None) -> Owner | None:
    """Whose file it is; None where it does not fit the pattern. `name` is its path as the report shows it."""
    if pattern is not None:
        return _by_pattern(path, name, pattern)
    match = _CANVAS.fullmatch(path.name)
    if match is None or "submitted" in path.parts[:-3]:
        return Owner(student_of(path), name)
    # Two students may have one name, never one number.
    version = (int(match["version"] or 0), int(match["upload"]))
    return Owner(f"{match['name']}_{match['id']}", f"{match['file']}{match['suffix']}", version)


def _by_pattern(path: PurePosixPath, name: str, pattern: re.Pattern[str]) -> Owner | None:
    """A pattern is about as many parts at the end of a path as it has itself."""
    # The slash of a set, as in [^/]+, parts nothing.
    parts = re.sub(r"\[[^\]]*\]", "", pattern.pattern).count("/") + 1
    match = pattern.fullmatch("/".join(path.parts[-parts:]))
    if match is None or not match["student"]:
        return None
    found = match.groupdict(default="")
    if "version" not in found:
        return Owner(match["student"], name, lesson=found.get("lesson", ""))
    slot = match.string[: match.start("version")] + match.string[match.end("version") :]
    version = int(found["version"]) if found["version"].isdecimal() else 0
    return Owner(match["student"], slot, (version, 0), found.get("lesson", ""))


def later_versions(owners: Iterable[tuple[str, Owner | None]]) -> dict[str, str]:
    """{name of a file: name of a later version of it} for files that stand together."""
    latest: dict[tuple[str, str], tuple[str, Owner]] = {}
    left: dict[str, tuple[str, str]] = {}
    for name, owner in owners:
        if owner is None or owner.version == (0, 0):
            continue
        place = (owner.student, owner.slot)
        other = latest.get(place)
        if other is None or other[1].version < owner.version:
            latest[place] = (name, owner)
        earlier = other[0] if other and latest[place][0] == name else name
        if other is not None:
            left[earlier] = place
    return {name: latest[place][0] for name, place in left.items()}


def student_of(path: PurePosixPath) -> str:
    """STUDENT of submitted/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb; a folder named for its owner; the file's name."""
    folders = path.parts[:-1]
    if "submitted" in folders[:-2]:
        return folders[folders.index("submitted") + 1]
    # A file still named for its lesson says nothing of its owner: the folder around it does.
    owners = [folder for folder in folders if not lessons_in(folder)]
    if _is_only_a_lesson(path.stem) and owners:
        return owners[-1]
    return path.stem


def lessons_in(text: str) -> list[str]:
    """The lessons that a name names."""
    plain = _plain(text)
    return [lesson for lesson in LESSONS if lesson in plain]


def _is_only_a_lesson(stem: str) -> bool:
    """Whether a file's name is a lesson's and nothing more: 02_logistic_regression-Copy1."""
    plain = _plain(stem)
    for lesson in (found := lessons_in(stem)):
        plain = plain.replace(lesson, "")
    return bool(found) and not re.search("[a-z]", plain.replace("copy", ""))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower())
