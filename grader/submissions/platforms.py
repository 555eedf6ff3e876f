"""What the download forms of learning platforms say in the names of files and folders.

Canvas           smithjohn_LATE_123_45678_homework-1.ipynb
Moodle           Jane Doe_1234567_assignsubmission_file_/homework.ipynb, or the same in one name
Blackboard       Lab 2_jdoe_attempt_2026-11-22-23-59-01_homework.ipynb
Brightspace      12345-67890 - Jane Doe - Nov 22, 2026 1159 PM/homework.ipynb, or the same in one name
Gradescope       submission_123/homework.ipynb, with submission_metadata.yml beside the folders (`gradescope`)
Teams            Submitted files/Jane Doe/Week 3/Version 2/homework.ipynb
nbgrader         submitted/jdoe/02_homework/homework.ipynb
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..words.times import time_of

Version = tuple[int, ...]


@dataclass(frozen=True)
class Claim:
    """What one part of a path says by its form: whose it is, in which place it was uploaded, and which of several it is.

    told      what tells this person from others; two of one name and different `told` are two people
    slot      the place of the upload: a later version of it takes its place; '' where the rest of the path says it
    note      whether the platform itself wrote it, and nobody handed it in
    number    the platform's number of this person, which tells two of one name apart
    at        when it was handed in, where the name says it with a zone
    whole     whether a later upload replaces all of an earlier one, whatever its files are called
    """

    platform: str
    student: str
    told: str
    slot: str = ""
    version: Version = ()
    late: bool = False
    rest: str = ""
    note: bool = False
    whole: bool = False
    number: str = ""
    at: datetime | None = None


# While students are not to be known, a word of five signs stands for each, behind the mark of being late.
_CANVAS_WHO = r"(?:(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)|(?P<late_anon>LATE_)?(?P<anon>anon_[0-9A-Za-z]{5}))"
_CANVAS = re.compile(_CANVAS_WHO + r"_(?P<upload>\d{3,})_(?P<file>.+?)(?:-(?P<version>\d+))?(?P<suffix>(?:\.\w+)+)?")
_CANVAS_TYPED = re.compile(_CANVAS_WHO + r"_(?P<kind>text|link)\.html?")
_EXCHANGE = re.compile(
    r"(?P<name>[^+]+)\+(?P<assignment>[^+]+)\+(?P<time>\d{4}-\d\d-\d\d [\d:.]{8,15} [^+]+)(?:\+\w+)?"
)
# Who is in no group hands in without a number.
_MOODLE = re.compile(
    r"(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>file|onlinetext|[a-z]+)(?:_(?P<file>.*))?", re.IGNORECASE
)
_BLACKBOARD = re.compile(r"(?P<head>.+)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|(?P<text>\.txt)|)")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_BRIGHTSPACE = re.compile(
    r"(?P<id>\d+-\d+) - (?P<name>.+?) - (?P<time>\w{3,9}\.? \d{1,2}, \d{4} \d{3,4} ?[AP]M|\d{1,2} \w{3,9}\.?,? \d{4} \d{3,4}(?: ?[AP]M)?)"
    r"(?: - (?P<file>.+))?",
    re.IGNORECASE,
)


# What Moodle writes in place of a name while students are not to be known.
_ANONYMOUS = re.compile(
    r"participante?|teilnehmer(?:/?in)?|deelnemer|partecipante|参与者|參與者|参加者|참가자|участник", re.IGNORECASE
)


def is_anonymous(student: str) -> bool:
    """Whether it is no name, and the platform's number alone says who it is."""
    return _ANONYMOUS.fullmatch(student) is not None


def claim_of(part: str) -> Claim | None:
    """What a file's or a folder's name says by its form; None where it has none of these forms."""
    return _moodle(part) or _brightspace(part) or _blackboard(part) or _exchange(part) or _canvas(part)


def _canvas(part: str) -> Claim | None:
    match = _CANVAS_TYPED.fullmatch(part) or _CANVAS.fullmatch(part)
    if match is None or (
        match["name"] and re.search(r"\d", match["name"]) and not re.search(r"[^\W\d]", match["name"])
    ):
        return None
    # Two students may have one name, never one number.
    who = match["anon"] or f"{match['name']}_{match['id']}"
    late = bool(match["late"] or match["late_anon"])
    if "kind" in match.groupdict():
        return Claim("Canvas", who, who, match["kind"], (), late, f"{match['kind']}.html")
    slot = f"{match['file']}{match['suffix'] or ''}"
    version = (int(match["version"] or 0), int(match["upload"]))
    return Claim("Canvas", who, who, slot, version, late, slot)


def _exchange(part: str) -> Claim | None:
    match = _EXCHANGE.fullmatch(part)
    at = match and time_of(match["time"])
    if match is None or at is None:
        return None
    version = (*at.utctimetuple()[:6], at.microsecond)
    return Claim("nbgrader", match["name"], match["name"], match["assignment"], version, whole=True, at=at)


def is_exchange(part: str) -> bool:
    """Whether it is a folder as nbgrader's exchange names them."""
    return _exchange(part) is not None


