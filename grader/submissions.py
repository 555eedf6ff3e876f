"""Paths -> submissions: whose notebook it is, which lesson, and the code in it; a clear reason where it cannot be used."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from .course import LESSONS, UnknownLesson, lesson_names, load_lesson
from .notebook import MAX_BYTES, Notebook, NotebookError, read_cells

MAX_MEMBERS = 200_000
# Notebooks shrink to a fifth or a twentieth in an archive; a thousandth is made to fill a disk.
MAX_EXPANSION = 200


NBGRADER = ("source", "release", "autograded", "feedback")


@dataclass(frozen=True)
class File:
    """One notebook file: `name` is its path as the report shows it."""

    name: str
    student: str
    data: bytes


@dataclass(frozen=True)
class Unusable:
    """A path or file that cannot be graded, and why, in one line with the remedy; `lesson` where that is known."""

    name: str
    reason: str
    student: str = ""
    lesson: str = ""


def find_files(paths: Iterable[Path]) -> Iterator[File | Unusable]:
    """Every notebook under the paths: files, folders (an nbgrader tree too) and zip archives."""
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        elif not path.exists():
            yield Unusable(str(path), "there is no such file; check the path")
        elif path.suffix.lower() == ".zip":
            yield from _in_archive(path)
        else:
            yield _read(path, path.name, path.parts[:-1])


def _in_folder(folder: Path) -> Iterator[File | Unusable]:
    # A whole nbgrader course holds the same notebooks several times; those in these folders nobody handed in.
    not_handed_in = NBGRADER if (folder / "submitted").is_dir() else ()
    found = sorted(
        p
        for p in folder.rglob("*")
        if p.suffix.lower() in (".ipynb", ".zip")
        and not _is_hidden(p.relative_to(folder))
        and p.relative_to(folder).parts[0] not in not_handed_in
    )
    if not found:
        yield Unusable(str(folder), "there is no notebook (.ipynb) in this folder; name the folder that holds them")
    for path in found:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            # Somebody's file may lead anywhere: into another submission, or out of the folder.
            reason = "it is a link, not a file; put the file itself in its place"
            yield Unusable(_shown(name), reason, student_of(PurePosixPath(folder.name, _shown(name))))
        elif path.suffix.lower() == ".zip":
            yield from _in_archive(path, name)
        else:
            yield _read(path, name, (folder.name,))


def _is_hidden(path: PurePath) -> bool:
    return any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in path.parts)


def _shown(name: str) -> str:
    """A file's name as text: bytes that are not UTF-8 are spelt out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _read(path: Path, name: str, above: Sequence[str] = ()) -> File | Unusable:
    name = _shown(name)
    student = student_of(PurePosixPath(*above, name))
    try:
        if not path.is_file():
            return Unusable(name, "it is not a regular file; only notebook files are read", student)
        with path.open("rb") as file:
            return File(name, student, file.read(MAX_BYTES + 1))
    except OSError as error:
        return Unusable(name, f"it cannot be read ({error.strerror}); check its permissions", student)


