"""A notebook file -> the code in it and its lesson; a clear reason where it cannot be used."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..course import UnknownLesson, current, lesson_names, load_lesson
from ..running.notebook import Notebook, NotebookError
from ..running.uses import defined_in_words, defined_instead
from ..words import _, joined
from .kinds import content_of
from .labels import lessons_in
from .paths import NotReadError, read_one


def lesson_of(notebook: Notebook, name: str, asked: str | None = None) -> str:
    """Which lesson a notebook is, by its metadata or its file name. Raises NotebookError, which lists the candidates."""
    written = _lesson_in_metadata(notebook)
    if asked:
        if written and written != asked:
            raise NotebookError(
                _("it is a notebook of the lesson {lesson}, not {asked}: leave it out or say --lesson {lesson}").format(
                    lesson=written, asked=asked
                )
            )
        return _here(asked)
    candidates = sorted({*lessons_named(name), *([written] if written else [])}, key=current().lessons.index)
    if len(candidates) == 1:
        return _here(candidates[0])
    other = notebook.metadata.get("nn_by_hand")
    if not candidates and isinstance(other, dict) and isinstance(other.get("lesson"), str):
        said = _(
            'it is a notebook of the lesson "{lesson}", which is none of {title}: name its course, as in --course FOLDER'
        )
        raise NotebookError(said.format(lesson=other["lesson"][:60], title=current().title))
    listed = candidates or (defined := _lessons_defined(notebook)) or lesson_names()
    why = (
        _("it may be of more than one lesson: name it, as in {options}")
        if candidates
        else _("neither its metadata nor its name says which lesson it is: name it, as in {options}")
    )
    reason = why.format(options=_(" or ").join(f"--lesson {lesson}" for lesson in listed))
    raise NotebookError(reason if candidates or defined else joined((reason, _none_of_ours(notebook)), ". "))


def lessons_named(name: str) -> list[str]:
    """The lessons that a file's name names, else the nearest folder or archive that names one."""
    return next((found for part in reversed(PurePosixPath(name).parts) if (found := lessons_in(part))), [])


def asked_lesson(name: str, asked: str | None) -> str:
    """The lesson that was asked for or that a file's name names, as far as it is known without reading it."""
    named = [asked] if asked else lessons_named(name)
    return named[0] if len(named) == 1 and named[0] in lesson_names() else ""


def _here(lesson: str) -> str:
    try:
        load_lesson(lesson)
    except UnknownLesson as error:
        raise NotebookError(str(error)) from None
    return lesson


def _lesson_in_metadata(notebook: Notebook) -> str | None:
    ours = notebook.metadata.get("nn_by_hand")
    lesson = ours.get("lesson") if isinstance(ours, dict) else None
    return lesson if lesson in current().lessons else None


def _none_of_ours(notebook: Notebook) -> str:
    said = _("None of the functions of this course is defined in it: {others}.")
    return said.format(others=defined_in_words(defined_instead(notebook.cells, ()) or ()))


def _lessons_defined(notebook: Notebook) -> list[str]:
    """The lessons whose exercises a notebook defines, the one with most of them first."""
    defined = {name for cell in notebook.cells for name in re.findall(r"^def (\w+)", cell.source, re.MULTILINE)}
    counts = {name: len(defined & {e.name for e in load_lesson(name).exercises}) for name in lesson_names()}
    return sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])


@dataclass(frozen=True)
class Opened:
    """A notebook that could be read; `digest` is the sha256 of its file."""

    notebook: Notebook
    lesson: str
    digest: str


@dataclass(frozen=True)
class Unusable:
    """A path or file that cannot be used, and why, in one line with the remedy; `lesson` where that is known."""

    name: str
    reason: str
    student: str = ""
    lesson: str = ""


def open_file(path: Path, asked: str | None) -> Opened | Unusable:
    """The one notebook or Python file at a path, and its lesson; or why not."""
    named = asked_lesson(path.name, asked)
    try:
        data = read_one(path)
        content = content_of(data, path.name)
        if content.notebook is None:
            return Unusable(str(path), content.reason, lesson=named)
        whole = "/".join(path.absolute().parts[-3:])
        return Opened(content.notebook, lesson_of(content.notebook, whole, asked), hashlib.sha256(data).hexdigest())
    except (NotReadError, NotebookError) as error:
        return Unusable(str(path), str(error), lesson=named)
