"""--student-pattern: the instructor's own words for whose a file is, by its path."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..course import current
from ..words.errors import GraderError
from ..words.people import nfc
from .records import Whose

_FIELDS = {
    "student": r"(?P<student>[^/]+?)",
    "lesson": "",  # the lessons of the course, in whatever spelling
    "version": r"(?P<version>\d+)",
    "any": r"[^/]*?",
}


class PatternError(GraderError, ValueError):
    """A --student-pattern that cannot be used; the message says what to write instead."""


def compiled(pattern: str) -> re.Pattern[str]:
    """The --student-pattern: `{student}_{lesson}.ipynb`, or a regular expression with (?P<student>...). Raises PatternError."""
    # As the names of files are read.
    pattern = nfc(pattern)
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
    lessons = "|".join(name.replace("_", "[ _-]?") for name in current().lessons)
    fields = {**_FIELDS, "lesson": rf"(?P<lesson>(?:\d+[ _-]?)?(?:{lessons})|[^/_]+)"}
    texts = [re.escape(part) for part in parts[::2]]
    return "".join(text + fields[name] for text, name in zip(texts, names, strict=False)) + texts[-1]


def by_pattern(parts: Sequence[str], pattern: re.Pattern[str]) -> tuple[Whose, str] | None:
    """Whose a file is, and the lesson that the pattern finds in its path; None where the path does not fit.

    A pattern is about as many parts at the end of a path as it has itself.
    """
    # The slash of a set, as in [^/]+, parts nothing.
    count = re.sub(r"\[[^\]]*\]", "", pattern.pattern).count("/") + 1
    match = pattern.fullmatch("/".join(parts[-count:]))
    if match is None or not match["student"]:
        return None
    found = match.groupdict(default="")
    student = found["student"]
    how = f"by --student-pattern: {student}"
    if "version" not in found:
        return Whose(student, told=student, slot="/".join(parts), how=how), found.get("lesson", "")
    slot = match.string[: match.start("version")] + match.string[match.end("version") :]
    version = (int(found["version"]),) if found["version"].isdecimal() else ()
    return Whose(student, told=student, slot=slot, version=version, how=how), found.get("lesson", "")