def _in_archive(path: Path, name: str = "") -> Iterator[File | Unusable]:
    """The notebooks in a zip, read in memory; nothing is unpacked to a path that the archive names.

    `name` is that of an archive in a folder: it stands before its members' names, and one with a single notebook belongs
    to whom it is named for, whatever its member says.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist() if m.filename.endswith(".ipynb") and not m.is_dir()]
            members = [m for m in members if not _is_hidden(_inside(m))]
            if reason := _refused(members, path.stat().st_size):
                yield Unusable(_shown(name or str(path)), reason)
                return
            owner = student_of(PurePosixPath(_shown(name))) if name and len(members) == 1 else None
            for member in members:
                inside = PurePosixPath(_shown(path.stem)) / _inside(member)
                yield _read_member(archive, member, _shown(name), owner or student_of(inside))
    except Exception as error:  # zipfile lets through whatever a damaged archive makes its parts raise
        reason = f"it is not a complete zip archive ({error}); make the archive again"
        yield Unusable(_shown(name or str(path)), reason)


def _inside(member: zipfile.ZipInfo) -> PurePosixPath:
    # Some programs on Windows write its own separator.
    return PurePosixPath(member.filename.replace("\\", "/"))


def _refused(members: Sequence[zipfile.ZipInfo], size: int) -> str:
    """Why an archive is not read at all, or ''."""
    if not members:
        return "there is no notebook (.ipynb) in this archive"
    if len(members) > MAX_MEMBERS:
        return f"it holds {len(members)} notebooks; at most {MAX_MEMBERS} are read"
    if sum(member.file_size for member in members) > MAX_EXPANSION * size + MAX_BYTES:
        return f"it would unpack to more than {MAX_EXPANSION} times its size; make the archive again"
    return ""


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, above: str, student: str) -> File | Unusable:
    name = str(PurePosixPath(above, member.filename)) if above else member.filename
    try:
        with archive.open(member) as file:
            return File(name, student, file.read(MAX_BYTES + 1))
    except Exception as error:  # as above
        return Unusable(name, f"it cannot be unpacked ({error}); make the archive again", student)


def student_of(path: PurePosixPath) -> str:
    """Whose file it is: STUDENT of submitted/STUDENT/ASSIGNMENT/NOTEBOOK.ipynb; a folder named for its owner; the file's name."""
    folders = path.parts[:-1]
    if "submitted" in folders[:-2]:
        return folders[folders.index("submitted") + 1]
    # A file still named for its lesson says nothing of its owner: the folder around it does.
    owners = [folder for folder in folders if not _lessons_in(folder)]
    if _is_only_a_lesson(path.stem) and owners:
        return owners[-1]
    return path.stem


def lesson_of(notebook: Notebook, name: str, asked: str | None = None) -> str:
    """Which lesson a notebook is, by its metadata or its file name. Raises NotebookError, which lists the candidates."""
    written = _lesson_in_metadata(notebook)
    if asked:
        if written and written != asked:
            raise NotebookError(
                f"it is a notebook of the lesson {written}, not {asked}: leave it out or say --lesson {written}"
            )
        return _here(asked)
    named = _lessons_in(PurePosixPath(name).stem) or _lessons_in(str(PurePosixPath(name).parent))
    candidates = sorted({*named, *([written] if written else [])}, key=LESSONS.index)
    if len(candidates) == 1:
        return _here(candidates[0])
    listed = candidates or _lessons_defined(notebook) or lesson_names()
    why = (
        "it may be of more than one lesson"
        if candidates
        else "neither its metadata nor its name says which lesson it is"
    )
    raise NotebookError(f"{why}: say " + " or ".join(f"--lesson {lesson}" for lesson in listed))


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


def _lessons_in(text: str) -> list[str]:
    plain = _plain(text)
    return [lesson for lesson in LESSONS if lesson in plain]


def _is_only_a_lesson(stem: str) -> bool:
    """Whether a file's name is a lesson's and nothing more: 02_logistic_regression-Copy1."""
    plain = _plain(stem)
    for lesson in (found := _lessons_in(stem)):
        plain = plain.replace(lesson, "")
    return bool(found) and not re.search("[a-z]", plain.replace("copy", ""))


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower())


def _lessons_defined(notebook: Notebook) -> list[str]:
    """The lessons whose exercises a notebook defines, the one with most of them first."""
    defined = {name for cell in notebook.cells for name in re.findall(r"^def (\w+)", cell.source, re.MULTILINE)}
    counts = {name: len(defined & {e.name for e in load_lesson(name).exercises}) for name in lesson_names()}
    return sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])


def read(file: File, asked: str | None) -> tuple[Notebook, str] | Unusable:
    """The notebook in a file and its lesson, or why not."""
    try:
        notebook = read_cells(file.data)
        return notebook, lesson_of(notebook, file.name, asked)
    except NotebookError as error:
        named = [asked] if asked else _lessons_in(PurePosixPath(file.name).stem)
        lesson = named[0] if len(named) == 1 and named[0] in lesson_names() else ""
        return Unusable(file.name, str(error), file.student, lesson)
