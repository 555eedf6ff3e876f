"""A folder to work in: the notebooks and the data of the course, beside whatever is there already."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ..course import current, files
from ..course.packaged import course_files
from ..words import _, ngettext
from ..words.language import language
from .switching import switched


@dataclass(frozen=True)
class Started:
    """What `start` came to: paths below the folder.

    Switched are notebooks whose text is in another language now. Yours are files that differ from the course's and were left
    alone.
    """

    folder: Path
    written: tuple[str, ...]
    same: tuple[str, ...]
    switched: tuple[str, ...]
    yours: tuple[str, ...]
    others: int


def start(folder: Path, in_language: str = "") -> Started:
    """Copy the notebooks, the data and the words for an assistant into `folder`; a file that is there stays as it is.

    Without a language the notebooks are in the reader's. With one, the text of notebooks that are there becomes that
    language's, and what a student wrote in them stays. Raises FileError.
    """
    found: dict[str, list[str]] = {"written": [], "same": [], "switched": [], "yours": []}
    others = _others(folder)
    for name, origin in course_files(current(), in_language or language()):
        target, data = folder / name, files.read(origin)
        if not _is_there(target):
            files.write(target, data)
            found["written"].append(str(name))
            continue
        there = files.read(target) if target.is_file() else None
        now = switched(there, data) if in_language and there and target.suffix == ".ipynb" else there
        if now is not None and now != there:
            files.write(target, now)
            found["switched"].append(str(name))
        else:
            found["same" if there == data else "yours"].append(str(name))
    if not any(found.values()):
        raise files.FileError(_("This install has no notebooks: install nn-by-hand again."))
    return Started(folder, others=others, **{kind: tuple(names) for kind, names in found.items()})


def _is_there(path: Path) -> bool:
    # A link that leads nowhere is somebody's too.
    return path.exists() or path.is_symlink()


def _others(folder: Path) -> int:
    """How many things in the folder are not of the course."""
    if not folder.is_dir():
        return 0
    ours = {name.parts[0] for name, _origin in course_files(current())}
    try:
        return sum(path.name not in ours and not path.name.startswith(".") for path in folder.iterdir())
    except OSError as error:
        raise files.FileError(f"{folder}: {error.strerror}") from None


def advice(done: Started) -> Iterator[str]:
    """What was done, what was left alone, and what to open and how: lines for a person."""
    place = done.folder.resolve()
    if done.switched:
        n = len(done.switched)
        said = ngettext(
            "{n} notebook in {place} is in another language now; what you wrote in it is as it was.",
            "{n} notebooks in {place} are in another language now; what you wrote in them is as it was.",
            n,
        )
        yield said.format(n=n, place=place)
    if done.written:
        n = len(done.written)
        yield ngettext("{n} file copied to {place}.", "{n} files copied to {place}.", n).format(n=n, place=place)
    elif not done.switched:
        yield _("Nothing to copy: the course is in {place} already.").format(place=place)
    if done.others:
        yield ngettext(
            "The folder had {n} other thing in it; it is as it was.",
            "The folder had {n} other things in it; they are as they were.",
            done.others,
        ).format(n=done.others)
    yield from _about_yours(done)
    yield ""
    yield from _how_to_open(done)


def _about_yours(done: Started) -> Iterator[str]:
    if not done.yours:
        return
    yield _("These differ from the course's own copies (your work, or another version). They were left as they are:")
    yield from (f"  {name}" for name in done.yours)
    yield _("For fresh copies: `grader start OTHER_FOLDER`. To move your functions into a fresh copy:")
    yield f"  grader carry {_quoted(done.folder / done.yours[0])} {_quoted(Path('OTHER_FOLDER') / done.yours[0])}"


def _how_to_open(done: Started) -> Iterator[str]:
    first = min(
        (name for name in (*done.written, *done.same, *done.switched, *done.yours) if name.endswith(".ipynb")),
        default="",
    )
    folder = _quoted(done.folder)
    yield _("Open {first}, in the program you like:").format(first=first)
    for program, module, command in (
        ("JupyterLab", "jupyterlab", f"jupyter lab {folder}"),
        ("Jupyter Notebook", "notebook", f"jupyter notebook {folder}"),
    ):
        missing = "" if find_spec(module) else "   " + _("(first: pip install {module})").format(module=module)
        yield f"  {program:<18}{command}{missing}"
    yield f"  {'VS Code':<18}" + _("open the folder, then the notebook; as its kernel choose {python}").format(
        python=sys.executable
    )
    yield _("`grader progress {folder}` shows how far you are.").format(folder=folder)


def _quoted(path: Path) -> str:
    """A path as one can type it after a command on this system."""
    return subprocess.list2cmdline([str(path)]) if sys.platform == "win32" else shlex.quote(str(path))
