"""Reads everything that was handed in, once, and keeps its content by digest."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from ..course import Course, current, lesson_names
from ..course.packaged import copies, course_files
from ..running.notebook import Cell, Notebook, NotebookError
from ..words import _
from ..words.people import nfc
from ..words.times import time_of
from .blank import is_blank
from .kinds import content_of
from .labels import common_start
from .names import GRADEBOOK, is_of_results, is_table, is_tool_folder
from .opened import asked_lesson, lesson_of, lessons_named
from .paths import NBGRADER, Item, NotReadError, Root, root_of, walk
from .platforms import METADATA, SubmittedFolder, gradescope, is_brightspace, is_exchange
from .records import File, handed_out

TIMESTAMP = "timestamp.txt"  # nbgrader's, beside a notebook
_NBGRADERS = re.compile(r"gradebook\.db.*|nbgrader_config\.py|grades\.csv")  # beside `submitted`
# In how many places a file must be the same to the byte before it is taken for one that was handed out.
HANDED_OUT = 3

Keep = Callable[[str, tuple[Cell, ...]], None]


@dataclass
class Surveyed:
    """What was found under the paths of a run, and what the platforms' own files say."""

    root: Root
    files: list[File] = field(default_factory=list)
    gradescope: dict[str, SubmittedFolder] = field(default_factory=dict)


def survey(paths: Sequence[Path], asked: str | None, keep: Keep) -> Surveyed:
    """Everything under the paths, read. `keep` takes the cells of what can be graded, by digest."""
    found = Surveyed(root_of(paths))
    times: dict[tuple[str, ...], bytes] = {}
    for item in walk(paths):
        if item.kind == "tools" or item.refused:
            found.files.append(_unread(item))
            continue
        try:
            data = item.read()
        except NotReadError as error:
            found.files.append(_unread(replace(item, refused=str(error))))
            continue
        if _is_the_platforms(item, found.root):
            if item.parts[-1] == METADATA:
                found.gradescope |= {
                    "/".join((*item.parts[:-1], k)): v
                    for k, v in gradescope(nfc(data.decode("utf-8", "replace"))).items()
                }
            else:
                times[item.parts[:-1]] = data[:200]
            found.files.append(_ignored(item, _("written by the platform"), data))
            continue
        found.files.append(_read(item, data, asked, keep))
    found.files += _hollow(found.files)
    found.files = list(
        _without_nbgraders(_without_index(_without_the_instructors(_handed_out(_with_times(found.files, times)))))
    )
    return found


def _unread(item: Item) -> File:
    if item.kind == "tools":
        ignored = _("made by a system or a tool")
        return File(item.name, item.parts, item.archives, ignored=ignored, made_by_tools=True)
    may_hold = item.kind != "folder"
    missing = item.kind == "missing"
    return File(
        item.name, item.parts, item.archives, reason=item.refused, exercises=may_hold, note=item.note, missing=missing
    )


def _hollow(files: Sequence[File]) -> Iterator[File]:
    """The folders and archives of somebody in which systems and tools alone have left something."""
    full = {file.parts[:n] for file in files if not file.made_by_tools for n in range(1, len(file.parts) + 1)}
    places = {_above_tools(file.parts): file for file in files if file.made_by_tools}
    for parts, file in places.items():
        if parts and parts not in full:
            archives = frozenset(number for number in file.archives if number < len(parts))
            reason = _("only files of systems and tools are in it: there is no notebook to grade")
            yield File("/".join(parts), parts, archives, reason=reason)


def _above_tools(parts: tuple[str, ...]) -> tuple[str, ...]:
    return next((parts[:n] for n, part in enumerate(parts) if is_tool_folder(part)), parts[:-1])


def _ignored(item: Item, why: str, data: bytes) -> File:
    return File(item.name, item.parts, item.archives, hashlib.sha256(data).hexdigest(), ignored=why)


def _is_the_platforms(item: Item, root: Root) -> bool:
    """Whether it stands where the platform writes it, and no student can: beside their folder, or nbgrader's own time."""
    if item.parts[-1] == METADATA:
        # An archive that holds the whole class holds it too; one inside a student's folder does not.
        return not any(part.startswith("submission_") for part in item.parts[:-1])
    if item.parts[-1] != TIMESTAMP:
        return False
    if any(map(is_exchange, item.parts[-2:-1])):
        return True
    whole = (*root.above, *item.parts)
    places = [n for n, part in enumerate(whole[:-1]) if part == "submitted"]
    inside_archive = any(number + len(root.above) > (places or [0])[-1] for number in item.archives)
    return bool(places) and len(whole) - places[-1] == 4 and not inside_archive


