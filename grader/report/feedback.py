"""Each student's page in a zip that the platform takes back: Moodle's feedback files, Canvas's re-uploaded submissions. Pure.

Both know whose a file is by its name alone. Moodle (*Upload multiple feedback files in a zip*) reads a folder's name up to its
underscores: NAME_PARTICIPANT_assignsubmission_file_. Canvas (*Upload Submissions*) reads the first two numbers between
underscores: NAME_USER_UPLOAD_anything; the upload must be one of that user's.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..marks import Mark
from ..submissions.platforms import Claim, claim_of
from ..words.people import simplified

MOODLE, CANVAS = "Moodle", "Canvas"
_NOT_NAMED = "no file named as Moodle or Canvas names this student's uploads"
_TOGETHER = "handed in together with others"
_FIXED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Feedback:
    """{platform: its zip}, how many pages are in each, and {why: the students} of those whose page is in none."""

    zips: Mapping[str, bytes]
    counts: Mapping[str, int]
    left_out: Mapping[str, Sequence[str]]


def feedback(marks: Sequence[Mark], page: Callable[[Mark], str]) -> Feedback:
    """The zips of one lesson; `page` makes what a student may read."""
    places: defaultdict[tuple[str, str], list[Mark]] = defaultdict(list)
    left_out: defaultdict[str, list[str]] = defaultdict(list)
    for mark in marks:
        if place := _place(mark):
            places[place].append(mark)
        else:
            left_out[_NOT_NAMED].append(mark.result.student)
    files: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for (platform, name), own in places.items():
        if len(own) == 1:
            files[platform].append((name, page(own[0])))
        else:
            # One would read the other's.
            left_out[_TOGETHER] += [mark.result.student for mark in own]
    zips = {platform: _zip(sorted(found)) for platform, found in sorted(files.items())}
    return Feedback(zips, {platform: len(files[platform]) for platform in zips}, dict(left_out))


def _place(mark: Mark) -> tuple[str, str] | None:
    """The platform that a submission came from, and the name under which it takes a page for its student."""
    # What a student named lies below what the platform named.
    claims = ((part, claim) for part in PurePosixPath(mark.result.submission).parts if (claim := claim_of(part)))
    part, claim = next(claims, ("", None))
    # The instructor may have said that it is somebody else's: nobody else reads their page.
    if claim is None or not _is_of(claim, mark.result.student):
        return None
    name = _name(claim, part, f"{mark.result.lesson}.html")
    return (claim.platform, name) if name else None


def _is_of(claim: Claim, student: str) -> bool:
    """Whether a student is whom the platform names; two of one name are told apart by the number."""
    return simplified(student) in {
        simplified(name) for name in (claim.student, f"{claim.student}{claim.number}", claim.told)
    }


def _name(claim: Claim, part: str, page: str) -> str:
    if claim.platform == MOODLE and claim.number:
        # It splits at every underscore.
        return f"{claim.student.replace('_', ' ')}_{claim.number}_assignsubmission_file_/{page}"
    if claim.platform == CANVAS and claim.version:
        upload = f"_{claim.version[-1]}_"
        return f"{part[: part.index(upload)]}{upload}{page}"
    return ""


def _zip(files: Sequence[tuple[str, str]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files:
            about = zipfile.ZipInfo(name, _FIXED)
            about.external_attr = 0o644 << 16
            archive.writestr(about, text.encode(), zipfile.ZIP_DEFLATED)
    return made.getvalue()
