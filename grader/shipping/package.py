"""A lesson -> Gradescope's autograder zip: the grader, this lesson's solution and the round's seed, and nothing else.

The zip is for instructors alone: whoever has it has the solution and can draw the hidden cases.
"""

from __future__ import annotations

import json
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ..build import ROOT
from ..course import Lesson, current
from ..files import replacing
from ..policy import NAME
from ..show import template
from .autograder import TERMS, as_text, failed

# What grading imports besides the standard library; the lock says which versions.
NEEDED = ("numpy", "msgspec", "tqdm", "typer", "rich", "jinja2")
_SCRIPTS = ("setup.sh", "run_autograder")
# Seconds for one submission, and for all that the grader does: Gradescope ends a run after ten minutes unless told
# otherwise, and what reached a limit is tried twice.
_SUBMISSION, _RUN = 240, 540
# The same zip for the same round, whenever it is made.
_DATE = (2020, 1, 1, 0, 0, 0)
_EXECUTABLE, _PLAIN = 0o755 << 16, 0o644 << 16


def gradescope(lesson: Lesson, path: Path, *, seed: int | None, isolation: str, policy: Path | None = None) -> None:
    """Write the zip. Without a seed the round gets a secret one of its own. Raises OSError, FileError."""
    terms = {
        "lesson": lesson.name,
        "seed": secrets.randbits(62) if seed is None else seed,
        "isolation": isolation,
        "seconds": _SUBMISSION,
    }
    filled = {"isolation": isolation, "seconds": _RUN, "fallback": as_text(failed())}
    with replacing(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in _SCRIPTS:
            _add(made, name, template(f"gradescope/{name}").render(filled).encode(), _EXECUTABLE)
        _add(made, TERMS, json.dumps(terms).encode())
        _add(made, "requirements.txt", "".join(f"{name}\n" for name in NEEDED).encode())
        _add(made, "constraints.txt", (ROOT / "requirements.lock").read_bytes())
        if policy:
            _add(made, NAME, policy.read_bytes())
        for source in _sources(lesson):
            _add(made, f"course/{source.relative_to(ROOT).as_posix()}", source.read_bytes())


def _add(made: zipfile.ZipFile, name: str, content: bytes, mode: int = _PLAIN) -> None:
    member = zipfile.ZipInfo(name, _DATE)
    member.external_attr = mode
    member.compress_type = zipfile.ZIP_DEFLATED
    made.writestr(member, content)


def _sources(lesson: Lesson) -> Iterator[Path]:
    """The files of the checkout that grading this lesson reads."""
    yield ROOT / "LICENSE"
    yield ROOT / "course.toml"
    course = current()
    yield course.packs / f"{lesson.name}.pack"
    others = {course.sources / name for name in course.lessons if name != lesson.name}
    for package in ("grader", course.library, course.sources.name):
        for path in sorted((ROOT / package).rglob("*.py")):
            if not others.intersection(path.parents) and path.parent.name not in ("right", "wrong"):
                yield path
    yield from sorted(path for path in (ROOT / "grader" / "templates").rglob("*") if path.is_file())
    yield from sorted((ROOT / "grader").glob("locale/*/LC_MESSAGES/*.mo"))
