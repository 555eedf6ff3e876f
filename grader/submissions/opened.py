"""A notebook file -> a submission: which lesson it is and the code in it; a clear reason where it cannot be used."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from ..course import LESSONS, UnknownLesson, lesson_names, load_lesson
from ..notebook import Notebook, NotebookError, read_cells
from ..words import _
from .owners import lessons_in
from .paths import File, NotReadError


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
    named = lessons_in(PurePosixPath(name).stem) or lessons_in(str(PurePosixPath(name).parent))
    candidates = sorted({*named, *([written] if written else [])}, key=LESSONS.index)
    if len(candidates) == 1:
        return _here(candidates[0])
    listed = candidates or _lessons_defined(notebook) or lesson_names()
    why = (
        _("it may be of more than one lesson: name it, as in {options}")
        if candidates
        else _("neither its metadata nor its name says which lesson it is: name it, as in {options}")
    )
    raise NotebookError(why.format(options=_(" or ").join(f"--lesson {lesson}" for lesson in listed)))


def _here(lesson: str) -> str:
    try:
        load_lesson(lesson)
    except UnknownLesson as error:
        raise NotebookError(str(error)) from None
    return lesson


def _lesson_in_metadata(notebook: Notebook) -> str | None:
    ours = notebook.metadata.get("nn_by_hand")
    lesson = ours.get("lesson") if isinstance(ours, dict) else None
    return lesson if lesson in LESSONS else None


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
    handed_in: datetime | None


@dataclass(frozen=True)
class Unread:
    """A file that could not be read as a notebook, and why; `lesson` and `digest` where they are known."""

    reason: str
    lesson: str = ""
    digest: str = ""
    handed_in: datetime | None = None


def read(file: File, asked: str | None) -> Opened | Unread:
    """The notebook in a file and its lesson, or why not."""
    named = lessons_in(file.owner.lesson)
    name = f"{named[0]}.ipynb" if len(named) == 1 else file.name
    try:
        contents = file.load()
    except NotReadError as error:
        return Unread(str(error), _named(name, asked))
    digest = hashlib.sha256(contents.data).hexdigest()
    try:
        notebook = read_cells(contents.data)
        return Opened(notebook, lesson_of(notebook, name, asked), digest, contents.handed_in)
    except NotebookError as error:
        return Unread(str(error), _named(name, asked), digest, contents.handed_in)


def _named(name: str, asked: str | None) -> str:
    """The lesson that was asked for or that a file's name names, as far as it is known without reading it."""
    named = [asked] if asked else lessons_in(PurePosixPath(name).stem)
    return named[0] if len(named) == 1 and named[0] in lesson_names() else ""
