"""A lesson -> Gradescope's autograder zip: the grader, this lesson's solution and the round's seed, and nothing else.

The zip is for instructors alone: whoever has it has the solution and can draw the hidden cases.
"""

from __future__ import annotations

import json
import secrets
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path, PurePath

from ...authoring.build import pack_of
from ...authoring.wheel import ROOT
from ...course import Lesson, current
from ...course.courses import NAME as COURSE
from ...course.files import replacing
from ...course.policy import NAME
from ...show import template
from .autograder import TERMS, as_text, failed

# What grading imports besides the standard library; the lock says which versions.
NEEDED = ("numpy", "msgspec", "typer", "rich", "jinja2")
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
        _add(made, "constraints.txt", _constraints())
        if policy:
            _add(made, NAME, policy.read_bytes())
        for place, source in _sources(lesson):
            _add(made, f"course/{place.as_posix()}", source.read_bytes())


def _constraints() -> bytes:
    """The versions to grade with: those of the lock, in a checkout of the engine, else the ones that are installed here."""
    lock = ROOT / "requirements.lock"
    if not lock.is_file():
        return "".join(f"{name}=={version(name)}\n" for name in NEEDED).encode()
    # pip takes hashes of what is pinned where it is asked for, and none of a constraint.
    lines = lock.read_text(encoding="utf-8").splitlines()
    return "".join(line.removesuffix(" \\") + "\n" for line in lines if not line.startswith(" ")).encode()


def _add(made: zipfile.ZipFile, name: str, content: bytes, mode: int = _PLAIN) -> None:
    member = zipfile.ZipInfo(name, _DATE)
    member.external_attr = mode
    member.compress_type = zipfile.ZIP_DEFLATED
    made.writestr(member, content)


def _sources(lesson: Lesson) -> Iterator[tuple[PurePath, Path]]:
    """(where it stands beside course.toml, the file) of all that grading this lesson reads: the course's, then the engine's."""
    course = current()
    for path in (course.folder / COURSE, pack_of(lesson), *course.folder.glob("LICENSE*")):
        yield path.relative_to(course.folder), path
    others = {course.sources / name for name in course.lessons if name != lesson.name}
    for folder in [course.sources, *([_package(course.library)] if course.library else [])]:
        for path in sorted(folder.rglob("*.py")):
            if not others.intersection(path.parents) and path.parent.name not in ("right", "wrong"):
                yield path.relative_to(folder.parent), path
    engine = _package("grader")
    found = [*engine.rglob("*.py"), *engine.glob("templates/**/*"), *engine.glob("locale/*/LC_MESSAGES/*.mo")]
    yield from ((path.relative_to(engine.parent), path) for path in sorted(found) if path.is_file())


def _package(name: str) -> Path:
    """The folder of a package that is installed here."""
    found = find_spec(name)
    return Path(next(iter((found and found.submodule_search_locations) or ())))
