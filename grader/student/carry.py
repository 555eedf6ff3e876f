"""A student's functions, moved by name from a notebook into a newer copy of it; what could not be moved is listed."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..course import files, load_lesson
from ..running.lookup import bare
from ..running.notebook import NotebookError, Problem, parse, read_cells
from ..submissions.opened import lesson_of
from ..words import _
from ..words.errors import GraderError
from .copies import CopyCell, Function, cells_of, definitions_in, functions_of, merged, only_defines, plain_code


class CarryError(GraderError):
    """Two notebooks between which nothing can be moved; the message says why and what to do."""


@dataclass(frozen=True)
class Carried:
    """What `carry` came to.

    notebook   the newer copy with what was moved into it
    moved      the exercises whose functions are in it now
    added      names of one's own that moved along, in cells of their own
    left       {what could not be moved: why}; it stands in the old notebook as before
    """

    notebook: bytes
    moved: tuple[str, ...]
    added: tuple[str, ...]
    left: Mapping[str, str]


def carry_file(old: Path, new: Path) -> tuple[Carried, Path | None]:
    """Move what can be moved from one file into the other; also the path of a copy of `new` as it was.

    Raises CarryError, FileError.
    """
    if old.exists() and new.exists() and old.samefile(new):
        raise CarryError(
            _("{old} and {new} are the same file: name your notebook, then a newer copy.").format(old=old, new=new)
        )
    before = files.read(new)
    carried = carry((old.name, files.read(old)), (new.name, before))
    if not (carried.moved or carried.added):
        return carried, None
    backup = _free(new)
    files.write(backup, before)
    if files.read(new) != before:
        raise CarryError(
            _(
                "{new} was changed by another program just now: save and close it there, then run the same command again."
            ).format(new=new)
        )
    files.write(new, carried.notebook)
    return carried, backup


def _free(new: Path) -> Path:
    """A name for the backup that no file has."""
    names = (new.with_name(f"{new.name}.before{'' if n == 1 else n}") for n in range(1, 10_000))
    return next(path for path in names if not path.exists())


def carry(old: tuple[str, bytes], new: tuple[str, bytes]) -> Carried:
    """Move the functions of one notebook into another, each given as its name and its bytes. Raises CarryError."""
    lesson = _lesson(*new)
    if (other := _lesson(*old)) != lesson:
        raise CarryError(
            _("{old} is a notebook of the lesson {one}, {new} of {two}: name two copies of the same lesson.").format(
                old=old[0], one=other, new=new[0], two=lesson
            )
        )
    names = [exercise.name for exercise in load_lesson(lesson).exercises]
    notebook = json.loads(new[1].decode("utf-8-sig"))
    if "cells" not in notebook:
        raise CarryError(
            _("{new} is a notebook of an old kind: name a copy that `grader start` made.").format(new=new[0])
        )
    return _Moving(cells_of(old[1]), cells_of(new[1]), notebook, names).result()


def _lesson(name: str, data: bytes) -> str:
    try:
        notebook = read_cells(data)
        return lesson_of(notebook, name)
    except NotebookError as error:
        raise CarryError(f"{name}: {error}") from None


class _Moving:
    """Two notebooks, and what happens to each function of the old one."""

    def __init__(
        self, old: Sequence[CopyCell], new: Sequence[CopyCell], notebook: dict[str, Any], names: Sequence[str]
    ) -> None:
        self._old, self._new, self._notebook, self._names = old, new, notebook, names
        self._mine, self._there = functions_of(old), functions_of(new)
        self._known = {cell.source for cell in new}
        self._left: dict[str, str] = {}

    def result(self) -> Carried:
        self._list_broken_cells()
        moved = [name for name in self._names if self._move(name)]
        added = self._add_own()
        self._list_other_cells()
        return Carried(_as_bytes(self._notebook), tuple(moved), tuple(added), self._left)

    def _list_broken_cells(self) -> None:
        for cell in self._old:
            if isinstance(problem := parse(cell), Problem):
                lost = [name for name in problem.names if name in self._names and name not in self._mine]
                self._left.update(dict.fromkeys(lost, problem.message))

    def _move(self, name: str) -> bool:
        """Move one exercise's function; False where there is nothing to move, or it is listed with why it cannot be."""
        mine, there = self._named(name), self._there.get(name)
        if mine is None or mine.is_stub or (there and plain_code(mine.node) == plain_code(there.node)):
            return False
        if why := self._why_not(name, mine, there):
            self._left[name] = why
        elif there:
            self._put(there, merged(mine, there))
        return not why

    def _why_not(self, name: str, mine: Function, there: Function | None) -> str:
        if there is None:
            return _("the newer copy has no such function")
        if not there.is_stub:
            return _("the newer copy has code for it already")
        if mine.node.name != name:
            return _("it is called {other} there: give it the name of the exercise").format(other=mine.node.name)
        if ast.dump(mine.node.args) != ast.dump(there.node.args):
            said = _("the newer copy has the parameters {new}, yours has {old}: write it anew")
            return said.format(new=there.parameters, old=mine.parameters)
        return ""

    def _named(self, name: str) -> Function | None:
        alike = [function for other, function in self._mine.items() if bare(other) == bare(name)]
        return self._mine.get(name) or (alike[-1] if alike else None)

    def _put(self, there: Function, lines: Sequence[str]) -> None:
        whole = there.source.split("\n")
        whole[there.first : there.node.end_lineno] = lines
        source = "\n".join(whole)
        self._notebook["cells"][there.number - 1]["source"] = source.splitlines(keepends=True)
        # A cell may hold more than one function.
        self._there.update(functions_of([CopyCell(there.number, source)]))

    def _add_own(self) -> list[str]:
        """Put what else the student defined into cells of their own, before the exercise that follows; its names."""
        added: list[str] = []
        taken = {name for cell in self._new for name, _text in definitions_in(cell)}
        mine = [cell for cell in self._old if not cell.is_the_courses and cell.source not in self._known]
        # From the last to the first: so the places of those before stay what they were.
        for cell in reversed(mine):
            own = [(name, text) for name, text in definitions_in(cell) if not self._is_exercise(name)]
            for name, text in own:
                if name in taken and not text.lstrip().startswith(("import ", "from ")):
                    self._left[name] = _("the newer copy gives this name a meaning of its own")
            free = [(name, text) for name, text in own if name not in taken]
            if free:
                source = "\n\n".join(dict.fromkeys(text for _name, text in free))
                self._notebook["cells"].insert(self._following(cell), self._code_cell(source))
                taken |= {name for name, _text in free}
                added = [name for name, _text in free] + added
        return added

    def _is_exercise(self, name: str) -> bool:
        return bare(name) in map(bare, self._names)

    def _following(self, cell: CopyCell) -> int:
        """Where the next exercise stood in the newer copy before anything was added; its end, if there is none."""
        places = [
            self._there[name].number - 1
            for name in self._names
            if name in self._there and name in self._mine and self._mine[name].number >= cell.number
        ]
        return min(places, default=self._new[-1].number)

    def _code_cell(self, source: str) -> dict[str, Any]:
        cell: dict[str, Any] = {
            "cell_type": "code",
            "execution_count": None,
            "metadata": {},
            "outputs": [],
            "source": source.splitlines(True),
        }
        minor = self._notebook.get("nbformat_minor")
        if isinstance(minor, int) and minor >= 5:
            cell["id"] = "own-" + hashlib.sha256(source.encode()).hexdigest()[:12]
        return cell

    def _list_other_cells(self) -> None:
        """Cells with code of the student's own that define nothing: experiments, changed figures."""
        numbers = [
            str(cell.number)
            for cell in self._old
            if not (cell.is_the_courses or cell.source in self._known or only_defines(cell))
        ]
        if numbers:
            what = _("code of yours in the cells {numbers}").format(numbers=", ".join(numbers))
            self._left[what] = _("functions are moved, and what they import; nothing else")


def _as_bytes(notebook: Mapping[str, Any]) -> bytes:
    """A notebook as Jupyter writes it."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        # Half a surrogate pair, which no UTF-8 can hold: spelt out, it comes back as it was.
        return (json.dumps(notebook, indent=1, sort_keys=True) + "\n").encode("ascii")


def story(old: Path, new: Path, done: Carried, backup: Path | None) -> Iterator[str]:
    """What was moved and what was not: lines for a person."""
    if done.moved:
        yield _("Moved: {names}.").format(names=", ".join(done.moved))
    if done.added:
        yield _("Moved along, in cells of their own: {names}.").format(names=", ".join(done.added))
    if not (done.moved or done.added):
        yield _("Nothing was moved; {new} is as it was.").format(new=new)
    if done.left:
        yield _("Not moved; it stands in {old} as before:").format(old=old)
        yield from (f"  {what}: {why}" for what, why in done.left.items())
    if backup:
        yield _("{new} as it was before: {backup}").format(new=new, backup=backup)
        yield _("If it is open in Jupyter or VS Code, load it again from the disk (do not save the old page over it).")