def _read(item: Item, data: bytes, asked: str | None, keep: Keep) -> File:
    digest = hashlib.sha256(data).hexdigest()
    file = File(item.name, item.parts, item.archives, digest, note=item.note)
    content = content_of(data, item.parts[-1])
    defines = content.defines & _exercise_names(current())
    exercises, named = bool(defines), lessons_named(item.name)
    file = replace(file, defines=defines, named=named[0] if len(named) == 1 else "")
    if content.notebook is None:
        if digest in released(current()):
            return replace(file, ignored=handed_out())
        return replace(file, lesson=asked_lesson(item.name, asked), reason=content.reason, exercises=exercises)
    script = data.lstrip()[:1] != b"{" and not data.startswith(b"\xef\xbb\xbf{")
    if script and not exercises:
        return replace(file, reason=_("it is Python that defines none of the course's functions"))
    file = replace(file, exercises=exercises, blank=is_blank(content.notebook.cells, _exercise_names(current())))
    if digest in released(current()) and asked and _metadata_lesson(content.notebook.metadata) not in (None, asked):
        return replace(file, ignored=handed_out())
    file = replace(file, ours=is_ours(content.notebook), released=digest in released(current()))
    keep(digest, content.notebook.cells)
    try:
        return replace(file, lesson=lesson_of(content.notebook, item.name, asked), gradable=True)
    except NotebookError as error:
        written = _metadata_lesson(content.notebook.metadata) or ""
        return replace(file, lesson=written, gradable=True, reason=str(error))


def is_ours(notebook: Notebook) -> bool:
    """Whether a notebook is the course's own, filled in: it says so, or it loads the course's check."""
    return "nn_by_hand" in notebook.metadata or any("grader.load(" in cell.source for cell in notebook.cells)


def _metadata_lesson(metadata: Mapping[str, object]) -> str | None:
    ours = metadata.get("nn_by_hand")
    lesson = ours.get("lesson") if isinstance(ours, dict) else None
    return lesson if lesson in lesson_names() else None


@cache
def _exercise_names(course: Course) -> frozenset[str]:
    return frozenset(one.name for name in course.here() for one in course.lesson(name).exercises)


@cache
def released(course: Course) -> frozenset[str]:
    """The sha256 of each file of the course that students are given."""
    found = {*copies(course), *(origin for _name, origin in course_files(course))}
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in found if path.is_file())


def _with_times(files: Iterable[File], times: Mapping[tuple[str, ...], bytes]) -> Iterable[File]:
    for file in files:
        beside = times.get(file.parts[:-1])
        yield replace(file, handed_in=time_of(beside.decode("utf-8", "replace"))) if beside is not None else file


def _handed_out(files: Iterable[File]) -> Iterable[File]:
    """What is the same to the byte in the places of most is what they were given: data, a README, helpers."""
    files = list(files)
    handed_in = [file for file in files if file.digest and not file.ignored]
    # What the class is wrapped in is no place of anybody's.
    depth = 1 + common_start([file.parts[:-1] for file in handed_in])
    holders = Counter(digest for _place, digest in {(f.parts[:depth], f.digest) for f in handed_in if not f.gradable})
    places = len({file.parts[:depth] for file in handed_in})
    for file in files:
        shared = holders[file.digest] >= max(HANDED_OUT, places / 2) and not file.gradable and not file.exercises
        yield (
            replace(file, ignored=_("identical in most submissions: it was handed out with the assignment"))
            if shared and not file.ignored
            else file
        )


def _without_the_instructors(files: Iterable[File]) -> Iterable[File]:
    """Results may be kept in the folder of the class, and what the instructor wrote lies beside them or above."""
    files = list(files)
    results = {file.parts[:-1] for file in files if file.parts[-1:] == (GRADEBOOK,)}
    for file in files:
        here = [file.parts[n:] for n in range(len(file.parts)) if file.parts[:n] in results]
        own = any(map(is_of_results, here)) or any(map(is_table, [*here, file.parts]))
        yield replace(file, ignored=_("the instructor's own, or the grader's")) if own else file


def _without_index(files: Iterable[File]) -> Iterable[File]:
    """Brightspace writes an index.html beside the folders of an assignment."""
    files = list(files)
    downloads = {file.parts[:n] for file in files for n, part in enumerate(file.parts) if is_brightspace(part)}
    for file in files:
        # An empty folder that was named has no part below itself.
        index = "".join(file.parts[-1:]).lower() == "index.html" and file.parts[:-1] in downloads
        yield replace(file, ignored=_("written by the platform")) if index else file


def _without_nbgraders(files: Iterable[File]) -> Iterable[File]:
    """An nbgrader course holds the same notebooks several times: nobody handed in what is beside `submitted`."""
    files = list(files)
    courses = {file.parts[:n] for file in files for n, part in enumerate(file.parts[:-1]) if part == "submitted"}
    for file in files:
        beside = any(part in NBGRADER and file.parts[:n] in courses for n, part in enumerate(file.parts[:-1]))
        own = file.parts[:-1] in courses and _NBGRADERS.fullmatch(file.parts[-1])
        yield replace(file, ignored=_("nbgrader's own, or its copy")) if beside or own else file