def _moodle(part: str) -> Claim | None:
    match = _MOODLE.fullmatch(part)
    if match is None:
        return None
    name = match["name"].strip()
    text = match["kind"].lower() == "onlinetext"
    note = text and not match["file"]
    told = f"{name}_{match['id']}" if match["id"] else name
    return Claim("Moodle", name, told, rest=match["file"] or "", note=note, number=match["id"] or "")


def _blackboard(part: str) -> Claim | None:
    match = _BLACKBOARD.fullmatch(part)
    if match is None:
        return None
    head, _mark, user = match["head"].rpartition("_")
    version = tuple(int(number) for number in match["time"].split("-"))
    # The whole head tells people apart; which part of it is the name is seen beside the others (`students`).
    return Claim(
        "Blackboard",
        user,
        f"{head}_{user}",
        "attempt",
        version,
        False,
        match["file"] or "",
        note=bool(match["text"]),
        whole=True,
    )


def _brightspace(part: str) -> Claim | None:
    match = _BRIGHTSPACE.fullmatch(part)
    if match is None:
        return None
    name = match["name"].strip()
    version = _clock(match["time"])
    return Claim(
        "Brightspace",
        name,
        f"{match['id']} - {name}",
        "upload",
        version,
        False,
        match["file"] or "",
        whole=bool(version),
        number=match["id"],
    )


def is_brightspace(part: str) -> bool:
    return _BRIGHTSPACE.fullmatch(part) is not None


def _clock(text: str) -> Version:
    """(year, month, day, hour, minute) of "Nov 22, 2026 1159 PM"; () where the month is in another language."""
    words = re.findall(r"[^\W\d_]+|\d+", text)
    month = next((n for word in words for n, name in enumerate(_MONTHS, 1) if word.lower()[:3] == name), 0)
    numbers = [int(word) for word in words if word.isdecimal()]
    if not month or len(numbers) != 3:
        return ()
    day, year, clock = numbers
    hour, minute = divmod(clock, 100)
    half = words[-1].upper()
    if half in ("AM", "PM"):
        hour = hour % 12 + 12 * (half == "PM")
    return (year, month, day, hour, minute)


# ---- Gradescope's export

METADATA = "submission_metadata.yml"
_SUBMISSION = re.compile(r"submission_\d+")


@dataclass(frozen=True)
class SubmittedFolder:
    """What Gradescope's export says of one folder: (name, what tells this person from others) of each, and when."""

    people: tuple[tuple[str, str], ...]
    at: datetime | None = None


def gradescope(text: str) -> dict[str, SubmittedFolder]:
    """{submission_123: who handed it in, and when} of submission_metadata.yml; what it does not say is left out."""
    found: dict[str, SubmittedFolder] = {}
    for block in re.split(r"^(?=submission_\d+:)", text, flags=re.MULTILINE):
        key = block.partition(":")[0].strip()
        if not _SUBMISSION.fullmatch(key):
            continue
        people = tuple(_submitters(block))
        if people:
            # What the autograder found may say anything.
            found[key] = SubmittedFolder(people, _created(block.partition(":results:")[0]))
    return found


def _submitters(block: str) -> Iterator[tuple[str, str]]:
    """(name, what tells this person from others) of each who handed it in."""
    match = re.search(r"^ +:?submitters:[ \t]*\n((?: +(?:- )?.*\n?)*?)(?=^  :?\w|\Z)", block, re.MULTILINE)
    for lines in re.split(r"^ *- ", match[1] if match else "", flags=re.MULTILINE)[1:]:
        if name := _value(lines, "name"):
            yield name, _value(lines, "email") or _value(lines, "sid") or name


def _value(lines: str, key: str) -> str:
    match = re.search(rf"^ *:?{key}:[ \t]*(.*)$", lines, re.MULTILINE)
    return match[1].strip().strip("'\"") if match else ""


def _created(lines: str) -> datetime | None:
    match = re.search(r"^ +:?created_at:[ \t]*(.+)$", lines, re.MULTILINE)
    return time_of(match[1].strip().strip("'\"")) if match else None


def submission_folder(parts: Sequence[str]) -> int | None:
    """Which part of a path is a folder of Gradescope's export."""
    return next((n for n, part in enumerate(parts) if _SUBMISSION.fullmatch(part)), None)


# ---- Microsoft Teams


@dataclass(frozen=True)
class InTeams:
    """What a path in the library of a Teams class says; `submitted` is not so where it was never turned in."""

    student: str
    slot: str
    version: Version
    submitted: bool
    inner: int


def teams_of(parts: Sequence[str]) -> InTeams | None:
    """What a path says that has the form of a Teams library; None for another."""
    for number, part in enumerate(parts[:-2]):
        if part in ("Submitted files", "Working files"):
            match = re.fullmatch(r"Version (\d+)", parts[number + 3]) if len(parts) > number + 4 else None
            slot, version = (parts[number + 2], (int(match[1]),)) if match else ("/".join(parts[number + 2 :]), ())
            return InTeams(parts[number + 1], slot, version, part == "Submitted files", len(parts) - number - 2)
    return None
